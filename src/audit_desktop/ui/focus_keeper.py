"""Gives the focus back where it was when the thing that has it goes away."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMEMBERED: Final = 8


class FocusKeeper(QObject):
    """Follows the focus of the whole program.

    When a button is hidden that was just pressed, as that of a banner that is dismissed, Qt goes on to the next thing
    in the order of the tab key, which may be at the other end of the window.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._earlier: deque[QWidget] = deque(maxlen=_REMEMBERED)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    @Slot("QWidget*", "QWidget*")
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            return
        if old is not None and not old.isVisible() and new.window() is old.window():
            before = next(self._still_there(new.window()), None)
            if before is not None and before is not new:
                before.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if new in self._earlier:
            self._earlier.remove(new)
        self._earlier.append(new)

    def _still_there(self, window: QWidget) -> Iterator[QWidget]:
        """Yield what had the focus in `window` and can be seen there, the latest first."""
        for widget in tuple(reversed(self._earlier)):
            if not isValid(widget):
                self._earlier.remove(widget)
            elif widget.window() is window and widget.isEnabled() and not widget.visibleRegion().isEmpty():
                yield widget
