"""The rules of a framework file that its types cannot say: ids, references, links, colours, scoring and layout.

They read the JSON itself and pass over whatever has the wrong type, so that they find their faults in a file that
has other faults too.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

from audit_desktop.core import common_fields
from audit_desktop.core.errors import FaultCode
from audit_desktop.core.framework import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Path = tuple[str | int, ...]
"""Keys and positions that lead to a value."""

MAX_STATEMENTS: Final = 20_000
MOST_SUCCESSORS: Final = 20

FRAMEWORK_ID: Final = r"[a-z0-9][a-z0-9-]{0,39}"
ID: Final = r"[a-z0-9][a-z0-9.-]{0,39}"
NUMBER_ID: Final = r"number-[1-9][0-9]{0,2}"
VERSION: Final = (
    r"(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})"
    r"(?:-(?:0|[1-9]\d{0,8}|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d{0,8}|\d*[A-Za-z-][0-9A-Za-z-]*))*)?"
)
LANGUAGE: Final = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
COLOUR: Final = r"#[0-9a-fA-F]{6}"
SHARE: Final = r"(?:0|[1-9][0-9]{0,3})/[1-9][0-9]{0,3}"

_PRINTED_PARTS: Final = ("reference", "text", "guidance", "considerations", "numbers")
# Control characters but tab and line break, overrides of the writing direction, which disguise text, and what is no
# character.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_HOST: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule: where, which, and the details of its sentence."""

    path: Path
    code: FaultCode
    details: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Part:
    """An object of the file and where it stands; what has the wrong type reads as empty."""

    path: Path
    document: dict[str, Any]

    def text(self, key: str) -> str:
        value = self.document.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> Iterator[tuple[Path, str]]:
        for index, value in enumerate(self._list(key)):
            if isinstance(value, str):
                yield (*self.path, key, index), value

    def part(self, key: str) -> _Part:
        value = self.document.get(key)
        found = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
        return _Part((*self.path, key), found)

    def parts(self, key: str) -> Iterator[_Part]:
        for index, value in enumerate(self._list(key)):
            if isinstance(value, dict):
                yield _Part((*self.path, key, index), cast("dict[str, Any]", value))

    def _list(self, key: str) -> list[Any]:
        value = self.document.get(key)
        return cast("list[Any]", value) if isinstance(value, list) else []


def broken_rules(document: dict[str, Any]) -> list[Fault]:
    """Return every broken rule of the framework that `document` describes, in no particular order."""
    return _Rules(_Part((), document)).faults


