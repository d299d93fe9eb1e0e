"""Tells when the window is ready: its page is painted, and what came in before has been dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


class ReadyWatch(QObject):
    """Watches a window until it is ready, once.

    Signals:
        is_ready: the page is painted and takes input.
    """

    is_ready = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        page = window.centralWidget()
        assert page is not None
        self._page = page
        self._page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the page's first painting; its own parts are painted in the same go."""
        if event.type() == QEvent.Type.Paint and watched is self._page:
            self._page.removeEventFilter(self)
            # A timer of no time fires when the painting is done and no input waits.
            QTimer.singleShot(0, self, self._on_idle)
        return False

    @Slot()
    def _on_idle(self) -> None:
        self.is_ready.emit()
        self.deleteLater()
