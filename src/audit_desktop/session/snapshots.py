"""Named snapshots: how the audit stood at a moment that somebody gave a name, to look at and to go back to.

A snapshot is an edit like any other and travels with the audit. It names the newest edits of its moment, which the
history holds anyway, by the beginnings of their ids. No framework knows its address, so no form or document shows it.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_desktop.core.addresses import item_address
from audit_desktop.core.audit_state import AuditState
from audit_desktop.core.text import one_line
from audit_desktop.session.items import new_own_id
from audit_desktop.session.merge_steps import SNAPSHOTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit_desktop.core.edits import Edit
    from audit_desktop.session.audit_session import AuditSession

_FIELD = "taken"
_BYTES = 6
"""Of each id; even among a million edits no two begin alike in one field."""


@dataclass(frozen=True, slots=True)
class NamedSnapshot:
    """One snapshot: what it is called, the edit that recorded it, and the beginnings of the ids it names."""

    own_id: str
    name: str
    recorded: Edit
    prefixes: frozenset[str]


def take_snapshot(session: AuditSession, name: str) -> str:
    """Record how the audit stands now under `name`; returns the snapshot's own id.

    Raises `AuditDesktopError` if nothing can be changed.
    """
    # As for a save: none of the edits that it names is left out of the log later.
    heads = session.snapshot().heads
    ids = sorted({edit.id for edits in heads.values() for edit in edits})
    text = urlsafe_b64encode(b"".join(bytes.fromhex(edit_id)[:_BYTES] for edit_id in ids)).decode("ascii")
    own_id = new_own_id()
    session.record(item_address(SNAPSHOTS, own_id, _FIELD), {"name": one_line(name), "heads": text})
    return own_id


def snapshots(state: AuditState) -> tuple[NamedSnapshot, ...]:
    """Return the snapshots, the newest first; what a stranger's file calls one and is none is left out."""
    found: list[NamedSnapshot] = []
    for own_id in state.items(SNAPSHOTS):
        for head in state.heads(item_address(SNAPSHOTS, own_id, _FIELD)):
            snapshot = _snapshot(own_id, head)
            if snapshot is not None:
                found.append(snapshot)
    return tuple(sorted(found, key=lambda snapshot: (snapshot.recorded.at, snapshot.own_id), reverse=True))


def state_of(snapshot: NamedSnapshot, state: AuditState, log: Mapping[str, Edit]) -> AuditState:
    """Return how the audit stood at `snapshot`; `log` holds every edit of the audit by its id."""
    heads: dict[str, tuple[Edit, ...]] = {}
    for edit in log.values():
        if edit.id[: 2 * _BYTES] in snapshot.prefixes and not edit.withheld:
            heads[edit.address] = (*heads.get(edit.address, ()), edit)
    return AuditState.from_heads(state.addresses, heads)


def _snapshot(own_id: str, head: Edit) -> NamedSnapshot | None:
    try:
        name, text = head.value["name"], head.value["heads"]
        data = urlsafe_b64decode(text.encode("ascii"))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    if not isinstance(name, str):
        return None
    if len(data) % _BYTES:
        return None
    prefixes = frozenset(data[start : start + _BYTES].hex() for start in range(0, len(data), _BYTES))
    return NamedSnapshot(own_id, one_line(name), head, prefixes)
