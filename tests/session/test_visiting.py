"""A visit in an open audit, each act one undo step."""

from __future__ import annotations

import pytest

from audit_desktop.core.action_plan import action_plan
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.visits import current_visit, earlier_comments, needs_follow_up
from audit_desktop.session.items import add_item, remove_item
from audit_desktop.session.visiting import carry_over, follow_up, next_audit, plan_action, recommend, start_visit
from tests.builders import make_audit
from tests.session.visit import SCHOOL, VISITOR, session_of

COMMENT = "statement/1.1/visitor-comment"


def test_a_second_visit_files_the_comments_in_one_step_that_can_be_undone() -> None:
    session = session_of(who=VISITOR)
    first = start_visit(session, "2026-01-10", "Alex Moss")
    session.type_answer(COMMENT, "Seen.")
    second = start_visit(session, "2026-06-10", "")
    assert current_visit(session.audit.state) == second
    assert session.value(COMMENT) is None
    assert [comment.comment for comment in earlier_comments(session.audit.state)["1.1"]] == ["Seen."]
    session.undo()
    assert current_visit(session.audit.state) == first
    assert session.value(COMMENT) == "Seen."
    assert earlier_comments(session.audit.state) == {}


def test_a_school_cannot_start_a_visit() -> None:
    session = session_of()
    with pytest.raises(AuditDesktopError) as error:
        start_visit(session, "2026-01-10", "")
    assert error.value.code is FaultCode.FIELD_OF_OTHER_ROLE
    assert session.audit.state.items("visits") == []


def test_a_recommendation_lives_on_from_the_visit_to_the_next_audit() -> None:
    session = session_of(who=VISITOR)
    start_visit(session, "2026-01-10", "Alex Moss")
    own_id = recommend(session, {"what": "Ring by ten", "about": ["statement/1.2"], "priority": "high"})
    session.set_who(SCHOOL)
    action = plan_action(session, own_id)
    session.set_answers({f"actions/{action}/owner": "Kim Hale", f"recommendations/{own_id}/response": "accepted"})
    session.set_who(VISITOR)
    start_visit(session, "2026-06-10", "Alex Moss")
    assert needs_follow_up(session.audit.state, own_id)
    follow_up(session, own_id, "partly", "Since May")
    assert not needs_follow_up(session.audit.state, own_id)
    following = make_audit(audit_id="audit-2")
    assert carry_over(session.audit.state, following, "sitting-2") > 0
    assert following.state.value(f"recommendations/{own_id}/response") == "accepted"
    (planned,) = action_plan(following.state, "2026-07-01")
    assert (planned.what, planned.owner, planned.recommendation) == ("Ring by ten", "Kim Hale", own_id)


def test_an_item_is_removed_and_put_back_in_one_step_each() -> None:
    session = session_of()
    own_id = add_item(session, "actions", {"what": "Ring", "due": "2026-03-01"})
    remove_item(session, "actions", own_id)
    assert session.audit.state.items("actions") == []
    session.undo()
    assert session.audit.state.items("actions") == [own_id]
    session.undo()
    assert session.audit.state.items("actions") == []


def test_the_next_audit_knows_the_school_and_starts_with_what_is_open() -> None:
    session = session_of({"audit/school-name": "Hill", "statement/1.1/rating": "developing"}, VISITOR)
    start_visit(session, "2026-03-02", "Alex Moss")
    open_one, done = recommend(session, {"what": "Ring parents"}), recommend(session, {"what": "Write to parents"})
    follow_up(session, done, "done")
    audit = next_audit(session)
    assert audit.id != session.audit.id
    assert audit.state.value("audit/school-name") == "Hill"
    assert audit.state.value("statement/1.1/rating") is None
    assert audit.state.items("recommendations") == [open_one]
