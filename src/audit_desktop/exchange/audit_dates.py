"""Which day an audit is of, for file names and headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.addresses import audit_address

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.audit_state import AuditState


def date_of_audit(audit: Audit) -> str:
    """Return the day that `audit` was completed, else of its latest change, as an ISO date; empty if there is none."""
    completed = audit.state.value(audit_address("completed-on"))
    return completed if isinstance(completed, str) else last_change(audit.state)[:10]


def last_change(state: AuditState) -> str:
    """Return when the newest edit that still stands was made, as ISO 8601; empty if nothing was ever said."""
    return max((head.at for heads in state.all_heads().values() for head in heads), default="")
