"""Other copies of an audit in its own folder: what cloud folders, mail and interrupted saves leave beside it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.audit_files import SUFFIX, read_audit
from audit_desktop.storage.container import peek_manifest
from audit_desktop.storage.file_writing import temporary_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Edit
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem

_FIRST_LOOK: Final = 256 * 1024
_MOST_LOOKED_AT: Final = 500
_SWEPT_AFTER: Final = 24 * 60 * 60
_TEMPORARY: Final = re.compile(r"~\$.+\.[0-9a-f]{16}\.tmp\Z")


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another copy of the same audit that says something else.

    `is_leftover` says that it is no file of a person's but what a save that was cut short left behind.
    """

    path: Path
    doc_rev: str
    is_leftover: bool


def find_siblings(filesystem: Filesystem, path: Path, audit_id: str, doc_rev: str) -> tuple[Sibling, ...]:
    """Return the other copies of the audit beside `path` whose `doc_rev` differs. Only their first part is read.

    What tells them apart is the audit's id, never a name. A folder that cannot be read has none.
    """
    try:
        target = filesystem.resolve(path)
        names = filesystem.list_folder(target.parent)
    except OSError:
        return ()
    candidates = [name for name in names if name != target.name and (name.endswith(SUFFIX) or _TEMPORARY.match(name))]
    # Those with a name like ours first: in a folder of thousands it is they that matter.
    candidates.sort(key=lambda name: target.stem not in name)
    siblings: list[Sibling] = []
    for name in candidates[:_MOST_LOOKED_AT]:
        with suppress(OSError):
            manifest = peek_manifest(filesystem.read_start(target.parent / name, _FIRST_LOOK))
            if manifest is not None and manifest.audit_id == audit_id and manifest.doc_rev != doc_rev:
                siblings.append(Sibling(target.parent / name, manifest.doc_rev, bool(_TEMPORARY.match(name))))
    return tuple(siblings)


def has_news(
    filesystem: Filesystem, clock: Clock, sibling: Sibling, audit: Audit, is_known_good: Callable[[str], bool]
) -> bool:
    """Return whether `sibling` holds edits that `audit` lacks; `False` too if it cannot be read."""
    try:
        return _has_others(filesystem, clock, sibling.path, audit.log.all(), is_known_good)
    except AuditDesktopError:
        return False


def sweep_leftovers(
    filesystem: Filesystem, clock: Clock, path: Path, audit: Audit, is_known_good: Callable[[str], bool]
) -> None:
    """Remove what saves of the file at `path` that were cut short left beside it, a day later.

    Anything that holds edits which `audit` lacks stays, and so does what belongs to another audit, and what cannot be
    read now. Raises `AuditDesktopError` if the history of `audit` is damaged.
    """
    known = audit.log.all()
    try:
        target = filesystem.resolve(path)
        names = filesystem.list_folder(target.parent)
    except OSError:
        return
    now = clock.now().timestamp()
    for name in names:
        if not (name.startswith(temporary_prefix(target)) and _TEMPORARY.match(name)):
            continue
        leftover = target.parent / name
        with suppress(OSError):
            if now - filesystem.stat(leftover).mtime <= _SWEPT_AFTER:
                continue
            manifest = peek_manifest(filesystem.read_start(leftover, _FIRST_LOOK))
            if manifest is not None:
                if manifest.audit_id != audit.id:
                    continue
                try:
                    if _has_others(filesystem, clock, leftover, known, is_known_good):
                        continue
                except AuditDesktopError as error:
                    if error.code is not FaultCode.AUDIT_DAMAGED:
                        continue
            filesystem.remove(leftover)


def _has_others(
    filesystem: Filesystem, clock: Clock, path: Path, known: Mapping[str, Edit], is_known_good: Callable[[str], bool]
) -> bool:
    """Return whether the file at `path` holds edits that are not `known`; raises as `read_audit` does."""
    return bool(read_audit(filesystem, clock, path, is_known_good).audit.log.all().keys() - known.keys())
