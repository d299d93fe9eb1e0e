"""The word list that comes with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.words import read_words

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.storage.filesystem import Filesystem

PLACE: Final = "words/words.txt"
"""Where the list is, below the folder of resources."""


def load_words(filesystem: Filesystem, resources: Path) -> tuple[str, ...]:
    """Return the word list below the folder `resources`; an installation without a whole one is broken."""
    return read_words(filesystem.read_bytes(resources / PLACE))
