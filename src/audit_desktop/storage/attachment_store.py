"""The files attached to one audit, on this computer: each once, by the hash of its bytes.

Journals name attached files, and backups are kept without them: both rely on this store. What is here was synced and
read back before anything mentions it.
"""

from __future__ import annotations

import os
import zlib
from contextlib import closing, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.faults import patiently, writing_fault
from audit_desktop.storage.filesystem import make_lasting_folder
from audit_desktop.storage.zip_format import PIECE, ZipFormatError, read_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem
    from audit_desktop.storage.zip_format import ByteSource

FOLDER: Final = "att/"
"""How the names of a container's entries begin that hold attached files; the rest is the SHA-256 of the bytes."""
DAYS_KEPT: Final = 30
"""How long a file stays here that no backup and no journal needs."""
_DAY: Final = 24 * 60 * 60
_HEX: Final = "0123456789abcdef"


class Kept(NamedTuple):
    """A file in the store: the SHA-256 of its bytes, their CRC-32 and how many there are."""

    digest: str
    crc: int
    size: int


class AttachmentStore:
    """The attached files of one audit, in a folder that only this person can look into. Any thread may use it."""

    def __init__(self, filesystem: Filesystem, clock: Clock, folder: Path) -> None:
        self._filesystem = filesystem
        self._clock = clock
        self.folder = folder

    def has(self, digest: str) -> bool:
        """Return whether there is a file of this SHA-256; its bytes are not looked at."""
        return is_digest(digest) and self._filesystem.exists(self.folder / digest)

    def path(self, digest: str) -> Path:
        """Return where a file of this SHA-256 is, or would be."""
        if not is_digest(digest):
            raise ValueError("not a SHA-256")
        return self.folder / digest

    def put(self, pieces: Iterable[bytes], expected: str | None = None) -> Kept:
        """Return once the bytes in `pieces` are here, safe from a power cut and read back.

        `expected` is the SHA-256 that they should have: others are not kept. Raises `AuditDesktopError` if the disk
        does not take them, with the code `ATTACHMENT_DAMAGED` if they are not as expected.
        """
        temporary = self.folder / f"{os.urandom(8).hex()}.tmp"
        try:
            make_lasting_folder(self._filesystem, self.folder)
            try:
                kept = self._write(temporary, pieces)
                if expected is not None and kept.digest != expected:
                    raise AuditDesktopError(FaultCode.ATTACHMENT_DAMAGED, expected)
                patiently(self._clock, lambda: self._filesystem.replace(temporary, self.folder / kept.digest))
            except BaseException:
                with suppress(OSError):
                    self._filesystem.remove(temporary)
                raise
            self._filesystem.fsync_folder(self.folder)
        except OSError as error:
            raise writing_fault(error, self.folder) from error
        return kept

    def take_in(self, container: ByteSource) -> None:
        """Keep every attached file of `container` that is not here yet; a damaged one is left out.

        Raises `AuditDesktopError` if the disk does not take them, and `ZipFormatError` if it is no container.
        """
        for name, entry in read_directory(container).items():
            digest = name.removeprefix(FOLDER)
            if name.startswith(FOLDER) and is_digest(digest) and not self.has(digest):
                try:
                    self.put(entry.pieces(container), digest)
                except ZipFormatError:
                    continue
                except AuditDesktopError as error:
                    if error.code is not FaultCode.ATTACHMENT_DAMAGED:
                        raise

    def _write(self, temporary: Path, pieces: Iterable[bytes]) -> Kept:
        digest, crc, size = sha256(), 0, 0
        file = self._filesystem.create_exclusive(temporary, is_private=True)
        try:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                crc = zlib.crc32(piece, crc)
                size += len(piece)
            file.fsync()
        finally:
            file.close()
        with closing(patiently(self._clock, lambda: self._filesystem.open_read(temporary))) as written:
            if digest_of(written) != digest.hexdigest():
                raise AuditDesktopError(FaultCode.WRITE_FAILED, str(temporary), reason="verification")
        return Kept(digest.hexdigest(), crc, size)

    def sweep(self, needed: Callable[[], Collection[str]]) -> None:
        """Remove what is older than 30 days and not among the SHA-256 that `needed` returns, and what is half written.

        `needed` is asked only if there is something so old. Whatever it raises is raised, with none of that removed.
        """
        names = self._names()
        for name in names:
            if name.endswith(".tmp"):
                self._remove_older(name, 1)
        old = [name for name in names if is_digest(name) and self._is_older(name, DAYS_KEPT)]
        wanted = needed() if old else ()
        for name in old:
            if name not in wanted:
                # It may have been attached anew meanwhile.
                self._remove_older(name, DAYS_KEPT)

    def digests(self) -> tuple[str, ...]:
        """Return the SHA-256 of every file that is here."""
        return tuple(name for name in self._names() if is_digest(name))

    def _remove_older(self, name: str, days: int) -> None:
        with suppress(OSError):
            if self._is_older(name, days):
                self._filesystem.remove(self.folder / name)

    def _is_older(self, name: str, days: int) -> bool:
        try:
            age = self._clock.now().timestamp() - self._filesystem.stat(self.folder / name).mtime
        except OSError:
            return False
        return age > days * _DAY

    def _names(self) -> list[str]:
        try:
            return self._filesystem.list_folder(self.folder)
        except OSError:
            return []


def is_digest(text: str) -> bool:
    """Return whether `text` is a SHA-256 in small hexadecimal figures, so that it can name a file."""
    return len(text) == 2 * sha256().digest_size and not text.strip(_HEX)


def digest_of(source: ByteSource) -> str:
    """Return the SHA-256 of all bytes of `source`, a piece at a time."""
    digest = sha256()
    for piece in pieces_of(source):
        digest.update(piece)
    return digest.hexdigest()


def pieces_of(source: ByteSource) -> Iterator[bytes]:
    """Yield all bytes of `source`, a piece at a time."""
    for position in range(0, source.size, PIECE):
        yield source.read_at(position, PIECE)
