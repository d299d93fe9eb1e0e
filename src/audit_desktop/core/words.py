"""Numbers as words that can be read over the telephone: passphrases, and the fingerprints of keys."""

from __future__ import annotations

from hashlib import sha256
from secrets import choice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIST_LENGTH: Final = 2_048
BITS: Final = 11
PASSPHRASE_WORDS: Final = 4
FINGERPRINT_WORDS: Final = 6


def read_words(data: bytes) -> tuple[str, ...]:
    """Return the word list in `data`, one word a line; raises `ValueError` unless it has 2,048 different ones."""
    words = tuple(data.decode("ascii").split())
    if len(words) != LIST_LENGTH or len(set(words)) != LIST_LENGTH:
        raise ValueError("not a word list")
    return words


def new_passphrase(words: Sequence[str], choose: Callable[[Sequence[str]], str] = choice) -> str:
    """Return four words drawn from `words` by chance: 44 bits, which the slow protection of a copy makes enough."""
    return " ".join(choose(words) for _ in range(PASSPHRASE_WORDS))


def fingerprint(words: Sequence[str], public_key: bytes) -> str:
    """Return the six words that stand for `public_key`: the first 66 bits of its SHA-256."""
    number = int.from_bytes(sha256(public_key).digest(), "big") >> (256 - BITS * FINGERPRINT_WORDS)
    return " ".join(words[number >> BITS * place & LIST_LENGTH - 1] for place in reversed(range(FINGERPRINT_WORDS)))
