"""Visits: which is the current one, what starting another does to the comments so far, and what earlier ones said."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from audit_desktop.core.addresses import audit_address, item_address, statement_address
from audit_desktop.core.framework import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Statement

_VISITS, _EARLIER, _RECOMMENDATIONS = "visits", "earlier-comments", "recommendations"
_MARKS = ("seen-evidence", "good-practice")
_FINISHED = frozenset({"done", "no-longer-needed"})


@dataclass(frozen=True, slots=True)
class EarlierComment:
    """What a visitor recorded about a statement at a visit before the current one."""

    visit: str
    date: str
    people: str
    comment: str
    rating: str | None
    rating_reason: str
    seen_evidence: bool
    good_practice: bool


def visits_in_order(state: AuditState) -> tuple[str, ...]:
    """Return the own ids of the visits, earliest first; of two on one day, the order is the same on every computer."""
    return tuple(sorted(state.items(_VISITS), key=lambda own_id: (_item(state, _VISITS, own_id, "date") or "", own_id)))


def current_visit(state: AuditState) -> str | None:
    """Return the own id of the latest visit, or `None` if there was none."""
    visits = visits_in_order(state)
    return visits[-1] if visits else None


def new_visit_answers(state: AuditState, visit_id: str, date: str, people: str) -> dict[str, JsonValue | None]:
    """Return the answers that start the visit `visit_id`, to be given by the visitor as one step.

    What the visitor recorded at each statement is filed under the visit so far, and the statement is free for the new
    one. Before the first visit there is nothing to file: comments made without one belong to it. A statement whose
    comments are in conflict is left alone, until somebody has settled it. Two people who start a visit from the same
    audit file the same items, so that their copies merge without a conflict.
    """
    answers: dict[str, JsonValue | None] = {}
    last = current_visit(state)
    if last is not None:
        for statement in state.addresses.statements.values():
            answers |= _filed(state, last, statement)
    answers[item_address(_VISITS, visit_id, "date")] = date
    answers[item_address(_VISITS, visit_id, "people")] = people or None
    answers[audit_address("visit-date")] = date
    return answers


def earlier_comments(state: AuditState) -> dict[str, tuple[EarlierComment, ...]]:
    """Return what was recorded at earlier visits by the id of the statement, earliest first."""
    found: dict[str, list[EarlierComment]] = {}
    for own_id in state.items(_EARLIER):
        visit = _item(state, _EARLIER, own_id, "visit") or ""
        found.setdefault(_item(state, _EARLIER, own_id, "statement") or "", []).append(
            EarlierComment(
                visit,
                date=_item(state, _VISITS, visit, "date") or "" if visit else "",
                people=_item(state, _VISITS, visit, "people") or "" if visit else "",
                comment=_item(state, _EARLIER, own_id, "comment") or "",
                rating=_item(state, _EARLIER, own_id, "rating"),
                rating_reason=_item(state, _EARLIER, own_id, "rating-reason") or "",
                seen_evidence=_item(state, _EARLIER, own_id, "seen-evidence") is True,
                good_practice=_item(state, _EARLIER, own_id, "good-practice") is True,
            )
        )
    return {
        statement_id: tuple(sorted(comments, key=lambda comment: (comment.date, comment.visit)))
        for statement_id, comments in found.items()
    }


def is_open(state: AuditState, recommendation: str) -> bool:
    """Return whether a recommendation is still to be carried out, as far as visitors have found."""
    return _item(state, _RECOMMENDATIONS, recommendation, "progress") not in _FINISHED


def needs_follow_up(state: AuditState, recommendation: str) -> bool:
    """Return whether the current visit has still to say if a recommendation of an earlier one was carried out."""
    visit = current_visit(state)
    return (
        visit is not None
        and _item(state, _RECOMMENDATIONS, recommendation, "visit") not in (None, visit)
        and _item(state, _RECOMMENDATIONS, recommendation, "progress-visit") != visit
        and is_open(state, recommendation)
    )


def marked_statements(state: AuditState, mark: str) -> tuple[Statement, ...]:
    """Return the statements marked `discuss`, `needs-support`, `good-practice` or `seen-evidence`, in order.

    A mark that two people left in conflict counts: nothing drops off an agenda unseen.
    """
    if not state.was_used(mark):
        return ()
    # Most statements have no mark, so what nobody ever answered is passed over first.
    answered_ever = state.all_heads()
    return tuple(
        statement
        for statement in state.addresses.statements.values()
        if (address := statement_address(statement.id, mark)) in answered_ever
        and any(head.value is True for head in answered_ever[address])
    )


def _item(state: AuditState, list_name: str, own_id: str, field_id: str) -> JsonValue | None:
    return state.value(item_address(list_name, own_id, field_id))


def _visitor_fields(state: AuditState) -> Iterator[tuple[str, str]]:
    """Yield the id of each statement field that belongs to a visit, with its name in the list of earlier comments."""
    comment = state.addresses.comment_field
    if comment is not None:
        yield comment.id, "comment"
    rating = ""
    for field in state.addresses.framework.fields.statement:
        if field.owner == "visitor" and field.kind is FieldKind.RATING and not rating:
            rating = field.id
            yield rating, "rating"
        elif field.owner == "visitor" and field.required_when is not None and field.required_when.field == rating:
            yield field.id, "rating-reason"
    for mark in _MARKS:
        yield mark, mark


def _filed(state: AuditState, visit: str, statement: Statement) -> dict[str, JsonValue | None]:
    own_id = sha256(f"{visit}/{statement.id}".encode()).hexdigest()[:32]
    filed: dict[str, JsonValue | None] = {}
    for field_id, name in _visitor_fields(state):
        address = statement_address(statement.id, field_id)
        if state.has_conflict(address):
            return {}
        value = state.value(address)
        if value is not None:
            filed[item_address(_EARLIER, own_id, name)] = value
            filed[address] = None
    if filed:
        filed[item_address(_EARLIER, own_id, "visit")] = visit
        filed[item_address(_EARLIER, own_id, "statement")] = statement.id
    return filed
