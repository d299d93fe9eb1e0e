"""What a merge would do, told before anybody agrees to it."""

from __future__ import annotations

from hypothesis import given, settings

from audit_desktop.core.audit import Audit
from audit_desktop.core.common_fields import LISTS
from audit_desktop.core.merge_preview import ListItem, preview_merge, value_before
from tests.builders import SCHOOL, VISITOR, edit, make_audit
from tests.core.people import merged, three_copies, work

RATING, EVIDENCE, COMMENT = "statement/1.1/rating", "statement/1.1/evidence", "statement/1.1/visitor-comment"


def copies(answers: dict[str, object]) -> tuple[Audit, Audit]:
    mine = make_audit(answers)
    theirs = Audit.from_edits(mine.id, mine.framework, mine.framework_source, mine.log.all().values())
    return mine, theirs


def test_it_counts_what_is_new_what_is_the_same_and_what_both_changed() -> None:
    mine, theirs = copies({RATING: "developing", EVIDENCE: "Register"})
    work(theirs, VISITOR, COMMENT, "Seen.", 10)
    work(theirs, VISITOR, "statement/1.2/visitor-comment", "Not seen.", 11)
    work(mine, SCHOOL, "statement/1.2/rating", "established", 12)
    work(mine, SCHOOL, EVIDENCE, "Register and minutes", 13)
    work(theirs, SCHOOL, EVIDENCE, "Register, signed", 14)
    preview = preview_merge(mine, theirs)
    assert [(change.address, change.after, change.author) for change in preview.new] == [
        (COMMENT, "Seen.", VISITOR),
        ("statement/1.2/visitor-comment", "Not seen.", VISITOR),
    ]
    assert (preview.same, preview.only_mine, preview.changed, preview.taken_back) == (1, 1, (), ())
    (card,) = preview.conflicts
    assert (card.address, card.before) == (EVIDENCE, "Register")
    assert [head.value for head in card.mine] == ["Register and minutes"]
    assert [head.value for head in card.theirs] == ["Register, signed"]
    assert not preview.removes_much
    assert preview.shares_history


def test_an_answer_changed_there_alone_is_no_conflict() -> None:
    mine, theirs = copies({EVIDENCE: "Register"})
    work(theirs, SCHOOL, EVIDENCE, "Minutes", 10)
    (change,) = preview_merge(mine, theirs).changed
    assert (change.before, change.after) == ("Register", "Minutes")


def test_what_only_the_program_fills_is_not_told_to_people_unless_it_is_in_conflict() -> None:
    mine, theirs = copies({RATING: "developing"})
    digests = ["a" * 64, "b" * 64]
    for field_id, value in {"name": "plan.pdf", "sha256": digests[0], "size": {"number": 17}}.items():
        work(theirs, SCHOOL, f"attachments/f1/{field_id}", value, 10)
    assert [change.address for change in preview_merge(mine, theirs).new] == ["attachments/f1/name"]
    assert preview_merge(theirs, theirs).same == 2
    work(mine, SCHOOL, "attachments/f1/sha256", digests[1], 11)
    assert [card.address for card in preview_merge(mine, theirs).conflicts] == ["attachments/f1/sha256"]


def test_taking_back_many_answers_needs_a_persons_yes() -> None:
    mine, theirs = copies({f"statement/1.{number}/rating": "developing" for number in (1, 2, 3)})
    work(theirs, SCHOOL, "statement/1.1/rating", None, 10)
    preview = preview_merge(mine, theirs)
    assert [change.address for change in preview.taken_back] == ["statement/1.1/rating"]
    assert preview.removes_much


def test_items_removed_there_are_named_and_asked_about() -> None:
    answers: dict[str, object] = {f"actions/a{number}/what": "Ring" for number in range(40)}
    mine, theirs = copies(answers)
    for number in range(5):
        work(theirs, SCHOOL, f"actions/a{number}/deleted", True, 50 + number)
    preview = preview_merge(mine, theirs)
    assert preview.removed_there == tuple(ListItem("actions", f"a{number}") for number in range(5))
    assert not preview.removes_much
    assert preview.taken_back == ()
    work(theirs, SCHOOL, "actions/a5/deleted", True, 56)
    assert preview_merge(mine, theirs).removes_much


