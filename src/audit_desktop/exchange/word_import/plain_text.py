"""Text as it is compared: without the differences that retyping, other programs and other keyboards make."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

_NOT_WORDS: Final = re.compile(r"[^\w%&]+")
_REFERENCE: Final = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?)(?=[\s.):]|\Z)[.):]?\s*(.*)\Z", re.DOTALL)
_LONGEST_REMEMBERED: Final = 500
"""Characters of the texts that are remembered: lines of frameworks are compared again and again."""
_LONGEST_COMPARED: Final = 1_000
_PROMPTS: Final = re.compile(
    r"(choose an item|(click|tap|click or tap)( here)? to (enter|select|choose) (some )?(text|a date|an item)"
    r"|enter text)\.?",
    re.IGNORECASE,
)


def comparable(text: str) -> str:
    """Return the words of `text` in lower case with one space between them; empty if it has none.

    Kinds of quotation marks, dashes, spaces, bullets and other punctuation do not tell two texts apart.
    """
    return _comparable_line(text) if len(text) <= _LONGEST_REMEMBERED else _comparable(text)


def _comparable(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(_NOT_WORDS.sub(" ", text.casefold()).split())


_comparable_line = lru_cache(maxsize=8192)(_comparable)


def similarity(one: str, other: str, least: float = 0.5) -> float:
    """Return how alike two comparable texts are, from 0 to 1; 0 at once for those that are surely less than `least`."""
    one, other = one[:_LONGEST_COMPARED], other[:_LONGEST_COMPARED]
    if one == other:
        return 1.0
    # Their lengths alone, then their letters, bound how alike they can be.
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return 0.0 if matcher.quick_ratio() < least else matcher.ratio()


def added_words(text: str, form: str) -> str:
    """Return the words of `text` that somebody added to `form`, a comparable text: retyped words are none."""
    words = [(comparable(word), word) for word in text.split()]
    said = [(part, word) for parts, word in words for part in parts.split()]
    own = form.split()
    added: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(None, own, [part for part, _ in said], False).get_opcodes():
        if kind == "insert" or (kind == "replace" and last - first > end - start + 1):
            added += dict.fromkeys(word for _, word in said[first:last])
    return " ".join(added)


def split_reference(text: str) -> tuple[str, str]:
    """Return the number that `text` begins with, as `1.11`, and the rest; an empty number if it begins with none."""
    found = _REFERENCE.match(text)
    return (found[1], found[2]) if found else ("", text)


def is_prompt(line: str) -> bool:
    """Return whether `line` is what an empty control says instead of an answer, in Word's words."""
    return _PROMPTS.fullmatch(" ".join(line.split())) is not None


def answer_text(text: str) -> str:
    """Return the text of a box as an answer: without prompts and without empty lines around it."""
    if "item" in text or "enter" in text.lower():
        text = "\n".join(line for line in text.split("\n") if not is_prompt(line))
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        del lines[-1]
    return "\n".join(lines)
