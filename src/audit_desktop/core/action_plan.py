"""The action plan over the whole audit: its actions in order, and how recommendations become actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_desktop.core.addresses import item_address
from audit_desktop.core.edits import Edit
from audit_desktop.core.visits import is_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import JsonValue

ACTIONS, RECOMMENDATIONS, VISITS = "actions", "recommendations", "visits"
_FINISHED = frozenset({"done", "dropped"})


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One action as the plan shows it; `about` holds `statement/<id>` and `section/<id>`, in the framework's order."""

    own_id: str
    what: str
    about: tuple[str, ...]
    sections: tuple[str, ...]
    owner: str
    due: str
    success_measure: str
    status: str
    recommendation: str
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status not in _FINISHED


def action_plan(state: AuditState, today: str) -> tuple[PlannedAction, ...]:
    """Return every action, those due first coming first and those without a date last; `today` is an ISO date."""
    planned = (_planned(state, own_id, today) for own_id in state.items(ACTIONS))
    return tuple(sorted(planned, key=lambda action: (action.due or "9999", action.own_id)))


def action_answers(state: AuditState, recommendation: str, action_id: str) -> dict[str, JsonValue | None]:
    """Return the answers by which the school makes the action `action_id` of a recommendation."""

    def said(field_id: str) -> JsonValue | None:
        return state.value(item_address(RECOMMENDATIONS, recommendation, field_id))

    return {
        item_address(ACTIONS, action_id, "what"): said("what"),
        item_address(ACTIONS, action_id, "about"): said("about"),
        item_address(ACTIONS, action_id, "due"): said("by-when"),
        item_address(ACTIONS, action_id, "status"): "not-started",
        item_address(ACTIONS, action_id, "recommendation"): recommendation,
    }


def carried_over(state: AuditState, sitting: str) -> tuple[Edit, ...]:
    """Return the edits with which the next audit starts: open recommendations, open actions and the visits they name.

    They say the same, by the same authors at the same times as in this audit, and replace nothing, since the next
    audit holds no earlier wording. `sitting` names the stretch of work in which they are carried over.
    """
    recommendations = [own_id for own_id in state.items(RECOMMENDATIONS) if is_open(state, own_id)]
    actions = [action.own_id for action in action_plan(state, "") if action.is_open]
    visits: set[JsonValue] = {
        state.value(item_address(RECOMMENDATIONS, own_id, field_id))
        for own_id in recommendations
        for field_id in ("visit", "progress-visit")
    }
    items = [
        *((VISITS, own_id) for own_id in state.items(VISITS) if own_id in visits),
        *((RECOMMENDATIONS, own_id) for own_id in recommendations),
        *((ACTIONS, own_id) for own_id in actions),
    ]
    return tuple(edit for list_name, own_id in items for edit in _anew(state, list_name, own_id, sitting))


def _anew(state: AuditState, list_name: str, own_id: str, sitting: str) -> Iterator[Edit]:
    for field in state.addresses.list_fields(list_name):
        address = item_address(list_name, own_id, field.id)
        for head in state.heads(address):
            if head.value is not None:
                yield Edit.make(address, head.value, replaces=(), at=head.at, author=head.author, sitting=sitting)


def _planned(state: AuditState, own_id: str, today: str) -> PlannedAction:
    def said(field_id: str) -> str:
        return state.value(item_address(ACTIONS, own_id, field_id)) or ""

    about: tuple[str, ...] = tuple(state.value(item_address(ACTIONS, own_id, "about")) or ())
    due, status = said("due"), said("status") or "not-started"
    return PlannedAction(
        own_id,
        said("what"),
        about,
        tuple(dict.fromkeys(_sections(state, about))),
        said("owner"),
        due,
        said("success-measure"),
        status,
        said("recommendation"),
        is_overdue=bool(due) and due < today and status not in _FINISHED,
    )


def _sections(state: AuditState, about: tuple[str, ...]) -> Iterator[str]:
    for subject in about:
        kind, _, own_id = subject.partition("/")
        if kind == "section":
            yield own_id
        elif own_id in state.addresses.section_of_statement:
            yield state.addresses.section_of_statement[own_id].id
