"""A tick box whose words wrap, and that can be read without being changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from audit_desktop.ui.fields.segment import draw_check
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Radius, Space

if TYPE_CHECKING:
    from audit_desktop.ui.fields.base import FieldEditor

_RING = 2
"""Room around the box for the mark of the focus."""


class _SteadyBox(QCheckBox):
    """A tick box that can be held as it is."""

    left = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_read_only = False

    def sizeHint(self) -> QSize:
        side = self.fontMetrics().height() + 2 * _RING
        return QSize(side, side)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(_RING + 0.5, _RING + 0.5, -_RING - 0.5, -_RING - 0.5)
        on, roles = self.isChecked(), QPalette.ColorRole
        fill = roles.Highlight if on else roles.AlternateBase if self.is_read_only else roles.Base
        painter.setPen(QPen(palette.color(roles.Highlight if on else roles.Dark), 1))
        painter.setBrush(palette.color(fill))
        painter.drawRoundedRect(box, Radius.SMALL, Radius.SMALL)
        if on:
            draw_check(painter, box.adjusted(3, 3, -3, -3), palette.color(roles.HighlightedText))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(roles.Text), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Radius.SMALL + 2, Radius.SMALL + 2)

    def nextCheckState(self) -> None:
        if not self.is_read_only:
            super().nextCheckState()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit(event)


class WrappingCheckBox(QWidget):
    """A tick box with a label beside it that wraps and can be pressed too.

    Signals:
        ticked: a person set or took away the tick.
    """

    ticked = Signal()

    def __init__(self, text: str, editor: FieldEditor) -> None:
        super().__init__(editor)
        self.box = _SteadyBox(self)
        self.box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box.setAccessibleName(text)
        self.label: QLabel = plain_label(text)
        self.label.setBuddy(self.box)
        self.label.installEventFilter(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(0, _RING, 0, 0)
        layout.addWidget(self.label, 1)
        self.box.clicked.connect(self._on_clicked)
        self.box.left.connect(editor.note_left)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the tick be changed or only read."""
        self.box.is_read_only = is_read_only

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Press the box when its label is pressed."""
        if watched is self.label and event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            if event.button() == Qt.MouseButton.LeftButton and self.label.rect().contains(event.position().toPoint()):
                self.box.setFocus(Qt.FocusReason.MouseFocusReason)
                self.box.click()
            return True
        return False

    def _on_clicked(self, _checked: bool) -> None:
        if not self.box.is_read_only:
            self.ticked.emit()
