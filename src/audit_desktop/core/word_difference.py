"""The difference of two texts word by word, for the eyes of a person who settles a conflict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS = re.compile(r"\s+|\w+(?:['’-]\w+)*|[^\w\s]")
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?\n]+\s*|\Z)")
_MOST_PAIRS = 1_000_000
"""Pairs of words that are compared; longer texts are compared by sentences first."""


class SegmentKind(StrEnum):
    """Where a stretch of text stands."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that stands in both texts, only in the old one (removed) or only in the new one (added)."""

    kind: SegmentKind
    text: str


def word_difference(old: str, new: str) -> tuple[Segment, ...]:
    """Return how `new` differs from `old`, in whole words.

    What is the same and removed, joined, is `old`; what is the same and added, joined, is `new`. Where words were
    replaced, the removed ones come first. No two neighbours are of one kind, and none is empty.
    """
    return tuple(_joined(_compare(_WORDS.findall(old), _WORDS.findall(new))))


def _compare(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    if len(old) * len(new) <= _MOST_PAIRS:
        yield from _match(old, new)
        return
    # Sentences first, and words only inside the sentences that differ.
    old_sentences, new_sentences = _sentences(old), _sentences(new)
    if len(old_sentences) * len(new_sentences) > _MOST_PAIRS:
        yield from _replaced(old, new)
        return
    matcher = SequenceMatcher(None, old_sentences, new_sentences, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, after = "".join(old_sentences[old_from:old_to]), "".join(new_sentences[new_from:new_to])
        if tag == "equal":
            yield Segment(SegmentKind.SAME, before)
            continue
        old_words, new_words = _WORDS.findall(before), _WORDS.findall(after)
        small = len(old_words) * len(new_words) <= _MOST_PAIRS
        yield from _match(old_words, new_words) if small else _replaced(old_words, new_words)


def _sentences(words: Sequence[str]) -> list[str]:
    return [sentence for sentence in _SENTENCES.findall("".join(words)) if sentence]


def _match(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Segment(SegmentKind.SAME, "".join(old[old_from:old_to]))
        else:
            yield from _replaced(old[old_from:old_to], new[new_from:new_to])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    yield Segment(SegmentKind.REMOVED, "".join(old))
    yield Segment(SegmentKind.ADDED, "".join(new))


def _joined(segments: Iterator[Segment]) -> Iterator[Segment]:
    """Yield `segments` with neighbours of one kind joined, and each stretch of changes as removed, then added."""
    removed: list[str] = []
    added: list[str] = []
    same: list[str] = []
    for segment in segments:
        if not segment.text:
            continue
        if segment.kind is SegmentKind.SAME:
            yield from _changes(removed, added)
            same.append(segment.text)
        else:
            if same:
                yield Segment(SegmentKind.SAME, "".join(same))
                same.clear()
            (removed if segment.kind is SegmentKind.REMOVED else added).append(segment.text)
    yield from _changes(removed, added)
    if same:
        yield Segment(SegmentKind.SAME, "".join(same))


def _changes(removed: list[str], added: list[str]) -> Iterator[Segment]:
    for kind, texts in ((SegmentKind.REMOVED, removed), (SegmentKind.ADDED, added)):
        if texts:
            yield Segment(kind, "".join(texts))
            texts.clear()
