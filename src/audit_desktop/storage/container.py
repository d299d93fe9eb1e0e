"""The container that an audit's file is: its entries, each proven by the manifest, and the first look at one."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.strict_json import load_object
from audit_desktop.storage.attachment_store import FOLDER as ATTACHED
from audit_desktop.storage.attachment_store import is_digest
from audit_desktop.storage.document_entry import DOCUMENT_NAME, DocumentEntry
from audit_desktop.storage.history import HISTORY_NAME, History
from audit_desktop.storage.manifest import FORMAT, MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME, EntryMark, Manifest
from audit_desktop.storage.zip_format import (
    InMemory,
    OutsideEntry,
    ZipEntry,
    ZipFormatError,
    peek_first_entries,
    read_directory,
    zip_parts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from audit_desktop.storage.attachment_store import AttachmentStore
    from audit_desktop.storage.zip_format import ByteSource

FRAMEWORK_NAME: Final = "framework.json"
LARGEST_FILE: Final = 300 * 1024 * 1024
MANIFEST_WITHIN: Final = 1024 * 1024
"""As much of the start of a file has its manifest, with as many attached files as there may be."""
_LARGEST_PART: Final = 64 * 1024 * 1024
_LOOK: Final = 256 * 1024
_OWN_NAMES: Final = (MIMETYPE_NAME, MANIFEST_NAME, DOCUMENT_NAME, FRAMEWORK_NAME, HISTORY_NAME)
# Keys of `Audit.extra`: what a newer version of the program added is carried from file to file under these.
ENTRY_KEY, MANIFEST_KEY, DOCUMENT_KEY = "entry:", "manifest:", "document:"
MISSING_KEY: Final = "missing:"
"""Under this stand attached files that the manifest of a file names and the file lacks."""


def peek_manifest(start: bytes) -> Manifest | None:
    """Return the manifest in the `start` of a file, or `None` if it is no audit. A hint, checked by nothing."""
    entry = peek_first_entries(start).get(MANIFEST_NAME)
    if entry is None:
        return None
    try:
        return Manifest.from_json(load_object(entry.unpack(), MANIFEST_NAME))
    except (AuditDesktopError, ZipFormatError, KeyError, TypeError, ValueError, AttributeError):
        return None


class Container:
    """The entries of one file, each checked against the manifest when it is asked for."""

    def __init__(self, entries: Mapping[str, ZipEntry | OutsideEntry], manifest: Manifest, place: str) -> None:
        self._entries = entries
        self.manifest = manifest
        self._place = place

    @classmethod
    def open(cls, data: bytes, place: str) -> Self:
        """Return the container in `data`; raises `AuditDesktopError` if it is none of ours."""
        return cls.read(InMemory(data), place)

    @classmethod
    def read(cls, source: ByteSource, place: str, origin: Path | None = None) -> Self:
        """Return the container in `source`, with its attached files left where they are if `origin` says where.

        Raises `AuditDesktopError` if it is none of ours.
        """
        if not source.size:
            raise AuditDesktopError(FaultCode.FILE_EMPTY, place)
        if source.size > LARGEST_FILE:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_LARGE, place)
        try:
            places = read_directory(source)
        except ZipFormatError as error:
            raise _no_container(source, place, error) from None
        entries = {
            name: OutsideEntry(name, entry.crc, entry.size, origin)
            if origin is not None and is_attached(name)
            else entry.read(source)
            for name, entry in places.items()
        }
        mimetype, first = entries.get(MIMETYPE_NAME), entries.get(MANIFEST_NAME)
        if not isinstance(first, ZipEntry) or not isinstance(mimetype, ZipEntry) or mimetype.packed != MIMETYPE:
            raise AuditDesktopError(FaultCode.NOT_AN_AUDIT, place, looks_like=_looks_like(source))
        if first.size > _LARGEST_PART:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_LARGE, place)
        try:
            manifest = Manifest.from_json(load_object(first.unpack(), place))
        except (ZipFormatError, KeyError, TypeError, ValueError, AttributeError, AuditDesktopError) as error:
            raise AuditDesktopError(
                FaultCode.AUDIT_DAMAGED, place, entry=MANIFEST_NAME, problem=f"{type(error).__name__}: {error}"
            ) from None
        return cls(entries, manifest, place)

    @property
    def is_newer(self) -> bool:
        """Whether this program must not write the file."""
        return self.manifest.min_reader > FORMAT

    def content(self, name: str) -> bytes:
        """Return an entry's bytes; raises `AUDIT_DAMAGED` if it is missing or not what the manifest says."""
        entry, mark = self._entries.get(name), self.manifest.entries.get(name)
        if not isinstance(entry, ZipEntry) or mark is None:
            raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, self._place, entry=name, problem="missing")
        if entry.size > _LARGEST_PART:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_LARGE, self._place, entry=name)
        try:
            content = entry.unpack()
        except ZipFormatError as error:
            raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, self._place, entry=name, problem=error.problem) from None
        if sha256(content).hexdigest() != mark.sha256:
            raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, self._place, entry=name, problem="checksum")
        return content

    def document(self) -> DocumentEntry | None:
        """Return the newest edits, or `None` if that entry is missing or damaged."""
        try:
            return DocumentEntry(load_object(self.content(DOCUMENT_NAME), DOCUMENT_NAME))
        except AuditDesktopError as error:
            if error.code is FaultCode.AUDIT_TOO_LARGE:
                raise
            return None
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            return None

    def history(self) -> History:
        """Return the history, unread."""
        entry, mark = self._entries.get(HISTORY_NAME), self.manifest.entries.get(HISTORY_NAME)
        if not isinstance(entry, ZipEntry) or mark is None:
            raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, self._place, entry=HISTORY_NAME, problem="missing")
        return History(entry, mark.sha256, self.manifest.history_count, self._place)

    def carried(self) -> dict[str, object]:
        """Return what this program does not know, under the keys by which `lay_out` finds it again.

        Attached files that the manifest names and the container lacks are among them: their bytes may be elsewhere.
        """
        carried: dict[str, object] = {MANIFEST_KEY + key: value for key, value in self.manifest.extra.items()}
        for name, entry in self._entries.items():
            if name not in _OWN_NAMES:
                mark = self.manifest.entries.get(name)
                # One that nothing vouches for and that does not unpack is nothing that could be carried.
                with suppress(ZipFormatError):
                    carried[ENTRY_KEY + name] = (entry, mark or _mark_of(entry))
        for name, mark in self.manifest.entries.items():
            if is_attached(name) and name not in self._entries:
                carried[MISSING_KEY + name] = mark
        return carried


