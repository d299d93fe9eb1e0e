"""The history of answers: who gave which one when, what stood there before, and how two states of an audit differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_desktop.core.merge import in_log_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Edit, JsonValue
    from audit_desktop.core.framework import Field
    from audit_desktop.session.audit_session import AuditSession

_NOT_RESTORED = frozenset({"sign-offs", "earlier-comments"})
"""Lists that record what happened: an earlier version of them would say something untrue."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of an answer. `before` holds what it took the place of: nothing, one answer, or two in conflict.

    `before_is_withheld` says that what stood there before is not in this copy.
    """

    edit: Edit
    field: Field
    before: tuple[JsonValue, ...]
    before_is_withheld: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that was another one at an earlier time; `None` stands for no answer or several."""

    address: str
    field: Field
    then: JsonValue | None
    now: JsonValue | None


def history_entries(state: AuditState, log: Mapping[str, Edit], address: str = "") -> tuple[HistoryEntry, ...]:
    """Return the changes of the answer at `address`, or of every answer, the newest first.

    `log` holds every edit by its id. Edits at addresses that the framework does not know are left out.
    """
    entries: list[HistoryEntry] = []
    for edit in sorted(log.values(), key=in_log_order, reverse=True):
        if address and edit.address != address:
            continue
        field = state.addresses.field(edit.address)
        if field is not None:
            entries.append(_entry(edit, field, log))
    return tuple(entries)


def differences(then: AuditState, now: AuditState) -> tuple[Difference, ...]:
    """Return the answers that differ between two states of one audit, in the order of the earlier one's addresses."""
    addresses = dict.fromkeys((*then.all_heads(), *now.all_heads()))
    found: list[Difference] = []
    for address in addresses:
        field = now.addresses.field(address)
        if field is None or address.partition("/")[0] in _NOT_RESTORED or then.has_conflict(address):
            continue
        before, after = then.value(address), now.value(address)
        if before != after or now.has_conflict(address):
            found.append(Difference(address, field, before, after))
    return tuple(found)


def restore(session: AuditSession, found: Iterable[Difference]) -> tuple[Difference, ...]:
    """Give the earlier answers again, as new edits and one undo step; returns those that this person may not give.

    Raises `AuditDesktopError` as `set_answers` does; nothing is changed then.
    """
    refused: list[Difference] = []
    answers: dict[str, JsonValue | None] = {}
    for difference in found:
        if session.can_change(difference.address):
            answers[difference.address] = difference.then
        else:
            refused.append(difference)
    if answers:
        session.set_answers(answers)
    return tuple(refused)


def _entry(edit: Edit, field: Field, log: Mapping[str, Edit]) -> HistoryEntry:
    replaced = [log[edit_id] for edit_id in edit.replaces if edit_id in log]
    # Of what it took the place of, only what stood there last: an edit names steps of typing that it swallowed too.
    earlier = {edit_id for one in replaced for edit_id in one.replaces}
    newest = [one for one in replaced if one.address == edit.address and one.id not in earlier]
    before: list[JsonValue] = []
    for one in newest:
        if not one.withheld and one.value not in before:
            before.append(one.value)
    return HistoryEntry(edit, field, tuple(before), any(one.withheld for one in newest))
