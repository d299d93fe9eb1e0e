"""One level of a scale as a large labelled button in the level's colour, worked like a radio button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QRadioButton, QWidget

from audit_desktop.ui.colour import readable_on
from audit_desktop.ui.theme import Radius, Space

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from audit_desktop.core.framework import Level

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class Segment(QRadioButton):
    """One level. The chosen one is filled with its colour, has a check mark and stands in bold.

    Signals:
        moved: an arrow key; carries how many segments on.
        digit: a digit from 1.
        cleared: Delete or Backspace.
        left: the focus left the segment.
    """

    moved = Signal(int)
    digit = Signal(int)
    cleared = Signal()
    left = Signal(object)

    def __init__(self, level: Level, parent: QWidget) -> None:
        super().__init__(parent)
        self.level = level
        self.words = f"{level.label} / {level.colour_name}" if level.colour_name else level.label
        self.is_read_only = False
        # Choosing again takes the choice back, which a plain radio button cannot.
        self.setAutoExclusive(False)
        self.setObjectName(f"level:{level.id}")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def bold_font(self) -> QFont:
        """Return the font of the chosen segment."""
        font = QFont(self.font())
        font.setBold(True)
        return font

    def mark_size(self) -> int:
        """Return the width of the coloured disc or check mark."""
        return round(self.fontMetrics().height() * 0.72)

    def padding(self) -> int:
        """Return how much of the width is not for text."""
        return 2 * Space.MEDIUM + self.mark_size() + Space.SMALL

    def least_width(self) -> int:
        """Return the width in which no word has to be broken."""
        metrics = QFontMetrics(self.bold_font())
        return max(metrics.horizontalAdvance(word) for word in self.words.split()) + self.padding() + 2

    def height_in(self, width: int) -> int:
        """Return the height that the segment needs in `width`."""
        metrics = QFontMetrics(self.bold_font())
        text = metrics.boundingRect(QRect(0, 0, max(width - self.padding(), 20), 10_000), _WRAP, self.words)
        return max(text.height(), metrics.height()) + 2 * Space.SMALL + 2 * Space.TINY

    def sizeHint(self) -> QSize:
        """Return the size of the segment on one line."""
        width = QFontMetrics(self.bold_font()).horizontalAdvance(self.words) + self.padding() + 2
        return QSize(width, self.height_in(width))

    def hitButton(self, position: QPoint) -> bool:
        """Return that the whole segment can be pressed."""
        return self.rect().contains(position)

    def nextCheckState(self) -> None:
        """Leave a segment that is only read as it is."""
        if not self.is_read_only:
            super().nextCheckState()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, choose or clear by key."""
        key = event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.moved.emit(1)
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.moved.emit(-1)
        elif plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.digit.emit(key - Qt.Key.Key_0)
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the segment was left."""
        super().focusOutEvent(event)
        self.left.emit(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segment."""
        del event
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        chosen = self.isChecked()
        colour = QColor(self.level.colour)
        edge = palette.color(QPalette.ColorRole.Dark)
        if chosen:
            fill, ink = colour, QColor(readable_on(self.level.colour))
            edge = colour.darker(130)
        elif self.is_read_only:
            fill = palette.color(QPalette.ColorRole.AlternateBase)
            ink = palette.color(QPalette.ColorRole.PlaceholderText)
            edge = palette.color(QPalette.ColorRole.Mid)
        else:
            over = palette.color(QPalette.ColorRole.AlternateBase)
            fill = over if self.underMouse() else palette.color(QPalette.ColorRole.Base)
            ink = palette.color(QPalette.ColorRole.Text)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(box, Radius.MEDIUM, Radius.MEDIUM)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Radius.MEDIUM, Radius.MEDIUM)
            painter.setPen(QPen(ink, 1))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), Radius.SMALL, Radius.SMALL)
        mark = self.mark_size()
        place = QRectF(box.left() + Space.MEDIUM, box.center().y() - mark / 2, mark, mark)
        if chosen:
            draw_check(painter, place, ink)
        else:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
            painter.setBrush(colour)
            painter.drawEllipse(place.adjusted(1, 1, -1, -1))
        painter.setPen(ink)
        painter.setFont(self.bold_font() if chosen else self.font())
        left = place.right() + Space.SMALL
        text_box = QRectF(left, box.top(), box.right() - left - Space.MEDIUM + 1, box.height())
        painter.drawText(text_box, _WRAP, self.words)


def draw_check(painter: QPainter, place: QRectF, ink: QColor) -> None:
    """Draw a check mark of the colour `ink` in `place`."""
    pen = QPen(ink, max(2.0, place.width() / 6))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(
        [
            QPointF(place.left() + place.width() * 0.08, place.center().y() + place.height() * 0.05),
            QPointF(place.left() + place.width() * 0.38, place.bottom() - place.height() * 0.15),
            QPointF(place.right() - place.width() * 0.02, place.top() + place.height() * 0.15),
        ]
    )
