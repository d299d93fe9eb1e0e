"""Draws the pieces of a report that are no statement tables: headings, prose, boxes and the smaller tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from audit_desktop.exchange.report_model import (
    AnswerBoxes,
    DescriptorTable,
    Facts,
    Heading,
    ItemTable,
    Profile,
    Prose,
    StatementTable,
    StatusBox,
)
from audit_desktop.exchange.word import xml_text
from audit_desktop.exchange.word.colours import ACCENT, TINT, WARNING, WARNING_TINT
from audit_desktop.exchange.word.drawing import BOLD, level_look
from audit_desktop.exchange.word.statement_table import StatementTableDrawing, status_rows

if TYPE_CHECKING:
    from audit_desktop.exchange.report_model import Answer, Piece, ProfileRow
    from audit_desktop.exchange.word.drawing import Drawing

_WHITE = '<w:color w:val="FFFFFF"/>'
_CENTRED = '<w:jc w:val="center"/>'
_KEEP = "<w:keepNext/>"
_GAP = '<w:spacing w:before="200"/>'
_NARROW = 40
_SMALL = '<w:sz w:val="16"/><w:szCs w:val="16"/>'
_MOST_COLUMNS = 4
_BOX_HEIGHT = 1247
"""An empty box is 2.2 cm high, so that it can be filled in by hand."""
_ROW_HEIGHT = 680
"""An empty row of a table to be filled in is 1.2 cm high."""
_LONG = 700
"""Characters from which a box may break across pages."""


class PieceDrawing:
    """Draws pieces on pages `width` twentieths of a point wide between the margins."""

    def __init__(self, drawing: Drawing, width: int, *, portrait: bool) -> None:
        self._drawing = drawing
        self._width = width
        self._statements = StatementTableDrawing(drawing, width, portrait=portrait)

    def draw(self, piece: Piece, *, after_table: bool = False) -> list[str]:
        """Return `piece` as XML, in pieces that follow one another; what comes after a table keeps clear of it."""
        match piece:
            case StatementTable():
                return self._statements.draw(piece)
            case Heading():
                drawn = self._heading(piece)
            case Prose():
                gap = _GAP if after_table and not piece.quiet else ""
                style = "Note" if piece.quiet else ""
                drawn = self._drawing.blocks(piece.blocks[:1], in_table=False, style=style, keep=gap)
                drawn += self._drawing.blocks(piece.blocks[1:], in_table=False, style=style)
            case Facts():
                drawn = self._facts(piece)
            case Profile():
                drawn = self._profile(piece)
            case StatusBox():
                widths = xml_text.shares(self._width, (62, 38))
                rows = status_rows(self._drawing, piece.status, (widths[0], widths[1]))
                drawn = xml_text.table(widths, rows, caption=piece.caption)
            case AnswerBoxes():
                drawn = self._boxes(piece)
            case DescriptorTable():
                drawn = self._descriptors(piece)
            case ItemTable():
                drawn = self._items(piece)
            case _ as never:
                assert_never(never)
        return [drawn]

    def _heading(self, heading: Heading) -> str:
        address = self._drawing.heading_address(heading)
        lead = self._drawing.mark(address) if address else ""
        properties = "<w:pageBreakBefore/>" if heading.new_page else ""
        return xml_text.paragraph(f"Heading{heading.level}", lead + xml_text.run(heading.text), properties)

    def _facts(self, facts: Facts) -> str:
        widths = xml_text.shares(self._width, (32, 68))
        rows = [self._fact(answer, widths) for answer in facts.answers]
        for label, text, level in facts.remarks:
            fill, look = level_look(level)
            content = xml_text.paragraph("BoxText", xml_text.run(text, BOLD + look))
            rows.append(xml_text.row(self._label(label, widths[0]) + xml_text.cell(widths[1], content, fill=fill)))
        return xml_text.table(widths, rows, caption=facts.caption)

    def _fact(self, answer: Answer, widths: tuple[int, ...]) -> str:
        content = self._drawing.answer(answer, style="BoxText", lead=self._drawing.mark(answer.address))
        return xml_text.row(self._label(answer.label, widths[0]) + xml_text.cell(widths[1], content))

    def _label(self, label: str, width: int) -> str:
        text = xml_text.paragraph("TableHeading", xml_text.run(label, f'<w:color w:val="{ACCENT}"/>'))
        return xml_text.cell(width, text, fill=TINT)

    def _profile(self, profile: Profile) -> str:
        counts = len(profile.levels)
        parts = (30, *(11,) * counts, 15) if profile.has_status else (28, *(12,) * counts)
        widths = xml_text.shares(self._width, parts)
        head: list[str] = []
        levels = (None, *profile.levels, *((None,) if profile.has_status else ()))
        for index, (text, level, width) in enumerate(zip(profile.headings, levels, widths, strict=True)):
            fill, look = level_look(level)
            small = _SMALL if index else ""
            content = xml_text.paragraph(
                "TableHeading", xml_text.run(text, (look or _WHITE) + small), _CENTRED if index else ""
            )
            head.append(
                xml_text.cell(width, content, fill=fill or ACCENT, align="center", margin=_NARROW if index else 0)
            )
        rows = [xml_text.row("".join(head), header=True)]
        rows.extend(self._profile_row(row, widths, has_status=profile.has_status) for row in profile.rows)
        drawn = xml_text.table(widths, rows, caption=profile.caption)
        if profile.has_chart:
            drawn += xml_text.paragraph("Chart", self._drawing.chart(profile, self._width))
        return drawn

    def _profile_row(self, row: ProfileRow, widths: tuple[int, ...], *, has_status: bool) -> str:
        look = BOLD if row.is_total else ""
        fill = TINT if row.is_total else ""
        name = self._drawing.inner_link(row.anchor, row.name, look) if row.anchor else xml_text.run(row.name, look)
        cells = [xml_text.cell(widths[0], xml_text.paragraph("TableText", name), fill=fill, align="center")]
        for count, width in zip(row.counts, widths[1:], strict=False):
            content = xml_text.paragraph("TableCount", xml_text.run(str(count), look))
            cells.append(xml_text.cell(width, content, fill=fill, align="center"))
        if has_status:
            level_fill, colour = level_look(row.status)
            content = xml_text.paragraph("TableCount", xml_text.run(row.status_text, BOLD + colour))
            cells.append(xml_text.cell(widths[-1], content, fill=level_fill or fill, align="center"))
        return xml_text.row("".join(cells))

    def _boxes(self, boxes: AnswerBoxes) -> str:
        rows: list[str] = []
        for answer in boxes.answers:
            if boxes.labelled:
                label = xml_text.paragraph(
                    "TableHeading", xml_text.run(answer.label, f'<w:color w:val="{ACCENT}"/>'), _KEEP
                )
                rows.append(xml_text.row(xml_text.cell(self._width, label, fill=TINT)))
            content = self._drawing.answer(answer, style="BoxText", lead=self._drawing.mark(answer.address))
            length = sum(map(len, answer.texts()))
            rows.append(xml_text.row(xml_text.cell(self._width, content), may_split=length > _LONG, height=_BOX_HEIGHT))
        return xml_text.table((self._width,), rows, caption=boxes.caption)

    def _descriptors(self, table: DescriptorTable) -> str:
        widths = xml_text.shares(self._width, (14, 86))
        rows: list[str] = []
        for heading, level, blocks in table.entries:
            fill, look = level_look(level)
            name = xml_text.paragraph("TableHeading", xml_text.run(heading, look))
            text = self._drawing.blocks(blocks, in_table=True)
            rows.append(
                xml_text.row(
                    xml_text.cell(widths[0], name, fill=fill or TINT)
                    + xml_text.cell(widths[1], text or xml_text.paragraph("TableText", ""))
                )
            )
        return xml_text.table(widths, rows, caption=table.caption or "Descriptors")

    def _items(self, table: ItemTable) -> str:
        if len(table.headings) > _MOST_COLUMNS and not table.shares:
            return self._cards(table)
        # The last column holds what takes most room.
        widths = xml_text.shares(self._width, table.shares or (*(1,) * (len(table.headings) - 1), 2))
        head = "".join(
            xml_text.cell(width, xml_text.paragraph("TableHeading", xml_text.run(text, _WHITE)), fill=ACCENT)
            for text, width in zip(table.headings, widths, strict=True)
        )
        rows = [xml_text.row(head, header=True)]
        for item, flag in zip(table.rows, table.flags or ("",) * len(table.rows), strict=True):
            cells = "".join(
                xml_text.cell(
                    width,
                    self._drawing.answer(answer, lead=self._drawing.mark(answer.address), keep=_KEEP if flag else ""),
                )
                for answer, width in zip(item, widths, strict=True)
            )
            length = max((len(text) for answer in item for text in answer.texts()), default=0)
            is_empty = all(answer.is_empty for answer in item)
            rows.append(xml_text.row(cells, may_split=length > _LONG, height=_ROW_HEIGHT if is_empty else 0))
            rows.extend(self._flag(flag, len(widths)))
        return xml_text.table(widths, rows, caption=table.caption)

    def _flag(self, flag: str, columns: int) -> list[str]:
        """Return the row of a warning about the row above, if there is one."""
        if not flag:
            return []
        text = xml_text.paragraph("TableHeading", xml_text.run(flag, f'<w:color w:val="{WARNING}"/>'))
        return [xml_text.row(xml_text.cell(self._width, text, fill=WARNING_TINT, span=columns))]

    def _cards(self, table: ItemTable) -> str:
        """Return things of which much is said as one block of rows each, without what nobody said."""
        widths = xml_text.shares(self._width, (32, 68))
        rows: list[str] = []
        flags = table.flags or ("",) * len(table.rows)
        for number, ((name, *rest), flag) in enumerate(zip(table.rows, flags, strict=True), start=1):
            lead = self._drawing.mark(name.address) + xml_text.run(f"{number}. ", BOLD)
            title = self._drawing.answer(name, style="BoxText", lead=lead, keep=_KEEP)
            rows.append(xml_text.row(xml_text.cell(self._width, title, fill=TINT, span=2)))
            rows.extend(self._flag(flag, 2))
            rows.extend(self._fact(answer, widths) for answer in rest if not answer.is_empty)
        return xml_text.table(widths, rows, caption=table.caption)
