"""Changes as rows of the table: what people read of edits, of lost work and of differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.common_fields import LISTS, is_kept_by_program
from audit_desktop.exchange.document_wording import list_heading
from audit_desktop.ui.history.change_table import ChangeRow
from audit_desktop.ui.history.place_names import item_title, place_name, value_text
from audit_desktop.ui.safety_wording import HISTORY, RECOVERY
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Author, Edit
    from audit_desktop.core.framework import Field
    from audit_desktop.session.history import Difference, HistoryEntry
    from audit_desktop.session.recovering import FoundWork


def rows_of_history(state: AuditState, entries: Iterable[HistoryEntry]) -> list[ChangeRow]:
    """Return a row for each change of an answer, and one for all that was said at once of a thing in a list.

    The subject of a row is the tuple of its entries.
    """
    together: dict[object, list[HistoryEntry]] = {}
    for entry in entries:
        edit = entry.edit
        if not is_kept_by_program(edit.address):
            is_in_list = edit.address.partition("/")[0] in LISTS
            thing = edit.address.rpartition("/")[0]
            together.setdefault((thing, edit.at, edit.author) if is_in_list else edit.id, []).append(entry)
    return [_row_of_entries(state, found) for found in together.values()]


def rows_of_work(addresses: Addresses, found: FoundWork) -> list[ChangeRow]:
    """Return a row for each answer that journals hold and the audit lacks; those that differ from it come first."""
    rows: list[ChangeRow] = []
    for card in found.preview.conflicts:
        field = addresses.field(card.address)
        here = {edit.id for edit in card.mine}
        for edit in card.theirs:
            if field is not None and edit.id not in here:
                before = " | ".join(value_text(addresses, field, one.value) for one in card.mine)
                rows.append(_row(addresses, field, edit, before, RECOVERY.both_stand))
    for change in found.changes:
        field = addresses.field(change.address)
        if field is not None:
            rows.append(
                ChangeRow(
                    where=place_name(addresses, change.address),
                    before=value_text(addresses, field, change.before),
                    after=value_text(addresses, field, change.after),
                    when=HISTORY.when_short(change.at),
                    who=change.author.name,
                    by=_who(change.author),
                )
            )
    return rows


def rows_of_edits(addresses: Addresses, edits: Iterable[Edit]) -> list[ChangeRow]:
    """Return a row for each of `edits`, without what stood there before."""
    rows: list[ChangeRow] = []
    for edit in edits:
        field = addresses.field(edit.address)
        if field is not None and not is_kept_by_program(edit.address):
            rows.append(_row(addresses, field, edit, "", ""))
    return rows


def rows_of_differences(addresses: Addresses, found: Iterable[Difference]) -> list[ChangeRow]:
    """Return a row for each answer that was another one."""
    return [
        ChangeRow(
            where=place_name(addresses, one.address),
            before=value_text(addresses, one.field, one.then),
            after=value_text(addresses, one.field, one.now),
            subject=one,
        )
        for one in found
        if not is_kept_by_program(one.address)
    ]


def _row_of_entries(state: AuditState, entries: list[HistoryEntry]) -> ChangeRow:
    """Return the row of `entries`, which belong to one thing in a list and were made at once, or of a single one."""
    addresses = state.addresses
    edit = entries[0].edit
    list_name = edit.address.partition("/")[0]
    if len(entries) > 1:
        order = [field.id for field in LISTS[list_name]]
        entries.sort(key=lambda one: order.index(one.field.id) if one.field.id in order else len(order))
        where = list_heading(list_name)
        before = "\n".join(f"{one.field.label}: {_before(addresses, one)}" for one in entries if one.before)
        after = "\n".join(f"{one.field.label}: {_after(addresses, one)}" for one in entries)
    else:
        where = place_name(addresses, edit.address)
        if title := item_title(state, edit.address):
            where = HISTORY.of_item.format(place=where, title=title)
        before, after = _before(addresses, entries[0]), _after(addresses, entries[0])
    return ChangeRow(
        where=where,
        before=before or HISTORY.no_answer,
        after=after,
        when=HISTORY.when_short(edit.at),
        who=edit.author.name,
        by=_who(edit.author),
        subject=tuple(entries),
    )


def _row(addresses: Addresses, field: Field, edit: Edit, before: str, note: str) -> ChangeRow:
    return ChangeRow(
        where=place_name(addresses, edit.address),
        before=before,
        after=value_text(addresses, field, edit.value),
        when=HISTORY.when_short(edit.at),
        who=edit.author.name,
        by=_who(edit.author),
        note=note,
    )


def _after(addresses: Addresses, entry: HistoryEntry) -> str:
    return HISTORY.withheld if entry.edit.withheld else value_text(addresses, entry.field, entry.edit.value)


def _before(addresses: Addresses, entry: HistoryEntry) -> str:
    if entry.before_is_withheld:
        return HISTORY.withheld
    if not entry.before:
        return HISTORY.no_answer
    return " | ".join(value_text(addresses, entry.field, value) for value in entry.before)


def _who(author: Author) -> str:
    return FORM.author(author.name, author.role.value, author.organisation)
