"""Framework definitions: everything an audit asks, as frozen data.

The classes are records, so that opening an audit needs no validation library; the full check of a file
(`framework_check.py`) reads the same classes. Text is CommonMark unless a field says otherwise.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Literal, Self, cast

from audit_desktop.core.record import Record

# Read by the full check only: unknown keys are faults, and a number is no text.
_STRICT = {"extra": "forbid", "strict": True, "use_attribute_docstrings": True}


class FieldKind(StrEnum):
    """What a field holds; `ui/fields/editors.py` has one editor for each."""

    RATING = "rating"
    TEXT = "text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    STATUS = "status"
    """Another status with its reason; every audit has it, a framework file cannot ask for it."""


Owner = Literal["school", "visitor", "anyone"]


class _Part(Record):
    """A part of a framework that can be built from its JSON object without checking it again."""

    NESTED: ClassVar[dict[str, Any]] = {}
    LISTS: ClassVar[frozenset[str]] = frozenset()
    COMPOUND: ClassVar[frozenset[str]] = frozenset()
    """Both together."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.COMPOUND = cls.LISTS | cls.NESTED.keys()

    @classmethod
    def build(cls, document: dict[str, Any]) -> Self:
        """Return the part that `document`, which has passed the full check before, describes; it is taken over."""
        # A framework may have ten thousand statements, and nearly all consist of texts alone.
        if cls.COMPOUND.isdisjoint(document):
            return cls.made_of(document)
        values = dict(document)
        for name in cls.LISTS & values.keys():
            values[name] = tuple(values[name])
        for name in cls.NESTED.keys() & values.keys():
            part, value = cls.NESTED[name], values[name]
            if isinstance(value, list):
                parts = cast("list[Any]", value)
                values[name] = tuple([part.build(each) for each in parts])
            elif value is not None:
                values[name] = part.build(value)
        return cls.made_of(values)


class Level(_Part):
    """One step of a scale."""

    __pydantic_config__ = _STRICT

    id: str
    """Stable id, unique in its scale."""
    label: str
    """What a person reads, plain text."""
    colour: str
    """Fill colour as `#rrggbb`; screens and documents put text of sufficient contrast on it."""
    colour_name: str = ""
    """The colour in words where the source prints it, as in "Not in place / Red"."""
    meaning: str = ""
    """What the level means, CommonMark."""


class Scale(_Part):
    """An ordered set of levels, lowest first."""

    __pydantic_config__ = _STRICT
    NESTED = {"levels": Level}

    id: str
    """Stable id, unique in the framework."""
    label: str
    """The scale's name, plain text."""
    levels: tuple[Level, ...]
    """The levels, lowest first; at least two."""

    def level(self, level_id: str) -> Level | None:
        """Return the level called `level_id`, or `None`."""
        for level in self.levels:
            if level.id == level_id:
                return level
        return None


class Option(_Part):
    """One thing that can be chosen."""

    __pydantic_config__ = _STRICT

    id: str
    """Stable id, unique in its field."""
    label: str
    """What a person reads, plain text."""


class Requirement(_Part):
    """A field is required when `field` has an answer that differs from `differs_from`'s."""

    __pydantic_config__ = _STRICT

    field: str
    """Id of the field that is compared."""
    differs_from: str
    """Id of the field it is compared with."""


class Field(_Part):
    """One thing that is asked, and who answers it."""

    __pydantic_config__ = _STRICT
    NESTED = {"options": Option, "required_when": Requirement}

    id: str
    """Stable id, the last part of an answer's address."""
    kind: FieldKind
    """What the field holds."""
    label: str
    """The question or heading a person reads, plain text."""
    help: str = ""
    """A sentence of help, plain text."""
    owner: Owner = "school"
    """Whose the field is; the other role sees it and cannot change it."""
    required: bool = False
    """Whether the audit is incomplete without it."""
    required_when: Requirement | None = None
    """When it is required besides."""
    scale: str = ""
    """For a rating: the id of its scale."""
    options: tuple[Option, ...] = ()
    """For a choice: what can be chosen."""
    period: bool = False
    """For a number: whether it comes with the period that it covers."""

    @classmethod
    def build(cls, document: dict[str, Any]) -> Self:
        """Return the field that `document` describes."""
        return super().build({**document, "kind": FieldKind(document["kind"])})


class GuidanceItem(_Part):
    """One entry of further guidance."""

    __pydantic_config__ = _STRICT

    title: str
    """The entry as printed, plain text."""
    link: str = ""
    """Its address (`https:` or `mailto:`) where the source gives one."""
    is_heading: bool = False
    """Whether the entry heads those after it, as "Toolkit:" does."""


class NumberAsked(_Part):
    """A number that a statement asks for; its answer's address ends in `id`."""

    __pydantic_config__ = _STRICT

    id: str
    """`number-1`, `number-2`, …"""
    label: str
    """The request as printed, with its "[insert time period]" where it has one."""
    period: bool = True
    """Whether the request asks for the period that the number covers."""


