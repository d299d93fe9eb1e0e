"""What a field shows now, as a pure function of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.addresses import statement_address
from audit_desktop.core.record import Record

if TYPE_CHECKING:
    from audit_desktop.core.edits import Edit, JsonValue
    from audit_desktop.core.framework import Field
    from audit_desktop.session.audit_session import AuditSession


class FieldState(Record):
    """What a field shows: its `value`, whether it can be changed, is required and still missing, and its conflict.

    `conflict` holds the newest edits where they differ, otherwise nothing.
    """

    field: Field
    value: JsonValue | None
    is_read_only: bool
    is_missing: bool
    conflict: tuple[Edit, ...]


def field_state(session: AuditSession, address: str) -> FieldState:
    """Return what the field at `address` shows; raises `AuditDesktopError` if there is none."""
    field = session.field(address)
    state = session.audit.state
    value = session.value(address)
    return FieldState(
        field,
        value,
        is_read_only=not session.can_change(address),
        is_missing=value is None and is_required(session, field, address),
        conflict=state.heads(address) if state.has_conflict(address) else (),
    )


def is_required(session: AuditSession, field: Field, address: str) -> bool:
    """Return whether the audit is incomplete while `field`, at `address`, has no answer."""
    if field.required_when is None:
        return field.required
    kind, _, rest = address.partition("/")
    if kind != "statement":
        return field.required
    statement_id = rest.partition("/")[0]
    theirs = session.value(statement_address(statement_id, field.required_when.field))
    own = session.value(statement_address(statement_id, field.required_when.differs_from))
    return field.required or (theirs is not None and theirs != own)
