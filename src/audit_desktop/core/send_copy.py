"""A copy of an audit to send: the same answers, and nothing of what they said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.attachments import BYTES_PREFIX, MISSING_PREFIX, listed_digests
from audit_desktop.core.audit import Audit
from audit_desktop.core.common_fields import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Edit


def without_earlier_wording(audit: Audit) -> Audit:
    """Return a copy of `audit` that holds only what its answers say now; `audit` is not changed.

    Of every edit that was replaced, and of what stood in items that were removed, the copy says who made it, when and
    where, and its id instead of what it said: the copy merges with the full one as if it had everything, and the full
    one loses nothing. Both sides of a conflict stand, and so do edits that are set aside. Whoever guesses a
    withheld text exactly, with the moment it was written, could tell from the id that the guess is right. Attached
    files that the copy does not list are not in it either.
    """
    spoken = {edit.id for edit in _current(audit.state)}
    edits = (edit if edit.id in spoken else edit.without_value() for edit in audit.log.all().values())
    copy = Audit.from_edits(audit.id, audit.framework, audit.framework_source, edits)
    listed = listed_digests(copy.state.all_heads())
    copy.extra = {
        key: value
        for key, value in audit.extra.items()
        if not key.startswith((BYTES_PREFIX, MISSING_PREFIX)) or key.rpartition("/")[2] in listed
    }
    return copy


def _current(state: AuditState) -> Iterator[Edit]:
    present = {name: set(state.items(name)) for name in LISTS}
    for address, heads in state.all_heads().items():
        kind, _, rest = address.partition("/")
        own_id, _, field_id = rest.partition("/")
        is_removed = kind in present and own_id not in present[kind] and field_id != "deleted"
        for head in heads:
            # Only a removal that knew of an answer stands for it in the copy.
            if not (is_removed and _is_known_to_removal(state, kind, own_id, head)):
                yield head
    for aside in state.set_aside():
        yield aside.edit


def _is_known_to_removal(state: AuditState, kind: str, own_id: str, head: Edit) -> bool:
    return any(head.id in removal.replaces for removal in state.heads(f"{kind}/{own_id}/deleted"))
