"""A visit in an open audit: starting one, answering for recommendations, and what the next audit starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from audit_desktop.core.action_plan import action_answers, carried_over
from audit_desktop.core.addresses import audit_address, item_address
from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Edit
from audit_desktop.core.visits import current_visit, new_visit_answers
from audit_desktop.session.items import add_item, new_own_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.session.audit_session import AuditSession

_SAME_SCHOOL: Final = ("school-name", "phase", "unique-reference-number", "headteacher")


def start_visit(session: AuditSession, date: str, people: str) -> str:
    """Start a visit on `date`, an ISO date, with `people`; returns its own id. One undo step.

    What was recorded at each statement is filed under the visit before, and stays to be seen. Raises
    `AuditDesktopError` if the person who is working is no visitor, or the date is none; nothing is changed then.
    """
    session.commit_typing()
    visit_id = new_own_id()
    session.set_answers(new_visit_answers(session.audit.state, visit_id, date, people))
    return visit_id


def recommend(session: AuditSession, answers: Mapping[str, JsonValue | None]) -> str:
    """Add a recommendation of the current visit with `answers` by field id; returns its own id. One undo step."""
    return add_item(session, "recommendations", {"visit": current_visit(session.audit.state), **answers})


def follow_up(session: AuditSession, recommendation: str, progress: str, note: str = "") -> None:
    """Say at the current visit what became of an earlier recommendation. One undo step."""
    session.set_answers(
        {
            item_address("recommendations", recommendation, "progress"): progress,
            item_address("recommendations", recommendation, "progress-note"): note,
            item_address("recommendations", recommendation, "progress-visit"): current_visit(session.audit.state),
        }
    )


def plan_action(session: AuditSession, recommendation: str) -> str:
    """Make an action of a recommendation, for the school to complete; returns the action's own id. One undo step."""
    session.commit_typing()
    action_id = new_own_id()
    session.set_answers(action_answers(session.audit.state, recommendation, action_id))
    return action_id


def carry_over(earlier: AuditState, audit: Audit, sitting: str) -> int:
    """Record in `audit`, a new one, what is still open in `earlier`; returns how many edits that took."""
    edits = carried_over(earlier, sitting)
    for edit in edits:
        audit.record(edit)
    return len(edits)


def next_audit(session: AuditSession) -> Audit:
    """Return a new audit of the same school and framework, which starts with what is still open in this one."""
    session.commit_typing()
    earlier = session.audit
    audit = Audit.new(str(uuid4()), earlier.framework, earlier.framework_source)
    for field_id in _SAME_SCHOOL:
        address = audit_address(field_id)
        for head in earlier.state.heads(address):
            if head.value is not None:
                audit.record(
                    Edit.make(address, head.value, replaces=(), at=head.at, author=head.author, sitting=session.sitting)
                )
    carry_over(earlier.state, audit, session.sitting)
    return audit
