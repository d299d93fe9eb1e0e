"""Passphrases and fingerprints in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_desktop.core.words import fingerprint, new_passphrase, read_words

DATA = (Path(__file__).parents[2] / "resources" / "words" / "words.txt").read_bytes()
WORDS = read_words(DATA)


def test_the_words_are_short_and_plain() -> None:
    assert len(WORDS) == 2_048
    assert all(word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in WORDS)


def test_a_list_of_another_length_or_with_a_word_twice_is_none() -> None:
    with pytest.raises(ValueError, match="word list"):
        read_words(b"one two three")
    with pytest.raises(ValueError, match="word list"):
        read_words(DATA.replace(f"\n{WORDS[1]}\n".encode(), f"\n{WORDS[0]}\n".encode()))


def test_a_passphrase_is_four_words_drawn_from_the_list() -> None:
    passphrase = new_passphrase(WORDS)
    assert len(passphrase.split()) == 4
    assert set(passphrase.split()) <= set(WORDS)
    assert new_passphrase(WORDS) != passphrase


def test_a_fingerprint_is_six_words_and_another_key_has_another() -> None:
    one, other = fingerprint(WORDS, bytes(32)), fingerprint(WORDS, bytes(31) + b"\x01")
    assert len(one.split()) == 6
    assert one == fingerprint(WORDS, bytes(32))
    assert one != other