def is_attached(name: str) -> bool:
    """Return whether the entry `name` holds an attached file."""
    return name.startswith(ATTACHED) and is_digest(name.removeprefix(ATTACHED))


def without_attachments(source: ByteSource) -> bytes:
    """Return the container `source` without the bytes of its attached files, which its manifest still names.

    A container that has none is returned as it is. Raises `ZipFormatError` if it is no container.
    """
    places = read_directory(source)
    if not any(map(is_attached, places)):
        return source.read_at(0, source.size)
    entries = (place.read(source) for name, place in places.items() if not is_attached(name))
    return b"".join(part for part in zip_parts(entries) if isinstance(part, bytes))


def version_to_put_by(source: ByteSource, store: AttachmentStore | None) -> bytes:
    """Return what a backup keeps of the file `source`: all of it, but attached files in `store`, each once.

    Raises `AuditDesktopError` if the store does not take them, and `ZipFormatError` if it is no container.
    """
    if store is None:
        return source.read_at(0, source.size)
    store.take_in(source)
    return without_attachments(source)


def _mark_of(entry: ZipEntry | OutsideEntry) -> EntryMark:
    if isinstance(entry, ZipEntry):
        return EntryMark(sha256(entry.unpack()).hexdigest(), entry.size)
    return EntryMark(entry.name.removeprefix(ATTACHED), entry.size)


def _no_container(source: ByteSource, place: str, error: ZipFormatError) -> AuditDesktopError:
    if error.is_too_large:
        return AuditDesktopError(FaultCode.AUDIT_TOO_LARGE, place, problem=error.problem)
    # Our files begin with an entry of this name, so even a cut one is told from other people's.
    start = source.read_at(0, 128)
    if error.is_zip and start[30:38] == MIMETYPE_NAME.encode() and MIMETYPE in start:
        return AuditDesktopError(FaultCode.AUDIT_DAMAGED, place, entry="", problem=error.problem)
    return AuditDesktopError(FaultCode.NOT_AN_AUDIT, place, looks_like=_looks_like(source))


def _looks_like(source: ByteSource) -> str:
    """Return what else the file seems to be, or an empty text."""
    start = source.read_at(0, _LOOK)
    if start.startswith(b"PK"):
        # The names stand at the end too, in the directory.
        data = start + source.read_at(max(0, source.size - _LOOK), _LOOK)
        if b"word/document.xml" in data:
            return "word"
        return "excel" if b"xl/workbook.xml" in data else "zip"
    if start.startswith(b"%PDF"):
        return "pdf"
    return "old-word" if start.startswith(b"\xd0\xcf\x11\xe0") else ""
