"""The program's icon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

if TYPE_CHECKING:
    from pathlib import Path

_SIZES = (16, 32, 48, 128, 256)


def window_icon(resources: Path) -> QIcon:
    """Return the icon of the window, in each size that there is; empty if the files are missing."""
    icon = QIcon()
    for size in _SIZES:
        path = resources / "icons" / f"audit-desktop-{size}.png"
        if path.is_file():
            icon.addFile(str(path))
    return icon
