"""Erasing what this computer keeps of an audit besides its file: only what that file holds as well."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import Record, replace
from audit_desktop.storage.attached_bytes import AttachedBytes
from audit_desktop.storage.attachment_store import FOLDER
from audit_desktop.storage.faults import patiently, reading_fault
from audit_desktop.storage.zip_format import OutsideEntry, ZipFormatError, read_directory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.session.workspace import Workspace

_NOTHING_TO_HAVE = frozenset({FaultCode.AUDIT_DAMAGED, FaultCode.NOT_AN_AUDIT, FaultCode.FILE_EMPTY})


class KeptHere(Record):
    """What this computer keeps of one audit, beside its file.

    `goes` are the files that hold nothing but what the audit's file holds too; among them are `versions` and
    `attached` files, which are counted. `stays` counts the versions, the journals and the attached files that hold
    something which the file lacks, and what could not be removed. `is_in_use` says that a program that runs now has
    work of the audit.
    """

    goes: tuple[Path, ...]
    versions: int
    attached: int
    stays: int
    is_in_use: bool


def kept_here(workspace: Workspace, path: Path) -> KeptHere:
    """Return what this computer keeps of the audit in the file at `path`; nothing is changed.

    Raises `AuditDesktopError` if the file cannot be read whole: nothing can be said to be in it then.
    """
    audit = workspace.read(path).audit
    audit.log.all()
    recovery, backups = workspace.recovery(), workspace.backups()
    if recovery is None or backups is None:
        return KeptHere((), 0, 0, 0, is_in_use=False)
    versions = backups.files(audit.id)
    needless = [file for file in versions if _is_in_file(workspace, file, audit)]
    journals = recovery.needless(audit)
    attached, elsewhere = _attached(workspace, path, audit)
    return KeptHere(
        (*journals.paths, *needless, *attached),
        len(needless),
        len(attached),
        len(versions) - len(needless) + journals.with_work + elsewhere,
        is_in_use=journals.is_in_use,
    )


def erase_from_this_computer(workspace: Workspace, path: Path) -> KeptHere:
    """Remove what this computer keeps of the audit in the file at `path`, and the file holds too; say what that was.

    Raises as `kept_here` does, with nothing removed.
    """
    kept = kept_here(workspace, path)
    left = 0
    for file in kept.goes:
        try:
            with suppress(FileNotFoundError):
                workspace.filesystem.remove(file)
        except OSError:
            left += 1
    for folder in dict.fromkeys(file.parent for file in kept.goes):
        # It may not be back after a power cut.
        with suppress(OSError):
            workspace.filesystem.fsync_folder(folder)
    return replace(kept, stays=kept.stays + left)


def _is_in_file(workspace: Workspace, version: Path, audit: Audit) -> bool:
    """Return whether `audit` has every edit of a version that was put by, or nobody can read any of it."""
    try:
        held = workspace.decode(workspace.filesystem.read_bytes(version), str(version)).audit.log.all()
    except AuditDesktopError as error:
        return error.code in _NOTHING_TO_HAVE
    except OSError:
        return False
    return held.keys() <= audit.log.all().keys()


def _attached(workspace: Workspace, path: Path, audit: Audit) -> tuple[list[Path], int]:
    """Return the attached files kept here that the file at `path` holds whole, and how many it does not hold."""
    store = workspace.attachment_store(audit.id)
    digests = store.digests() if store is not None else ()
    if store is None or not digests:
        return [], 0
    whole = set(_whole_in_file(workspace, path))
    found = [store.path(digest) for digest in digests if digest in whole]
    return found, len(digests) - len(found)


def _whole_in_file(workspace: Workspace, path: Path) -> Iterator[str]:
    """Yield the SHA-256 of every attached file that the file at `path` holds, once its bytes were read."""
    try:
        with closing(patiently(workspace.clock, lambda: workspace.filesystem.open_read(path))) as file:
            names = [name for name in read_directory(file) if name.startswith(FOLDER)]
    except OSError as error:
        raise reading_fault(error, path) from error
    except ZipFormatError:
        return
    found = AttachedBytes(workspace.filesystem, workspace.clock, None, path)
    for name in names:
        if found.is_whole(OutsideEntry(name, None, 0)):
            yield name.removeprefix(FOLDER)
