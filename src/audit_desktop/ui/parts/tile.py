"""A large button with a heading and a line or two that say what it does."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from audit_desktop.ui.parts.buttons import PushButton
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space

_CHARACTERS = 30
_MARK = 1.3
"""The mark of a tile that can be chosen, as a multiple of the height of text."""


class Tile(PushButton):
    """A button as a card: `title`, and below it the `lines`, the last maybe small. A `wide` one is one of several."""

    def __init__(
        self,
        title: str,
        text: str,
        small_lines: tuple[str, ...] = (),
        *,
        role: str = "tile",
        name: str = "",
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_wide = wide
        # A screen reader calls what is checkable and exclusive one of several, and else a box to be ticked.
        self.setCheckable(wide)
        self.setAutoExclusive(wide)
        self.setProperty("role", role)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(". ".join((text, *small_lines)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        room_for_mark = Space.HUGE if wide else Space.LARGE
        layout.setContentsMargins(Space.LARGE, Space.LARGE, room_for_mark, Space.LARGE)
        layout.setSpacing(Space.TINY)
        layout.addWidget(plain_label(title, "subheading"))
        layout.addWidget(plain_label(text, "muted" if not wide else ""))
        for line in small_lines:
            layout.addWidget(plain_label(line, "caption"))
        layout.addStretch(1)
        for index in range(layout.count()):
            item = layout.itemAt(index)
            if item is not None and (label := item.widget()) is not None:
                # Clicks go through the words to the button.
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return a width that follows the size of text, and the height that the words need at it."""
        characters = _CHARACTERS * 2 if self._is_wide else _CHARACTERS
        width = self.fontMetrics().averageCharWidth() * characters
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and, if it can be chosen, a mark that says whether it is."""
        super().paintEvent(event)
        if not self.isCheckable():
            return
        side = self.fontMetrics().height() * _MARK
        mark = QRectF(self.width() - Space.LARGE - side, Space.LARGE, side, side)
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.brush(QPalette.ColorRole.Accent))
            painter.drawEllipse(mark)
            tick = QPen(palette.color(QPalette.ColorRole.HighlightedText), side / 9)
            painter.setPen(tick)
            corners = ((0.28, 0.52), (0.44, 0.68), (0.73, 0.36))
            painter.drawPolyline([QPointF(mark.x() + x * side, mark.y() + y * side) for x, y in corners])
        else:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1.5))
            painter.drawEllipse(mark.adjusted(1, 1, -1, -1))

    def minimumSizeHint(self) -> QSize:
        """Return about half of that width."""
        return QSize(self.fontMetrics().averageCharWidth() * _CHARACTERS // 2, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Return that the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the words need at `width`."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else super().heightForWidth(width)
