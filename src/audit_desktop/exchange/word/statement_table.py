"""Draws a section's table of statements."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.report_model import Choice, Mark, Text, Words
from audit_desktop.exchange.word import xml_text
from audit_desktop.exchange.word.colours import ACCENT, LIGHTER_TINT, TINT
from audit_desktop.exchange.word.drawing import BOLD, control_parts, level_look, without_links

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.framework import Level
    from audit_desktop.exchange.blocks import Block
    from audit_desktop.exchange.report_model import (
        Answer,
        Cell,
        ColumnHead,
        MarginComment,
        Note,
        NumberAnswer,
        StatementRow,
        StatementTable,
        StatusRow,
    )
    from audit_desktop.exchange.word.drawing import Drawing

MARK_STYLE = "TableMark"
"""The style of the paragraphs that may hold a mark, and of nothing else."""

_WHITE = '<w:color w:val="FFFFFF"/>'
_KEEP = "<w:keepNext/>"
_TEXTS_REMEMBERED = 16_384
_CHARACTER_WIDTH = 98
"""Roughly how wide a character of table text is, in twentieths of a point."""
_LONG = 700
"""Characters from which the explanation of a status may break across pages."""
_TALLEST_UNSPLIT = {True: 44, False: 26}
"""Lines of a row, portrait and landscape, from which keeping it whole would leave too much of a page empty."""


class StatementTableDrawing:
    """Draws the tables of one document on pages `width` twentieths of a point wide between the margins."""

    def __init__(self, drawing: Drawing, width: int, *, portrait: bool) -> None:
        self._drawing = drawing
        self._width = width
        self._tallest = _TALLEST_UNSPLIT[portrait]
        self._controls: dict[tuple[str, str, bool], tuple[tuple[Level, ...], str, tuple[str, str, str]]] = {}
        """The levels of a choice, the shade of its paragraph and the parts of its control."""

    def draw(self, table: StatementTable) -> list[str]:
        """Return the table as XML, in pieces: most of a document stands in these tables."""
        widths = xml_text.shares(self._width, tuple(column.width for column in table.columns))
        rows = [
            xml_text.table_start(widths, table.caption, table.description),
            xml_text.row("".join(map(self._head, table.columns, widths)), header=True),
        ]
        in_lines = [max(1, width // _CHARACTER_WIDTH) for width in widths]
        for statement in table.rows:
            self._statement(statement, widths, in_lines, rows)
        if table.status is not None:
            marks = sum(column.level is not None for column in table.columns)
            split = len(widths) - (marks or len(widths) - 1)
            spans = (split, len(widths) - split)
            rows.extend(status_rows(self._drawing, table.status, (sum(widths[:split]), sum(widths[split:])), spans))
        rows.append(xml_text.TABLE_END)
        return rows

    def _head(self, column: ColumnHead, width: int) -> str:
        if column.level is None:
            lines = "".join(xml_text.paragraph("TableHeading", xml_text.run(line, _WHITE)) for line in column.lines)
            return xml_text.cell(width, lines, fill=ACCENT, align="center")
        fill, look = level_look(column.level)
        centred = '<w:jc w:val="center"/>'
        lines = "".join(xml_text.paragraph("TableHeading", xml_text.run(line, look), centred) for line in column.lines)
        return xml_text.cell(width, lines, fill=fill, align="center")

    def _statement(
        self, statement: StatementRow, widths: tuple[int, ...], in_lines: list[int], rows: list[str]
    ) -> None:
        lead = self._drawing.bookmark(self._drawing.anchors.statements[statement.statement_id])
        may_split = _is_taller(statement.cells, in_lines, self._tallest)
        keep = _KEEP if statement.below and not may_split else ""
        comments = statement.comments
        cells = ""
        for cell, width in zip(statement.cells, widths, strict=True):
            cells += self._cell(cell, width, lead, keep, comments)
            lead, comments = "", ()
        rows.append(xml_text.row(cells, may_split=may_split))
        for group in statement.below:
            rows.append(self._below(group, len(widths)))

    def _cell(self, cell: Cell, width: int, lead: str, keep: str, comments: tuple[MarginComment, ...]) -> str:
        if isinstance(cell, Mark):
            if not cell.chosen:
                return xml_text.cell(width, xml_text.paragraph(MARK_STYLE, lead, keep), align="center")
            fill, look = level_look(cell.level)
            mark = xml_text.paragraph(MARK_STYLE, lead + xml_text.run(wording.MARK, BOLD + look), keep)
            return xml_text.cell(width, mark, fill=fill, align="center")
        drawing = self._drawing
        if len(cell) == 1 and isinstance(cell[0], Words) and not comments:
            known = _cell_of_words(cell[0], width, keep)
            if known is not None:
                return f"{known[0]}{lead}{known[1]}"
        drawn = ""
        for part in cell:
            if isinstance(part, Words):
                if part.reference:
                    reference = xml_text.run(f"{part.reference} ", BOLD)
                    lead += drawing.margin(comments, reference)
                    comments = ()
                drawn += drawing.blocks(part.blocks, in_table=True, lead=lead, keep=keep)
            else:
                lead += drawing.mark(part.answer.address)
                if isinstance(part, Text):
                    drawn += drawing.answer(part.answer, lead=lead)
                elif isinstance(part, Choice):
                    drawn += self._choice(part, lead)
                else:
                    drawn += self._number(part, lead)
            lead = ""
        return xml_text.cell(width, drawn or xml_text.paragraph("TableText", lead, keep))

    def _choice(self, choice: Choice, lead: str) -> str:
        answer, level = choice.answer, choice.level
        key = (answer.label, level.id if level is not None else "", choice.is_not_applicable)
        known = self._controls.get(key)
        if known is None or known[0] is not choice.levels:
            known = self._controls[key] = (choice.levels, *_control(choice))
        _, shade, parts = known
        drawn = xml_text.paragraph("TableText", lead + self._drawing.control(parts, answer.address), shade)
        return drawn + self._drawing.versions(answer) if answer.versions else drawn

    def _number(self, number: NumberAnswer, lead: str) -> str:
        content = lead + xml_text.run(f"{number.request} " if number.number else number.request)
        content += xml_text.run(number.number, BOLD)
        drawn = xml_text.paragraph("TableText", content)
        return drawn + self._drawing.versions(number.answer) if number.answer.versions else drawn

    def _below(self, group: tuple[Note, ...], columns: int) -> str:
        drawn = "".join(labelled(self._drawing, note.answer) for note in group)
        length = sum(len(text) for note in group for text in note.answer.texts())
        may_split = length * _CHARACTER_WIDTH > self._width * self._tallest
        cell = xml_text.cell(self._width, drawn, fill=LIGHTER_TINT, span=columns)
        return xml_text.row(cell, may_split=may_split)


def _control(choice: Choice) -> tuple[str, tuple[str, str, str]]:
    """Return the shade of the paragraph of a choice, and what its control consists of, the same for many rows."""
    shade, look = ("", "") if choice.level is None else _shaded_look(choice.level)
    choices = tuple((level.id, level.label) for level in choice.levels)
    chosen = "" if choice.level is None else choice.level.label
    prompt = wording.NOT_APPLICABLE if choice.is_not_applicable else wording.CHOOSE
    return shade, control_parts(choice.answer.label, choices, chosen, look, prompt)


def _shaded_look(level: Level) -> tuple[str, str]:
    """Return the shade of a paragraph that shows `level`, and the look of its text."""
    fill, colour = level_look(level)
    # The paragraph is filled and not the cell: rows are tall, and a column of colour is a wall.
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="24" w:space="0" w:color="{fill}"/>'
        for edge in ("top", "left", "bottom", "right")
    )
    return f'<w:pBdr>{edges}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>', BOLD + colour


def labelled(drawing: Drawing, answer: Answer) -> str:
    """Return an answer after its label, in one paragraph where it is one line."""
    label = answer.label.rstrip(":")
    lead = xml_text.run(f"{label}: ", f'{BOLD}<w:color w:val="{ACCENT}"/>')
    return drawing.answer(answer, lead=drawing.mark(answer.address) + lead)


def status_rows(
    drawing: Drawing, status: StatusRow, widths: tuple[int, int], spans: tuple[int, int] = (1, 1)
) -> list[str]:
    """Return the row of a status, and the row that explains it; a blank form has nothing to explain."""
    fill, look = level_look(status.level)
    label = xml_text.paragraph("TableHeading", xml_text.run(status.label), _KEEP)
    word = xml_text.paragraph("TableHeading", xml_text.run(status.text, look), '<w:jc w:val="center"/>')
    first = xml_text.row(
        xml_text.cell(widths[0], label, fill=TINT, span=spans[0], align="center")
        + xml_text.cell(widths[1], word, fill=fill or (TINT if status.text else ""), span=spans[1], align="center"),
        height=454,
    )
    if not status.sentences:
        return [first]
    lead = drawing.mark(status.override.address)
    override = status.override
    explained: list[str] = []
    for sentence in status.sentences:
        explained.append(xml_text.paragraph("TableText", lead + xml_text.run(sentence)))
        lead = ""
    if override.versions:
        explained.append(drawing.versions(override))
    elif override.pieces:
        shown, reason = override.pieces
        lines = wording.override_reason(shown, override.author, reason).split("\n")
        explained.extend(xml_text.paragraph("TableText", xml_text.run(line)) for line in lines)
    may_split = sum(map(len, (*status.sentences, *override.texts()))) > _LONG
    return [first, xml_text.row(xml_text.cell(sum(widths), "".join(explained), span=sum(spans)), may_split=may_split)]


def _is_taller(cells: tuple[Cell, ...], in_lines: Iterable[int], tallest: int) -> bool:
    """Return whether any cell has roughly more than `tallest` lines, of `in_lines` characters each."""
    for cell, in_line in zip(cells, in_lines, strict=True):
        if isinstance(cell, Mark):
            continue
        lines = 0
        for part in cell:
            if isinstance(part, Words):
                lines += _lines_of(part.blocks, in_line)
            else:
                answer = part.answer
                # Nearly every answer is one text.
                for text in answer.texts() if answer.pieces or not answer.text else (answer.text,):
                    lines += 1 + text.count("\n") + len(text) // in_line
        if lines > tallest:
            return True
    return False


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _cell_of_words(words: Words, width: int, keep: str) -> tuple[str, str] | None:
    """Return a cell that is the same in every document: what stands before a lead in it, and after.

    `None` where `without_links` says so.
    """
    known = without_links(words.blocks, keep)
    if known is None:
        return None
    reference = xml_text.run(f"{words.reference} ", BOLD) if words.reference else ""
    cell = xml_text.cell(width, known[0] + reference + known[1])
    before = len(cell) - len(xml_text.CELL_END) - len(reference) - len(known[1])
    return cell[:before], cell[before:]


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _lines_of(blocks: tuple[Block, ...], in_line: int) -> int:
    return sum(1 + sum(len(run.text) // in_line for run in block.runs) for block in blocks)
