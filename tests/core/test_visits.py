"""Visits: a new one frees the statements, and what was said before stays to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.visits import (
    current_visit,
    earlier_comments,
    marked_statements,
    needs_follow_up,
    new_visit_answers,
    visits_in_order,
)
from tests.builders import SCHOOL, VISITOR, edit, make_audit
from tests.core.people import merged, work

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit

COMMENT = "statement/1.1/visitor-comment"


def start(audit: Audit, visit_id: str, date: str, people: str = "Alex Moss") -> None:
    for minute, (address, value) in enumerate(new_visit_answers(audit.state, visit_id, date, people).items()):
        work(audit, VISITOR, address, value, 60 + minute)


def copy(audit: Audit) -> Audit:
    return merged(audit, audit)


def test_comments_made_before_any_visit_belong_to_the_first() -> None:
    audit = make_audit({COMMENT: "Seen."})
    start(audit, "v1", "2026-01-10")
    assert audit.state.value(COMMENT) == "Seen."
    assert earlier_comments(audit.state) == {}
    assert audit.state.value("audit/visit-date") == "2026-01-10"


def test_a_new_visit_files_what_was_recorded_and_frees_the_statement() -> None:
    audit = make_audit(
        {
            COMMENT: "No minutes.",
            "statement/1.1/visitor-rating": "developing",
            "statement/1.1/visitor-rating-reason": "No minutes",
            "statement/1.1/good-practice": True,
            "statement/1.2/visitor-comment": "Fine.",
        }
    )
    start(audit, "v1", "2026-01-10", "Alex Moss and Kim Hale")
    start(audit, "v2", "2026-06-10")
    assert audit.state.value(COMMENT) is None
    (earlier,) = earlier_comments(audit.state)["1.1"]
    assert (earlier.visit, earlier.date, earlier.people) == ("v1", "2026-01-10", "Alex Moss and Kim Hale")
    assert (earlier.comment, earlier.rating, earlier.rating_reason) == ("No minutes.", "developing", "No minutes")
    assert (earlier.good_practice, earlier.seen_evidence) == (True, False)
    assert earlier_comments(audit.state)["1.2"][0].comment == "Fine."
    assert not audit.state.set_aside()


def test_comments_of_several_visits_stand_in_the_order_of_the_visits() -> None:
    audit = make_audit({COMMENT: "One"})
    start(audit, "z", "2026-01-10")
    start(audit, "y", "2026-06-10")
    work(audit, VISITOR, COMMENT, "Two", 70)
    start(audit, "x", "2026-11-10")
    assert [comment.comment for comment in earlier_comments(audit.state)["1.1"]] == ["One", "Two"]
    assert visits_in_order(audit.state) == ("z", "y", "x")
    assert current_visit(audit.state) == "x"


def test_two_who_start_a_visit_apart_file_the_same_comments_once() -> None:
    audit = make_audit({COMMENT: "One"})
    start(audit, "v1", "2026-01-10")
    other = copy(audit)
    start(audit, "v2", "2026-06-10")
    start(other, "v3", "2026-06-11")
    both = merged(audit, other).state
    assert [comment.comment for comment in earlier_comments(both)["1.1"]] == ["One"]
    assert set(both.conflicts()) == {"audit/visit-date"}


def test_a_comment_made_elsewhere_while_a_visit_starts_is_a_conflict_and_not_lost() -> None:
    audit = make_audit({COMMENT: "One"})
    start(audit, "v1", "2026-01-10")
    other = copy(audit)
    start(audit, "v2", "2026-06-10")
    work(other, VISITOR, COMMENT, "One and more", 65)
    both = merged(audit, other).state
    assert {head.value for head in both.heads(COMMENT)} == {None, "One and more"}
    assert earlier_comments(both)["1.1"][0].comment == "One"


def test_a_statement_in_conflict_is_left_alone_by_a_new_visit() -> None:
    audit = make_audit({COMMENT: "One", "statement/1.1/good-practice": True})
    start(audit, "v1", "2026-01-10")
    audit.record(edit(COMMENT, "Another", author=VISITOR, minute=50))
    start(audit, "v2", "2026-06-10")
    assert audit.state.has_conflict(COMMENT)
    assert audit.state.value("statement/1.1/good-practice") is True


def test_open_recommendations_of_earlier_visits_are_followed_up_at_the_next() -> None:
    audit = make_audit({"visits/v1/date": "2026-01-10", "recommendations/r/what": "Ring"})
    work(audit, VISITOR, "recommendations/r/visit", "v1", 30)
    assert not needs_follow_up(audit.state, "r")
    start(audit, "v2", "2026-06-10")
    assert needs_follow_up(audit.state, "r")
    work(audit, VISITOR, "recommendations/r/progress", "done", 90)
    assert not needs_follow_up(audit.state, "r")


def test_the_agenda_holds_what_anybody_wants_to_discuss() -> None:
    audit = make_audit({"statement/2.1/discuss": True, "statement/1.2/needs-support": True})
    work(audit, VISITOR, "statement/1.1/discuss", True, 5)
    assert [statement.id for statement in marked_statements(audit.state, "discuss")] == ["1.1", "2.1"]
    work(audit, SCHOOL, "statement/1.1/discuss", None, 6)
    audit.record(edit("statement/1.3/discuss", None, minute=7))
    audit.record(edit("statement/1.3/discuss", True, author=VISITOR, minute=8))
    assert [statement.id for statement in marked_statements(audit.state, "discuss")] == ["1.3", "2.1"]
    assert [statement.id for statement in marked_statements(audit.state, "needs-support")] == ["1.2"]
