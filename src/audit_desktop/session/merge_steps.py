"""Crossing from one side of a merge to the other, when a merge is made, undone or done again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.merge import merge_audits
from audit_desktop.core.record import Record

SNAPSHOTS: Final = "snapshots"
"""How the addresses of named snapshots begin."""

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Edit


class Crossing(Record):
    """What a crossing changes: edits that came into the log, edits that left it, and the addresses that differ."""

    came_in: tuple[Edit, ...]
    taken_out: tuple[Edit, ...]
    addresses: frozenset[str]


def cross(left: Audit, entered: Audit, sitting: str) -> Crossing:
    """Return what changes when `entered` takes the place of `left`, the other side of a merge.

    A snapshot that was named during `sitting` belongs to no undo step and is carried over.
    """
    log, heads = left.log.all(), left.state.all_heads()
    known = entered.log.all()
    for edit in log.values():
        if edit.id not in known and edit.sitting == sitting and edit.address.startswith(f"{SNAPSHOTS}/"):
            entered.record(edit)
    new_log, new_heads = entered.log.all(), entered.state.all_heads()
    return Crossing(
        came_in=tuple(edit for edit_id, edit in new_log.items() if edit_id not in log),
        taken_out=tuple(edit for edit_id, edit in log.items() if edit_id not in new_log),
        addresses=frozenset(
            address for address in heads.keys() | new_heads.keys() if heads.get(address) != new_heads.get(address)
        ),
    )


def with_later(merged: Audit, audit: Audit) -> Audit:
    """Return `merged`, which holds what the file of `audit` held, with what came into `audit` since."""
    if merged.framework.version != audit.framework.version:
        merged = merge_audits(merged, audit).audit
    for edit in audit.log.later():
        merged.record(edit)
    merged.extra = {**merged.extra, **audit.extra}
    return merged


def came_in(before: AuditState, after: AuditState) -> tuple[Edit, ...]:
    """Return the newest edits of `after` that were none of `before`."""
    return tuple(
        edit
        for address, heads in after.all_heads().items()
        if heads != before.heads(address)
        for edit in heads
        if edit not in before.heads(address)
    )
