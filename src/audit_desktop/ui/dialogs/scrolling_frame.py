"""A dialog whose body scrolls where the screen is too small for it, as with large text on a small laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_LEAST_HEIGHT = 160


class ScrollingFrame(DialogFrame):
    """A dialog frame; what is in `body` can be scrolled. The heading, the `foot` and the buttons stay in sight."""

    def __init__(self, title: str, lead: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, lead, parent)
        self._content = QWidget()
        self._content.setProperty("role", "page")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._content)
        self._scroll.setMinimumHeight(_LEAST_HEIGHT)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(Space.SMALL)
        self.body.addWidget(self._scroll, 1)
        self.body.addLayout(self.foot)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.SMALL)

    def fit(self, characters: int) -> None:
        """Make the dialog about `characters` wide and as high as its content, within the screen."""
        width = min(self.fontMetrics().averageCharWidth() * characters, self._room().width())
        self.resize(width, min(self._height_for(width), self._room().height()))

    def grow(self) -> None:
        """Become higher where the content has grown, as far as the screen allows."""
        height = min(self._height_for(self.width()), self._room().height())
        if height > self.height():
            self.resize(self.width(), height)
            self.keep_on_screen()

    def _room(self) -> QSize:
        return self.screen().availableGeometry().size() - QSize(Space.HUGE, Space.HUGE)

    def _height_for(self, width: int) -> int:
        layout = self.layout()
        # Wrapped text takes its height from a width that only a dialog that was laid out has.
        self._scroll.setMinimumHeight(0)
        around = layout.totalHeightForWidth(width) if layout is not None else 0
        around -= self._scroll.sizeHint().height()
        self._scroll.setMinimumHeight(_LEAST_HEIGHT)
        return around + self._content_height(width - 2 * Space.WIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the bar beside the content while there is one."""
        super().resizeEvent(event)
        needed = self._content_height(self._scroll.width())
        bar = self._scroll.verticalScrollBar().sizeHint().width() if needed > self._scroll.height() else 0
        margins = self.body.contentsMargins()
        if margins.right() != bar:
            self.body.setContentsMargins(0, 0, bar, 0)

    def _content_height(self, width: int) -> int:
        wrapped = self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else 0
        return max(wrapped, self.body.totalSizeHint().height())
