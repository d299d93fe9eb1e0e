"""Changes as rows of the table: what people read of edits, of lost work and of differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.ui.history.change_table import ChangeRow
from audit_desktop.ui.history.place_names import place_name, value_text
from audit_desktop.ui.safety_wording import HISTORY, RECOVERY
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.edits import Author, Edit
    from audit_desktop.core.framework import Field
    from audit_desktop.session.history import Difference, HistoryEntry
    from audit_desktop.session.recovering import FoundWork


def rows_of_history(addresses: Addresses, entries: Iterable[HistoryEntry]) -> list[ChangeRow]:
    """Return a row for each change of an answer."""
    return [
        ChangeRow(
            where=place_name(addresses, entry.edit.address),
            before=_before(addresses, entry),
            after=HISTORY.withheld if entry.edit.withheld else value_text(addresses, entry.field, entry.edit.value),
            when=HISTORY.when_short(entry.edit.at),
            who=entry.edit.author.name,
            by=_who(entry.edit.author),
            subject=entry,
        )
        for entry in entries
    ]


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
        if field is not None:
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
    ]


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


def _before(addresses: Addresses, entry: HistoryEntry) -> str:
    if entry.before_is_withheld:
        return HISTORY.withheld
    if not entry.before:
        return HISTORY.no_answer
    return " | ".join(value_text(addresses, entry.field, value) for value in entry.before)


def _who(author: Author) -> str:
    return FORM.author(author.name, author.role.value, author.organisation)
