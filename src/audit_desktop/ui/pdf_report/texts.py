"""Formatted text for cells, made without any markup, so that what people wrote is text and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from audit_desktop.exchange.html_report.writer import safe_link
from audit_desktop.exchange.word.colours import ACCENT, fill_of, ink_on
from audit_desktop.ui.pdf_report.boxes import BarContent, Cell, TextContent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPdfWriter

    from audit_desktop.core.framework import Level
    from audit_desktop.exchange.blocks import Block
    from audit_desktop.exchange.report_summary import Bar

BODY: Final = 9.0
SMALL: Final = 8.0
QUIET: Final = "51606A"
# Qt scales the margins of paragraphs from 96 to the inch.
_INDENT: Final = 12
_GAP: Final = 2.5


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one look; `colour` is without its `#`."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `indent` counts steps."""

    spans: tuple[Span, ...]
    indent: int = 0


def line(text: str, *, bold: bool = False, italic: bool = False, colour: str = "") -> Line:
    """Return a paragraph of one look."""
    return Line((Span(text, bold, italic, colour),))


def lines_of(blocks: Iterable[Block]) -> list[Line]:
    """Return the blocks of a framework's text as paragraphs."""
    lines: list[Line] = []
    for block in blocks:
        mark = {"paragraph": "", "bullet": "•  ", "number": f"{block.number}{block.mark}  "}[block.kind]
        spans = tuple(Span(run.text, run.bold, run.italic, "", run.link) for run in block.runs)
        lines.append(Line((Span(mark), *spans) if mark else spans, block.depth + bool(mark)))
    return lines


class Texts:
    """Makes cells whose text is measured for one writer."""

    def __init__(self, device: QPdfWriter) -> None:
        self._device = device
        self._family = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
        self._unit = device.resolution() / 72

    def points(self, count: float) -> float:
        """Return so many points in the writer's unit."""
        return count * self._unit

    def font(self, size: float, *, bold: bool = False) -> QFont:
        """Return the report's font."""
        font = QFont(self._family)
        font.setPointSizeF(size)
        font.setBold(bold)
        return font

    def cell(
        self,
        lines: Iterable[Line],
        share: float = 1,
        *,
        size: float = BODY,
        fill: str = "",
        ink: str = "",
        centred: bool = False,
        right: bool = False,
    ) -> Cell:
        """Return a cell with paragraphs."""
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.documentLayout().setPaintDevice(self._device)
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font(size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(
            Qt.AlignmentFlag.AlignHCenter
            if centred
            else Qt.AlignmentFlag.AlignRight
            if right
            else Qt.AlignmentFlag.AlignLeading
        )
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        for index, one in enumerate(lines):
            shape = QTextBlockFormat()
            shape.setLeftMargin(_INDENT * one.indent)
            shape.setTopMargin(_GAP if index else 0)
            if index:
                cursor.insertBlock(shape)
            else:
                cursor.setBlockFormat(shape)
            for span in one.spans:
                cursor.insertText(span.text, self._look(span, ink))
        return Cell(TextContent(document), share, fill, centred)

    def level(self, level: Level | None, text: str, share: float = 1, *, size: float = BODY) -> Cell:
        """Return a cell with the colour of `level`."""
        if level is None:
            return self.cell([line(text)], share, size=size, centred=True)
        fill = fill_of(level.colour)
        return self.cell([line(text, bold=True)], share, size=size, fill=fill, ink=ink_on(fill), centred=True)

    def bar(self, bars: tuple[Bar, ...], share: float) -> Cell:
        """Return a cell with the bar of a profile."""
        return Cell(BarContent(bars, self.font(SMALL, bold=True), self.points(14)), share)

    def _look(self, span: Span, ink: str) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold if span.bold else QFont.Weight.Normal)
        look.setFontItalic(span.italic)
        colour = span.colour or ink
        link = safe_link(span.link)
        if link:
            look.setAnchor(True)
            look.setAnchorHref(link)
            look.setFontUnderline(True)
            colour = colour or ACCENT
        look.setForeground(QColor(f"#{colour or '1C2429'}"))
        return look
