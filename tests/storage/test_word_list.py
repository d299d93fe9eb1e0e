"""The word list that comes with the program."""

from __future__ import annotations

from pathlib import Path

from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.word_list import load_words


def test_the_program_has_its_words() -> None:
    words = load_words(RealFilesystem(), Path(__file__).parents[2] / "resources")
    assert len(words) == 2_048
    assert words == tuple(sorted(words))
