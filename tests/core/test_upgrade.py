"""Upgrading: answers go with their statement, nothing is lost, and copies merge whichever was carried over first."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.audit import Audit
from audit_desktop.core.carrying import carry_over
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.framework import Framework
from audit_desktop.core.history_check import history_faults
from audit_desktop.core.merge import merge_audits
from audit_desktop.core.merge_preview import preview_merge
from audit_desktop.core.pupil_data import pupil_data
from audit_desktop.core.send_copy import without_earlier_wording
from audit_desktop.core.upgrade import (
    ChangeKind,
    parked_answers,
    plan_upgrade,
    record_address,
    record_of,
    reworded_ratings,
)
from tests.builders import SCHOOL, VISITOR, at, framework_document, make_audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit_desktop.core.edits import Author, JsonValue

OLD = framework_document((4, 2))
RATING = "statement/{}/rating"


def newer(version: str = "2.0.0") -> dict[str, Any]:
    """Return a version in which 1.1 is reworded, 1.2 split, 1.3 and 1.4 joined, 2.1 called 2.9 and 2.2 taken out."""
    document = deepcopy(OLD)
    document["version"] = version
    first, second = document["sections"]
    one, two, three, _ = first["statements"]
    one["text"] = "Statement 1.1 holds every day."
    first["statements"] = [
        one,
        {**two, "id": "1.2a", "reference": "1.2a"},
        {**two, "id": "1.2b", "reference": "1.2b"},
        {**three, "id": "1.5", "reference": "1.5"},
    ]
    moved, _ = second["statements"]
    second["statements"] = [{**moved, "id": "2.9", "reference": "2.9"}, {**moved, "id": "2.10", "reference": "2.10"}]
    document["earlier"] = {
        "statements": [
            {"id": "1.2", "now": ["1.2a", "1.2b"]},
            {"id": "1.3", "now": ["1.5"]},
            {"id": "1.4", "now": ["1.5"]},
            {"id": "2.1", "now": ["2.9"]},
            {"id": "2.2"},
        ]
    }
    return document


NEW = Framework.build(newer())
SOURCE = json.dumps(newer()).encode()


def upgraded(audit: Audit) -> Audit:
    plan = plan_upgrade(audit, NEW, SOURCE)
    record = plan.audit.state.make_edit(
        record_address("u1"), record_of(plan, audit.framework), at=at(90), author=SCHOOL, sitting="upgrade"
    )
    plan.audit.record(record)
    return plan.audit


def answer(audit: Audit, address: str, value: JsonValue, minute: int = 0, author: Author = SCHOOL) -> Audit:
    audit.record(audit.state.make_edit(address, value, at=at(minute), author=author, sitting=f"at {minute}"))
    return audit


def copy_of(audit: Audit) -> Audit:
    return Audit.from_edits(audit.id, audit.framework, audit.framework_source, audit.log.all().values())


def old_audit(**ratings: str) -> Audit:
    return make_audit({RATING.format(key): value for key, value in ratings.items()}, framework=OLD)


def said(audit: Audit) -> dict[str, JsonValue]:
    return dict(audit.state.answers())


def test_answers_go_with_their_statement_by_whoever_gave_them() -> None:
    audit = make_audit(
        {
            RATING.format("2.1"): "developing",
            "statement/2.1/evidence": "Registers",
            "statement/2.1/visitor-comment": "Seen",
            "audit/school-name": "Hill",
        },
        framework=OLD,
    )
    state = upgraded(audit).state
    assert said(upgraded(audit)) == {
        RATING.format("2.9"): "developing",
        "statement/2.9/evidence": "Registers",
        "statement/2.9/visitor-comment": "Seen",
        "audit/school-name": "Hill",
    }
    (comment,) = state.heads("statement/2.9/visitor-comment")
    (before,) = audit.state.heads("statement/2.1/visitor-comment")
    assert (comment.author, comment.at) == (VISITOR, before.at)


def test_every_edit_is_still_in_the_log_and_the_history_goes_along() -> None:
    audit = old_audit(**{"2.1": "not-in-place"})
    answer(audit, RATING.format("2.1"), "established", 5)
    carried = upgraded(audit)
    assert audit.log.all().keys() <= carried.log.all().keys()
    there = [edit.value for edit in carried.log.all().values() if edit.address == RATING.format("2.9")]
    assert sorted(map(str, there)) == ["established", "not-in-place"]
    assert carried.state.value(RATING.format("2.9")) == "established"
    assert history_faults(carried.log.all()) == ()


def test_a_split_statement_gives_its_answer_to_both_and_joined_ones_that_differ_are_a_conflict() -> None:
    carried = upgraded(old_audit(**{"1.2": "developing", "1.3": "developing", "1.4": "established"}))
    state = carried.state
    assert [state.value(RATING.format(own)) for own in ("1.2a", "1.2b")] == ["developing", "developing"]
    assert {head.value for head in state.heads(RATING.format("1.5"))} == {"developing", "established"}
    assert list(state.conflicts()) == [RATING.format("1.5")]
    same = upgraded(old_audit(**{"1.3": "developing", "1.4": "developing"}))
    assert same.state.value(RATING.format("1.5")) == "developing"


def test_what_was_taken_out_is_kept_with_its_words() -> None:
    audit = make_audit(
        {RATING.format("2.2"): "established", "statement/2.2/evidence": "Letters", "audit/school-name": "Hill"},
        framework=OLD,
    )
    found = parked_answers(upgraded(audit).state)
    assert [(one.reference, one.text, one.label, one.answer) for one in found] == [
        ("2.2", "Statement 2.2 holds.", "How do we know?", "Letters"),
        ("2.2", "Statement 2.2 holds.", "Rating", "Established"),
    ]


def test_a_rating_given_to_other_words_is_to_be_looked_at_until_somebody_did() -> None:
    carried = upgraded(old_audit(**{"1.1": "established", "1.2": "developing", "2.1": "developing"}))
    assert {own: one.text for own, one in reworded_ratings(carried.state).items()} == {"1.1": "Statement 1.1 holds."}, (
        "1.2a and 1.2b say what 1.2 said, and 2.9 what 2.1 did"
    )
    assert reworded_ratings(carried.state)["1.1"].version == "1.0.0"
    answer(carried, RATING.format("1.1"), "established", 99)
    assert reworded_ratings(carried.state) == {}


def test_a_rating_that_waits_for_a_look_goes_on_waiting_in_the_next_version() -> None:
    carried = upgraded(old_audit(**{"1.1": "established"}))
    third = newer("3.0.0")
    third["sections"][0]["statements"][0] |= {"id": "1.0", "reference": "1.0"}
    third["earlier"]["statements"].append({"id": "1.1", "now": ["1.0"]})
    plan = plan_upgrade(carried, Framework.build(third), json.dumps(third).encode())
    answer(plan.audit, record_address("u2"), record_of(plan, carried.framework), 95)
    assert {own: one.text for own, one in reworded_ratings(plan.audit.state).items()} == {"1.0": "Statement 1.1 holds."}


def test_the_plan_says_what_becomes_of_every_statement() -> None:
    plan = plan_upgrade(old_audit(**{"1.1": "established", "2.2": "developing"}), NEW, SOURCE)
    statements = [change for change in plan.changes if change.before[:1] != () or change.after is not None]
    found = [
        (
            [before.reference for before in change.before],
            change.after.reference if change.after else "",
            change.kind,
            change.answers,
        )
        for change in statements
        if (change.after or change.before[0]).address.startswith("statement/")
    ]
    assert found == [
        (["1.1"], "1.1", ChangeKind.REWORDED, 1),
        (["1.2"], "1.2a", ChangeKind.SPLIT, 0),
        (["1.2"], "1.2b", ChangeKind.SPLIT, 0),
        (["1.3", "1.4"], "1.5", ChangeKind.JOINED, 0),
        (["2.1"], "2.9", ChangeKind.MOVED, 0),
        ([], "2.10", ChangeKind.NEW, 0),
        (["2.2"], "", ChangeKind.REMOVED, 1),
    ]
    assert len(parked_answers(plan.audit.state)) == 1


def test_actions_name_the_statements_of_the_new_version() -> None:
    audit = make_audit(
        {"actions/a/what": "Ring parents", "actions/a/about": ["statement/1.2", "section/1", "statement/2.2"]},
        framework=OLD,
    )
    carried = upgraded(audit)
    named = carried.state.heads("actions/a/about")
    assert [head.value for head in named] == [["statement/1.2a", "statement/1.2b", "section/1", "statement/2.2"]]


def test_an_action_changed_in_the_old_copy_meanwhile_is_no_conflict() -> None:
    audit = make_audit({"actions/a/about": ["statement/1.2"]}, framework=OLD)
    carried = upgraded(audit)
    answer(audit, "actions/a/about", ["section/2"], 50)
    merged = merge_audits(carried, audit).audit
    assert merged.state.value("actions/a/about") == ["section/2"]


def test_a_version_that_cannot_hold_an_answer_is_refused_with_its_place() -> None:
    document = newer()
    document["scales"][0]["levels"] = document["scales"][0]["levels"][1:]
    with pytest.raises(AuditDesktopError) as refused:
        plan_upgrade(old_audit(**{"1.1": "not-in-place"}), Framework.build(document), b"")
    assert refused.value.code is FaultCode.UPGRADE_DOES_NOT_FIT
    assert refused.value.details["addresses"] == (RATING.format("1.1"),)


def test_there_is_no_way_back_to_an_older_version() -> None:
    with pytest.raises(AuditDesktopError) as refused:
        plan_upgrade(upgraded(old_audit()), Framework.build(deepcopy(OLD)), b"")
    assert refused.value.code is FaultCode.UPGRADE_BACKWARDS


def test_a_copy_without_earlier_wording_holds_none_that_was_left_behind() -> None:
    audit = make_audit({"statement/2.1/evidence": "Born 3 May 2014: Ann Lee"}, framework=OLD)
    carried = answer(upgraded(audit), "statement/2.9/evidence", "Registers", 95)
    copy = without_earlier_wording(carried)
    assert pupil_data(copy, with_history=True) == ()
    assert history_faults(copy.log.all()) == ()
    assert said(merge_audits(copy, carried).audit) == said(carried)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_copy_that_comes_back_on_the_old_version_is_carried_over(is_first: bool) -> None:
    audit = old_audit(**{"2.1": "developing"})
    carried, visitors = upgraded(audit), copy_of(audit)
    answer(visitors, "statement/2.1/visitor-comment", "Seen", 40, VISITOR)
    answer(visitors, RATING.format("2.1"), "established", 41)
    pair = (visitors, carried) if is_first else (carried, visitors)
    merged = merge_audits(*pair).audit
    assert merged.framework.version == "2.0.0"
    assert merged.state.value("statement/2.9/visitor-comment") == "Seen"
    assert merged.state.value(RATING.format("2.9")) == "established"


def test_a_preview_compares_answers_where_they_stand_in_the_newer_version() -> None:
    audit = old_audit(**{"2.1": "developing"})
    theirs = upgraded(copy_of(audit))
    answer(audit, RATING.format("2.1"), "established", 40)
    answer(theirs, RATING.format("2.9"), "not-in-place", 95)
    preview = preview_merge(audit, theirs)
    assert (preview.version, preview.new, preview.changed) == ("2.0.0", (), ())
    (card,) = preview.conflicts
    assert [[edit.value for edit in side] for side in (card.mine, card.theirs)] == [["established"], ["not-in-place"]]
    assert card.before == "developing"


def test_both_sides_may_go_on_to_the_new_version_apart() -> None:
    audit = old_audit(**{"2.1": "developing"})
    mine, theirs = carry_over(audit, NEW, SOURCE), carry_over(copy_of(audit), NEW, SOURCE)
    assert mine.state.all_heads() == theirs.state.all_heads()
    answer(mine, RATING.format("2.9"), "established", 50)
    answer(theirs, RATING.format("2.9"), "not-in-place", 50)
    assert {head.value for head in merge_audits(mine, theirs).audit.state.heads(RATING.format("2.9"))} == {
        "established",
        "not-in-place",
    }


def test_the_way_by_a_version_between_leads_to_the_same_answers() -> None:
    third = newer("3.0.0")
    third["sections"][1]["statements"][0] |= {"id": "2.12", "reference": "2.12"}
    listed = [one for one in third["earlier"]["statements"] if one["id"] != "2.1"]
    third["earlier"]["statements"] = [*listed, {"id": "2.1", "now": ["2.12"]}, {"id": "2.9", "now": ["2.12"]}]
    last, source = Framework.build(third), json.dumps(third).encode()
    audit = old_audit(**{"2.1": "not-in-place"})
    answer(audit, RATING.format("2.1"), "developing", 5)
    straight, by_way = carry_over(audit, last, source), carry_over(carry_over(audit, NEW, SOURCE), last, source)
    assert said(straight) == said(by_way) == {RATING.format("2.12"): "developing"}
    answer(by_way, RATING.format("2.12"), "established", 60)
    assert said(merge_audits(straight, by_way).audit) == {RATING.format("2.12"): "established"}


ADDRESSES = ("statement/1.2/rating", "statement/2.1/rating", "statement/2.2/rating", "statement/1.1/rating")
STEP = st.tuples(st.integers(0, 2), st.sampled_from(ADDRESSES), st.sampled_from(["developing", "established"]))


@given(st.lists(STEP, max_size=12), st.integers(0, 12), st.permutations([0, 1, 2]))
def test_whoever_goes_on_when_the_copies_end_up_the_same(
    steps: Sequence[tuple[int, str, str]], moment: int, order: Sequence[int]
) -> None:
    copies = [make_audit(framework=OLD) for _ in range(3)]
    for number, (who, address, value) in enumerate(steps):
        if number == moment:
            copies[0] = carry_over(copies[0], NEW, SOURCE)
        moved = address.replace("/2.1/", "/2.9/").replace("/1.2/", "/1.2a/")
        answer(copies[who], moved if copies[who].framework is NEW else address, value, number)
    copies[0] = carry_over(copies[0], NEW, SOURCE)
    first, second, third = (copies[index] for index in order)
    one = merge_audits(merge_audits(first, second).audit, third).audit
    other = merge_audits(third, merge_audits(second, first).audit).audit
    assert one.state.all_heads() == other.state.all_heads()
    assert merge_audits(one, copies[0]).audit.state.all_heads() == one.state.all_heads()
    edits = {edit_id for copy in copies for edit_id in copy.log.all()}
    assert edits <= one.log.all().keys()
    assert history_faults(one.log.all()) == ()
    # Whoever wrote last where nobody else did is heard.
    for address in ("statement/2.9/rating", "statement/1.1/rating"):
        whose = {who for who, place, _ in steps if place.replace("/2.1/", "/2.9/") == address}
        if len(whose) == 1:
            last = [value for _, place, value in steps if place.replace("/2.1/", "/2.9/") == address][-1]
            assert one.state.value(address) == last
