"""What is still missing, for the school and for the visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.completeness import Missing, MissingKind, missing_for, missing_for_sign_off
from audit_desktop.core.edits import Role
from tests.builders import VISITOR, edit, make_audit

if TYPE_CHECKING:
    from audit_desktop.core.audit_state import AuditState

ALL = ("1.1", "1.2", "1.3", "2.1", "2.2")
SCHOOL_DONE = {"audit/school-name": "Hill", **{f"statement/{one}/rating": "developing" for one in ALL}}
VISITOR_DONE = {f"statement/{one}/visitor-comment": "Seen." for one in ALL}


def state(answers: dict[str, object]) -> AuditState:
    return make_audit(answers).state


def test_a_school_that_rated_and_named_itself_is_done() -> None:
    assert missing_for(state(SCHOOL_DONE), Role.SCHOOL) == ()


def test_a_school_is_told_what_it_has_not_rated_and_not_filled_in_order() -> None:
    answers = dict(SCHOOL_DONE)
    del answers["audit/school-name"], answers["statement/1.2/rating"], answers["statement/2.1/rating"]
    answers["statement/2.1/not-applicable"] = "We have no sixth form"
    assert missing_for(state(answers), Role.SCHOOL) == (
        Missing("audit/school-name", MissingKind.REQUIRED),
        Missing("statement/1.2/rating", MissingKind.UNRATED),
    )


def test_a_visitor_is_told_what_has_no_comment() -> None:
    answers = dict(VISITOR_DONE)
    del answers["statement/1.3/visitor-comment"]
    assert missing_for(state(SCHOOL_DONE | answers), Role.VISITOR) == (
        Missing("statement/1.3/visitor-comment", MissingKind.COMMENT),
    )


def test_a_different_rating_needs_a_reason_and_an_equal_one_does_not() -> None:
    answers = SCHOOL_DONE | VISITOR_DONE | {"statement/1.1/visitor-rating": "established"}
    assert missing_for(state(answers), Role.VISITOR) == (
        Missing("statement/1.1/visitor-rating-reason", MissingKind.REASON),
    )
    assert missing_for(state(answers | {"statement/1.1/visitor-rating": "developing"}), Role.VISITOR) == ()
    assert missing_for(state(answers | {"statement/1.1/visitor-rating-reason": "No minutes"}), Role.VISITOR) == ()


def test_a_recommendation_waits_for_the_schools_answer_and_its_reason() -> None:
    answers = SCHOOL_DONE | {"recommendations/r/what": "Ring"}
    assert missing_for(state(answers), Role.SCHOOL) == (Missing("recommendations/r/response", MissingKind.REPLY),)
    answers["recommendations/r/response"] = "declined"
    assert missing_for(state(answers), Role.SCHOOL) == (
        Missing("recommendations/r/response-reason", MissingKind.REASON),
    )


def test_an_open_recommendation_of_an_earlier_visit_waits_for_the_visitor() -> None:
    answers = (
        SCHOOL_DONE
        | VISITOR_DONE
        | {
            "visits/b/date": "2026-01-10",
            "visits/a/date": "2026-06-10",
            "recommendations/r/what": "Ring",
            "recommendations/r/visit": "b",
        }
    )
    asked = (Missing("recommendations/r/progress", MissingKind.FOLLOW_UP),)
    assert missing_for(state(answers), Role.VISITOR) == asked
    answers |= {"recommendations/r/progress": "partly", "recommendations/r/progress-visit": "b"}
    assert missing_for(state(answers), Role.VISITOR) == asked
    assert missing_for(state(answers | {"recommendations/r/progress-visit": "a"}), Role.VISITOR) == ()
    assert missing_for(state(answers | {"recommendations/r/progress": "done"}), Role.VISITOR) == ()


def test_what_an_item_must_say_is_missing_until_it_does() -> None:
    answers = SCHOOL_DONE | {"sharing/s/with": "trust", "actions/a/due": "2026-03-01"}
    missing = missing_for(state(answers), Role.SCHOOL)
    assert [one.address for one in missing] == ["actions/a/what", "sharing/s/on"]


def test_a_conflict_is_missing_once_for_whoever_may_settle_it_and_always_at_a_sign_off() -> None:
    audit = make_audit(SCHOOL_DONE | VISITOR_DONE)
    audit.record(edit("statement/1.1/rating", "established", minute=40))
    conflict = (Missing("statement/1.1/rating", MissingKind.CONFLICT),)
    assert missing_for(audit.state, Role.SCHOOL) == conflict
    assert missing_for(audit.state, Role.VISITOR) == ()
    assert missing_for_sign_off(audit.state, Role.VISITOR) == conflict
    audit.record(edit("statement/1.2/visitor-comment", "Other", author=VISITOR, minute=41))
    assert len(missing_for_sign_off(audit.state, Role.SCHOOL)) == 2