class _Rules:
    def __init__(self, root: _Part) -> None:
        self.faults: list[Fault] = []
        self.root = root
        self.levels = {scale.text("id"): _ids(scale.parts("levels")) for scale in root.parts("scales")}
        self.fields = {level: _ids(root.part("fields").parts(level)) for level in ("statement", "section", "audit")}
        self._identity()
        self._scales()
        self._fields()
        self._sections()
        self._scoring()
        self._layout()
        self._earlier()
        self._characters(root.document, ())

    # Each rule adds what it finds; nothing stops the next.

    def _fault(self, path: Path, code: FaultCode, **details: object) -> None:
        self.faults.append(Fault(path, code, details))

    def _identity(self) -> None:
        root = self.root
        self._pattern(root, "id", FRAMEWORK_ID, FaultCode.ID_INVALID)
        self._pattern(root, "version", VERSION, FaultCode.VERSION_INVALID)
        self._pattern(root, "language", LANGUAGE, FaultCode.LANGUAGE_INVALID)
        self._present(root, "title", "publisher", "source", "summary", "section_noun")
        self._unique(root.parts("activities"))
        for activity in root.parts("activities"):
            self._pattern(activity, "id", ID, FaultCode.ID_INVALID)
            self._present(activity, "label")
        for part in root.parts("introduction"):
            self._guidance(part)

    def _scales(self) -> None:
        self._at_least(self.root, "scales", 1)
        self._unique(self.root.parts("scales"))
        for scale in self.root.parts("scales"):
            self._pattern(scale, "id", ID, FaultCode.ID_INVALID)
            self._present(scale, "label")
            self._at_least(scale, "levels", 2)
            self._unique(scale.parts("levels"))
            for level in scale.parts("levels"):
                self._pattern(level, "id", ID, FaultCode.ID_INVALID)
                self._pattern(level, "colour", COLOUR, FaultCode.COLOUR_INVALID)
                self._present(level, "label")

    def _fields(self) -> None:
        fields = self.root.part("fields")
        self._at_least(fields, "statement", 1)
        taken = {field.id for field in common_fields.AUDIT_FIELDS} | {common_fields.ACTIVITIES.id}
        override = common_fields.STATUS_OVERRIDE.id
        reserved = {
            "statement": {common_fields.NOT_APPLICABLE.id, *(mark.id for mark in common_fields.STATEMENT_FIELDS)},
            "section": {override},
            "audit": {*taken, override},
        }
        for level, own in reserved.items():
            self._unique(fields.parts(level))
            for field in fields.parts(level):
                self._field(field, level, own)

    def _field(self, field: _Part, level: str, reserved: set[str]) -> None:
        self._pattern(field, "id", ID, FaultCode.ID_INVALID)
        self._present(field, "label")
        field_id = field.text("id")
        if field_id in reserved or (level == "statement" and re.fullmatch(NUMBER_ID, field_id)):
            self._fault((*field.path, "id"), FaultCode.ID_RESERVED, id=field_id)
        kind = field.text("kind")
        if kind == FieldKind.STATUS:
            allowed = tuple(kind.value for kind in FieldKind if kind is not FieldKind.STATUS)
            self._fault((*field.path, "kind"), FaultCode.NOT_ONE_OF, allowed=allowed, found=kind, suggestion="")
        if kind == FieldKind.RATING:
            if "scale" in field.document:
                self._known(field, "scale", self.levels, "scale")
            else:
                self._fault((*field.path, "scale"), FaultCode.KEY_MISSING, key="scale")
        choosing = kind in (FieldKind.CHOICE, FieldKind.CHOICES)
        if choosing:
            self._at_least(field, "options", 1)
        for key, fits in (
            ("scale", kind == FieldKind.RATING),
            ("options", choosing),
            ("period", kind == FieldKind.NUMBER),
        ):
            if field.document.get(key) and not fits and kind in tuple(FieldKind):
                self._fault((*field.path, key), FaultCode.KEY_OF_OTHER_KIND, key=key, kind=kind)
        self._unique(field.parts("options"))
        for option in field.parts("options"):
            self._pattern(option, "id", ID, FaultCode.ID_INVALID)
            self._present(option, "label")
        requirement = field.part("required_when")
        for key in ("field", "differs_from"):
            self._known(requirement, key, self.fields[level], "field")

    def _sections(self) -> None:
        sections = list(self.root.parts("sections"))
        self._at_least(self.root, "sections", 1)
        self._unique(sections)
        statements = [statement for section in sections for statement in section.parts("statements")]
        self._unique(statements)
        if len(statements) > MAX_STATEMENTS:
            self._fault(
                ("sections",), FaultCode.FRAMEWORK_TOO_LARGE, statements=len(statements), at_most=MAX_STATEMENTS
            )
        for section in sections:
            self._pattern(section, "id", ID, FaultCode.ID_INVALID)
            self._present(section, "title", "heading")
            self._at_least(section, "statements", 1)
            self._descriptors(section)
        for statement in statements:
            self._statement(statement)
        self._descriptors(self.root.part("overall"))

    def _statement(self, statement: _Part) -> None:
        self._pattern(statement, "id", ID, FaultCode.ID_INVALID)
        self._present(statement, "reference", "text")
        self._guidance(statement)
        self._unique(statement.parts("numbers"))
        for number in statement.parts("numbers"):
            self._pattern(number, "id", NUMBER_ID, FaultCode.ID_INVALID)
            self._present(number, "label")
        for path, field_id in statement.texts("without"):
            self._reference(path, field_id, self.fields["statement"], "field")

    def _descriptors(self, part: _Part) -> None:
        status_scale = self.root.part("scoring").text("status_scale")
        statuses = self.levels.get(status_scale) if status_scale else ()
        for descriptor in part.parts("descriptors"):
            self._known(descriptor, "status", statuses, "status")

    def _guidance(self, part: _Part) -> None:
        for item in part.parts("guidance"):
            self._present(item, "title")
            link = item.text("link")
            if link and not is_allowed_link(link):
                self._fault((*item.path, "link"), FaultCode.LINK_FORBIDDEN, link=link)

    def _scoring(self) -> None:
        rule = self.root.part("scoring")
        if not rule.document:
            return
        others = tuple(kind for kind in FieldKind if kind is not FieldKind.RATING)
        # A kind that is none may have been meant as a rating: its own fault is enough.
        ratings = {
            field.text("id"): field.text("scale")
            for field in self.root.part("fields").parts("statement")
            if field.text("kind") not in others
        }
        self._known(rule, "rating", ratings, "field")
        self._known(rule, "status_scale", self.levels, "scale")
        levels = self.levels.get(ratings.get(rule.text("rating"), ""))
        statuses = self.levels.get(rule.text("status_scale"))
        self._at_least(rule, "outcomes", 1)
        outcomes = list(rule.parts("outcomes"))
        for outcome in outcomes:
            self._known(outcome, "status", statuses, "status")
            self._known(outcome, "counts_as", levels, "level")
            for condition in outcome.parts("when"):
                self._condition(condition, levels)
        for outcome in outcomes[:-1]:
            if not outcome.document.get("when"):
                self._fault(outcome.path, FaultCode.OUTCOME_NEVER_REACHED, status=outcome.text("status"))
        if outcomes and outcomes[-1].document.get("when"):
            self._fault(outcomes[-1].path, FaultCode.LAST_OUTCOME_CONDITIONAL, status=outcomes[-1].text("status"))

    def _condition(self, condition: _Part, levels: Iterable[str] | None) -> None:
        self._at_least(condition, "levels", 1)
        for path, level in condition.texts("levels"):
            self._reference(path, level, levels, "level")
        share = condition.text("more_than")
        at_most = condition.document.get("at_most")
        if not share and at_most is None:
            self._fault(condition.path, FaultCode.CONDITION_EMPTY)
        if share:
            self._pattern(condition, "more_than", SHARE, FaultCode.SHARE_INVALID)
            numerator, _, denominator = share.partition("/")
            if re.fullmatch(SHARE, share) and int(numerator) >= int(denominator):
                self._fault((*condition.path, "more_than"), FaultCode.SHARE_INVALID, found=share)
        if isinstance(at_most, int) and at_most < 0:
            self._fault((*condition.path, "at_most"), FaultCode.NUMBER_INVALID, found=at_most)

    def _layout(self) -> None:
        layout = self.root.part("layout")
        fields = self.fields["statement"]
        self._at_least(layout, "columns", 1)
        widths = [column.document.get("width") for column in layout.parts("columns")]
        for column in layout.parts("columns"):
            if column.document.get("shows") and column.text("marks"):
                self._fault(column.path, FaultCode.COLUMN_SHOWS_AND_MARKS)
            for path, shown in column.texts("shows"):
                self._reference(path, shown, (*_PRINTED_PARTS, *fields), "field")
            if column.text("marks"):
                self._known(column, "marks", self._marked_levels(), "level")
            width = column.document.get("width")
            if type(width) is int and width < 1:
                self._fault((*column.path, "width"), FaultCode.NUMBER_INVALID, found=width)
        whole = [width for width in widths if type(width) is int]
        if whole and len(whole) == len(widths) and sum(whole) != 100:
            self._fault((*layout.path, "columns"), FaultCode.WIDTHS_NOT_100, total=sum(whole))
        for path, field_id in layout.texts("below"):
            self._reference(path, field_id, fields, "field")

    def _earlier(self) -> None:
        earlier, sections = self.root.part("earlier"), list(self.root.parts("sections"))
        here = {
            "statements": _ids(statement for section in sections for statement in section.parts("statements")),
            "sections": _ids(sections),
        }
        for key, known in here.items():
            self._unique(earlier.parts(key))
            for successor in earlier.parts(key):
                self._pattern(successor, "id", ID, FaultCode.ID_INVALID)
                if (many := len(list(successor.texts("now")))) > MOST_SUCCESSORS:
                    # Each edit of the place gets a twin at each.
                    at = (*successor.path, "now")
                    self._fault(at, FaultCode.LIST_TOO_LONG, key="now", found=many, at_most=MOST_SUCCESSORS)
                if (own_id := successor.text("id")) in known:
                    self._fault((*successor.path, "id"), FaultCode.EARLIER_ID_IN_USE, id=own_id)
                for path, now in successor.texts("now"):
                    self._reference(path, now, known, key.removesuffix("s"))

    def _marked_levels(self) -> tuple[str, ...] | None:
        scales = {field.text("scale") for field in self.root.part("fields").parts("statement")} - {""}
        if not scales <= self.levels.keys():
            return None
        return tuple(level for scale in scales for level in self.levels[scale])

    def _characters(self, value: object, path: Path) -> None:
        if isinstance(value, str):
            if found := _FORBIDDEN.search(value):
                self._fault(path, FaultCode.CHARACTER_FORBIDDEN, character=f"U+{ord(found[0]):04X}")
        elif isinstance(value, dict):
            for key, item in cast("dict[str, Any]", value).items():
                self._characters(item, (*path, key))
        elif isinstance(value, list):
            for index, item in enumerate(cast("list[Any]", value)):
                self._characters(item, (*path, index))

    def _pattern(self, part: _Part, key: str, pattern: str, code: FaultCode) -> None:
        value = part.document.get(key)
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
            self._fault((*part.path, key), code, found=value)

    def _present(self, part: _Part, *keys: str) -> None:
        for key in keys:
            value = part.document.get(key)
            if isinstance(value, str) and not value.strip():
                self._fault((*part.path, key), FaultCode.TEXT_MISSING, key=key)

    def _at_least(self, part: _Part, key: str, least: int) -> None:
        # A list that must not be empty and is missing altogether is the types' to report, where they ask for it.
        value = part.document.get(key, [] if key == "options" else None)
        if isinstance(value, list) and len(cast("list[Any]", value)) < least:
            self._fault((*part.path, key), FaultCode.LIST_TOO_SHORT, key=key, at_least=least)

    def _unique(self, parts: Iterable[_Part]) -> None:
        first: dict[str, Path] = {}
        for part in parts:
            own_id = part.text("id")
            if own_id and own_id in first:
                self._fault((*part.path, "id"), FaultCode.ID_REPEATED, id=own_id, first=first[own_id])
            first.setdefault(own_id, (*part.path, "id"))

    def _known(self, part: _Part, key: str, known: Iterable[str] | None, what: str) -> None:
        value = part.document.get(key)
        if isinstance(value, str):
            self._reference((*part.path, key), value, known, what)

    def _reference(self, path: Path, value: str, known: Iterable[str] | None, what: str) -> None:
        # Where the scale itself is unknown, its levels cannot be checked: one slip, one fault.
        if known is not None and value not in known:
            self._fault(path, FaultCode.ID_UNKNOWN, id=value, what=what, suggestion=closest(value, known))


def _ids(parts: Iterable[_Part]) -> tuple[str, ...]:
    return tuple(part.text("id") for part in parts if part.text("id"))


def closest(word: str, known: Iterable[str]) -> str:
    """Return the one of `known` that `word` was probably meant to be, or nothing."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def is_allowed_link(link: str) -> bool:
    """Return whether `link` may be followed: `https:` to a named host, without a user's name, or `mailto:`.

    Everything else can run a program, read a file or send a password hash to a stranger.
    """
    if re.search(r"[\s\\]", link) or _FORBIDDEN.search(link):
        return False
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return not parts.netloc and not parts.query and _MAIL.fullmatch(parts.path) is not None
    host = parts.hostname or ""
    return (
        parts.scheme == "https"
        and "@" not in parts.netloc
        and port in (None, 443)
        and _HOST.fullmatch(host) is not None
    )
