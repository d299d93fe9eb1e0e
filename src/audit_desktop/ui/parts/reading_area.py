"""A scroll area that is read by the arrow keys, and shows when the tab key has come to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class ReadingArea(QScrollArea):
    """Lies under a ring while the tab key has it; the ring takes no room, so that nothing moves."""

    _ring: QFrame | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        if event.reason() not in _BY_KEY:
            return
        if self._ring is None:
            self._ring = QFrame(self)
            self._ring.setProperty("role", "focus-ring")
            self._ring.setObjectName("focus-ring")
            self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.setGeometry(self.rect())
        self._ring.show()
        self._ring.raise_()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the ring at the edge."""
        super().resizeEvent(event)
        if self._ring is not None:
            self._ring.setGeometry(self.rect())
