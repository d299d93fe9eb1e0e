"""Audit files: reading one, and writing one so that no power cut, full disk or other writer can cost an answer."""

from __future__ import annotations

from contextlib import closing, contextmanager
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import Record, replace
from audit_desktop.storage.audit_container import (
    OpenedAudit,
    Revision,
    Snapshot,
    decode_source,
)
from audit_desktop.storage.container import LARGEST_FILE
from audit_desktop.storage.faults import patiently, reading_fault, writing_fault
from audit_desktop.storage.zip_format import InMemory, OutsideEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.storage.attachment_store import AttachmentStore
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem
    from audit_desktop.storage.zip_format import ByteSource

SUFFIX: Final = ".audit"
_SMALL: Final = 4 * 1024 * 1024


class SavedAudit(Record):
    """What a save did.

    `path` is where the file really is. `merged` is the audit that was written if the file had been changed by
    somebody else: it holds everything of both. `fault` is set if the file could not be written in its place and
    `path` is a copy beside it or elsewhere. `attached` are the attached files that it holds, by their names in it;
    `missing` the SHA-256 of those that it should hold and whose bytes are nowhere on this computer.
    """

    path: Path
    revision: Revision
    merged: Audit | None = None
    fault: AuditDesktopError | None = None
    attached: Mapping[str, OutsideEntry] = MappingProxyType({})
    missing: tuple[str, ...] = ()


def read_audit(filesystem: Filesystem, clock: Clock, path: Path, is_known_good: Callable[[str], bool]) -> OpenedAudit:
    """Return the audit in the file at `path`; the file is not kept open, and its history is left unread.

    `is_known_good` tells by the SHA-256 of a framework whether it passed the full check before. Raises
    `AuditDesktopError`: `FILE_MISSING`, `FILE_IS_FOLDER`, `FILE_UNREADABLE`, or what `decode_audit` finds.
    """
    with reading(filesystem, clock, path) as source:
        return decode_source(source, str(path), is_known_good, path)


@contextmanager
def reading(filesystem: Filesystem, clock: Clock, path: Path) -> Generator[ByteSource]:
    """Give the bytes of the file at `path`, a small one in memory; raises as `read_audit` does, whatever they mean."""
    try:
        if filesystem.is_folder(path):
            raise AuditDesktopError(FaultCode.FILE_IS_FOLDER, str(path))
        with closing(patiently(clock, lambda: filesystem.open_read(path))) as file:
            if file.size > LARGEST_FILE:
                raise AuditDesktopError(FaultCode.AUDIT_TOO_LARGE, str(path))
            yield InMemory(file.read_at(0, file.size)) if file.size <= _SMALL else file
    except OSError as error:
        raise reading_fault(error, path) from error


def read_audit_bytes(filesystem: Filesystem, clock: Clock, path: Path) -> tuple[bytes, str]:
    """Return the bytes of the file at `path` and their SHA-256; raises as `read_audit` does, whatever they mean."""
    with reading(filesystem, clock, path) as source:
        data = source.read_at(0, source.size)
    return data, sha256(data).hexdigest()


def write_audit(
    filesystem: Filesystem,
    clock: Clock,
    path: Path,
    snapshot: Snapshot,
    base: Revision | None,
    *,
    is_known_good: Callable[[str], bool],
    keep_backup: Callable[[bytes, Revision], None] | None = None,
    may_replace_other: bool = False,
    store: AttachmentStore | None = None,
) -> SavedAudit:
    """Write `snapshot` to `path` and return once the file is whole, proven and safe from a power cut.

    `base` is the revision that was read from or written to `path` last; `None` if there was no file. If the file
    is another revision by now, what it holds is merged in, however often that happens. `keep_backup` is given
    the version that is about to be replaced, without the attached files that `store` has then. `may_replace_other`
    says that a person agreed to replace whatever else is there. The bytes of attached files are looked for in `store`,
    in the file that is there and in that which they were read from.

    Raises `AuditDesktopError` if the file cannot be written, with nothing changed at `path`; `DIFFERENT_AUDIT`,
    `DIFFERENT_FRAMEWORK`, `NOT_AN_AUDIT`, `AUDIT_DAMAGED` or `AUDIT_TOO_NEW` if something is there that cannot be
    merged.
    """
    # An audit is opened without what saving it needs.
    from audit_desktop.storage.one_save import OneSave

    try:
        target = filesystem.resolve(path)
        if filesystem.is_folder(target):
            raise AuditDesktopError(FaultCode.FILE_IS_FOLDER, str(path))
        return OneSave(filesystem, clock, target, is_known_good, keep_backup, store).run(
            snapshot, base, may_replace_other=may_replace_other
        )
    except OSError as error:
        raise writing_fault(error, path) from error


def write_recovered_copy(
    filesystem: Filesystem,
    clock: Clock,
    path: Path,
    snapshot: Snapshot,
    fault: AuditDesktopError,
    other_folders: tuple[Path, ...] = (),
    store: AttachmentStore | None = None,
) -> SavedAudit:
    """Write `snapshot` beside `path` under a name of its own, or else into the first of `other_folders` that takes it.

    This is for when `write_audit` raised `fault`; the file at `path` is left alone. Raises `fault` itself if no
    folder takes the copy.
    """
    at = clock.now().astimezone().strftime("%H-%M")
    for folder in (path.parent, *other_folders):
        for number in ("", *(f" {count}" for count in range(2, 100))):
            copy = folder / f"{path.stem} (recovered copy {at}{number}){path.suffix or SUFFIX}"
            try:
                if filesystem.exists(copy):
                    continue
                saved = write_audit(filesystem, clock, copy, snapshot, None, is_known_good=lambda _: False, store=store)
            except (AuditDesktopError, OSError):
                break
            return replace(saved, fault=fault)
    raise fault
