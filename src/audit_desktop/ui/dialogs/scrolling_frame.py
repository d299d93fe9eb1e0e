"""A dialog whose body scrolls where the screen is too small for it, as with large text on a small laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

_LEAST_HEIGHT = 160


class ScrollingFrame(DialogFrame):
    """A dialog frame; what is in `body` can be scrolled. The heading, the `foot` and the buttons stay in sight."""

    def __init__(self, title: str, lead: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, lead, parent)
        self._content = QWidget()
        self._content.setProperty("role", "page")
        # Else it is never lower than its texts would be if they were wrapped as narrowly as they can be.
        self._content.setMinimumHeight(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
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
        """Make the dialog about `characters` wide, wider if its content needs it, and as high, within the screen."""
        wanted = max(self.fontMetrics().averageCharWidth() * characters, self._least_width())
        width = min(wanted, self._room().width())
        self.resize(width, min(self._height_for(width), self._room().height()))
        if self.isVisible():
            self._add_what_is_missing()

    def grow(self) -> None:
        """Become higher where the content has grown, as far as the screen allows."""
        height = min(self._height_for(self.width()), self._room().height())
        if height > self.height():
            self.resize(self.width(), height)
            self.keep_on_screen()

    def scroll_to(self, widget: QWidget) -> None:
        """Bring `widget` of the body into sight, once it has its place."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(widget))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._add_what_is_missing()

    def _add_what_is_missing(self) -> None:
        # What a font or a style adds to the content is known only once it is laid out.
        if (layout := self.layout()) is not None:
            layout.activate()
        missing = self._content_height(self._scroll.width()) - self._scroll.height()
        if missing > 0:
            self.resize(self.width(), min(self.height() + missing, self._room().height()))

    def _room(self) -> QSize:
        return self.screen().availableGeometry().size() - QSize(Space.HUGE, Space.HUGE)

    def _least_width(self) -> int:
        # Sideways it cannot be scrolled: what is wider than the dialog would be cut off.
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        return self.body.totalMinimumSize().width() + bar + 2 * Space.WIDE

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
