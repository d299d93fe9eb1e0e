"""Where the bytes of attached files are found when they are wanted: in the store, or in a container that holds them."""

from __future__ import annotations

import zlib
from contextlib import closing, suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import replace
from audit_desktop.storage.attachment_store import FOLDER, pieces_of
from audit_desktop.storage.faults import patiently
from audit_desktop.storage.zip_format import OutsideEntry, ZipFormatError, read_directory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from audit_desktop.storage.attachment_store import AttachmentStore
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import FileStat, Filesystem, ReadableFile
    from audit_desktop.storage.zip_format import EntryPlace


class AttachedBytes:
    """Finds attached files and reads them piece by piece, each proven by the hash that it is named by.

    A place whose bytes turned out not to be as they should is not looked at again.
    """

    def __init__(self, filesystem: Filesystem, clock: Clock, store: AttachmentStore | None, *containers: Path) -> None:
        """Look into the `store` first, then into the `containers`, and last where an entry was read from."""
        self._filesystem = filesystem
        self._clock = clock
        self._store = store
        self._containers = containers
        self._bad: set[tuple[Path, str]] = set()
        self._lost: set[str] = set()
        self._checksums: dict[str, int] = {}
        self._directories: dict[Path, tuple[FileStat, Mapping[str, EntryPlace]]] = {}

    def also_in(self, *containers: Path) -> None:
        """Look into these containers too."""
        self._containers = (*containers, *self._containers)

    def find(self, entry: OutsideEntry) -> OutsideEntry | None:
        """Return `entry` with the size and the checksum that its bytes have; `None` if they are nowhere."""
        digest = entry.name.removeprefix(FOLDER)
        for place in self._places(entry) if digest not in self._lost else ():
            with suppress(OSError, ZipFormatError):
                size, checksum = self._look_at(place, digest)
                checksum = self._checksums.get(digest, checksum)
                if checksum is None and entry.crc is not None and size == entry.size:
                    checksum = entry.crc
                if checksum is not None:
                    return replace(entry, crc=checksum, size=size)
                # Known by its name alone, as after a crash: it has to be read to be described.
                with suppress(AuditDesktopError):
                    for _ in self._proven(place, digest, None):
                        pass
                    return replace(entry, crc=self._checksums[digest], size=size)
        return None

    def is_whole(self, entry: OutsideEntry) -> bool:
        """Return whether the bytes of `entry` are to be had, as it says they are; they are read once."""
        known = self._checksums.get(entry.name.removeprefix(FOLDER))
        if known is not None and entry.crc in (known, None):
            return True
        try:
            for _ in self.pieces(entry):
                pass
        except AuditDesktopError:
            return False
        return True

    def pieces(self, entry: OutsideEntry) -> Iterator[bytes]:
        """Yield the bytes of `entry`, at most a mebibyte at a time.

        Raises `ATTACHMENT_MISSING` if they are nowhere. Raises `ATTACHMENT_DAMAGED` after the last piece if they are
        not as the entry says: nothing of what was yielded may be used then, and another try may find them elsewhere.
        """
        digest = entry.name.removeprefix(FOLDER)
        for place in self._places(entry):
            with suppress(OSError, ZipFormatError):
                self._look_at(place, digest)
                yield from self._proven(place, digest, entry.crc)
                return
        # Whoever tries again must come to an end, even where a place keeps coming and going.
        self._lost.add(digest)
        raise AuditDesktopError(FaultCode.ATTACHMENT_MISSING, digest)

    def _proven(self, place: Path, digest: str, checksum: int | None) -> Iterator[bytes]:
        found, crc = sha256(), 0
        try:
            for piece in self._raw(place, digest):
                found.update(piece)
                crc = zlib.crc32(piece, crc)
                yield piece
        except (OSError, ZipFormatError):
            self._bad.add((place, digest))
            raise AuditDesktopError(FaultCode.ATTACHMENT_DAMAGED, digest) from None
        if found.hexdigest() != digest:
            self._bad.add((place, digest))
            raise AuditDesktopError(FaultCode.ATTACHMENT_DAMAGED, digest)
        self._checksums[digest] = crc
        if checksum is not None and checksum != crc:
            # The container lied about the checksum, not about the bytes: the next try knows better.
            raise AuditDesktopError(FaultCode.ATTACHMENT_DAMAGED, digest)

    def _places(self, entry: OutsideEntry) -> Iterator[Path]:
        digest = entry.name.removeprefix(FOLDER)
        places: list[Path] = []
        if self._store is not None and self._store.has(digest):
            places.append(self._store.path(digest))
        places += self._containers
        if entry.origin is not None:
            places.append(entry.origin)
        for place in dict.fromkeys(places):
            if (place, digest) not in self._bad:
                yield place

    def _is_stored(self, place: Path, digest: str) -> bool:
        return self._store is not None and place == self._store.path(digest)

    def _look_at(self, place: Path, digest: str) -> tuple[int, int | None]:
        """Return the size and, if a container tells it, the checksum of the bytes at `place`."""
        if self._is_stored(place, digest):
            return self._filesystem.stat(place).size, None
        entry = self._entry(place, digest)
        return entry.size, entry.crc

    def _raw(self, place: Path, digest: str) -> Iterator[bytes]:
        entry = None if self._is_stored(place, digest) else self._entry(place, digest)
        with closing(self._open(place)) as source:
            yield from pieces_of(source) if entry is None else entry.pieces(source)

    def _entry(self, container: Path, digest: str) -> EntryPlace:
        """Return where the bytes lie in `container`, whose directory is read again only if the file is another now."""
        now = self._filesystem.stat(container)
        known = self._directories.get(container)
        if known is None or known[0] != now:
            with closing(self._open(container)) as source:
                known = now, read_directory(source)
            self._directories[container] = known
        entry = known[1].get(FOLDER + digest)
        if entry is None:
            raise ZipFormatError("not in this container")
        return entry

    def _open(self, place: Path) -> ReadableFile:
        return patiently(self._clock, lambda: self._filesystem.open_read(place))
