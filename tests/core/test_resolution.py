"""Settling a conflict by keeping both answers."""

from __future__ import annotations

import pytest

from audit_desktop.core.resolution import both_values, can_keep_both
from tests.builders import SCHOOL, VISITOR, edit, make_state

STATE = make_state()
EVIDENCE = "statement/1.1/evidence"


def field(address: str):
    found = STATE.addresses.field(address)
    assert found is not None
    return found


def test_both_texts_stand_one_after_the_other_each_with_its_author() -> None:
    heads = (edit(EVIDENCE, "Minutes.", author=VISITOR, minute=2), edit(EVIDENCE, "Register.", author=SCHOOL, minute=1))
    assert both_values(field(EVIDENCE), heads) == "Sam Reed: Register.\n\nAlex Moss: Minutes."


def test_what_only_one_still_says_stands_as_it_is() -> None:
    heads = (edit(EVIDENCE, None, minute=2), edit(EVIDENCE, "Register.", minute=1))
    assert both_values(field(EVIDENCE), heads) == "Register."
    assert both_values(field(EVIDENCE), (edit(EVIDENCE, None),)) is None


def test_ticks_of_both_are_ticked() -> None:
    heads = (edit("audit/activities", ["talk"], minute=1), edit("audit/activities", ["walk"], minute=2))
    assert both_values(field("audit/activities"), heads) == ["walk", "talk"]


def test_two_ratings_cannot_both_stand() -> None:
    assert not can_keep_both(field("statement/1.1/rating"))
    with pytest.raises(ValueError, match="rating"):
        both_values(field("statement/1.1/rating"), ())
