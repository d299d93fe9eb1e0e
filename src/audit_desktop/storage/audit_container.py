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
from audit_desktop.storage.attachment_store import FOLDER as ATTACHED
from audit_desktop.storage.attachment_store import digest_of
from audit_desktop.storage.container import (
    DOCUMENT_KEY,
    ENTRY_KEY,
    FRAMEWORK_NAME,
    LARGEST_FILE,
    MANIFEST_KEY,
    MISSING_KEY,
    Container,
)
from audit_desktop.storage.document_entry import DOCUMENT_NAME, document_text
from audit_desktop.storage.history import HISTORY_NAME, History, history_text
from audit_desktop.storage.manifest import MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME, EntryMark, Manifest
from audit_desktop.storage.zip_format import (
    MOST_ENTRIES,
    InMemory,
    OutsideEntry,
    ZipEntry,
    pack,
    zip_parts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from audit_desktop.core.edits import Edit
    from audit_desktop.storage.zip_format import ByteSource

# Measured: level 6 takes half a millisecond longer than level 1 for a filled audit, and makes a tenth less.
_LEVEL: Final = 6


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


class Layout(Record):
    """What a file consists of: bytes, and attached files that stand for theirs. `size` is that of the whole file."""

    parts: tuple[bytes | OutsideEntry, ...]
    size: int
    doc_rev: str


def wanted_attachments(snapshot: Snapshot) -> dict[str, OutsideEntry]:
    """Return by their names the attached files that belong into the file of `snapshot` and are not in memory.

    They are those that the file had, which stay until somebody takes them out for good, and those that are listed.
    """
    from audit_desktop.core.attachments import listed_digests

    carried = cast("dict[str, tuple[ZipEntry | OutsideEntry, EntryMark]]", _with_prefix(snapshot.extra, ENTRY_KEY))
    wanted = {name: entry for name, (entry, _) in carried.items() if isinstance(entry, OutsideEntry)}
    missing = cast("dict[str, EntryMark]", _with_prefix(snapshot.extra, MISSING_KEY))
    wanted |= {name: OutsideEntry(name, None, mark.size) for name, mark in missing.items() if name not in carried}
    for digest, size in listed_digests(snapshot.heads).items():
        if ATTACHED + digest not in carried:
            wanted[ATTACHED + digest] = OutsideEntry(ATTACHED + digest, None, size)
    return wanted


def lay_out(
    snapshot: Snapshot, parent_revs: tuple[str, ...] = (), attached: Mapping[str, OutsideEntry] | None = None
) -> Layout:
    """Return what the file of `snapshot` consists of; the same snapshot, parents and attached files give the same.

    `attached` are those of the `wanted_attachments` whose bytes are to be had. The others stand in the manifest, so
    that they are missed, and their bytes are left out. Raises `AUDIT_WOULD_BE_TOO_LARGE` if nobody could read the file,
    as where two copies were merged that had as many attached files as they may.
    """
    found = attached or {}
    history, count = snapshot.history()
    contents = {
        DOCUMENT_NAME: document_text(snapshot.heads, snapshot.set_aside, _with_prefix(snapshot.extra, DOCUMENT_KEY)),
        FRAMEWORK_NAME: snapshot.framework_source,
        HISTORY_NAME: history,
    }
    marks = {name: EntryMark(sha256(data).hexdigest(), len(data)) for name, data in contents.items()}
    entries = cast("dict[str, tuple[ZipEntry | OutsideEntry, EntryMark]]", _with_prefix(snapshot.extra, ENTRY_KEY))
    for name, wanted in wanted_attachments(snapshot).items():
        entry = found.get(name, wanted)
        entries[name] = (entry, EntryMark(name.removeprefix(ATTACHED), entry.size))
    others = [entry for name, (entry, _) in sorted(entries.items()) if isinstance(entry, ZipEntry) or name in found]
    marks |= {name: mark for name, (_, mark) in sorted(entries.items())}
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
        extra=_with_prefix(snapshot.extra, MANIFEST_KEY),
    )
    packed = (
        pack(MIMETYPE_NAME, MIMETYPE, level=0),
        # Stored, so that a look at the start of the file tells which audit it is.
        pack(MANIFEST_NAME, manifest.to_bytes(), level=0),
        *(pack(name, content, level=_LEVEL) for name, content in contents.items()),
        *others,
    )
    parts = tuple(zip_parts(packed))
    size = sum(len(part) if isinstance(part, bytes) else part.size for part in parts)
    if len(packed) > MOST_ENTRIES or max(size, sum(entry.size for entry in packed)) > LARGEST_FILE:
        raise AuditDesktopError(FaultCode.AUDIT_WOULD_BE_TOO_LARGE)
    return Layout(parts, size, doc_rev)


def encode_audit(snapshot: Snapshot, parent_revs: tuple[str, ...] = ()) -> tuple[bytes, Revision]:
    """Return the bytes of the file that says what `snapshot` says, and which revision it is.

    The same snapshot and parents give the same bytes. Attached files that are not in memory are left out.
    """
    layout = lay_out(snapshot, parent_revs)
    data = b"".join(part for part in layout.parts if isinstance(part, bytes))
    return data, Revision(sha256(data).hexdigest(), layout.doc_rev, len(data))


def decode_audit(data: bytes, place: str, is_known_good: Callable[[str], bool]) -> OpenedAudit:
    """Return the audit in the file `data`; `place` names the file in a fault.

    The history is left unread. `is_known_good` tells by the SHA-256 of a framework whether it passed the full
    check before. Raises `AuditDesktopError`: `FILE_EMPTY`, `NOT_AN_AUDIT`, `AUDIT_DAMAGED`, `AUDIT_TOO_LARGE`,
    `AUDIT_TOO_NEW`, or what the framework's check finds.
    """
    return decode_source(InMemory(data), place, is_known_good)


def decode_source(
    source: ByteSource, place: str, is_known_good: Callable[[str], bool], origin: Path | None = None
) -> OpenedAudit:
    """Return the audit in `source`, as `decode_audit` does.

    `origin` says that the source is the file of that path: the bytes of its attached files then stay where they are.
    """
    container = Container.read(source, place, origin)
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
        extra |= {DOCUMENT_KEY + key: value for key, value in document.extra.items()}
    audit = Audit(
        container.manifest.audit_id, framework, framework_source, EditLog(history, history.count), state, extra
    )
    return OpenedAudit(
        audit,
        Revision(digest_of(source), container.manifest.doc_rev, source.size),
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
