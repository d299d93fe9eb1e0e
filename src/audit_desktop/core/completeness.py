"""What is still missing before an audit is signed off or handed over, with the address to jump to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from audit_desktop.core.addresses import audit_address, item_address, statement_address
from audit_desktop.core.audit_state import may_change
from audit_desktop.core.common_fields import LISTS
from audit_desktop.core.edits import Role
from audit_desktop.core.progress import is_answered
from audit_desktop.core.visits import needs_follow_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.framework import Field, Statement


class MissingKind(StrEnum):
    """What is missing."""

    UNRATED = "unrated"
    """A statement has no rating, and no reason why it does not apply."""
    REQUIRED = "required"
    """A field that the audit is incomplete without has no answer."""
    REASON = "reason"
    """A rating differs from the school's, or a recommendation is answered, and nobody said why."""
    COMMENT = "comment"
    """The visitor wrote nothing about a statement."""
    REPLY = "reply"
    """The school has not said what becomes of a recommendation."""
    FOLLOW_UP = "follow-up"
    """The visitor has not said at this visit whether an earlier recommendation was carried out."""
    CONFLICT = "conflict"
    """Two people gave different answers, and nobody settled it."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something missing: the `address` of the field where it belongs."""

    address: str
    kind: MissingKind


def missing_for(state: AuditState, role: Role) -> tuple[Missing, ...]:
    """Return what a person in `role` has still to do, in the order of the form.

    The school has to rate, to fill what its form requires and to answer recommendations; a visitor has to comment on
    every statement, to say why a rating differs and to follow up earlier recommendations. A conflict is listed for
    whoever may settle it, and then nothing else is for that address.
    """
    conflicts = set(state.conflicts())
    found: dict[str, Missing] = {}
    for missing in (*_of_audit(state, role), *_of_statements(state, role), *_of_items(state, role)):
        if missing.address not in conflicts:
            found.setdefault(missing.address, missing)
    settled: list[Missing] = list(found.values())
    for address in sorted(conflicts):
        field = state.addresses.field(address)
        if field is not None and may_change(role, field):
            settled.append(Missing(address, MissingKind.CONFLICT))
    return tuple(settled)


def missing_for_sign_off(state: AuditState, role: Role) -> tuple[Missing, ...]:
    """Return what stands open at a sign-off by `role`: what that person has to do, and every conflict left."""
    own = missing_for(state, role)
    known = {missing.address for missing in own}
    others = (Missing(address, MissingKind.CONFLICT) for address in sorted(state.conflicts()) if address not in known)
    return (*own, *others)


def _of_audit(state: AuditState, role: Role) -> Iterator[Missing]:
    for field in state.addresses.audit_fields():
        if field.required and may_change(role, field) and state.value(audit_address(field.id)) is None:
            yield Missing(audit_address(field.id), MissingKind.REQUIRED)
    for section in state.addresses.framework.sections:
        for field in state.addresses.framework.fields.section:
            address = f"section/{section.id}/{field.id}"
            if field.required and may_change(role, field) and state.value(address) is None:
                yield Missing(address, MissingKind.REQUIRED)


def _of_statements(state: AuditState, role: Role) -> Iterator[Missing]:
    comment = state.addresses.comment_field
    rating = state.addresses.rating_field
    for section in state.addresses.framework.sections:
        for statement in section.statements:
            if state.not_applicable(statement.id) is not None:
                continue
            if role is Role.SCHOOL and rating is not None and not is_answered(state, statement):
                yield Missing(statement_address(statement.id, rating.id), MissingKind.UNRATED)
            for field in state.addresses.statement_fields(statement):
                yield from _of_field(state, statement, field, role)
            if role is Role.VISITOR and comment is not None and comment.id not in statement.without:
                address = statement_address(statement.id, comment.id)
                if state.value(address) is None:
                    yield Missing(address, MissingKind.COMMENT)


def _of_field(state: AuditState, statement: Statement, field: Field, role: Role) -> Iterator[Missing]:
    address = statement_address(statement.id, field.id)
    if field.owner != role.value or state.value(address) is not None:
        return
    if field.required_when is not None:
        theirs = state.value(statement_address(statement.id, field.required_when.field))
        own = state.value(statement_address(statement.id, field.required_when.differs_from))
        if theirs is not None and theirs != own:
            yield Missing(address, MissingKind.REASON)
    if field.required and field != state.addresses.rating_field:
        yield Missing(address, MissingKind.REQUIRED)


def _of_items(state: AuditState, role: Role) -> Iterator[Missing]:
    for name in LISTS:
        if name == "sign-offs":
            continue
        for own_id in state.items(name):
            for field in state.addresses.list_fields(name):
                address = item_address(name, own_id, field.id)
                if field.required and field.owner == role.value and state.value(address) is None:
                    yield Missing(address, MissingKind.REQUIRED)
            if name == "recommendations":
                yield from _of_recommendation(state, own_id, role)


def _of_recommendation(state: AuditState, own_id: str, role: Role) -> Iterator[Missing]:
    def value(field_id: str) -> str | None:
        return state.value(item_address("recommendations", own_id, field_id))

    if role is Role.SCHOOL:
        if value("response") is None:
            yield Missing(item_address("recommendations", own_id, "response"), MissingKind.REPLY)
        elif value("response-reason") is None:
            yield Missing(item_address("recommendations", own_id, "response-reason"), MissingKind.REASON)
        return
    if needs_follow_up(state, own_id):
        yield Missing(item_address("recommendations", own_id, "progress"), MissingKind.FOLLOW_UP)
