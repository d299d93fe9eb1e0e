"""Names for new files that every system takes. No Qt."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z", re.IGNORECASE)
_LONGEST: Final = 100


def safe_stem(text: str) -> str:
    """Return `text` as the name of a file without its ending; "Audit" where nothing of it can be used."""
    stem = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text))
    stem = " ".join(stem.split())[:_LONGEST].strip(" .")
    if not stem or _RESERVED.match(stem):
        stem = f"Audit {stem}".strip()
    return stem


def free_path(folder: Path, stem: str, suffix: str, exists: Callable[[Path], bool]) -> Path:
    """Return a path in `folder` that is not taken, with a number after `stem` where it must have one."""
    path = folder / f"{stem}{suffix}"
    number = 2
    while exists(path):
        path = folder / f"{stem} {number}{suffix}"
        number += 1
    return path
