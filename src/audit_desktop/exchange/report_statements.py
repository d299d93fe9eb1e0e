"""The statement tables of a report, laid out as the framework's source lays them out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from audit_desktop.core.addresses import section_address, statement_address
from audit_desktop.core.common_fields import NOT_APPLICABLE, STATEMENT_FIELDS, STATUS_OVERRIDE
from audit_desktop.core.framework import Field, FieldKind, Level
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.blocks import Block, Run, paragraph
from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.exchange.report_model import (
    Cell,
    CellPart,
    Choice,
    ColumnHead,
    Mark,
    Note,
    StatementRow,
    StatementTable,
    StatusRow,
    Text,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audit_desktop.core.framework import Column, GuidanceItem, Section, Statement
    from audit_desktop.core.scoring import Score
    from audit_desktop.exchange.report_answers import AnswerReader
    from audit_desktop.exchange.report_model import Answer, MarginComment

_NOT_ASKED = Words((Block((Run(wording.NO_RATING_HERE, italic=True),)),))
_NO_FIELDS = frozenset({"reference", "text", "guidance", "considerations", "numbers"})
_TEXT_WITH_REFERENCE = "reference and text"
_TEXTS_REMEMBERED = 16_384
"""Texts of frameworks are the same in every audit of an export of many."""


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _words(text: str, reference: str = "") -> Words:
    return Words(blocks_of(text), reference)


def guidance_blocks(items: tuple[GuidanceItem, ...]) -> tuple[Block, ...]:
    """Return guidance as paragraphs, each a link where the source gives an address."""
    return tuple([_guidance(item.title, item.is_heading, item.link) for item in items])


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _guidance(title: str, is_heading: bool, link: str) -> Block:
    return paragraph(title, bold=is_heading, link=link)


class StatementTables:
    """Builds the tables of one audit."""

    def __init__(
        self, reader: AnswerReader, step: Callable[[], None], *, as_form: bool = False, with_comments: bool = False
    ) -> None:
        self._reader = reader
        self._step = step
        self._as_form = as_form
        self._comment = reader.state.addresses.comment_field if with_comments else None
        self._framework = reader.framework
        self._addresses = reader.state.addresses
        self._fields = {field.id: field for field in self._framework.fields.statement}
        layout = self._framework.layout
        self._below = tuple(self._fields[field_id] for field_id in layout.below)
        self._has_marks = any(column.marks for column in layout.columns)
        shown = {field_id for column in layout.columns for field_id in column.shows} | set(layout.below)
        rating = self._addresses.rating_field
        if self._has_marks and rating is not None:
            shown.add(rating.id)
        marks = (field for field in STATEMENT_FIELDS if field.id not in self._fields)
        every = (*self._fields.values(), *marks, NOT_APPLICABLE)
        # Nobody ever used most of these, in any statement.
        self._elsewhere = tuple(field for field in every if field.id not in shown and reader.state.was_used(field.id))
        self._shows_numbers = "numbers" in shown
        # Looked up once, and not for each of thousands of statements.
        self._columns = tuple(map(self._shown_in, layout.columns))

    def table(self, section: Section, score: Score) -> StatementTable:
        """Return the table of `section`."""
        rows: list[StatementRow] = []
        for statement in section.statements:
            rows.append(self._row(statement))
            self._step()
        return StatementTable(
            section.id,
            caption=section.heading,
            description=wording.table_description(section.heading),
            columns=tuple(self._head(column, section) for column in self._framework.layout.columns),
            rows=tuple(rows),
            status=self.status(section.status_label, section_address(section.id, STATUS_OVERRIDE.id), score),
        )

    def status(self, label: str, override_address: str, score: Score) -> StatusRow | None:
        """Return how a section or the audit stands, or `None` where the framework names no status."""
        rule = self._framework.scoring
        if rule is None:
            return None
        scale = self._framework.scale(rule.status_scale)
        override = self._reader.at(override_address)
        if self._as_form:
            return StatusRow(label or wording.STATUS, None, "", (), override)
        level = scale.level(score.status) if score.status else None
        text = level.label if level else wording.NOT_YET_RATED
        sentences = [score.reason]
        if score.override is not None:
            by_rule = scale.level(score.rule_status) if score.rule_status else None
            sentences = [wording.override(by_rule.label if by_rule else "", score.reason)]
        elif score.provisional:
            text = f"{text} ({wording.PROVISIONAL})"
        return StatusRow(label or wording.STATUS, level, text, tuple(sentences), override)

    def _head(self, column: Column, section: Section) -> ColumnHead:
        rating = self._addresses.rating_field
        level = self._framework.scale(rating.scale).level(column.marks) if rating and column.marks else None
        return ColumnHead(tuple((column.heading or section.heading).split("\n")), column.width, level)

    def _row(self, statement: Statement) -> StatementRow:
        rating_field = self._addresses.rating_field
        rating = None
        marked = None
        if rating_field is not None and self._has_marks and rating_field.id not in statement.without:
            rating = self._reader.at(statement_address(statement.id, rating_field.id), rating_field)
            marked = self._reader.level(rating, rating_field)
        cells: list[Cell] = [
            Mark(shown, chosen=shown is marked) if isinstance(shown, Level) else self._parts(statement, shown)
            for shown in self._columns
        ]
        below = self._notes(statement)
        if rating is not None and rating.versions:
            # Two marks in a row would say nothing about who made them.
            below, rating = (*below, (Note(rating),)), None
        return StatementRow(statement.id, statement.reference, tuple(cells), below, rating, self._margin(statement))

    def _margin(self, statement: Statement) -> tuple[MarginComment, ...]:
        field = self._comment
        if field is None or field.id in statement.without:
            return ()
        return self._reader.comments(statement_address(statement.id, field.id), field)

    def _shown_in(self, column: Column) -> Level | tuple[str | Field, ...]:
        """Return the level that a column marks, or what else it shows: fields, and the names of other things."""
        rating = self._addresses.rating_field
        level = self._framework.scale(rating.scale).level(column.marks) if rating and column.marks else None
        if level is not None:
            return level
        shown: list[str | Field] = [name if name in _NO_FIELDS else self._fields[name] for name in column.shows]
        if "text" in shown and "reference" in shown:
            # It stands at the beginning of the text, if it comes before that.
            if shown.index("reference") < shown.index("text"):
                shown[shown.index("text")] = _TEXT_WITH_REFERENCE
            shown.remove("reference")
        return tuple(shown)

    def _parts(self, statement: Statement, all_shown: tuple[str | Field, ...]) -> tuple[CellPart, ...]:
        parts: list[CellPart] = []
        for shown in all_shown:
            if isinstance(shown, Field):
                if shown.id not in statement.without:
                    parts.append(self._answer_part(statement, shown))
                elif shown.kind is FieldKind.RATING:
                    parts.append(_NOT_ASKED)
                continue
            match shown:
                case "reference":
                    parts.append(Words((), statement.reference))
                case "text":
                    parts.append(_words(statement.text))
                case "reference and text":
                    parts.append(_words(statement.text, statement.reference))
                case "guidance":
                    parts.append(Words(guidance_blocks(statement.guidance)))
                case "considerations":
                    parts.append(_words(statement.considerations))
                case _:
                    parts += self._numbers(statement)
        return tuple(parts)

    def _numbers(self, statement: Statement) -> Iterable[CellPart]:
        for number in statement.numbers:
            address = statement_address(statement.id, number.id)
            field = self._addresses.field(address)
            if field is not None:
                yield self._reader.number(address, field)

    def _answer_part(self, statement: Statement, field: Field) -> CellPart:
        answer = self._reader.at(statement_address(statement.id, field.id), field)
        if field.kind is FieldKind.RATING:
            scale = self._framework.scale(field.scale)
            level = scale.level(answer.value) if isinstance(answer.value, str) else None
            does_not_apply = level is None and self._reader.state.not_applicable(statement.id) is not None
            return Choice(answer, level, scale.levels, does_not_apply)
        return Text(answer)

    def _notes(self, statement: Statement) -> tuple[tuple[Note, ...], ...]:
        """Return the rows below: one for each field that always has one, and one for all else that was answered."""
        if not (self._below or self._elsewhere or statement.numbers):
            return ()
        groups = [
            (Note(self._reader.at(statement_address(statement.id, field.id), field)),)
            for field in self._below
            if field.id not in statement.without
        ]
        # Most statements have none of these, so what nobody ever answered is passed over first.
        answered_ever = self._reader.state.all_heads()
        answers: list[Answer] = []
        for field in self._elsewhere:
            address = statement_address(statement.id, field.id)
            if address in answered_ever and field.id not in statement.without:
                answers.append(self._reader.at(address, field))
        if not self._shows_numbers:
            answers += [part.answer for part in self._numbers(statement) if not isinstance(part, Words)]
        answered = tuple(Note(answer) for answer in answers if not answer.is_empty)
        return (*groups, answered) if answered else tuple(groups)
