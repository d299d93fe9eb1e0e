"""The state of an audit: what its edits say once folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from audit_desktop.core.addresses import Addresses, item_address, statement_address
from audit_desktop.core.answers import fits
from audit_desktop.core.common_fields import DELETED, LISTS, NOT_APPLICABLE
from audit_desktop.core.edits import ABSORBED_KEY, Author, Edit, JsonValue, Role
from audit_desktop.core.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from audit_desktop.core.framework import Field


class SetAside(Record):
    """An edit that is kept and not applied: its author's role does not own the field, or the field cannot hold it."""

    edit: Edit
    field: Field


def may_change(role: Role, field: Field) -> bool:
    """Return whether a person in `role` may change `field`."""
    return field.owner in ("anyone", role.value)


class AuditState:
    """A register for each address that keeps every newest edit: none is ever chosen over another.

    An address whose newest edits say the same has one value; one whose newest edits differ has a conflict.
    Folding is independent of the order of the edits and of how often each comes. What stands elsewhere in this version
    of the framework says nothing where it stood before.
    """

    def __init__(self, addresses: Addresses) -> None:
        self.addresses = addresses
        self._heads: dict[str, tuple[Edit, ...]] = {}
        self._replaced: dict[str, set[str]] = {}
        self._set_aside: dict[str, SetAside] = {}

    @classmethod
    def from_edits(cls, addresses: Addresses, edits: Iterable[Edit]) -> Self:
        """Return the state that all of `edits` say together."""
        state = cls(addresses)
        for edit in edits:
            state.apply(edit)
        return state

    @classmethod
    def from_heads(cls, addresses: Addresses, heads: Mapping[str, tuple[Edit, ...]]) -> Self:
        """Return the state whose newest edits are `heads`; only edits made later may be applied to it.

        Those that their field cannot hold are set aside.
        """
        state = cls(addresses)
        state._heads = dict(heads)
        # Only a file that something else than this program wrote has any: what is always right is passed over by
        # what the addresses end with, so that 20,000 answers cost a few thousandths of a second.
        plain, none = addresses.plain_types(), type(None)
        found = {
            (address.rpartition("/")[2], edit.value.__class__) for address, edits in heads.items() for edit in edits
        }
        suspects = {field_id for field_id, own in found if own is not none and plain.get(field_id) is not own}
        if suspects:
            for address, edits in heads.items():
                if address.rpartition("/")[2] in suspects:
                    state._set_aside_misfits(address, edits)
        return state

    def _set_aside_misfits(self, address: str, edits: tuple[Edit, ...]) -> None:
        field = self.addresses.field(address)
        if field is None:
            return
        misfits = {edit.id for edit in edits if not fits(self.addresses.framework, field, edit.value)}
        if not misfits:
            return
        self._set_aside |= {edit.id: SetAside(edit, field) for edit in edits if edit.id in misfits}
        kept = tuple(edit for edit in edits if edit.id not in misfits)
        if kept:
            self._heads[address] = kept
        else:
            del self._heads[address]

    def apply(self, edit: Edit) -> None:
        """Take `edit` into account. Doing so again changes nothing."""
        field = self.addresses.field(edit.address)
        if field is not None and not (
            may_change(edit.author.role, field) and fits(self.addresses.framework, field, edit.value)
        ):
            self._set_aside[edit.id] = SetAside(edit, field)
            return
        if field is None and self.addresses.was_left(edit.address):
            return
        replaced = self._replaced.setdefault(edit.address, set())
        replaced.update(edit.replaces)
        heads = self._heads.get(edit.address, ())
        if edit.id in replaced or any(head.id == edit.id for head in heads):
            # What was withheld until now may be said by another copy.
            kept = tuple(
                edit if head.withheld and head.id == edit.id else head for head in heads if head.id not in replaced
            )
        else:
            kept = (*(head for head in heads if head.id not in replaced), edit)
        # Ordered by id, so that the same edits in any order give the same state.
        self._heads[edit.address] = tuple(sorted(kept, key=lambda head: head.id)) if len(kept) > 1 else kept

    def heads(self, address: str) -> tuple[Edit, ...]:
        """Return the newest edits of `address`: none if it was never answered, several in a conflict."""
        return self._heads.get(address, ())

    def all_heads(self) -> Mapping[str, tuple[Edit, ...]]:
        """Return the newest edits of every address that has any, those of unknown addresses included."""
        return self._heads

    def value(self, address: str) -> JsonValue | None:
        """Return the answer at `address`; `None` if there is none, or if it is in conflict."""
        heads = self._heads.get(address)
        if not heads:
            return None
        first = heads[0].value
        if len(heads) > 1 and any(head.value != first for head in heads):
            return None
        return first

    def has_conflict(self, address: str) -> bool:
        """Return whether `address` has newest edits that differ."""
        heads = self._heads.get(address, ())
        return any(head.value != heads[0].value for head in heads[1:])

    def conflicts(self) -> Iterator[str]:
        """Yield the addresses in conflict."""
        for address, heads in self._heads.items():
            if len(heads) > 1 and self.has_conflict(address):
                yield address

    def answers(self) -> Iterator[tuple[str, JsonValue]]:
        """Yield each address of this framework that has one value, with the value."""
        for address in self._heads:
            value = self.value(address)
            if value is not None and self.addresses.field(address) is not None:
                yield address, value

    def set_aside(self) -> tuple[SetAside, ...]:
        """Return the edits that are kept and not applied."""
        return tuple(self._set_aside.values())

    def not_applicable(self, statement_id: str) -> str | None:
        """Return why the statement is not applicable, or `None` if it applies."""
        address = statement_address(statement_id, NOT_APPLICABLE.id)
        # Nearly all apply, and whoever counts asks for each of them.
        return self.value(address) if address in self._heads else None

    def items(self, list_name: str) -> list[str]:
        """Return the own ids of the items of a list that are not removed, in the order they were first seen.

        An item removed by one person and edited by another who did not know of it is there again.
        """
        # One pass over the addresses, however many items there are.
        of_items: dict[str, list[Edit]] = {}
        prefix, removal = f"{list_name}/", f"/{DELETED.id}"
        for address, heads in self._heads.items():
            if address.startswith(prefix):
                found = of_items.setdefault(address.split("/", 2)[1], [])
                if not address.endswith(removal):
                    found += heads
        return [own_id for own_id, heads in of_items.items() if self._is_present(list_name, own_id, heads)]

    def _is_present(self, list_name: str, own_id: str, heads: list[Edit]) -> bool:
        removal = item_address(list_name, own_id, DELETED.id)
        known: set[str] = set()
        if self.value(removal) is True:
            known.update(*(head.replaces for head in self.heads(removal)))
        return any(head.value is not None and head.id not in known for head in heads)

    def _item_heads(self, list_name: str, own_id: str) -> Iterator[Edit]:
        prefix = f"{list_name}/{own_id}/"
        for address, heads in self._heads.items():
            if address.startswith(prefix) and not address.endswith(f"/{DELETED.id}"):
                yield from heads

    def make_edit(
        self, address: str, value: JsonValue, *, at: str, author: Author, sitting: str, absorbs: Edit | None = None
    ) -> Edit:
        """Return an edit that replaces everything newest at `address`; it is not applied yet.

        `absorbs` is an edit of the same sitting that was never saved. The new edit replaces what that one replaced,
        and says that it did, so that its absence from the log is no sign of tampering.
        """
        replaces = [head.id for head in self.heads(address)]
        kind, _, rest = address.partition("/")
        own_id, _, field_id = rest.partition("/")
        if kind in LISTS and field_id == DELETED.id:
            # A removal says which answers it knew of: one written meanwhile brings the item back.
            replaces += [head.id for head in self._item_heads(kind, own_id)]
        extra: dict[str, JsonValue] = {}
        if absorbs is not None:
            replaces += absorbs.replaces
            extra[ABSORBED_KEY] = sorted({absorbs.id, *absorbs.extra.get(ABSORBED_KEY, ())})
        return Edit.make(address, value, replaces=tuple(replaces), at=at, author=author, sitting=sitting, extra=extra)
