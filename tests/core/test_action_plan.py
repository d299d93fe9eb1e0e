"""The action plan, and what the next audit starts with."""

from __future__ import annotations

from audit_desktop.core.action_plan import action_answers, action_plan, carried_over
from tests.builders import SCHOOL, VISITOR, edit, make_audit
from tests.core.people import work


def test_actions_stand_in_the_order_they_are_due_with_the_overdue_marked() -> None:
    audit = make_audit(
        {
            "actions/a/what": "Later",
            "actions/b/what": "Sooner",
            "actions/b/due": "2026-01-31",
            "actions/b/about": ["statement/2.1", "statement/1.2"],
            "actions/c/what": "Done",
            "actions/c/due": "2026-01-30",
            "actions/c/status": "done",
        }
    )
    plan = action_plan(audit.state, "2026-02-01")
    assert [(action.own_id, action.is_overdue, action.is_open) for action in plan] == [
        ("c", False, False),
        ("b", True, True),
        ("a", False, True),
    ]
    assert plan[1].sections == ("2", "1")
    assert plan[2].status == "not-started"


def test_a_recommendation_becomes_an_action_that_names_it() -> None:
    audit = make_audit(
        {
            "recommendations/r/what": "Ring on the first day",
            "recommendations/r/about": ["statement/1.2"],
            "recommendations/r/by-when": "2026-03-01",
        }
    )
    assert action_answers(audit.state, "r", "a") == {
        "actions/a/what": "Ring on the first day",
        "actions/a/about": ["statement/1.2"],
        "actions/a/due": "2026-03-01",
        "actions/a/status": "not-started",
        "actions/a/recommendation": "r",
    }


def test_the_next_audit_starts_with_what_is_open_by_those_who_said_it() -> None:
    old = make_audit(
        {
            "visits/v/date": "2026-01-10",
            "visits/w/date": "2026-01-11",
            "recommendations/open/what": "Ring",
            "recommendations/open/visit": "v",
            "recommendations/closed/what": "Write",
            "recommendations/closed/progress": "done",
            "actions/going/what": "Ring parents",
            "actions/going/recommendation": "open",
            "actions/over/what": "Print",
            "actions/over/status": "dropped",
            "statement/1.1/rating": "developing",
        }
    )
    old.record(edit("actions/going/due", "2026-03-01", minute=50))
    old.record(edit("actions/going/due", "2026-04-01", minute=51))
    new = make_audit(audit_id="audit-2")
    for made in carried_over(old.state, "sitting-2"):
        new.record(made)
    state = new.state
    assert [state.items(name) for name in ("recommendations", "actions", "visits")] == [["open"], ["going"], ["v"]]
    assert state.heads("recommendations/open/what")[0].author == VISITOR
    assert state.heads("actions/going/what")[0].author == SCHOOL
    assert state.has_conflict("actions/going/due")
    assert not state.set_aside()
    assert state.value("statement/1.1/rating") is None
    work(new, VISITOR, "recommendations/open/progress", "done", 90)
    assert state.value("recommendations/open/progress") == "done"
