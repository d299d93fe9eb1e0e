"""Reads the rows of statements: their marks, grades, boxes and numbers, and what stands in the rows below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.addresses import statement_address
from audit_desktop.core.common_fields import NOT_APPLICABLE, STATEMENT_FIELDS
from audit_desktop.exchange.word_import.cell_values import Reading, read_field, read_mark, read_numbers
from audit_desktop.exchange.word_import.findings import is_unsettled
from audit_desktop.exchange.word_import.import_result import Doubt, Place
from audit_desktop.exchange.word_import.plain_text import (
    added_words,
    answer_text,
    comparable,
    similarity,
    split_reference,
)

if TYPE_CHECKING:
    from audit_desktop.core.framework import Column, Field, Level, Statement
    from audit_desktop.exchange.word_import.columns import ColumnUse
    from audit_desktop.exchange.word_import.document import Cell
    from audit_desktop.exchange.word_import.findings import Findings

_RETYPED = 0.8
"""How alike a line is to one of the form's own for it to be that line, retyped."""

_OF_FORM = frozenset({"reference", "text", "guidance", "considerations"})


class StatementRows:
    """Reads the rows of one framework's statements into `findings`."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._words = findings.words
        framework = self._words.framework
        self._fields = {field.id: field for field in framework.fields.statement}
        self._below = [self._fields[field_id] for field_id in framework.layout.below if field_id in self._fields]
        labelled = [*framework.fields.statement, *STATEMENT_FIELDS, NOT_APPLICABLE]
        self._labels = sorted(
            ((field.label.rstrip(":").casefold(), field) for field in labelled), key=lambda pair: -len(pair[0])
        )

    def read_row(self, statement_id: str, cells: tuple[Cell, ...], use: ColumnUse | None, place: Place) -> None:
        """Read the row of a statement. Without `use` only its controls can be read."""
        statement = self._words.addresses.statements[statement_id]
        tagged = self._read_controls(statement, cells, place)
        if use is None:
            for cell in cells[1:]:
                self._leftover(statement, cell.text, place)
            return
        marks: list[tuple[Level, Reading]] = []
        for cell, column in use.of(cells):
            if column is not None and column.marks:
                level = self._level(column)
                if level is not None:
                    marks.append((level, read_mark(cell.text)))
            elif column is None or not self._read_column(statement, column, cell, tagged, place):
                self._leftover(statement, cell.text, place)
        if marks:
            self._decide(statement, marks, place)

    def read_below(self, statement_id: str, cells: tuple[Cell, ...], nth: int, place: Place) -> None:
        """Read a row below a statement, the `nth` one, from 0: answers after their labels, or the comment itself."""
        statement = self._words.addresses.statements[statement_id]
        text = "\n".join(cell.text for cell in cells if cell.text.strip())
        if is_unsettled(text):
            return
        parts, before = self._labelled(statement, text)
        for field, said in parts:
            self._findings.read(statement_address(statement_id, field.id), field, said, place)
        before = answer_text(before)
        only_mark = before.strip() and not read_mark(before).leftover and read_mark(before).value
        if self._below and not parts and not only_mark:
            address = statement_address(statement_id, self._below[0].id)
            already = self._findings.answers.get(address)
            if nth == 0 or (before and isinstance(already, str)):
                # A second row without a label goes on with the first one's text.
                if isinstance(already, str) and before:
                    self._findings.answers[address] = f"{already}\n{before}"
                else:
                    self._findings.answer(address, before or None, place)
                return
        self._findings.unknown(before, place)

    def _read_controls(self, statement: Statement, cells: tuple[Cell, ...], place: Place) -> set[str]:
        """Read the controls that carry an address of this statement, and return those addresses."""
        found: set[str] = set()
        for cell in cells:
            for control in cell.controls:
                address = self._words.address_of_tag.get(control.tag, "")
                field = self._words.addresses.field(address) if address else None
                if field is None or not address.startswith(f"statement/{statement.id}/"):
                    continue
                if is_unsettled(cell.text):
                    found.add(address)
                    continue
                reading = read_field(self._words.framework, field, control.text)
                # Typed over instead of chosen: what stands in the cell counts.
                if reading.value is None and answer_text(cell.text).strip() and len(cell.controls) == 1:
                    reading = read_field(self._words.framework, field, cell.text)
                elif len(cell.controls) == 1:
                    self._findings.text(added_words(cell.text, comparable(control.text)), place)
                self._findings.reading(address, field, reading, place)
                found.add(address)
        return found

    def _read_column(self, statement: Statement, column: Column, cell: Cell, tagged: set[str], place: Place) -> bool:
        """Read a cell that holds answers, and return whether it was one."""
        text = cell.text
        is_answer = False
        if "numbers" in column.shows and statement.numbers:
            is_answer = True
            numbers, text = read_numbers(statement.numbers, text)
            for number_id, reading in numbers.items():
                address = statement_address(statement.id, number_id)
                field = self._words.addresses.field(address)
                if field is not None:
                    self._findings.reading(address, field, reading, place)
        if _OF_FORM.intersection(column.shows):
            text = self._after_own_words(text)
        for field_id in column.shows:
            field = self._fields.get(field_id)
            if field is None or field.id in statement.without:
                continue
            is_answer = True
            address = statement_address(statement.id, field.id)
            if address not in tagged:
                self._findings.read(address, field, text, place)
        return is_answer

    def _after_own_words(self, text: str) -> str:
        """Return what stands in a cell after the form's own words, which a column may show before an answer."""
        lines = text.split("\n")
        while lines and (self._words.is_known(lines[0]) or self._words.is_known(split_reference(lines[0])[1])):
            del lines[0]
        return "\n".join(lines)

    def _decide(self, statement: Statement, marks: list[tuple[Level, Reading]], place: Place) -> None:
        rating = self._words.addresses.rating_field
        if rating is None or rating.id in statement.without:
            return
        address = statement_address(statement.id, rating.id)
        marked: list[Level] = []
        for level, reading in marks:
            said = comparable(reading.leftover)
            is_name = said and said in {comparable(level.label), comparable(level.colour_name)}
            if reading.value or is_name:
                marked.append(level)
            if reading.leftover and not is_name:
                self._findings.text(reading.leftover, place)
        if len(marked) > 1:
            text = " / ".join(level.label for level in marked)
            self._findings.doubts.append(Doubt(address, text, place, tuple(level.id for level in marked)))
        else:
            self._findings.answer(address, marked[0].id if marked else None, place)

    def _level(self, column: Column) -> Level | None:
        rating = self._words.addresses.rating_field
        return self._words.framework.scale(rating.scale).level(column.marks) if rating is not None else None

    def _leftover(self, statement: Statement, text: str, place: Place) -> None:
        """Keep what somebody wrote into a cell of the form's own text."""
        unknown = [
            line for line in self._words.unknown_lines(text) if not self._words.is_known(split_reference(line)[1])
        ]
        if not unknown:
            return
        own = self._words.statements[statement.id]
        whole = split_reference(text)[1]
        if similarity(comparable(whole), own, _RETYPED) > _RETYPED:
            self._findings.text(added_words(whole, own), place)
            return
        for line in unknown:
            is_retyped = similarity(comparable(split_reference(line)[1]), own, _RETYPED) > _RETYPED
            self._findings.text(added_words(split_reference(line)[1], own) if is_retyped else line, place)

    def _labelled(self, statement: Statement, text: str) -> tuple[list[tuple[Field, str]], str]:
        """Return each field whose label begins a line with the text after it, and the text before the first."""
        parts: list[tuple[Field, list[str]]] = []
        before: list[str] = []
        for line in text.split("\n"):
            found = self._field_of(line)
            if (
                found is not None
                and found[0].id not in statement.without
                and all(field is not found[0] for field, _ in parts)
            ):
                parts.append((found[0], [found[1]]))
            elif parts:
                parts[-1][1].append(line)
            else:
                before.append(line)
        return [(field, "\n".join(lines)) for field, lines in parts], "\n".join(before)

    def _field_of(self, line: str) -> tuple[Field, str] | None:
        said = line.lstrip().casefold()
        for label, field in self._labels:
            if said.startswith(label):
                rest = line.lstrip()[len(label) :].lstrip()
                if not rest:
                    return field, ""
                if rest.startswith(":"):
                    return field, rest[1:].removeprefix(" ")
        return None
