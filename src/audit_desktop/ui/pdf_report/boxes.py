"""What a page is laid out of: rows of cells that know their height, and where they can be cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from audit_desktop.exchange.html_report.chart import stretches
from audit_desktop.exchange.word.colours import fill_of, ink_on

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QTextDocument

    from audit_desktop.exchange.report_summary import Bar

LINE = "#B9C4CA"
_A_LITTLE = 0.01


class Content(Protocol):
    """What a cell holds."""

    def height(self, width: float) -> float:
        """Return how high it is when it is so wide."""
        ...

    def cut(self, start: float, room: float) -> float:
        """Return where to end, at most `room` after `start`, without cutting a line through."""
        ...

    def draw(self, painter: QPainter, width: float, start: float, end: float) -> None:
        """Draw what lies between `start` and `end` with the first of it at the painter's origin."""
        ...


class TextContent:
    """Formatted text."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document

    def height(self, width: float) -> float:
        """Return how high the text is."""
        self._document.setTextWidth(width)
        return self._document.size().height()

    def cut(self, start: float, room: float) -> float:
        """Return the bottom of the last line that fits; `start` if none does."""
        end = start
        block = self._document.begin()
        while block.isValid():
            layout = block.layout()
            for index in range(layout.lineCount()):
                bottom = layout.position().y() + layout.lineAt(index).rect().bottom()
                if bottom - start > room + _A_LITTLE:
                    return end
                end = max(end, bottom)
            block = block.next()
        return max(end, min(self._document.size().height(), start + room))

    def draw(self, painter: QPainter, width: float, start: float, end: float) -> None:
        """Draw the lines between `start` and `end`."""
        if end <= start:
            return
        painter.save()
        painter.translate(0, -start)
        whole = start <= 0 and end >= self._document.size().height() - _A_LITTLE
        # Clipping only where a page cuts the text: clipped text is copied badly out of some readers.
        self._document.drawContents(painter, QRectF() if whole else QRectF(0, start, width, end - start))
        painter.restore()


class BarContent:
    """The bar of a profile."""

    def __init__(self, bars: tuple[Bar, ...], font: QFont, height: float) -> None:
        self._bars = bars
        self._font = font
        self._height = height

    def height(self, width: float) -> float:
        """Return how high a bar is."""
        del width
        return self._height

    def cut(self, start: float, room: float) -> float:
        """Return the end of the bar, or its start where it does not fit."""
        return self._height if self._height - start <= room + _A_LITTLE else start

    def draw(self, painter: QPainter, width: float, start: float, end: float) -> None:
        """Draw the bar, each stretch with its count where there is room."""
        if end <= start:
            return
        painter.save()
        painter.setFont(self._font)
        for part in stretches(self._bars, width):
            place = QRectF(part.left, 0, part.width, self._height)
            level = part.bar.level
            pen = QPen(QColor("white" if level else LINE))
            pen.setWidthF(self._height / 18)
            if level is None:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(QColor(f"#{fill_of(level.colour)}") if level else Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            painter.setPen(QColor(f"#{ink_on(fill_of(level.colour))}" if level else "#000000"))
            count = str(part.bar.count)
            if painter.fontMetrics().horizontalAdvance(count) < part.width * 0.9:
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, count)
        painter.restore()


@dataclass(slots=True)
class Cell:
    """A cell: what it holds, its share of the row, its fill, and whether it stands in the middle."""

    content: Content
    share: float
    fill: str = ""
    is_centred: bool = False


@dataclass(slots=True)
class Row:
    """Cells side by side. `head` rows come again at the top of each page; a row that `keeps` stays with the next."""

    cells: list[Cell]
    head: tuple[Row, ...] = ()
    is_bordered: bool = True
    keeps: bool = False
    before: float = 0
    least: float = 0
    outline: tuple[int, str] | None = None
    _heights: dict[float, float] = field(default_factory=dict[float, float])

    def widths(self, width: float) -> list[float]:
        """Return how wide each cell is."""
        total = sum(cell.share for cell in self.cells)
        return [width * cell.share / total for cell in self.cells]

    def height(self, width: float, padding: float) -> float:
        """Return how high the row is, the space before it left out."""
        if width not in self._heights:
            room = padding * 2 if self.is_bordered else 0
            self._heights[width] = max(
                self.least,
                *(
                    cell.content.height(own - room) + room
                    for cell, own in zip(self.cells, self.widths(width), strict=True)
                ),
            )
        return self._heights[width]

    def cut(self, starts: list[float], width: float, padding: float, room: float) -> list[float]:
        """Return where each cell ends when `room` is left on the page."""
        inset = padding if self.is_bordered else 0
        ends: list[float] = []
        for cell, own, start in zip(self.cells, self.widths(width), starts, strict=True):
            cell.content.height(own - 2 * inset)
            ends.append(cell.content.cut(start, room - 2 * inset))
        return ends

    def draw(
        self,
        painter: QPainter,
        at: QPointF,
        size: tuple[float, float],
        padding: float,
        part: tuple[list[float], list[float]],
    ) -> None:
        """Draw the part of the row between the starts and the ends of its cells, in a box of `size`."""
        width, height = size
        inset = padding if self.is_bordered else 0
        left = at.x()
        pen = QPen(QColor(LINE))
        pen.setWidthF(padding / 8)
        for cell, own, start, end in zip(self.cells, self.widths(width), *part, strict=True):
            frame = QRectF(left, at.y(), own, height)
            if cell.fill:
                painter.fillRect(frame, QColor(f"#{cell.fill}"))
            if self.is_bordered:
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(frame)
            cell.content.height(own - 2 * inset)
            spare = max(height - 2 * inset - (end - start), 0) / 2 if cell.is_centred else 0
            painter.save()
            painter.translate(left + inset, at.y() + inset + spare)
            cell.content.draw(painter, own - 2 * inset, start, end)
            painter.restore()
            left += own


@dataclass(frozen=True, slots=True)
class NewPage:
    """Begins a page, of another orientation where it says so."""

    is_landscape: bool | None = None
