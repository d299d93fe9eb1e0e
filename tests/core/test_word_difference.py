"""The difference of two texts, word by word."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from audit_desktop.core.word_difference import Segment, SegmentKind, word_difference

TEXTS = st.text(st.sampled_from("ab c.,\nAé’"), max_size=60)


def test_a_changed_figure_is_the_only_difference() -> None:
    assert word_difference("Attendance is 96% now.", "Attendance is 91% now.") == (
        Segment(SegmentKind.SAME, "Attendance is "),
        Segment(SegmentKind.REMOVED, "96"),
        Segment(SegmentKind.ADDED, "91"),
        Segment(SegmentKind.SAME, "% now."),
    )


def test_words_are_never_split() -> None:
    (removed, added) = word_difference("carefully", "careful")
    assert (removed.text, added.text) == ("carefully", "careful")


def test_equal_texts_are_one_stretch_and_empty_ones_none() -> None:
    assert word_difference("Seen.", "Seen.") == (Segment(SegmentKind.SAME, "Seen."),)
    assert word_difference("", "") == ()


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_difference(old: str, new: str) -> None:
    segments = word_difference(old, new)
    assert "".join(one.text for one in segments if one.kind is not SegmentKind.ADDED) == old
    assert "".join(one.text for one in segments if one.kind is not SegmentKind.REMOVED) == new
    assert all(one.text for one in segments)
    assert all(one.kind is not two.kind for one, two in itertools.pairwise(segments))


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 50))
def test_a_very_long_text_is_compared_by_sentences_first(place: int) -> None:
    sentences = [f"Sentence number {number} says something about attendance." for number in range(400)]
    old = " ".join(sentences)
    sentences[place] = "Another sentence stands here."
    new = " ".join(sentences)
    segments = word_difference(old, new)
    assert "".join(one.text for one in segments if one.kind is not SegmentKind.REMOVED) == new
    assert sum(len(one.text) for one in segments if one.kind is SegmentKind.ADDED) < 60
