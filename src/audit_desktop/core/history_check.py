"""The check of a history: signs that lines were changed or taken out by something else than this program."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from audit_desktop.core.edits import ABSORBED_KEY, CARRIED_KEY
from audit_desktop.core.errors import AuditDesktopError, FaultCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit_desktop.core.edits import Edit


class HistorySign(StrEnum):
    """What does not fit."""

    EARLIER_EDIT_MISSING = "earlier-edit-missing"
    """An edit replaces one that the history does not hold: that line was taken out, or changed, or both."""
    CURRENT_ANSWER_WITHHELD = "current-answer-withheld"
    """An edit whose words are withheld was replaced by none: only earlier wording may be withheld."""


@dataclass(frozen=True, slots=True)
class HistoryFault:
    """One sign of tampering, at the address that it concerns."""

    sign: HistorySign
    address: str
    edit_id: str


def history_faults(edits: Mapping[str, Edit]) -> tuple[HistoryFault, ...]:
    """Return what does not fit in the history `edits`, by their ids; nothing if it is sound.

    An edit's id covers what it says and the ids of those that it replaces, so a line that was changed is missed by
    its successors. Whoever rewrites the whole history leaves no sign here; a seal shows that.
    """
    absorbed = {absorbed for edit in edits.values() for absorbed in edit.extra.get(ABSORBED_KEY, ())}
    replaced = {earlier for edit in edits.values() for earlier in edit.replaces}
    missing = replaced - edits.keys() - absorbed
    # What has a twin in a newer version of the framework is said there.
    replaced |= {edit.extra[CARRIED_KEY] for edit in edits.values() if CARRIED_KEY in edit.extra}
    faults: list[HistoryFault] = []
    for edit in edits.values():
        if edit.withheld and edit.id not in replaced:
            faults.append(HistoryFault(HistorySign.CURRENT_ANSWER_WITHHELD, edit.address, edit.id))
        faults += (
            HistoryFault(HistorySign.EARLIER_EDIT_MISSING, edit.address, earlier)
            for earlier in edit.replaces
            if earlier in missing
        )
    return tuple(faults)


def disagreements(mine: Mapping[str, Edit], theirs: Mapping[str, Edit]) -> tuple[str, ...]:
    """Return the addresses of edits that both hold under one id and that differ, in order; no honest copy has any.

    An id follows from what an edit says, so this can happen only to one whose words one copy withholds.
    """
    differing = {
        edit.address
        for edit_id, edit in theirs.items()
        if edit_id in mine and (edit.withheld or mine[edit_id].withheld) and not _agree(edit, mine[edit_id])
    }
    return tuple(sorted(differing))


def _agree(one: Edit, other: Edit) -> bool:
    return one.without_value() == other.without_value()


def require_sound_history(edits: Mapping[str, Edit], place: str) -> None:
    """Raise `HISTORY_TAMPERED` if the history `edits` of the file at `place` does not hold together.

    The details are `count`, how many signs there are, and `addresses`, the fields concerned in order.
    """
    faults = history_faults(edits)
    if faults:
        addresses = tuple(sorted({fault.address for fault in faults}))
        raise AuditDesktopError(FaultCode.HISTORY_TAMPERED, place, count=len(faults), addresses=addresses)
