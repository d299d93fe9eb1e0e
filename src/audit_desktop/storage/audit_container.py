"""An audit as the bytes of its file, and back: which entries there are and what they mean."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self, cast

from audit_desktop import __version__
from audit_desktop.core.addresses import Addresses
from audit_desktop.core.audit import Audit, EditLog
from audit_desktop.core.audit_state import AuditState
from audit_desktop.core.edits import edits_by_id
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.framework import Framework
from audit_desktop.core.merge import in_log_order
from audit_desktop.core.record import Record
from audit_desktop.core.strict_json import load_object
from audit_desktop.storage.document_entry import DOCUMENT_NAME, DocumentEntry, document_text
from audit_desktop.storage.history import HISTORY_NAME, History, history_text
from audit_desktop.storage.manifest import FORMAT, MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME, EntryMark, Manifest
from audit_desktop.storage.zip_format import (
    ZipEntry,
    ZipFormatError,
    pack,
    peek_first_entries,
    read_zip,
    write_zip,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from audit_desktop.core.edits import Edit

FRAMEWORK_NAME: Final = "framework.json"
LARGEST_FILE: Final = 300 * 1024 * 1024
_LARGEST_PART: Final = 64 * 1024 * 1024
_OWN_NAMES: Final = (MIMETYPE_NAME, MANIFEST_NAME, DOCUMENT_NAME, FRAMEWORK_NAME, HISTORY_NAME)
# Measured: level 6 takes half a millisecond longer than level 1 for a filled audit, and makes a tenth less.
_LEVEL: Final = 6
# Keys of `Audit.extra`: what a newer version of the program added is carried from file to file under these.
_ENTRY_KEY, _MANIFEST_KEY, _DOCUMENT_KEY = "entry:", "manifest:", "document:"


class Revision(Record):
    """One version of a file: the SHA-256 of its bytes, and the `doc_rev` of what it says."""

    sha256: str
    doc_rev: str
    size: int


class OpenedAudit(Record):
    """An audit as it was read from a file.

    `is_read_only` says that a newer version of the program wrote the file in a way that this one would harm.
    `was_rebuilt` says that the quick summary in the file was damaged, and the audit was made from its history.
    `framework_was_checked` says that the framework was not known good and passed the full check just now.
    """

    audit: Audit
    revision: Revision
    framework_sha256: str
    is_read_only: bool = False
    was_rebuilt: bool = False
    framework_was_checked: bool = False
    summary: Mapping[str, tuple[Edit, ...]] | None = None
    """The newest edits as the file's summary has them, which `rebuild_if_different` compares with the history."""


class Snapshot(Record):
    """What one save writes: it stays as it is while the audit goes on changing, so another thread may write it."""

    audit_id: str
    framework: Framework
    framework_source: bytes
    earlier: Callable[[], list[Edit]]
    later: tuple[Edit, ...]
    heads: Mapping[str, tuple[Edit, ...]]
    set_aside: tuple[Edit, ...]
    extra: Mapping[str, object]

    @classmethod
    def of(cls, audit: Audit) -> Self:
        """Return what `audit` says now. This is quick: nothing is read or put in order yet."""
        return cls(
            audit_id=audit.id,
            framework=audit.framework,
            framework_source=audit.framework_source,
            earlier=cast("Callable[[], list[Edit]]", audit.log.earlier),
            later=audit.log.later(),
            heads=dict(audit.state.all_heads()),
            set_aside=tuple(aside.edit for aside in audit.state.set_aside()),
            extra=dict(audit.extra),
        )

    def history(self) -> tuple[bytes, int]:
        """Return the lines of the history and how many there are."""
        if isinstance(self.earlier, History):
            return self.earlier.text_with(self.later)
        union = edits_by_id(self.earlier(), self.later)
        return history_text(sorted(union.values(), key=in_log_order)), len(union)

    def to_audit(self) -> Audit:
        """Return an audit of its own that says the same, made from its whole history."""
        edits = edits_by_id(self.earlier(), self.later)
        audit = Audit.from_edits(self.audit_id, self.framework, self.framework_source, edits.values())
        audit.extra = dict(self.extra)
        return audit

    def doc_rev(self) -> str:
        """Return the digest of what is said: equal for two copies exactly if they hold the same newest edits.

        An edit's id covers the ids of those that it replaces, so the newest ones stand for the whole history.
        """
        ids = sorted(edit.id for edits in (*self.heads.values(), self.set_aside) for edit in edits)
        return sha256("\n".join((sha256(self.framework_source).hexdigest(), *ids)).encode("ascii")).hexdigest()


