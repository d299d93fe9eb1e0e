"""A copy to send, without earlier wording: the words are gone from it, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given, settings

from audit_desktop.core.common_fields import LISTS
from audit_desktop.core.edits import Edit
from audit_desktop.core.send_copy import without_earlier_wording
from tests.builders import SCHOOL, VISITOR, edit, make_audit
from tests.core.people import merged, three_copies, work

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit

EVIDENCE = "statement/1.1/evidence"
CANARY = "Canary Jordan Hollis"


def text_of(audit: Audit) -> str:
    log = [edit.to_json() for edit in audit.log.all().values()]
    heads = [head.to_json() for heads in audit.state.all_heads().values() for head in heads]
    return json.dumps([log, heads])


def test_replaced_wording_is_gone_and_the_answer_stands() -> None:
    audit = make_audit({EVIDENCE: CANARY})
    work(audit, SCHOOL, EVIDENCE, "One pupil", 5)
    copy = without_earlier_wording(audit)
    assert CANARY in text_of(audit)
    assert CANARY not in text_of(copy)
    assert copy.state.value(EVIDENCE) == "One pupil"
    assert copy.log.all().keys() == audit.log.all().keys()


def test_wording_of_a_removed_item_is_gone() -> None:
    audit = make_audit({"actions/a/what": CANARY, "actions/b/what": "Ring"})
    work(audit, SCHOOL, "actions/a/deleted", True, 5)
    copy = without_earlier_wording(audit)
    assert CANARY not in text_of(copy)
    assert copy.state.items("actions") == ["b"]


def test_an_answer_taken_back_is_gone() -> None:
    audit = make_audit({EVIDENCE: CANARY})
    work(audit, SCHOOL, EVIDENCE, None, 5)
    assert CANARY not in text_of(without_earlier_wording(audit))


def test_both_sides_of_a_conflict_and_what_was_set_aside_stand() -> None:
    audit = make_audit({EVIDENCE: "Register"})
    audit.record(edit(EVIDENCE, "Minutes", minute=5))
    audit.record(edit(EVIDENCE, "By a visitor", author=VISITOR, minute=6))
    copy = without_earlier_wording(audit)
    assert {head.value for head in copy.state.heads(EVIDENCE)} == {"Register", "Minutes"}
    assert [aside.edit.value for aside in copy.state.set_aside()] == ["By a visitor"]


def test_what_the_visitor_adds_to_such_a_copy_comes_home_and_nothing_is_lost() -> None:
    audit = make_audit({EVIDENCE: CANARY})
    work(audit, SCHOOL, EVIDENCE, "One pupil", 5)
    sent = without_earlier_wording(audit)
    work(sent, VISITOR, "statement/1.1/visitor-comment", "Seen.", 6)
    work(audit, SCHOOL, EVIDENCE, "Two pupils", 7)
    home = merged(sent, audit)
    assert home.state.value("statement/1.1/visitor-comment") == "Seen."
    assert home.state.value(EVIDENCE) == "Two pupils"
    assert not list(home.state.conflicts())
    assert not any(one.withheld for one in home.log.all().values())


def test_a_withheld_edit_keeps_its_id_through_a_file() -> None:
    made = edit(EVIDENCE, CANARY, author=SCHOOL)
    withheld = made.without_value()
    document = json.loads(json.dumps(withheld.to_json()))
    assert Edit.from_json(document) == withheld
    assert (withheld.id, withheld.value, withheld.author) == (made.id, None, SCHOOL)


@settings(max_examples=60, deadline=None)
@given(three_copies())
def test_the_copy_says_what_the_audit_says(copies: tuple[Audit, Audit, Audit]) -> None:
    audit = merged(*copies)
    copy = without_earlier_wording(audit)
    assert dict(copy.state.answers()).items() <= dict(audit.state.answers()).items()
    said = {
        address
        for address, _ in audit.state.answers()
        if address.split("/")[0] not in LISTS or address.split("/")[1] in audit.state.items(address.split("/")[0])
    }
    assert said <= dict(copy.state.answers()).keys()


def test_a_withheld_edit_never_takes_the_place_of_its_words() -> None:
    made = edit(EVIDENCE, CANARY)
    audit = make_audit()
    for one in (made, made.without_value()):
        audit.record(one)
    assert audit.log.all()[made.id].value == CANARY