def test_removing_one_of_a_few_items_or_more_than_five_answers_is_asked_about() -> None:
    mine, theirs = copies({f"actions/a{number}/what": "Ring" for number in range(4)} | {RATING: "developing"})
    work(theirs, SCHOOL, "actions/a1/deleted", True, 10)
    assert preview_merge(mine, theirs).removes_much
    mine, theirs = copies({f"actions/a{number}/due": "2026-03-01" for number in range(40)})
    for number in range(5):
        work(theirs, SCHOOL, f"actions/a{number}/what", "Ring", 50 + number)
    mine = merged(mine, theirs)
    for number in range(5):
        work(theirs, SCHOOL, f"actions/a{number}/due", None, 60 + number)
    assert not preview_merge(mine, theirs).removes_much
    work(theirs, SCHOOL, "actions/a5/what", "Ring", 70)
    work(theirs, SCHOOL, "actions/a5/due", None, 71)
    assert preview_merge(mine, theirs).removes_much


def test_an_item_removed_there_and_changed_here_is_told_apart() -> None:
    mine, theirs = copies({"actions/a/what": "Ring", "actions/b/what": "Write"})
    work(theirs, SCHOOL, "actions/a/deleted", True, 10)
    work(mine, SCHOOL, "actions/a/due", "2026-03-01", 11)
    work(mine, SCHOOL, "actions/b/deleted", True, 12)
    work(theirs, SCHOOL, "actions/b/due", "2026-03-01", 13)
    preview = preview_merge(mine, theirs)
    assert preview.removed_there == ()
    assert preview.removed_there_changed_here == (ListItem("actions", "a"),)
    assert preview.removed_here_changed_there == (ListItem("actions", "b"),)


def test_an_edit_of_a_field_of_the_other_role_is_reported_as_set_aside() -> None:
    mine, theirs = copies({RATING: "developing"})
    theirs.record(edit(RATING, "established", author=VISITOR, minute=10))
    preview = preview_merge(mine, theirs)
    (aside,) = preview.set_aside
    assert aside.edit.value == "established"
    assert preview.merge.audit.state.value(RATING) == "developing"


def test_copies_that_never_knew_of_each_other_are_told_so() -> None:
    mine, theirs = make_audit({RATING: "developing"}), make_audit()
    theirs.record(edit(RATING, "established", minute=30))
    preview = preview_merge(mine, theirs)
    assert not preview.shares_history
    assert [card.address for card in preview.conflicts] == [RATING]


def test_what_stood_before_both_sides_is_found_across_several_steps() -> None:
    first = edit(EVIDENCE, "One")
    second = edit(EVIDENCE, "Two", first, minute=1)
    middle = edit(EVIDENCE, "Two and a half", second, minute=2)
    left = edit(EVIDENCE, "Three", middle, minute=3)
    right = edit(EVIDENCE, "Four", second, minute=4)
    log = {one.id: one for one in (first, second, middle, left, right)}
    assert value_before(log, (left, right)) == "Two"
    assert value_before(log, (edit(EVIDENCE, "Five", minute=6), right)) is None


@settings(max_examples=50, deadline=None)
@given(three_copies())
def test_every_conflict_of_the_merge_has_a_card_and_nothing_is_changed(copies: tuple[Audit, Audit, Audit]) -> None:
    mine, theirs, third = copies
    theirs = merged(theirs, third)
    before = dict(mine.log.all()), dict(mine.state.all_heads())
    preview = preview_merge(mine, theirs)
    state = preview.merge.audit.state
    items = {f"{name}/{own_id}" for name in LISTS for own_id in state.items(name)}
    expected = {
        address
        for address in state.conflicts()
        if state.addresses.field(address) is not None
        and (address.split("/")[0] not in LISTS or address.rsplit("/", 1)[0] in items)
        and not address.endswith("/deleted")
    }
    assert {card.address for card in preview.conflicts} == expected
    assert (dict(mine.log.all()), dict(mine.state.all_heads())) == before
    for change in (*preview.new, *preview.changed, *preview.taken_back):
        assert state.value(change.address) == change.after
        assert mine.state.value(change.address) == change.before
