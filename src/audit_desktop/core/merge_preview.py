"""What a merge would do, in numbers and address by address, before anybody agrees to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_desktop.core.carrying import carry_over
from audit_desktop.core.common_fields import DELETED, LISTS
from audit_desktop.core.merge import Merge, merge_audits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.audit_state import AuditState, SetAside
    from audit_desktop.core.edits import Author, Edit, JsonValue

MOST_REMOVED = 5
LARGEST_SHARE_REMOVED = 0.2


@dataclass(frozen=True, slots=True)
class FieldChange:
    """An answer that the merge changes here: what it was, what it becomes, who wrote that and when."""

    address: str
    before: JsonValue | None
    after: JsonValue | None
    author: Author
    at: str


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """An address that both changed: the newest edits of each side, and what stood there before both.

    `before` is `None` if nothing stood there, or if what stood there is withheld.
    """

    address: str
    mine: tuple[Edit, ...]
    theirs: tuple[Edit, ...]
    before: JsonValue | None


@dataclass(frozen=True, slots=True)
class ListItem:
    """Something that comes in a list."""

    list_name: str
    own_id: str


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do to the audit called mine. `merge` is its result, ready to be taken.

    `new` are answers that come in where there was none; `changed` and `taken_back` are answers that become others or
    go. `same` and `only_mine` count addresses. `removed_there` are items that go, `removed_there_changed_here` and
    `removed_here_changed_there` those that stay although one side removed them. `set_aside` are edits by somebody
    whose role does not own the field: they are kept and not applied. Without `shares_history` the copies never knew
    of each other, and every difference is a conflict. `version` is the newer version of the framework that theirs
    brings along; empty if it brings none.
    """

    merge: Merge
    new: tuple[FieldChange, ...]
    changed: tuple[FieldChange, ...]
    taken_back: tuple[FieldChange, ...]
    same: int
    only_mine: int
    conflicts: tuple[ConflictCard, ...]
    removed_there: tuple[ListItem, ...]
    removed_there_changed_here: tuple[ListItem, ...]
    removed_here_changed_there: tuple[ListItem, ...]
    set_aside: tuple[SetAside, ...]
    shares_history: bool
    removes_much: bool
    version: str = ""

    @property
    def changes_nothing(self) -> bool:
        """Whether mine already has everything that theirs has."""
        return self.merge.new_from_theirs == 0


def preview_merge(mine: Audit, theirs: Audit) -> MergePreview:
    """Return what merging `theirs` into `mine` would do; neither is changed.

    `removes_much` is set if it would take away more than `MOST_REMOVED` items or answers, or more than
    `LARGEST_SHARE_REMOVED` of any list or of the answers: a person must agree to that. Raises `AuditDesktopError` as
    `merge_audits` does.
    """
    merge = merge_audits(mine, theirs)
    version = merge.audit.framework.version
    brings = version if version != mine.framework.version else ""
    # Answers are compared where they stand in the version that both will stand on.
    mine, theirs = (
        audit if audit.framework.version == version else carry_over(audit, merge.audit.framework, b"")
        for audit in (mine, theirs)
    )
    merged = merge.audit.state
    log = merge.audit.log.all()
    lists = {name: _ListChange.of(name, mine.state, theirs.state, merged) for name in LISTS}
    new: list[FieldChange] = []
    changed: list[FieldChange] = []
    taken_back: list[FieldChange] = []
    conflicts: list[ConflictCard] = []
    same = only_mine = answers_here = 0
    for address in _addresses(merged):
        list_change = lists.get(address.partition("/")[0])
        if list_change is not None and list_change.hides(address):
            continue
        before, after = mine.state.value(address), merged.value(address)
        answers_here += before is not None
        if merged.has_conflict(address):
            conflicts.append(_card(address, mine.state, theirs.state, log))
        elif before != after or mine.state.has_conflict(address):
            head = merged.heads(address)[0]
            change = FieldChange(address, before, after, head.author, head.at)
            was_empty = before is None and not mine.state.has_conflict(address)
            (taken_back if after is None else new if was_empty else changed).append(change)
        elif after != theirs.state.value(address):
            only_mine += 1
        elif after is not None:
            same += 1
    known = {aside.edit.id for aside in mine.state.set_aside()}
    return MergePreview(
        merge,
        tuple(new),
        tuple(changed),
        tuple(taken_back),
        same,
        only_mine,
        tuple(conflicts),
        tuple(item for change in lists.values() for item in change.removed_there),
        tuple(item for change in lists.values() for item in change.removed_there_changed_here),
        tuple(item for change in lists.values() for item in change.removed_here_changed_there),
        tuple(aside for aside in merged.set_aside() if aside.edit.id not in known),
        shares_history=merge.in_both > 0 or not (len(mine.log) and len(theirs.log)),
        removes_much=_is_much(len(taken_back), answers_here)
        or sum(len(change.removed_there) for change in lists.values()) > MOST_REMOVED
        or any(_is_much(len(change.removed_there), change.here) for change in lists.values()),
        version=brings,
    )


