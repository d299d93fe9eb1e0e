"""A person at work, as the torture tests have them: answers, saves, and what is found again after a disaster."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Author, Edit, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.framework import Framework
from audit_desktop.core.merge import merge_audits
from audit_desktop.storage.audit_container import Revision, Snapshot, rebuild_if_different
from audit_desktop.storage.audit_files import read_audit, write_audit, write_recovered_copy
from audit_desktop.storage.journal import Journal, JournalHeader
from audit_desktop.storage.process import ProcessMark
from audit_desktop.storage.recovery import Recovery, merge_lost_work
from audit_desktop.storage.siblings import find_siblings
from tests.builders import framework_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.storage.attachment_store import Kept
    from audit_desktop.storage.audit_files import SavedAudit
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem

FRAMEWORK_SOURCE = json.dumps(framework_document((6, 6))).encode()
FRAMEWORK = Framework.build(json.loads(FRAMEWORK_SOURCE))
AUDIT_ID = "audit-under-torture"
ANOTHER_LIFE = ProcessMark("this-computer", 1, "")


def always_known(_digest: str) -> bool:
    return True


class Sitting:
    """One stretch of work on the file at `path`; it journals and saves as a session does.

    `acknowledged` holds the edits that the person was told are kept.
    """

    def __init__(
        self,
        filesystem: Filesystem,
        clock: Clock,
        path: Path,
        journals: Path,
        name: str,
        write: Callable[..., SavedAudit] = write_audit,
    ) -> None:
        self.filesystem = filesystem
        self.clock = clock
        self.path = path
        self.name = name
        self.write = write
        self.author = Author(name, Role.SCHOOL)
        self.acknowledged: list[Edit] = []
        self.base: Revision | None = None
        self.audit = Audit.new(AUDIT_ID, FRAMEWORK, FRAMEWORK_SOURCE)
        if filesystem.exists(path):
            opened = read_audit(filesystem, clock, path, always_known)
            self.audit, self.base = opened.audit, opened.revision
        header = JournalHeader(
            AUDIT_ID,
            name,
            str(path),
            self.base.doc_rev if self.base else "",
            FRAMEWORK.id,
            FRAMEWORK.version,
            _sha256(FRAMEWORK_SOURCE),
            "2026-03-02T14:02:00Z",
            ANOTHER_LIFE,
        )
        self.journal = Journal(filesystem, journals, header, FRAMEWORK_SOURCE)

    def answer(self, address: str, value: JsonValue) -> Edit:
        """Give one answer; it is acknowledged once the journal has it."""
        number = len(self.audit.log)
        edit = self.audit.state.make_edit(
            address, value, at=f"2026-03-02T14:02:{number % 60:02}.{number:06}Z", author=self.author, sitting=self.name
        )
        self.audit.record(edit)
        self.journal.append([edit])
        self.acknowledged.append(edit)
        return edit

    def attach(self, own_id: str, kept: Kept, name: str) -> list[Edit]:
        """List a file that the store has; it is acknowledged once the journal has that."""
        answers = {"name": name, "sha256": kept.digest, "size": {"number": kept.size}, "about": ["statement/1.2"]}
        return [self.answer(f"attachments/{own_id}/{field}", value) for field, value in answers.items()]

    def save(self) -> SavedAudit:
        """Save as a session does: in place, or beside it if that fails."""
        snapshot = Snapshot.of(self.audit)
        try:
            saved = self.write(self.filesystem, self.clock, self.path, snapshot, self.base, is_known_good=always_known)
        except AuditDesktopError as fault:
            saved = write_recovered_copy(self.filesystem, self.clock, self.path, snapshot, fault)
        else:
            self.base = saved.revision
        if saved.merged is not None:
            self.audit = merge_audits(self.audit, saved.merged).audit
        self.journal.checkpoint(saved.revision, saved.path, snapshot.later)
        return saved


def what_is_found(filesystem: Filesystem, clock: Clock, path: Path, journals: Path) -> dict[str, Edit]:
    """Return every edit that the next start finds; raises as `audit_found` does."""
    audit = audit_found(filesystem, clock, path, journals)
    return audit.log.all() if audit is not None else {}


def audit_found(filesystem: Filesystem, clock: Clock, path: Path, journals: Path) -> Audit | None:
    """Return all that the next start finds: in the file, in what lies beside it, and in the journals.

    Raises `AuditDesktopError` if there is a file and it cannot be read, or does not agree with its own history.
    """
    audit: Audit | None = None
    if filesystem.exists(path):
        opened = read_audit(filesystem, clock, path, always_known)
        if rebuild_if_different(opened) is not None:
            raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, str(path), problem="the summary differs from the history")
        audit = opened.audit
    for sibling in find_siblings(filesystem, path, AUDIT_ID, ""):
        try:
            theirs = read_audit(filesystem, clock, sibling.path, always_known).audit
        except AuditDesktopError:
            continue  # Half a temporary file, as any save that was cut short leaves.
        audit = merge_audits(audit, theirs).audit if audit is not None else theirs
    work = Recovery(filesystem, clock, journals, is_gone=lambda _: True).of_audit(AUDIT_ID)
    if work is not None:
        base = audit if audit is not None else Audit.new(AUDIT_ID, FRAMEWORK, FRAMEWORK_SOURCE)
        audit = merge_lost_work(base, work).audit
    return audit


def _sha256(data: bytes) -> str:
    return sha256(data).hexdigest()
