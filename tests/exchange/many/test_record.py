"""The record of an export of many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.exchange.many.record import Outcome, Result, outcome_bytes, read_record, record_bytes

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
OUTCOMES = st.builds(Outcome, TEXT, TEXT, st.sampled_from(Result), TEXT, st.just("a" * 64), st.integers(0, 10**9))


@given(st.lists(OUTCOMES, unique_by=lambda outcome: outcome.source, max_size=4))
def test_a_record_is_read_as_it_was_written(outcomes: list[Outcome]) -> None:
    assert list(read_record(record_bytes(outcomes)).values()) == outcomes


def test_the_last_line_of_an_audit_counts() -> None:
    first, last = Outcome("a", "a.docx", Result.DONE), Outcome("a", "", Result.FAILED, "it is damaged")
    assert read_record(record_bytes([first]) + outcome_bytes(last)) == {"a": last}


def test_a_line_that_a_power_cut_broke_off_is_left_out() -> None:
    good = Outcome("a", "a.docx", Result.DONE, sha256="0" * 64, size=5)
    whole = record_bytes([good])
    half = outcome_bytes(Outcome("b", "b.docx", Result.DONE, sha256="1" * 64, size=7))[:9]
    assert read_record(whole + half) == {"a": good}
