"""The tally of a section: counted once and moved by each edit, it is what a count at the end gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.completeness import MissingKind, missing_for
from audit_desktop.core.edits import Role
from audit_desktop.core.progress import Progress, audit_progress, is_answered, undone
from audit_desktop.core.scoring import score_audit
from audit_desktop.core.tally import NOT_APPLICABLE, NOT_ASKED, UNRATED, Tally
from tests.builders import edit, framework_document, make_audit, make_state
from tests.core.histories import histories

if TYPE_CHECKING:
    from random import Random

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Edit

LEVELS = ("low", "high")


def tallies(state: AuditState) -> list[Any]:
    every = [state.tally(section) for section in state.addresses.framework.sections]
    return [(tally.standings, tally.by_level, tally.unrated, tally.count(NOT_APPLICABLE, NOT_ASKED)) for tally in every]


@given(histories(most=20), st.randoms())
def test_after_any_edits_in_any_order_it_is_what_counting_them_at_the_end_gives(
    edits: list[Edit], random: Random
) -> None:
    moved = make_state()
    tallies(moved)
    random.shuffle(edits)
    for made in (*edits, *edits[:3]):
        moved.apply(made)
        assert tallies(moved)
    assert tallies(moved) == tallies(make_state(edits))
    assert score_audit(moved) == score_audit(make_state(edits))


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from((*LEVELS, UNRATED, NOT_APPLICABLE, NOT_ASKED)))))
def test_wherever_things_move_each_is_counted_once(moves: list[tuple[int, str]]) -> None:
    tally = Tally(LEVELS, [UNRATED] * 5)
    for place, standing in moves:
        tally.move(place, standing)
    again = Tally(LEVELS, tally.standings)
    everywhere = (*LEVELS, UNRATED, NOT_APPLICABLE, NOT_ASKED)
    assert [tally.count(standing) for standing in everywhere] == [again.count(standing) for standing in everywhere]
    assert tally.count(*everywhere) == 5
    assert tally.rated == len(tally.places("high", "low"))


def test_those_that_stand_lower_are_named_first_and_each_level_in_the_order_of_the_form() -> None:
    tally = Tally(LEVELS, ["high", "low", "high", "low", UNRATED])
    assert tally.places("low", "high") == [1, 3, 0, 2]


def test_a_statement_that_has_no_rating_is_counted_nowhere_but_among_what_does_not_apply() -> None:
    document = framework_document((2,))
    document["sections"][0]["statements"][1]["without"] = ["rating"]
    audit = make_audit({"statement/1.1/rating": "developing"}, framework=document)
    assert score_audit(audit.state).sections["1"].not_applicable == 0
    audit.record(edit("statement/1.2/not-applicable", "No nursery."))
    score = score_audit(audit.state).sections["1"]
    assert (score.rated, score.unrated, score.not_applicable) == (1, 0, 1)
    assert audit_progress(audit.state) == Progress(1, 1)


def test_a_level_that_the_scale_does_not_have_is_no_rating_anywhere() -> None:
    state = make_state([edit("statement/1.1/rating", "sublime")])
    assert score_audit(state).sections["1"].unrated == 3
    assert audit_progress(state) == Progress(0, 5)
    assert next(undone(state, None)).id == "1.1"
    assert not is_answered(state, state.addresses.statements["1.1"])
    assert ("statement/1.1/rating", MissingKind.UNRATED) in [
        (missing.address, missing.kind) for missing in missing_for(state, Role.SCHOOL)
    ]
