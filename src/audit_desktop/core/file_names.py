"""Names of files that every system takes, and that show what they are. Nothing is ever written under another name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONGEST_BYTES: Final = 150
"""Leaves room for the folders above within Windows' 260 characters, and for a number and an ending."""
_LONGEST_SUFFIX: Final = 12
_UNUSABLE: Final = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]+'
)
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?\Z", re.IGNORECASE)


def safe_stem(text: str, longest: int = LONGEST_BYTES, *, nothing: str = "Audit") -> str:
    """Return `text` as the name of a file without its ending, on Windows, macOS and Linux alike.

    What no name may hold becomes a space; names of devices get the word `nothing` before them, which also stands where
    nothing of `text` can be used; no name is longer than `longest` bytes, begins with a dot or a tilde, which hides a
    file, or ends with a dot or a space, which Windows drops.
    """
    stem = " ".join(_UNUSABLE.sub(" ", unicodedata.normalize("NFC", text)).split())
    stem = stem.lstrip(".~ ")
    stem = stem.encode("utf-8")[:longest].decode("utf-8", "ignore").rstrip(" .")
    if not stem or _RESERVED.match(stem):
        stem = f"{nothing} {stem}".strip()
    return stem


def safe_name(text: str, longest: int = LONGEST_BYTES, *, nothing: str = "File") -> str:
    """Return `text`, the whole name of a file, made safe as `safe_stem` does; its ending stays, in small letters."""
    suffix = suffix_of(text)
    whole = text.rstrip(" .")
    return safe_stem(whole[: len(whole) - len(suffix)], longest - len(suffix), nothing=nothing) + suffix


def free_path(folder: Path, text: str, suffix: str, exists: Callable[[Path], bool]) -> Path:
    """Return a path in `folder` that is not taken, named after `text`, with a number where it must have one."""
    stem = safe_stem(text)
    path = folder / f"{stem}{suffix}"
    number = 2
    while exists(path):
        path = folder / f"{stem} {number}{suffix}"
        number += 1
    return path


def file_size(size: int) -> str:
    """Return a number of bytes as people read it: "3.4 MB"."""
    if size < 1000:
        return f"{size} bytes"
    return f"{max(1, round(size / 1000))} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def suffix_of(name: str) -> str:
    """Return the ending of a file's name with its dot, in small letters; empty if it has none that is one."""
    _, dot, suffix = name.rstrip(" .").rpartition(".")
    # Letters and figures alone: what a name may not hold must not stand in its ending.
    if not dot or not suffix.isascii() or not suffix.isalnum() or len(suffix) > _LONGEST_SUFFIX:
        return ""
    return f".{suffix.lower()}"
