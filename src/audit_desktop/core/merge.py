"""Merging: everything that two copies of one audit hold, as the union of their edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.audit import Audit
from audit_desktop.core.carrying import with_twins
from audit_desktop.core.edits import edits_by_id
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import Record
from audit_desktop.core.semantic_version import precedence

if TYPE_CHECKING:
    from audit_desktop.core.edits import Edit


class Merge(Record):
    """One audit with everything of both, what came from each side, and the addresses that are in conflict now."""

    audit: Audit
    new_from_mine: int
    new_from_theirs: int
    in_both: int
    conflicts: tuple[str, ...]


def in_log_order(edit: Edit) -> tuple[str, str]:
    """Return the key that puts edits in the order of the log: when they were made, as their authors' clocks say.

    The order is for people to read; the state does not depend on it.
    """
    return edit.at, edit.id


def merge_audits(mine: Audit, theirs: Audit) -> Merge:
    """Return the merge of two copies of one audit; neither is changed.

    The result is the same whichever copy comes first, however often and in whatever order copies are merged. It stands
    on the newer version of the framework of the two. Raises `AuditDesktopError` if they are not copies of one audit, or
    stand on different frameworks.
    """
    if mine.id != theirs.id:
        raise AuditDesktopError(FaultCode.DIFFERENT_AUDIT)
    if mine.framework.id != theirs.framework.id:
        raise AuditDesktopError(FaultCode.DIFFERENT_FRAMEWORK, mine=mine.framework.id, theirs=theirs.framework.id)
    newer = max(mine, theirs, key=lambda audit: precedence(audit.framework.version))
    my_edits, their_edits = mine.log.all(), theirs.log.all()
    edits = with_twins(edits_by_id(my_edits.values(), their_edits.values()), newer.framework)
    union = sorted(edits, key=in_log_order)
    merged = Audit.from_edits(mine.id, newer.framework, newer.framework_source, union)
    merged.extra = _both(mine.extra, theirs.extra)
    return Merge(
        merged,
        new_from_mine=len(my_edits.keys() - their_edits.keys()),
        new_from_theirs=len(their_edits.keys() - my_edits.keys()),
        in_both=len(my_edits.keys() & their_edits.keys()),
        conflicts=tuple(sorted(merged.state.conflicts())),
    )


def _both(mine: dict[str, object], theirs: dict[str, object]) -> dict[str, object]:
    """Return what newer versions of the program added to either; where they differ, the same one either way round."""
    both = {**theirs, **mine}
    for key in mine.keys() & theirs.keys():
        both[key] = max(mine[key], theirs[key], key=repr)
    return both
