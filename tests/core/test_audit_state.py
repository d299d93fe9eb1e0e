"""The fold: what edits say together, in whatever order and however often they come."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.answers import display_text
from audit_desktop.core.audit_state import AuditState
from audit_desktop.core.edits import Author, Edit
from audit_desktop.core.progress import audit_progress
from audit_desktop.core.scoring import score_audit
from audit_desktop.core.sign_off import sign_offs
from tests.builders import SCHOOL, VISITOR, edit, make_audit, make_framework, make_state
from tests.core.histories import histories

RATING = "statement/1.1/rating"
COMMENT = "statement/1.1/visitor-comment"


def summary(state: AuditState) -> dict[str, Any]:
    return {
        "heads": {address: heads for address, heads in state.all_heads().items() if heads},
        "conflicts": sorted(state.conflicts()),
        "answers": dict(state.answers()),
        "set aside": {aside.edit.id for aside in state.set_aside()},
        "items": sorted(state.items("sharing")),
    }


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_and_the_number_of_times_edits_come_make_no_difference(history: list[Edit], random: Any) -> None:
    shuffled = [*history, *random.choices(history or [edit(RATING, "developing")], k=len(history))]
    random.shuffle(shuffled)
    assert summary(make_state(shuffled)) == summary(make_state(history))


@given(histories())
def test_no_answer_is_lost_unless_someone_replaced_it_knowingly(history: list[Edit]) -> None:
    state = make_state(history)
    aside = {entry.edit.id for entry in state.set_aside()}
    replaced = {replaced for made in history if made.id not in aside for replaced in made.replaces}
    for made in history:
        is_head = made in state.heads(made.address)
        assert is_head == (made.id not in replaced and made.id not in aside)


@given(histories())
def test_a_conflict_stands_exactly_where_newest_edits_differ(history: list[Edit]) -> None:
    state = make_state(history)
    for address, heads in state.all_heads().items():
        differ = len({repr(head.value) for head in heads}) > 1
        assert state.has_conflict(address) == differ == (address in set(state.conflicts()))
        if differ:
            assert state.value(address) is None
            assert address not in dict(state.answers())


@given(histories())
def test_one_edit_made_of_a_state_settles_its_conflict_for_good(history: list[Edit]) -> None:
    state = make_state(history)
    for address in list(state.conflicts()):
        field = state.addresses.field(address)
        by = VISITOR if field is not None and field.owner == "visitor" else SCHOOL
        chosen = next(head.value for head in state.heads(address) if head.value is not None)
        state.apply(state.make_edit(address, chosen, at="2026-02-01T09:00:00.000Z", author=by, sitting="later"))
        for old in history:
            state.apply(old)
        assert state.value(address) == chosen
    assert not list(state.conflicts())


@given(histories())
def test_going_on_from_the_newest_edits_equals_going_on_from_all(history: list[Edit]) -> None:
    whole = make_state(history)
    short = AuditState.from_heads(whole.addresses, whole.all_heads())
    later = [
        whole.make_edit(address, f"later {address}", at="2026-02-01T09:00:00.000Z", author=SCHOOL, sitting="later")
        for address in (RATING, "audit/school-name", "statement/2.1/evidence")
    ]
    for made in later:
        whole.apply(made)
        short.apply(made)
    assert dict(short.answers()) == dict(whole.answers())
    assert sorted(short.conflicts()) == sorted(whole.conflicts())


def test_a_later_answer_replaces_an_earlier_one() -> None:
    first = edit(RATING, "developing")
    assert make_state([first, edit(RATING, "established", first)]).value(RATING) == "established"


def test_two_people_who_did_not_know_of_each_other_make_a_conflict_that_keeps_both() -> None:
    first = edit(RATING, "not-in-place")
    state = make_state([first, edit(RATING, "developing", first), edit(RATING, "established", first)])
    assert list(state.conflicts()) == [RATING]
    assert state.value(RATING) is None
    assert {head.value for head in state.heads(RATING)} == {"developing", "established"}


def test_two_people_who_say_the_same_have_no_conflict() -> None:
    one, two = edit(RATING, "developing"), edit(RATING, "developing", minute=5)
    state = make_state([one, two])
    assert state.value(RATING) == "developing"
    assert not list(state.conflicts())


def test_taking_an_answer_back_while_another_changes_it_is_a_conflict() -> None:
    first = edit(RATING, "developing")
    state = make_state([first, edit(RATING, None, first), edit(RATING, "established", first)])
    assert list(state.conflicts()) == [RATING]


def test_no_clock_decides() -> None:
    early, late = edit(RATING, "developing", minute=0), edit(RATING, "established", minute=500)
    assert make_state([early, late]).has_conflict(RATING)
    replaced_by_earlier_clock = edit(RATING, "not-in-place", late, minute=1)
    assert make_state([late, replaced_by_earlier_clock]).value(RATING) == "not-in-place"


def test_an_answer_taken_back_is_no_answer() -> None:
    first = edit(RATING, "developing")
    state = make_state([first, edit(RATING, None, first)])
    assert state.value(RATING) is None
    assert dict(state.answers()) == {}


def test_what_a_role_may_not_change_is_kept_and_not_applied() -> None:
    own = edit(COMMENT, "Seen in the office.", author=VISITOR)
    theirs = edit(COMMENT, "All is well!", own, author=SCHOOL)
    state = make_state([own, theirs])
    assert state.value(COMMENT) == "Seen in the office."
    assert [aside.edit for aside in state.set_aside()] == [theirs]


def test_a_field_that_belongs_to_anyone_takes_edits_of_both_roles() -> None:
    first = edit("audit/visit-date", "2026-01-05", author=SCHOOL)
    state = make_state([first, edit("audit/visit-date", "2026-01-06", first, author=VISITOR)])
    assert state.value("audit/visit-date") == "2026-01-06"


def test_an_address_that_this_framework_does_not_know_is_kept_and_is_no_answer() -> None:
    state = make_state([edit("statement/9.9/rating", "developing")])
    assert state.heads("statement/9.9/rating")
    assert dict(state.answers()) == {}


def test_why_a_statement_is_not_applicable_can_be_asked() -> None:
    state = make_audit({"statement/1.1/not-applicable": "We have no nursery."}).state
    assert state.not_applicable("1.1") == "We have no nursery."
    assert state.not_applicable("1.2") is None


def test_items_of_a_list_are_there_in_the_order_they_were_made() -> None:
    state = make_state(
        [
            edit("sharing/b/with", "trust"),
            edit("sharing/a/with", "governing-board", minute=1),
            edit("sharing/b/on", "2026-01-05", minute=2),
        ]
    )
    assert state.items("sharing") == ["b", "a"]


def test_a_removed_item_is_gone_until_the_removal_is_undone() -> None:
    state = make_audit({"sharing/a/with": "trust", "sharing/a/discussion": "Agreed."}).state
    removed = {"at": "2026-01-06T09:00:00.000Z", "author": SCHOOL, "sitting": "s"}
    state.apply(state.make_edit("sharing/a/deleted", True, **removed))
    assert state.items("sharing") == []
    state.apply(state.make_edit("sharing/a/deleted", None, **removed))
    assert state.items("sharing") == ["a"]


def test_an_item_in_which_nothing_is_answered_any_more_is_gone() -> None:
    first = edit("sharing/a/with", "trust")
    assert make_state([first, edit("sharing/a/with", None, first)]).items("sharing") == []


def test_an_item_that_one_removed_while_another_wrote_in_it_is_there_again() -> None:
    # What was written is never lost to a removal that did not know of it.
    made = make_audit({"sharing/a/with": "trust"}).state
    before = [head for heads in made.all_heads().values() for head in heads]
    removal = made.make_edit("sharing/a/deleted", True, at="2026-01-06T09:00:00.000Z", author=SCHOOL, sitting="mine")
    written = edit("sharing/a/discussion", "The trust will fund a post.", sitting="theirs")
    assert make_state([*before, removal]).items("sharing") == []
    assert make_state([*before, removal, written]).items("sharing") == ["a"]


def test_an_edit_is_made_to_replace_everything_newest_and_is_not_applied_by_that() -> None:
    one, two = edit(RATING, "developing"), edit(RATING, "established")
    state = make_state([one, two])
    made = state.make_edit(RATING, "developing", at="2026-01-06T09:00:00.000Z", author=SCHOOL, sitting="s")
    assert set(made.replaces) == {one.id, two.id}
    assert state.has_conflict(RATING)


def test_authors_of_one_role_from_different_places_are_different_authors() -> None:
    framework = make_framework()
    other = Author(SCHOOL.name, SCHOOL.role, "Another school")
    assert (
        len(
            make_state(
                [edit(RATING, "developing"), edit(RATING, "developing", author=other)], framework=framework
            ).heads(RATING)
        )
        == 2
    )


_HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("number", "period", "status", "reason", "x")), inner, max_size=3)
    ),
    max_leaves=5,
)
_ADDRESSES = (
    RATING,
    "statement/1.1/evidence",
    "statement/1.1/discuss",
    "statement/1.1/not-applicable",
    "statement/1.3/number-1",
    "section/1/status-override",
    "audit/status-override",
    "audit/school-name",
    "audit/phase",
    "audit/activities",
    "audit/started-on",
    "sharing/a/with",
    "sharing/a/on",
    "actions/a/about",
    "sharing/a/deleted",
    "statement/9.9/unknown",
)


@given(st.dictionaries(st.sampled_from(_ADDRESSES), st.lists(_HOSTILE, min_size=1, max_size=2), min_size=1))
def test_values_that_no_field_can_hold_are_kept_and_harm_nothing(values: dict[str, list[Any]]) -> None:
    made = [edit(address, value) for address, own in values.items() for value in own]
    whole = make_state(made)
    heads: dict[str, tuple[Edit, ...]] = {}
    for one in made:
        heads[one.address] = (*heads.get(one.address, ()), one)
    of_summary = AuditState.from_heads(whole.addresses, heads)

    for state in (whole, of_summary):
        score_audit(state)
        audit_progress(state)
        for address, value in state.answers():
            field = state.addresses.field(address)
            assert field is not None
            assert isinstance(display_text(state.addresses.framework, field, value), str)
        kept = {head.id for own in state.all_heads().values() for head in own}
        assert kept | {aside.edit.id for aside in state.set_aside()} == {one.id for one in made}
    assert {aside.edit.id for aside in whole.set_aside()} == {aside.edit.id for aside in of_summary.set_aside()}


def test_an_answer_of_a_wrong_type_does_not_hide_the_one_that_it_replaces() -> None:
    honest = edit(RATING, "developing")

    state = make_state([honest, edit(RATING, ["established"], honest, minute=1)])

    assert state.value(RATING) == "developing"
    assert len(state.set_aside()) == 1


@given(histories(most=20))
def test_a_list_and_what_was_ever_used_are_the_same_read_from_the_newest_edits_or_from_every_edit(
    edits: list[Edit],
) -> None:
    folded = make_state(edits)
    read = AuditState.from_heads(folded.addresses, folded.all_heads())
    assert read.in_list("sharing") == [address for address in folded.all_heads() if address.startswith("sharing/")]
    assert read.in_list("sharing") == folded.in_list("sharing")
    used = {address.rpartition("/")[2] for address in folded.all_heads()}
    for field_id in (*used, "not-applicable", "discuss"):
        assert read.was_used(field_id) == folded.was_used(field_id) == (field_id in used)


def test_an_address_that_is_only_the_name_of_a_list_is_in_none() -> None:
    state = make_state([edit("sharing", "x"), edit("sign-offs", "x")])
    assert state.items("sharing") == []
    assert sign_offs(state) == ()