def encode_audit(snapshot: Snapshot, parent_revs: tuple[str, ...] = ()) -> tuple[bytes, Revision]:
    """Return the bytes of the file that says what `snapshot` says, and which revision it is.

    The same snapshot and parents give the same bytes.
    """
    history, count = snapshot.history()
    carried = _with_prefix(snapshot.extra, _ENTRY_KEY)
    contents = {
        DOCUMENT_NAME: document_text(snapshot.heads, snapshot.set_aside, _with_prefix(snapshot.extra, _DOCUMENT_KEY)),
        FRAMEWORK_NAME: snapshot.framework_source,
        HISTORY_NAME: history,
    }
    marks = {name: EntryMark(sha256(data).hexdigest(), len(data)) for name, data in contents.items()}
    others = [entry for _, (entry, _) in sorted(cast("dict[str, tuple[ZipEntry, EntryMark]]", carried).items())]
    marks |= {name: mark for name, (_, mark) in sorted(cast("dict[str, tuple[ZipEntry, EntryMark]]", carried).items())}
    doc_rev = snapshot.doc_rev()
    manifest = Manifest(
        audit_id=snapshot.audit_id,
        doc_rev=doc_rev,
        parent_revs=tuple(sorted({rev for rev in parent_revs if rev != doc_rev})),
        app=__version__,
        framework_id=snapshot.framework.id,
        framework_version=snapshot.framework.version,
        framework_sha256=marks[FRAMEWORK_NAME].sha256,
        history_count=count,
        entries=marks,
        extra=_with_prefix(snapshot.extra, _MANIFEST_KEY),
    )
    data = write_zip(
        (
            pack(MIMETYPE_NAME, MIMETYPE, level=0),
            # Stored, so that a look at the start of the file tells which audit it is.
            pack(MANIFEST_NAME, manifest.to_bytes(), level=0),
            *(pack(name, content, level=_LEVEL) for name, content in contents.items()),
            *others,
        )
    )
    return data, Revision(sha256(data).hexdigest(), doc_rev, len(data))


def decode_audit(data: bytes, place: str, is_known_good: Callable[[str], bool]) -> OpenedAudit:
    """Return the audit in the file `data`; `place` names the file in a fault.

    The history is left unread. `is_known_good` tells by the SHA-256 of a framework whether it passed the full
    check before. Raises `AuditDesktopError`: `FILE_EMPTY`, `NOT_AN_AUDIT`, `AUDIT_DAMAGED`, `AUDIT_TOO_LARGE`,
    `AUDIT_TOO_NEW`, or what the framework's check finds.
    """
    container = Container.open(data, place)
    try:
        framework_source = container.content(FRAMEWORK_NAME)
        digest = container.manifest.entries[FRAMEWORK_NAME].sha256
        is_known = is_known_good(digest)
        framework = build_framework(framework_source, f"{place}: {FRAMEWORK_NAME}", is_known=is_known)
        history = container.history()
        addresses = Addresses(framework)
        document = container.document()
        if document is not None:
            state = AuditState.from_heads(addresses, document.heads)
            for edit in document.set_aside:
                state.apply(edit)
        else:
            state = AuditState.from_edits(addresses, history())
    except AuditDesktopError:
        if container.is_newer:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_NEW, place, app=container.manifest.app) from None
        raise
    extra = container.carried()
    if document is not None:
        extra |= {_DOCUMENT_KEY + key: value for key, value in document.extra.items()}
    audit = Audit(
        container.manifest.audit_id, framework, framework_source, EditLog(history, history.count), state, extra
    )
    return OpenedAudit(
        audit,
        Revision(sha256(data).hexdigest(), container.manifest.doc_rev, len(data)),
        digest,
        is_read_only=container.is_newer,
        was_rebuilt=document is None,
        framework_was_checked=not is_known,
        summary=document.heads if document is not None else None,
    )


