"""The laws of merging, for the whole audit: lists, removals, roles, sign-offs, attachments, stripped copies."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from hypothesis import given, settings

from audit_desktop.core.common_fields import LISTS
from audit_desktop.core.history_check import history_faults
from audit_desktop.core.send_copy import without_earlier_wording
from tests.core.people import FRAMEWORK, PEOPLE, everything, fresh, merged, three_copies, work

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit

THREE = settings(max_examples=60, deadline=None)
SCHOOL, COLLEAGUE, VISITOR = PEOPLE


@THREE
@given(three_copies())
def test_three_copies_merge_to_the_same_audit_in_every_order(copies: tuple[Audit, Audit, Audit]) -> None:
    results = [everything(merged(*order)) for order in permutations(copies)]
    assert all(result == results[0] for result in results)


@THREE
@given(three_copies())
def test_merging_again_by_whoever_it_is_changes_nothing(copies: tuple[Audit, Audit, Audit]) -> None:
    one, two, three = copies
    once = merged(one, two, three)
    assert everything(merged(once, two, once, three, one)) == everything(once)
    assert everything(merged(merged(three, one), merged(two, one))) == everything(once)


@THREE
@given(three_copies())
def test_every_edit_ever_made_is_in_the_merge_with_its_words_if_anybody_has_them(
    copies: tuple[Audit, Audit, Audit],
) -> None:
    log = merged(*copies).log.all()
    for copy in copies:
        for edit_id, edit in copy.log.all().items():
            assert edit_id in log
            assert edit.withheld or log[edit_id] == edit


@THREE
@given(three_copies())
def test_a_copy_without_earlier_wording_merges_as_the_full_one_does(copies: tuple[Audit, Audit, Audit]) -> None:
    one, two, _ = copies
    whole = merged(one, two)
    stripped = without_earlier_wording(two)
    assert everything(merged(one, stripped, two)) == everything(whole)
    state, as_stripped = merged(one, stripped).state, whole.state
    assert sorted(state.conflicts()) == sorted(as_stripped.conflicts())
    assert {name: state.items(name) for name in LISTS} == {name: as_stripped.items(name) for name in LISTS}


@THREE
@given(three_copies())
def test_no_honest_history_looks_tampered_with(copies: tuple[Audit, Audit, Audit]) -> None:
    whole = merged(*copies)
    for audit in (*copies, whole, without_earlier_wording(whole)):
        assert history_faults(audit.log.all()) == ()


@THREE
@given(three_copies())
def test_what_a_role_does_not_own_is_set_aside_and_kept(copies: tuple[Audit, Audit, Audit]) -> None:
    whole = merged(*copies)
    for edit in whole.log.all().values():
        field = whole.state.addresses.field(edit.address)
        strange = field is not None and field.owner not in ("anyone", edit.author.role.value)
        assert strange == any(aside.edit.id == edit.id for aside in whole.state.set_aside())
        assert not strange or edit not in whole.state.heads(edit.address)


def test_an_item_removed_here_and_changed_there_is_whole_again() -> None:
    one = fresh()
    work(one, SCHOOL, "actions/a/what", "Ring parents", 1)
    work(one, SCHOOL, "actions/a/due", "2026-03-01", 2)
    two = merged(one, fresh())
    work(one, SCHOOL, "actions/a/deleted", True, 3)
    assert one.state.items("actions") == []
    work(two, COLLEAGUE, "actions/a/due", "2026-04-01", 3)
    both = merged(one, two).state
    assert both.items("actions") == ["a"]
    assert (both.value("actions/a/what"), both.value("actions/a/due")) == ("Ring parents", "2026-04-01")


def test_a_school_cannot_remove_what_the_visitor_recommends() -> None:
    audit = fresh()
    work(audit, VISITOR, "recommendations/r/what", "Ring on the first day", 1)
    work(audit, SCHOOL, "recommendations/r/deleted", True, 2)
    assert audit.state.items("recommendations") == ["r"]
    assert len(audit.state.set_aside()) == 1


def test_the_framework_of_the_tests_has_all_the_fields_they_use() -> None:
    addresses = fresh().state.addresses
    assert addresses.framework is FRAMEWORK
    assert addresses.field("actions/a/due") is not None
    assert addresses.field("sign-offs/o/deleted") is None
