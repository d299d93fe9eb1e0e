"""What a framework's own words are, so that a document's other words are seen to be somebody's."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from audit_desktop.core.addresses import Addresses, audit_address
from audit_desktop.core.common_fields import LISTS, SCHOOL_NAME
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.exchange.word.anchors import Anchors, control_tag
from audit_desktop.exchange.word_import.plain_text import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit_desktop.core.framework import Field, Framework, GuidanceItem, Statement

BOOKMARK_PREFIX = "_ad1_"
_SUBSTRING_FROM = 20
"""From how many characters a line that stands within the framework's text is taken for part of it."""


class FrameworkText:
    """The words of one framework, as a document of it may show them."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.addresses = Addresses(framework)
        self.anchors = Anchors(framework)
        self.statements: dict[str, str] = {
            statement.id: comparable("\n".join(_in_its_cell(statement, framework)))
            for section in framework.sections
            for statement in section.statements
        }
        """The text of each statement with what the document has in the same cell, comparable."""

    @cached_property
    def word_counts(self) -> dict[str, Counter[str]]:
        """How often each word stands in each statement."""
        return {statement_id: Counter(text.split()) for statement_id, text in self.statements.items()}

    @cached_property
    def address_of_bookmark(self) -> dict[str, str]:
        """The address of the answer that each bookmark of an answer's own marks."""
        return {
            self.anchors.place(address): address
            for address, _ in self.addresses.all_fixed()
            if not address.startswith("statement/")
        }

    def item_of_bookmark(self, name: str) -> str:
        """Return the address of an answer in a list that the bookmark `name` spells out, or an empty text.

        Long names end in a digest instead and spell nothing out.
        """
        list_part, _, rest = name.removeprefix(BOOKMARK_PREFIX).partition("__")
        own_part, _, field_part = rest.rpartition("__")
        if not own_part or not name.startswith(BOOKMARK_PREFIX):
            return ""
        list_name = list_part.replace("_", "-")
        address = f"{list_name}/{own_part.replace('_', '-')}/{field_part.replace('_', '-')}"
        return address if list_name in LISTS and self.addresses.field(address) is not None else ""

    @cached_property
    def address_of_tag(self) -> dict[str, str]:
        """The address of the answer that each control holds, by the control's tag."""
        return {
            control_tag(address): address
            for address, _ in self.addresses.all_fixed()
            if address.startswith("statement/")
        }

    @cached_property
    def by_reference(self) -> dict[str, tuple[str, ...]]:
        """The ids of the statements that are printed with each reference: two may share one."""
        found: dict[str, tuple[str, ...]] = {}
        for statement in self.addresses.statements.values():
            found[statement.reference] = (*found.get(statement.reference, ()), statement.id)
        return found

    @cached_property
    def section_by_heading(self) -> dict[str, str]:
        """The id of the section that each comparable heading or banner announces."""
        found: dict[str, str] = {}
        for section in self.framework.sections:
            for text in (section.heading, section.banner):
                if comparable(text):
                    found.setdefault(comparable(text), section.id)
        return found

    @cached_property
    def status_labels(self) -> dict[str, str]:
        """The id of the section whose status each comparable label introduces; empty for the overall status."""
        found = {comparable(section.status_label): section.id for section in self.framework.sections}
        if self.framework.overall is not None:
            found[comparable(self.framework.overall.heading)] = ""
        found.pop("", None)
        return found

    @cached_property
    def box_labels(self) -> dict[str, Field]:
        """The field of a section that each comparable label introduces."""
        return {comparable(field.label): field for field in self.framework.fields.section}

    @cached_property
    def audit_labels(self) -> dict[str, str]:
        """The address of the audit's field that each comparable label introduces."""
        found = {comparable(field.label): audit_address(field.id) for field in self.addresses.audit_fields()}
        for label in ("School name", "Name of school", "School/setting", "Name of school/setting"):
            found.setdefault(comparable(label), audit_address(SCHOOL_NAME.id))
        return found

    @cached_property
    def _known_lines(self) -> frozenset[str]:
        return frozenset(filter(None, map(comparable, self._all_lines())))

    @cached_property
    def _everything(self) -> str:
        return " ".join(map(comparable, self._all_lines()))

    def is_known(self, line: str) -> bool:
        """Return whether `line` is empty, the framework's, or part of its text."""
        said = comparable(line)
        if not said or said in self._known_lines:
            return True
        return len(said) >= _SUBSTRING_FROM and said in self._everything

    def unknown_lines(self, text: str) -> list[str]:
        """Return the lines of `text` that are not the framework's."""
        return [line for line in text.split("\n") if not self.is_known(line)]

    def _all_lines(self) -> Iterator[str]:
        framework = self.framework
        yield from (framework.title, framework.revised, framework.publisher, framework.section_noun)
        for part in framework.introduction:
            yield part.heading
            yield from _lines(part.text)
            yield from _guidance(part.guidance)
        for scale in framework.scales:
            for level in scale.levels:
                yield from (level.label, level.colour_name, f"{level.label} {level.colour_name}")
                yield from _lines(level.meaning)
        for section in framework.sections:
            yield from (
                section.heading,
                section.banner,
                section.title,
                section.status_label,
                section.descriptors_heading,
            )
            # As a table of contents and a heading in two lines have it.
            yield f"{section.id}. {section.title}"
            yield from _lines(section.instruction)
            yield from _lines(section.purpose)
            for descriptor in section.descriptors:
                yield descriptor.heading
                yield from _lines(descriptor.text)
            for statement in section.statements:
                yield from _statement(statement)
        if framework.overall is not None:
            overall = framework.overall
            yield from (overall.heading, overall.descriptors_heading, overall.descriptors_subheading)
            for descriptor in overall.descriptors:
                yield descriptor.heading
                yield from _lines(descriptor.text)
        for column in framework.layout.columns:
            yield column.heading
            yield from column.heading.split("\n")
        for field in (*framework.fields.statement, *framework.fields.section, *self.addresses.audit_fields()):
            yield field.label
        for list_name in LISTS:
            yield wording.list_heading(list_name)
            for field in self.addresses.list_fields(list_name):
                yield field.label
        yield from _document_words()


def _in_its_cell(statement: Statement, framework: Framework) -> Iterator[str]:
    yield from _lines(statement.text)
    for column in framework.layout.columns:
        if "text" in column.shows:
            if "considerations" in column.shows:
                yield from _lines(statement.considerations)
            if "guidance" in column.shows:
                yield from _guidance(statement.guidance)


def _statement(statement: Statement) -> Iterator[str]:
    yield statement.reference
    yield from _lines(statement.text)
    yield from _lines(statement.considerations)
    yield from _guidance(statement.guidance)
    for number in statement.numbers:
        yield number.label


def _guidance(items: Iterable[GuidanceItem]) -> Iterator[str]:
    for item in items:
        yield item.title


def _lines(text: str) -> list[str]:
    return [block.text for block in blocks_of(text)] if text else []


def _document_words() -> Iterator[str]:
    """Yield what our own documents say besides."""
    for name in dir(wording):
        value = getattr(wording, name)
        if name.isupper() and isinstance(value, str):
            yield value