def rebuild_if_different(opened: OpenedAudit) -> Audit | None:
    """Return `None` if the summary in the file agrees with its history, and else the audit that the history makes.

    This reads and proves the whole history: call it after the window is there, on another thread. Raises
    `AuditDesktopError` if the history is damaged.
    """
    audit = opened.audit
    edits = cast("Callable[[], list[Edit]]", audit.log.earlier)()
    rebuilt = Audit.from_edits(audit.id, audit.framework, audit.framework_source, edits)
    # The audit itself may have been changed meanwhile; the summary is what it was when the file was read.
    if opened.summary == rebuilt.state.all_heads():
        return None
    rebuilt.extra = dict(audit.extra)
    return rebuilt


def peek_manifest(start: bytes) -> Manifest | None:
    """Return the manifest in the first kilobytes of a file, or `None` if it is no audit. A hint, checked by nothing."""
    entry = peek_first_entries(start).get(MANIFEST_NAME)
    if entry is None:
        return None
    try:
        return Manifest.from_json(load_object(entry.unpack(), MANIFEST_NAME))
    except (AuditDesktopError, ZipFormatError, KeyError, TypeError, ValueError, AttributeError):
        return None


class Container:
    """The entries of one file, each checked against the manifest when it is asked for."""

    def __init__(self, entries: dict[str, ZipEntry], manifest: Manifest, place: str) -> None:
        self._entries = entries
        self.manifest = manifest
        self._place = place

    @classmethod
    def open(cls, data: bytes, place: str) -> Self:
        """Return the container in `data`; raises `AuditDesktopError` if it is none of ours."""
        if not data:
            raise AuditDesktopError(FaultCode.FILE_EMPTY, place)
        if len(data) > LARGEST_FILE:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_LARGE, place)
        try:
            entries = read_zip(data)
        except ZipFormatError as error:
            raise _no_container(data, place, error) from None
        if MANIFEST_NAME not in entries or MIMETYPE_NAME not in entries or entries[MIMETYPE_NAME].packed != MIMETYPE:
            raise AuditDesktopError(FaultCode.NOT_AN_AUDIT, place, looks_like=_looks_like(data))
        if entries[MANIFEST_NAME].size > _LARGEST_PART:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_LARGE, place)
        try:
            manifest = Manifest.from_json(load_object(entries[MANIFEST_NAME].unpack(), place))
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
        if entry is None or mark is None:
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
        if entry is None or mark is None:
            raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, self._place, entry=HISTORY_NAME, problem="missing")
        return History(entry, mark.sha256, self.manifest.history_count, self._place)

    def carried(self) -> dict[str, object]:
        """Return what this program does not know, under the keys by which `encode_audit` finds it again."""
        carried: dict[str, object] = {_MANIFEST_KEY + key: value for key, value in self.manifest.extra.items()}
        for name, entry in self._entries.items():
            if name not in _OWN_NAMES:
                mark = self.manifest.entries.get(name)
                carried[_ENTRY_KEY + name] = (entry, mark or EntryMark(sha256(entry.unpack()).hexdigest(), entry.size))
        return carried


def build_framework(source: bytes, place: str, *, is_known: bool) -> Framework:
    """Return the framework in `source`, checked in full unless it `is_known` to be good.

    Raises `ManyFaultsError` with all that the check finds.
    """
    if is_known:
        return Framework.build(json.loads(source))
    from audit_desktop.core.framework_check import check_framework

    return check_framework(source, place)


def _with_prefix(extra: Mapping[str, object], prefix: str) -> dict[str, object]:
    return {key.removeprefix(prefix): value for key, value in extra.items() if key.startswith(prefix)}


def _no_container(data: bytes, place: str, error: ZipFormatError) -> AuditDesktopError:
    if error.is_too_large:
        return AuditDesktopError(FaultCode.AUDIT_TOO_LARGE, place, problem=error.problem)
    # Our files begin with an entry of this name, so even a cut one is told from other people's.
    if error.is_zip and data[30:38] == MIMETYPE_NAME.encode() and MIMETYPE in data[:128]:
        return AuditDesktopError(FaultCode.AUDIT_DAMAGED, place, entry="", problem=error.problem)
    return AuditDesktopError(FaultCode.NOT_AN_AUDIT, place, looks_like=_looks_like(data))


def _looks_like(data: bytes) -> str:
    """Return what else the file seems to be, or an empty text."""
    if data.startswith(b"PK"):
        if b"word/document.xml" in data:
            return "word"
        return "excel" if b"xl/workbook.xml" in data else "zip"
    if data.startswith(b"%PDF"):
        return "pdf"
    return "old-word" if data.startswith(b"\xd0\xcf\x11\xe0") else ""
