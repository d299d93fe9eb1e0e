"""Files that are dragged over something, or dropped on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent


def dropped_files(event: QDropEvent) -> tuple[Path, ...]:
    """Return the files of this computer that `event` brings."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
