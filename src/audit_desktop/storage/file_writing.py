"""Writing whole files: each under a name of its own first, synced, read back, and only then where it belongs."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.attachment_store import digest_of
from audit_desktop.storage.faults import patiently, writing_fault
from audit_desktop.storage.zip_format import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem

_LONGEST_STEM: Final = 40


def temporary_name(path: Path) -> Path:
    """Return a name beside `path` that no file ever had; cloud folders leave names of this form alone."""
    return path.with_name(f"{temporary_prefix(path)}{os.urandom(8).hex()}.tmp")


def temporary_prefix(path: Path) -> str:
    """Return how the temporary names for `path` begin; cut off, so that a long name does not get too long."""
    return f"~${path.stem.encode('utf-8')[:_LONGEST_STEM].decode('utf-8', 'ignore')}."


def aside_for_damaged(filesystem: Filesystem, clock: Clock, path: Path) -> Path:
    """Return a free name beside `path` for the file that is there and is damaged."""
    from audit_desktop.core.file_names import free_path

    at = clock.now().astimezone().strftime("%H-%M")
    return free_path(path.parent, f"{path.stem} (damaged {at})", path.suffix, filesystem.exists)


def write_verified(
    filesystem: Filesystem, clock: Clock, path: Path, pieces: Iterable[bytes], *, is_private: bool = False
) -> str:
    """Write `pieces` to the new file `path`; return their SHA-256 once they were read back and are as they should be.

    The name in the folder is not safe from a power cut before `fsync_folder`. Raises `OSError`, or
    `AuditDesktopError` if what was read back differs; whatever was written is removed then.
    """
    digest = sha256()
    try:
        file = filesystem.create_exclusive(path, is_private=is_private)
        try:
            for piece in _joined(pieces):
                file.write(piece)
                digest.update(piece)
            file.fsync()
        finally:
            file.close()
        with closing(patiently(clock, lambda: filesystem.open_read(path))) as written:
            if digest_of(written) != digest.hexdigest():
                raise AuditDesktopError(FaultCode.WRITE_FAILED, str(path), reason="verification")
    except FileExistsError:
        raise
    except BaseException:
        with suppress(OSError):
            filesystem.remove(path)
        raise
    return digest.hexdigest()


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces that are worth a call of the system each."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def write_new_file(
    filesystem: Filesystem, clock: Clock, path: Path, data: bytes | Iterable[bytes], *, may_replace: bool = False
) -> None:
    """Write any document, such as an export, whole or not at all; raises `AuditDesktopError` if that fails.

    `FILE_EXISTS` is raised if there is a file already, unless a person agreed that it `may_replace` it.
    """
    try:
        target = filesystem.resolve(path)
        if filesystem.is_folder(target):
            raise AuditDesktopError(FaultCode.FILE_IS_FOLDER, str(path))
        temporary = temporary_name(target)
        write_verified(filesystem, clock, temporary, (data,) if isinstance(data, bytes) else data)
        try:
            if may_replace:
                patiently(clock, lambda: filesystem.replace(temporary, target))
            else:
                filesystem.move_without_overwrite(temporary, target)
        except BaseException:
            with suppress(OSError):
                filesystem.remove(temporary)
            raise
        filesystem.fsync_folder(target.parent)
    except OSError as error:
        raise writing_fault(error, path) from error
