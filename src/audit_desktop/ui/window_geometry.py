"""Where the window stood last time, and how large it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_USUAL_SIZE = (1240, 700)


def geometry_of(window: QWidget) -> str:
    """Return the place and size of `window` as text."""
    return bytes(window.saveGeometry().toHex().data()).decode("ascii")


def restore_geometry(window: QWidget, kept: str) -> None:
    """Put `window` where `kept`, such a text, says; one that says nothing makes it of the usual size."""
    if not kept or not window.restoreGeometry(QByteArray.fromHex(kept.encode("ascii"))):
        available = window.screen().availableGeometry()
        window.resize(min(_USUAL_SIZE[0], available.width()), min(_USUAL_SIZE[1], available.height()))
