"""Merging copies of an audit: the laws, and that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.audit import Audit
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.framework import Framework
from audit_desktop.core.merge import merge_audits
from tests.builders import VISITOR, edit, framework_document, make_audit, make_framework
from tests.core.histories import histories

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.edits import Edit

RATING = "statement/1.1/rating"
FRAMEWORK = make_framework()


def audit_of(edits: Iterable[Edit]) -> Audit:
    return Audit.from_edits("audit-1", FRAMEWORK, b"", edits)


def everything(audit: Audit) -> dict[str, Any]:
    state = audit.state
    return {
        "log": list(audit.log.all()),
        "heads": {address: heads for address, heads in state.all_heads().items() if heads},
        "conflicts": sorted(state.conflicts()),
        "set aside": {aside.edit.id for aside in state.set_aside()},
        "items": state.items("sharing"),
    }


@st.composite
def copies(draw: Any, count: int = 2) -> list[Audit]:
    """Return copies of one audit that each hold some of what was ever done to it."""
    history = draw(histories(most=14))
    keep = [[draw(st.booleans()) for _ in history] for _ in range(count)]
    return [audit_of(made for made, kept in zip(history, row, strict=True) if kept) for row in keep]


@given(copies())
def test_it_makes_no_difference_whose_copy_comes_first(two: list[Audit]) -> None:
    mine, theirs = two
    one, other = merge_audits(mine, theirs), merge_audits(theirs, mine)
    assert everything(one.audit) == everything(other.audit)
    assert (one.new_from_mine, one.new_from_theirs, one.in_both) == (
        other.new_from_theirs,
        other.new_from_mine,
        other.in_both,
    )


@given(copies(3))
def test_it_makes_no_difference_which_copies_are_merged_first(three: list[Audit]) -> None:
    a, b, c = three
    left = merge_audits(merge_audits(a, b).audit, c).audit
    right = merge_audits(a, merge_audits(b, c).audit).audit
    assert everything(left) == everything(right)


@given(copies())
def test_merging_again_changes_nothing(two: list[Audit]) -> None:
    merged = merge_audits(*two).audit
    for again in (*two, merged):
        assert everything(merge_audits(merged, again).audit) == everything(merged)


@given(copies())
def test_every_edit_of_both_copies_is_in_the_merge_and_no_other(two: list[Audit]) -> None:
    mine, theirs = two
    merge = merge_audits(mine, theirs)
    assert merge.audit.log.all() == {**mine.log.all(), **theirs.log.all()}
    assert len(merge.audit.log) == merge.new_from_mine + merge.new_from_theirs + merge.in_both


@given(copies())
def test_neither_copy_is_changed(two: list[Audit]) -> None:
    before = [everything(audit) for audit in two]
    merge_audits(*two)
    assert [everything(audit) for audit in two] == before


@given(st.sampled_from(["developing", "established", None]), st.sampled_from(["developing", "established", None]))
def test_different_answers_given_apart_make_exactly_one_conflict_and_the_same_none(mine: Any, theirs: Any) -> None:
    first = edit(RATING, "not-in-place")
    merge = merge_audits(
        audit_of([first, edit(RATING, mine, first, minute=1)]), audit_of([first, edit(RATING, theirs, first, minute=2)])
    )
    assert merge.conflicts == ((RATING,) if mine != theirs else ())
    assert {head.value for head in merge.audit.state.heads(RATING)} == {mine, theirs}


@given(copies(3))
def test_a_settled_conflict_is_not_brought_back_by_old_copies(three: list[Audit]) -> None:
    merged = merge_audits(merge_audits(three[0], three[1]).audit, three[2]).audit
    for address in list(merged.state.conflicts()):
        field = merged.state.addresses.field(address)
        by = VISITOR if field is not None and field.owner == "visitor" else edit(RATING, None).author
        chosen = next(head.value for head in merged.state.heads(address) if head.value is not None)
        at = "2026-03-01T09:00:00.000Z"
        merged.record(merged.state.make_edit(address, chosen, at=at, author=by, sitting="later"))
    assert not list(merged.state.conflicts())
    for old in three:
        assert merge_audits(merged, old).conflicts == merge_audits(old, merged).conflicts == ()


def test_the_school_and_the_visitor_get_everything_of_each_other() -> None:
    school = make_audit({RATING: "developing"})
    visitor = audit_of([*school.log.all().values(), edit("statement/1.1/visitor-comment", "Seen.", author=VISITOR)])
    school.record(edit("statement/1.2/rating", "established", minute=3))
    assert dict(merge_audits(school, visitor).audit.state.answers()) == {
        RATING: "developing",
        "statement/1.2/rating": "established",
        "statement/1.1/visitor-comment": "Seen.",
    }


def test_the_log_of_a_merge_reads_in_the_order_things_were_done() -> None:
    late, early = edit(RATING, "developing", minute=9), edit("audit/school-name", "Hill", minute=1)
    assert list(merge_audits(audit_of([late]), audit_of([early])).audit.log.all()) == [early.id, late.id]


def test_another_audit_is_refused() -> None:
    with pytest.raises(AuditDesktopError) as refused:
        merge_audits(make_audit(audit_id="one"), make_audit(audit_id="two"))
    assert refused.value.code is FaultCode.DIFFERENT_AUDIT


def test_a_copy_of_another_framework_is_refused() -> None:
    other = Framework.build(framework_document(framework_id="other"))
    with pytest.raises(AuditDesktopError) as refused:
        merge_audits(make_audit(), make_audit(framework=other))
    assert refused.value.code is FaultCode.DIFFERENT_FRAMEWORK
    assert refused.value.details == {"mine": "small", "theirs": "other"}