def value_before(log: Mapping[str, Edit], heads: Iterable[Edit]) -> JsonValue | None:
    """Return what stood at an address before the edits `heads`, which did not know of each other, parted.

    It is `None` if nothing stood there, if several answers did, or if `log` withholds it.
    """
    address = ""
    known: set[str] | None = None
    for head in heads:
        address = head.address
        ancestors = _ancestors(log, head)
        known = ancestors if known is None else known & ancestors
    shared = [log[edit_id] for edit_id in known or () if log[edit_id].address == address]
    replaced = {earlier for edit in shared for earlier in edit.replaces}
    newest = [edit for edit in shared if edit.id not in replaced]
    return newest[0].value if len(newest) == 1 else None


def _ancestors(log: Mapping[str, Edit], edit: Edit) -> set[str]:
    found: set[str] = set()
    waiting = list(edit.replaces)
    while waiting:
        edit_id = waiting.pop()
        if edit_id not in found and edit_id in log:
            found.add(edit_id)
            waiting += log[edit_id].replaces
    return found


def _addresses(state: AuditState) -> Iterator[str]:
    for address in state.all_heads():
        if state.addresses.field(address) is not None:
            yield address


def _card(address: str, mine: AuditState, theirs: AuditState, log: Mapping[str, Edit]) -> ConflictCard:
    here, there = mine.heads(address), theirs.heads(address)
    return ConflictCard(address, here, there, value_before(log, {edit.id: edit for edit in (*here, *there)}.values()))


def _is_much(removed: int, of: int) -> bool:
    return removed > MOST_REMOVED or removed > LARGEST_SHARE_REMOVED * of


@dataclass(frozen=True, slots=True)
class _ListChange:
    """What a merge does to one list."""

    here: int
    present: frozenset[str]
    removed_there: tuple[ListItem, ...]
    removed_there_changed_here: tuple[ListItem, ...]
    removed_here_changed_there: tuple[ListItem, ...]

    @classmethod
    def of(cls, name: str, mine: AuditState, theirs: AuditState, merged: AuditState) -> _ListChange:
        here, there, after = mine.items(name), set(theirs.items(name)), merged.items(name)
        present = frozenset(after)
        return cls(
            len(here),
            present,
            tuple(ListItem(name, own_id) for own_id in here if own_id not in present),
            tuple(
                ListItem(name, own_id)
                for own_id in here
                if own_id in present and own_id not in there and _is_removed(theirs, name, own_id)
            ),
            tuple(ListItem(name, own_id) for own_id in after if own_id not in here and _is_removed(mine, name, own_id)),
        )

    def hides(self, address: str) -> bool:
        """Return whether `address` is told by the item as a whole: its removal, or a field of one that is gone."""
        _, own_id, field_id = address.split("/", 2)
        return field_id == DELETED.id or own_id not in self.present


def _is_removed(state: AuditState, name: str, own_id: str) -> bool:
    return state.value(f"{name}/{own_id}/{DELETED.id}") is True