class Statement(_Part):
    """One thing a school judges itself against."""

    __pydantic_config__ = _STRICT
    NESTED = {"guidance": GuidanceItem, "numbers": NumberAsked}
    LISTS = frozenset({"without"})

    id: str
    """Stable id, unique in the framework."""
    reference: str
    """The number as printed; two statements may share one."""
    text: str
    """The statement, CommonMark."""
    guidance: tuple[GuidanceItem, ...] = ()
    """Further guidance."""
    considerations: str = ""
    """Areas for consideration and suggested evidence, CommonMark."""
    numbers: tuple[NumberAsked, ...] = ()
    """Numbers asked for."""
    without: tuple[str, ...] = ()
    """Ids of statement fields that this statement does not have."""


class Descriptor(_Part):
    """What a status looks like in practice."""

    __pydantic_config__ = _STRICT

    status: str
    """Id of the status, a level of the scoring rule's status scale."""
    heading: str
    """The heading as printed."""
    text: str
    """The description, CommonMark."""


class Section(_Part):
    """A standard or objective with its statements."""

    __pydantic_config__ = _STRICT
    NESTED = {"statements": Statement, "descriptors": Descriptor}

    id: str
    """Stable id, unique in the framework."""
    title: str
    """Short title for lists, without its number, plain text."""
    heading: str
    """The heading as printed, with its number."""
    statements: tuple[Statement, ...]
    """The statements in order; at least one."""
    banner: str = ""
    """A line printed above the heading, as "ATTENDANCE STANDARD 1"."""
    instruction: str = ""
    """How to fill the section in, CommonMark."""
    purpose: str = ""
    """What the section is for, CommonMark."""
    status_label: str = ""
    """The label of the section's status as printed; empty where it has none."""
    descriptors_heading: str = ""
    """The sentence above the descriptors."""
    descriptors: tuple[Descriptor, ...] = ()
    """What each status looks like, in the order printed."""


class IntroductionPart(_Part):
    """A part of the introduction."""

    __pydantic_config__ = _STRICT
    NESTED = {"guidance": GuidanceItem}

    heading: str
    """Its heading as printed; may be empty."""
    text: str = ""
    """Its text, CommonMark."""
    guidance: tuple[GuidanceItem, ...] = ()
    """Further guidance that it lists after the text."""


class Fields(_Part):
    """What is asked of each statement, of each section and of the audit."""

    __pydantic_config__ = _STRICT
    NESTED = {"statement": Field, "section": Field, "audit": Field}

    statement: tuple[Field, ...]
    """Fields of every statement."""
    section: tuple[Field, ...] = ()
    """Fields of every section."""
    audit: tuple[Field, ...] = ()
    """Fields of the audit besides those that every audit has."""


class Condition(_Part):
    """A condition on how many of the rated things stand at some levels."""

    __pydantic_config__ = _STRICT
    LISTS = frozenset({"levels"})

    levels: tuple[str, ...]
    """The levels counted together."""
    more_than: str = ""
    """Holds when more than this share of the rated things is at these levels, as `1/2`."""
    at_most: int | None = None
    """Holds when at most so many things are at these levels."""


class Outcome(_Part):
    """A status, when it is reached, and which level it counts as in the overall status."""

    __pydantic_config__ = _STRICT
    NESTED = {"when": Condition}

    status: str
    """Id of the status."""
    counts_as: str
    """Id of the rating level that a section of this status counts as overall."""
    when: tuple[Condition, ...] = ()
    """All must hold; none means "otherwise"."""


class Phrases(_Part):
    """The words of the sentence that explains a status. Braces are filled in; plain text."""

    __pydantic_config__ = _STRICT

    unit: str = "statement"
    """One of the things rated in a section."""
    units: str = "statements"
    """Several of them."""
    section_unit: str = "section"
    """One of the things rated overall."""
    section_units: str = "sections"
    """Several of them."""
    share: str = "{count} of {total} {units} are {levels}"
    """How many are at some levels."""
    share_one: str = "1 of {total} {units} is {levels}"
    """The same for one."""
    none: str = "none is {levels}"
    """None is at some levels."""
    named_one: str = "{names} is {levels}"
    """The one that is at some levels."""
    named: str = "{names} are {levels}"
    """Those that are at some levels."""
    not_enough: str = "only {count} of {total} {units} are {levels}"
    """Too few are at some levels."""
    not_enough_one: str = "only 1 of {total} {units} is {levels}"
    """The same for one."""
    not_any: str = "no {unit} is {levels}"
    """None is at some levels, and some should be."""
    or_: str = "or"
    """Joins the last two levels."""
    and_: str = "and"
    """Joins the last two names or parts."""
    not_yet_rated: str = "No {unit} is rated yet"
    """Nothing is rated."""
    provisional: str = "provisional, {count} of {total} {units} not yet rated"
    """Something is not yet rated."""


