"""Salvage: what can still be had from a damaged audit file. The file itself is only read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Edit
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge import in_log_order
from audit_desktop.core.strict_json import load_object
from audit_desktop.storage.audit_container import build_framework
from audit_desktop.storage.container import FRAMEWORK_NAME, Container
from audit_desktop.storage.document_entry import DOCUMENT_NAME, DocumentEntry
from audit_desktop.storage.history import HISTORY_NAME
from audit_desktop.storage.manifest import MANIFEST_NAME, Manifest
from audit_desktop.storage.zip_format import ZipEntry, ZipFormatError, read_zip, scan_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class SalvagedAudit:
    """What a damaged file still held.

    `announced` is how many edits the file says it had; what lies between that and the length of the log is lost,
    unless a backup or a journal has it. Each edit is as it was written, unless both the history and the summary
    stand in `damaged_entries`.
    """

    audit: Audit
    announced: int
    damaged_entries: tuple[str, ...]


def salvage_audit(data: bytes, place: str, is_known_good: Callable[[str], bool]) -> SalvagedAudit:
    """Return all that is intact in the damaged file `data`.

    Raises `AUDIT_DAMAGED` if the manifest or the framework is not, or if there is no edit left; then only a backup
    or another copy can help.
    """
    try:
        entries = read_zip(data)
    except ZipFormatError:
        entries = {entry.name: entry for entry, _ in scan_entries(data)}
    try:
        manifest = Manifest.from_json(load_object(entries[MANIFEST_NAME].unpack(), place))
        source = entries[FRAMEWORK_NAME].unpack()
    except (ZipFormatError, AuditDesktopError, KeyError, TypeError, ValueError, AttributeError):
        raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, place, entry="", problem="nothing to salvage") from None
    if sha256(source).hexdigest() != manifest.framework_sha256:
        raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, place, entry=FRAMEWORK_NAME, problem="checksum")
    framework = build_framework(source, f"{place}: {FRAMEWORK_NAME}", is_known=is_known_good(manifest.framework_sha256))
    damaged = [name for name in (HISTORY_NAME, DOCUMENT_NAME) if not _is_intact(entries.get(name), manifest)]
    newest = _edits_of_document(entries[DOCUMENT_NAME]) if DOCUMENT_NAME in entries else []
    history = _edits_of_history(entries[HISTORY_NAME]) if HISTORY_NAME in entries else []
    if HISTORY_NAME in damaged and DOCUMENT_NAME not in damaged:
        history = _vouched_for(history, newest)
    edits = {edit.id: edit for edit in (*history, *newest)}
    if not edits and manifest.history_count:
        raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, place, entry=HISTORY_NAME, problem="nothing to salvage")
    ordered = sorted(edits.values(), key=in_log_order)
    audit = Audit.from_edits(manifest.audit_id, framework, source, ordered)
    intact = {name: entry for name, entry in entries.items() if _is_intact(entry, manifest)}
    audit.extra = Container(intact, manifest, place).carried()
    return SalvagedAudit(audit, manifest.history_count, tuple(damaged))


def _is_intact(entry: ZipEntry | None, manifest: Manifest) -> bool:
    if entry is None:
        return False
    mark = manifest.entries.get(entry.name)
    try:
        return mark is not None and sha256(entry.unpack()).hexdigest() == mark.sha256
    except ZipFormatError:
        return False


def _vouched_for(history: list[Edit], newest: list[Edit]) -> list[Edit]:
    """Return the edits of `history` that lead to the `newest`.

    Each edit names what it replaces by id, and a spoilt line has another id, so it is none of them.
    """
    by_id = {edit.id: edit for edit in history}
    wanted = [replaced for edit in newest for replaced in edit.replaces]
    found: dict[str, Edit] = {}
    while wanted:
        edit = by_id.pop(wanted.pop(), None)
        if edit is not None:
            found[edit.id] = edit
            wanted += edit.replaces
    return list(found.values())


def _edits_of_history(entry: ZipEntry) -> list[Edit]:
    text = entry.unpack_what_is_there()
    edits: list[Edit] = []
    for line in text.splitlines(keepends=True):
        with suppress(AuditDesktopError, KeyError, TypeError, ValueError):
            edit = Edit.from_json(load_object(line, HISTORY_NAME))
            if line.endswith(b"\n") and edit.id == sha256(line[:-1]).hexdigest():
                edits.append(edit)
    return edits


def _edits_of_document(entry: ZipEntry) -> list[Edit]:
    try:
        document: Mapping[str, object] = load_object(entry.unpack_what_is_there(), DOCUMENT_NAME)
        summary = DocumentEntry(document)
    except (AuditDesktopError, KeyError, TypeError, ValueError, IndexError, AttributeError):
        return []
    found = [edit for edits in summary.heads.values() for edit in edits] + summary.set_aside
    return [edit for edit in found if Edit.from_json(edit.to_json()).id == edit.id]
