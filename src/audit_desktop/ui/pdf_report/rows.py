"""Makes rows of the pieces of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.html_report.writer import MOST_COLUMNS
from audit_desktop.exchange.report_model import (
    AnswerBoxes,
    Choice,
    DescriptorTable,
    Facts,
    Heading,
    ItemTable,
    Mark,
    NumberAnswer,
    Profile,
    Prose,
    StatementTable,
    StatusBox,
    Words,
)
from audit_desktop.exchange.word.colours import ACCENT, TINT
from audit_desktop.ui.pdf_report.boxes import Cell, NewPage, Row
from audit_desktop.ui.pdf_report.texts import QUIET, SMALL, Line, Span, Texts, line, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit_desktop.core.framework import Level
    from audit_desktop.exchange.report_model import Answer, CellPart, Piece, StatementRow, StatusRow

DARK_RED: Final = "8A2B12"
_SIZES: Final = {1: 15.0, 2: 12.0, 3: 10.0}
_LABEL, _VALUE = 3, 7
_NAME, _COUNT, _STATUS = 22, 13, 17
"""How the columns of a profile share the width: the longest word of a level's label fits above its counts."""
_SMALLEST = 7.0


class Rows:
    """Makes rows whose text is measured by `texts`."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._gap = texts.points(8)

    def of(self, piece: Piece) -> Iterator[Row | NewPage]:
        """Yield the rows of `piece`."""
        match piece:
            case Heading():
                if piece.new_page:
                    yield NewPage()
                yield self.heading(piece.level, piece.text)
            case Prose():
                if piece.blocks:
                    size = SMALL if piece.quiet else None
                    yield self.plain(lines_of(piece.blocks), size=size)
            case Facts():
                yield from self._facts(piece)
            case Profile():
                yield from self._profile(piece)
            case StatementTable():
                yield from self._statements(piece)
            case StatusBox():
                yield self._status_box(piece.status)
            case AnswerBoxes():
                for answer in piece.answers:
                    yield from self._box(answer, labelled=piece.labelled)
            case DescriptorTable():
                for heading, level, blocks in piece.entries:
                    yield Row([self._level_label(level, heading, 2), self.texts.cell(lines_of(blocks), 12)])
            case ItemTable():
                yield from self._items(piece)
            case _ as never:
                assert_never(never)

    def heading(self, level: int, text: str) -> Row:
        """Return a heading, which stands in the bookmarks and stays with what follows it."""
        cell = self.texts.cell([line(text, bold=True, colour=ACCENT)], size=_SIZES[level])
        before = self.texts.points({1: 20, 2: 14, 3: 10}[level])
        return Row([cell], is_bordered=False, keeps=True, before=before, outline=(level, text))

    def plain(self, lines: Sequence[Line], *, size: float | None = None) -> Row:
        """Return text without a border."""
        cell = self.texts.cell(lines, size=size) if size else self.texts.cell(lines)
        return Row([cell], is_bordered=False, before=self.texts.points(4))

    def head(
        self,
        headings: Sequence[str],
        shares: Sequence[float],
        levels: Sequence[Level | None] = (),
        *,
        size: float = SMALL,
    ) -> Row:
        """Return the head of a table."""
        cells: list[Cell] = []
        for index, (heading, share) in enumerate(zip(headings, shares, strict=False)):
            level = levels[index] if index < len(levels) else None
            if level is not None:
                cells.append(self.texts.level(level, heading, share, size=size))
            else:
                cells.append(self.texts.cell([line(heading, bold=True)], share, size=size, fill=ACCENT, ink="FFFFFF"))
        return Row(cells, keeps=True)

    def status_line(self, level: Level | None, text: str) -> Line:
        """Return a status as a word after a square of its colour."""
        if level is None:
            return line(text, bold=True)
        return Line((Span("■ ", colour=level.colour.lstrip("#")), Span(text, bold=True)))

    def answer_lines(self, answer: Answer, empty: str = "") -> list[Line]:
        """Return an answer, or every side of one that is not settled, as paragraphs."""
        if answer.versions:
            lines = [line(wording.CONFLICT, bold=True, colour=DARK_RED)]
            for version in answer.versions:
                lines.append(line(wording.said_by(version.author, version.on), bold=True))
                lines.append(Line((Span(version.text or wording.TAKEN_BACK),), 1))
            return lines
        if answer.text:
            return [line(answer.text)]
        return [line(empty, colour=QUIET)] if empty else []

    def _fact(self, answer: Answer) -> Row:
        return Row(
            [
                self.texts.cell([line(answer.label, bold=True)], _LABEL, fill=TINT),
                self.texts.cell(self.answer_lines(answer, "–"), _VALUE),
            ]
        )

    def _facts(self, facts: Facts) -> Iterator[Row]:
        yield self.heading(2, facts.caption)
        for answer in facts.answers:
            yield self._fact(answer)
        for label, text, level in facts.remarks:
            value = self.texts.level(level, text, _VALUE) if level else self.texts.cell([line(text)], _VALUE)
            yield Row([self.texts.cell([line(label, bold=True)], _LABEL, fill=TINT), value])

    def _profile(self, profile: Profile) -> Iterator[Row]:
        counts = len(profile.levels)
        shares = (_NAME, *(_COUNT,) * counts, *((_STATUS,) if profile.has_status else ()))
        head = self.head(profile.headings, shares, (None, *profile.levels), size=_SMALLEST)
        for row in profile.rows:
            fill = TINT if row.is_total else ""
            cells = [self.texts.cell([line(row.name, bold=row.is_total)], _NAME, fill=fill)]
            cells += [
                self.texts.cell([line(str(count), bold=row.is_total)], _COUNT, fill=fill, right=True)
                for count in row.counts
            ]
            if profile.has_status:
                cells.append(self.texts.level(row.status, row.status_text, _STATUS))
            yield Row(cells, (head,))

    def _statements(self, table: StatementTable) -> Iterator[Row]:
        shares = [column.width for column in table.columns]
        head = self.head(
            [" ".join(column.lines) for column in table.columns], shares, [column.level for column in table.columns]
        )
        for row in table.rows:
            yield from self._statement(row, shares, head)
        if table.status is not None:
            yield self._status_box(table.status)

    def _statement(self, row: StatementRow, shares: list[int], head: Row) -> Iterator[Row]:
        cells: list[Cell] = []
        for cell, share in zip(row.cells, shares, strict=True):
            if isinstance(cell, Mark):
                level = cell.level if cell.chosen else None
                cells.append(self.texts.level(level, cell.level.label if cell.chosen else "", share, size=SMALL))
            elif len(cell) == 1 and isinstance(cell[0], Choice) and cell[0].level is not None:
                cells.append(self.texts.level(cell[0].level, cell[0].level.label, share, size=SMALL))
            else:
                cells.append(self.texts.cell([one for part in cell for one in self._part(part)], share, size=SMALL))
        groups = row.below
        yield Row(cells, (head,), keeps=bool(groups))
        for index, group in enumerate(groups):
            lines: list[Line] = []
            for note in group:
                label = Span(f"{note.answer.label}: ", bold=True)
                first, *rest = self.answer_lines(note.answer, "–")
                lines += [Line((label, *first.spans)), *rest]
            yield Row([self.texts.cell(lines, size=SMALL, fill=TINT)], (head,), keeps=index < len(groups) - 1)

    def _part(self, part: CellPart) -> list[Line]:
        match part:
            case Words():
                lines = lines_of(part.blocks)
                if not part.reference:
                    return lines
                reference = Span(f"{part.reference}  ", bold=True, colour=ACCENT)
                if not lines:
                    return [Line((reference,))]
                return [Line((reference, *lines[0].spans), lines[0].indent), *lines[1:]]
            case NumberAnswer():
                if part.answer.versions:
                    return [line(part.request), *self.answer_lines(part.answer)]
                return [Line((Span(f"{part.request} "), Span(part.number or "–", bold=True)))]
            case Choice() if not part.answer.versions:
                if part.level is None:
                    return [line(part.missing, colour=QUIET)]
                return [self.status_line(part.level, part.level.label)]
            case _:
                return self.answer_lines(part.answer)

    def _status_box(self, status: StatusRow) -> Row:
        lines = [line(sentence) for sentence in status.sentences if sentence]
        override = status.override
        if override.versions:
            lines += self.answer_lines(override)
        elif not override.is_empty:
            lines.append(line(wording.override_reason(override.pieces[0], override.author, override.pieces[1])))
        label = self.texts.cell([line(status.label, bold=True), *lines], 62, fill=TINT)
        return Row([label, self.texts.level(status.level, status.text, 38)])

    def _box(self, answer: Answer, *, labelled: bool) -> Iterator[Row]:
        if labelled:
            label = self.texts.cell([line(answer.label, bold=True, colour=ACCENT)], fill=TINT)
            yield Row([label], keeps=True, before=self.texts.points(4))
        yield Row([self.texts.cell(self.answer_lines(answer, wording.NO_ANSWER))])

    def _level_label(self, level: Level | None, text: str, share: float) -> Cell:
        if level is None:
            return self.texts.cell([line(text, bold=True)], share, fill=TINT)
        return self.texts.level(level, text, share)

    def _items(self, table: ItemTable) -> Iterator[Row]:
        if len(table.headings) > MOST_COLUMNS:
            for number, (name, *rest) in enumerate(table.rows, start=1):
                title = self.answer_lines(name, name.label)
                first = Line((Span(f"{number}. ", bold=True), *title[0].spans))
                yield Row([self.texts.cell([first, *title[1:]], fill=TINT)], keeps=True, before=self.texts.points(4))
                for answer in rest:
                    if not answer.is_empty:
                        yield self._fact(answer)
            return
        shares = (*(1,) * (len(table.headings) - 1), 2)
        head = self.head(table.headings, shares)
        for item in table.rows:
            cells = [
                self.texts.cell(self.answer_lines(answer), share) for answer, share in zip(item, shares, strict=True)
            ]
            yield Row(cells, (head,))
