"""Buttons with their role, name for screen readers and object name set in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent


class PushButton(QPushButton):
    """A button that Enter presses too, not only the space bar: outside dialogs Qt leaves that out."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    role: str = "",
    *,
    name: str = "",
    accessible_name: str = "",
    on_click: Callable[[], object] | None = None,
    parent: QWidget | None = None,
) -> QPushButton:
    """Return a push button; `accessible_name` is for one whose `text` alone does not say what it concerns."""
    made = PushButton(parent)
    # "&" would make a shortcut; texts here are shown as they stand.
    made.setText(text.replace("&", "&&"))
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    made.setAccessibleName(accessible_name or text)
    made.setAutoDefault(False)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made
