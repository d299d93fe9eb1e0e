"""Places for new files. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.file_names import safe_stem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def free_path(folder: Path, text: str, suffix: str, exists: Callable[[Path], bool]) -> Path:
    """Return a path in `folder` that is not taken, named after `text`, with a number where it must have one."""
    stem = safe_stem(text)
    path = folder / f"{stem}{suffix}"
    number = 2
    while exists(path):
        path = folder / f"{stem} {number}{suffix}"
        number += 1
    return path
