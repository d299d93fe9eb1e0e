"""Opening a file that the program has written, and its folder, with the computer's own programs."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from pathlib import Path


def open_file(path: Path) -> bool:
    """Open the file at `path` with the program for it; returns whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> bool:
    """Show the file at `path` in its folder; returns whether that worked."""
    if sys.platform == "win32":
        # The Explorer's own argument selects the file; its exit status means nothing.
        subprocess.run(["explorer", "/select,", str(path)], check=False)
        return True
    if sys.platform == "darwin":
        return subprocess.run(["open", "-R", str(path)], check=False).returncode == 0
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