class ScoringRule(_Part):
    """How ratings make a status. `outcomes` are tried in order; the first whose conditions hold stands."""

    __pydantic_config__ = _STRICT
    NESTED = {"outcomes": Outcome, "phrases": Phrases}

    rating: str
    """Id of the statement field whose ratings count."""
    status_scale: str
    """Id of the scale of statuses."""
    outcomes: tuple[Outcome, ...]
    """Best first; the last has no conditions."""
    phrases: Phrases = Phrases()
    """The words that explain it."""


class Overall(_Part):
    """What is printed about the audit as a whole."""

    __pydantic_config__ = _STRICT
    NESTED = {"descriptors": Descriptor}

    heading: str
    """The heading of the overall status."""
    descriptors_heading: str = ""
    """The heading above its classification."""
    descriptors_subheading: str = ""
    """The line below that heading."""
    descriptors: tuple[Descriptor, ...] = ()
    """What each overall status means, in the order printed."""


class Column(_Part):
    """A column of the statement table in the document."""

    __pydantic_config__ = _STRICT
    LISTS = frozenset({"shows"})

    heading: str
    """The heading as printed; a line break starts a new line."""
    width: int
    """Share of the table's width, in per cent."""
    shows: tuple[str, ...] = ()
    """What stands in it, in order: `reference`, `text`, `guidance`, `considerations`, `numbers` or a field id."""
    marks: str = ""
    """Instead: a level of the rating, marked X when chosen."""


class Layout(_Part):
    """How the source lays out its table of statements."""

    __pydantic_config__ = _STRICT
    NESTED = {"columns": Column}
    LISTS = frozenset({"below"})

    orientation: Literal["portrait", "landscape"]
    """The page's orientation for the tables."""
    columns: tuple[Column, ...]
    """The columns, left to right."""
    below: tuple[str, ...] = ()
    """Ids of statement fields printed in a row of their own under each statement, always, as the source has it."""


class Successor(_Part):
    """What became of a statement or a section of an earlier version whose id this version does not have."""

    __pydantic_config__ = _STRICT
    LISTS = frozenset({"now"})

    id: str
    """The id that it had; no version may give it to anything else."""
    now: tuple[str, ...] = ()
    """Ids of what took its place: one where it got another id or was joined with others, several where it was split,
    none where it was taken out."""


class Earlier(_Part):
    """How what earlier versions asked maps to what this one asks. What keeps its id needs no entry."""

    __pydantic_config__ = _STRICT
    NESTED = {"statements": Successor, "sections": Successor}

    statements: tuple[Successor, ...] = ()
    """Statements of any earlier version that this one does not have."""
    sections: tuple[Successor, ...] = ()
    """Sections of any earlier version that this one does not have."""


class Framework(_Part):
    """A versioned definition of an audit."""

    __pydantic_config__ = _STRICT
    NESTED = {
        "introduction": IntroductionPart,
        "scales": Scale,
        "fields": Fields,
        "sections": Section,
        "scoring": ScoringRule,
        "overall": Overall,
        "layout": Layout,
        "activities": Option,
        "earlier": Earlier,
    }

    format: Literal[1]
    """Version of this file format."""
    id: str
    """Stable id: lower-case letters, digits and hyphens."""
    version: str
    """Semantic version, `1.0.0`."""
    title: str
    """The audit's name as printed."""
    publisher: str
    """Who publishes it."""
    source: str
    """What it was taken from."""
    language: str
    """Language tag, `en-GB`."""
    summary: str
    """What the audit is for, in a sentence or two, for the page where one is chosen; plain text."""
    section_noun: str
    """What a section is called: "Standard", "Objective"."""
    scales: tuple[Scale, ...]
    """Scales of ratings and statuses."""
    fields: Fields
    """What is asked."""
    sections: tuple[Section, ...]
    """The sections in order."""
    layout: Layout
    """How the document lays them out."""
    revised: str = ""
    """The edition as printed, "Revised September 2024"."""
    introduction: tuple[IntroductionPart, ...] = ()
    """The introduction and how to complete the audit."""
    activities: tuple[Option, ...] = ()
    """How the audit may have been carried out, in place of the activities that every audit offers."""
    scoring: ScoringRule | None = None
    """How statuses are worked out; `None` where the source names no grade."""
    overall: Overall | None = None
    """What is printed about the whole."""
    earlier: Earlier | None = None
    """What became of the statements and sections of earlier versions."""

    @classmethod
    def build(cls, document: dict[str, Any]) -> Self:
        """Return the framework that `document` describes, which has passed the full check before."""
        values = {key: value for key, value in document.items() if key != "$schema"}
        return super().build(values)

    def scale(self, scale_id: str) -> Scale:
        """Return the scale called `scale_id`; raises `KeyError` if there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)
