"""Eight things that people do with files, any step of which may fail, and what has to hold whichever it was."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from audit_desktop.core.attachments import attachments
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.attached_bytes import AttachedBytes
from audit_desktop.storage.attachment_store import AttachmentStore
from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit
from audit_desktop.storage.audit_files import SavedAudit, read_audit, write_audit
from audit_desktop.storage.backups import Backups
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.storage.protection import open_protected, protect
from audit_desktop.storage.recovery import Recovery, merge_lost_work
from audit_desktop.storage.zip_format import OutsideEntry
from tests.torture.sitting import AUDIT_ID, Sitting, always_known, audit_found, what_is_found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem

EVIDENCE = "statement/1.{}/evidence"
ATTACHMENT = bytes(range(256)) * 1_000
PASSPHRASE = "four words that fit"
OLD_EXPORT, NEW_EXPORT = b"old document " * 500, b"new document " * 900


@dataclass(slots=True)
class Desk:
    """Where a scenario plays: the files and the journals in one folder. `kept` are the edits that must not be lost.

    `told` are the faults that the person was told of.
    """

    filesystem: Filesystem
    clock: Clock
    folder: Path
    kept: list[str] = field(default_factory=list[str])
    told: list[str] = field(default_factory=list[str])
    keep: Callable[[str], None] = lambda _: None
    sittings: list[Sitting] = field(default_factory=list[Sitting])
    journal_only: set[str] = field(default_factory=set[str])
    """What nobody saved on purpose."""

    @property
    def path(self) -> Path:
        return self.folder / "hill.audit"

    @property
    def journals(self) -> Path:
        return self.folder / "journals"

    @property
    def store(self) -> AttachmentStore:
        return AttachmentStore(self.filesystem, self.clock, self.folder / "attachments")

    @contextmanager
    def tells(self) -> Iterator[None]:
        """Go on after a fault that the person is told of."""
        try:
            yield
        except AuditDesktopError as fault:
            self.told.append(fault.code.value)

    def sit_down(
        self, name: str, journals: str = "journals", write: Callable[..., SavedAudit] = write_audit
    ) -> Sitting:
        sitting = Sitting(self.filesystem, self.clock, self.path, self.folder / journals, name, write)
        self.sittings.append(sitting)
        return sitting

    def leave(self) -> None:
        """Let go of the files that are open, as the end of a program does, without a word to the journals."""
        for sitting in self.sittings:
            sitting.journal._abandon()
        self.sittings.clear()

    def answer(self, sitting: Sitting, number: int, text: str) -> None:
        with self.tells():
            edit = sitting.answer(EVIDENCE.format(number), f"{sitting.name}: {text}")
            self.acknowledge(edit.id)

    def acknowledge(self, *edit_ids: str) -> None:
        for edit_id in edit_ids:
            self.kept.append(edit_id)
            self.keep(edit_id)

    def save(self, sitting: Sitting) -> None:
        with self.tells():
            saved = sitting.save()
            if saved.fault is not None:
                raise saved.fault


@dataclass(frozen=True, slots=True)
class Scenario:
    """`prepare` makes what is there before; `act` is what may fail; `check` returns what is wrong afterwards."""

    name: str
    prepare: Callable[[Desk], None]
    act: Callable[[Desk], None]
    check: Callable[[Desk], str]


def nothing(desk: Desk) -> None:
    desk.filesystem.make_folder(desk.journals)


def a_file(desk: Desk) -> None:
    nothing(desk)
    sitting = desk.sit_down("before")
    desk.answer(sitting, 1, "there already")
    desk.save(sitting)
    sitting.journal.close()


def a_crash(desk: Desk) -> None:
    a_file(desk)
    sitting = desk.sit_down("crashed")
    desk.answer(sitting, 2, "in the journal alone")


def an_export(desk: Desk) -> None:
    a_file(desk)
    write_new_file(desk.filesystem, desk.clock, desk.folder / "hill.docx", OLD_EXPORT)


def make_new(desk: Desk) -> None:
    sitting = desk.sit_down("new")
    desk.answer(sitting, 1, "first")
    desk.answer(sitting, 2, "second")
    desk.save(sitting)
    sitting.journal.close()


def save_again(desk: Desk) -> None:
    backups = Backups(desk.filesystem, desk.clock, desk.folder / "backups").keeper(AUDIT_ID)

    def write(*arguments: object, **options: object) -> SavedAudit:
        return write_audit(*arguments, keep_backup=backups, **options)  # type: ignore[arg-type]

    sitting = desk.sit_down("again", write=write)
    for number in (1, 2):
        desk.answer(sitting, number, "changed")
        desk.save(sitting)
    known = set(desk.kept)
    desk.answer(sitting, 3, "after the last save")
    desk.journal_only = set(desk.kept) - known


def save_in_place(desk: Desk) -> None:
    """Write over the file itself: wrong on purpose."""

    def write(
        _filesystem: Filesystem, _clock: Clock, path: Path, snapshot: Snapshot, *_: object, **__: object
    ) -> SavedAudit:
        data, revision = encode_audit(snapshot)
        try:
            with path.open("wb", buffering=0) as file:
                file.write(data)
        except OSError as error:
            raise AuditDesktopError(FaultCode.WRITE_FAILED, str(path)) from error
        return SavedAudit(path, revision)

    sitting = desk.sit_down("in place", write=write)
    desk.answer(sitting, 1, "changed")
    desk.save(sitting)


def save_elsewhere(desk: Desk) -> None:
    sitting = desk.sit_down("elsewhere")
    desk.answer(sitting, 2, "goes with it")
    target = desk.folder / "hill copy.audit"
    for _ in range(2):
        with desk.tells():
            write_audit(
                desk.filesystem,
                desk.clock,
                target,
                Snapshot.of(sitting.audit),
                None,
                is_known_good=always_known,
                may_replace_other=True,
            )


def merge_two(desk: Desk) -> None:
    mine, theirs = desk.sit_down("mine"), desk.sit_down("theirs", "their-journals")
    desk.answer(mine, 1, "mine")
    desk.answer(theirs, 1, "theirs")
    desk.answer(theirs, 3, "more of theirs")
    desk.save(theirs)
    desk.save(mine)
    desk.save(theirs)


def attach(desk: Desk) -> None:
    sitting = desk.sit_down("attaching", write=partial(write_audit, store=desk.store))
    for number in range(2):
        content = ATTACHMENT + bytes([number])
        with desk.tells():
            # The bytes first, safe and proven; only then what mentions them.
            kept = desk.store.put(content[start : start + 100_000] for start in range(0, len(content), 100_000))
            desk.acknowledge(*(edit.id for edit in sitting.attach(f"file{number}", kept, f"plan {number}.pdf")))
        desk.answer(sitting, 2, "see the attachment")
        desk.save(sitting)


def protect_copy(desk: Desk) -> None:
    data = desk.filesystem.read_bytes(desk.path)
    with desk.tells():
        target = desk.folder / "hill.audit.age"
        write_new_file(desk.filesystem, desk.clock, target, protect(data, PASSPHRASE, 1), may_replace=True)


def recover(desk: Desk) -> None:
    recovery = Recovery(desk.filesystem, desk.clock, desk.journals, is_gone=lambda _: True)
    work = recovery.of_audit(AUDIT_ID)
    assert work is not None
    opened = read_audit(desk.filesystem, desk.clock, desk.path, always_known)
    merged = merge_lost_work(opened.audit, work).audit
    with desk.tells():
        write_audit(
            desk.filesystem,
            desk.clock,
            desk.path,
            Snapshot.of(merged),
            opened.revision,
            is_known_good=always_known,
        )
        recovery.forget(work)


def export_again(desk: Desk) -> None:
    with desk.tells():
        write_new_file(desk.filesystem, desk.clock, desk.folder / "hill.docx", NEW_EXPORT, may_replace=True)


def nothing_lost(desk: Desk) -> str:
    """Return what of the acknowledged work the next start does not find."""
    found: set[str] = set()
    try:
        for journals in (desk.journals, desk.folder / "their-journals"):
            found |= what_is_found(desk.filesystem, desk.clock, desk.path, journals).keys()
    except AuditDesktopError as fault:
        return f"unreadable: {fault}"
    lost = [edit_id for edit_id in desk.kept if edit_id not in found]
    return f"{len(lost)} of {len(desk.kept)} edits lost" if lost else _strange_names(desk)


def told_or_done(desk: Desk) -> str:
    """Return what is not in any file although the person was told of no fault; journals are not asked."""
    if desk.told:
        return ""
    try:
        found = what_is_found(desk.filesystem, desk.clock, desk.path, desk.folder / "none").keys()
    except AuditDesktopError as fault:
        return f"unreadable: {fault}"
    missing = [edit_id for edit_id in desk.kept if edit_id not in found and edit_id not in desk.journal_only]
    if missing:
        return f"{len(missing)} edits are in no file, and nobody was told"
    # What the audit's file lists, it has to hold: whoever gets it has no store.
    audit = read_audit(desk.filesystem, desk.clock, desk.path, always_known).audit
    return _attachments_whole(audit, AttachedBytes(desk.filesystem, desk.clock, None, desk.path))


def attachment_whole(desk: Desk) -> str:
    problem = nothing_lost(desk)
    if problem or not desk.filesystem.exists(desk.path):
        return problem
    audit = audit_found(desk.filesystem, desk.clock, desk.path, desk.journals)
    assert audit is not None
    return _attachments_whole(audit, AttachedBytes(desk.filesystem, desk.clock, desk.store, desk.path))


def _attachments_whole(audit: Audit, found: AttachedBytes) -> str:
    for one in attachments(audit.state):
        try:
            content = b"".join(found.pieces(OutsideEntry(f"att/{one.digest}", None, one.size)))
        except AuditDesktopError as fault:
            return f"an attached file that the audit lists is not whole: {fault}"
        if content[:-1] != ATTACHMENT:
            return "an attached file is another one"
    return ""


def protected_whole(desk: Desk) -> str:
    target = desk.folder / "hill.audit.age"
    if desk.filesystem.exists(target):
        try:
            data = open_protected(desk.filesystem.read_bytes(target), PASSPHRASE)
            decode_audit(data, "", always_known)
        except AuditDesktopError as fault:
            return f"half a protected copy: {fault}"
    return nothing_lost(desk)


def export_whole(desk: Desk) -> str:
    target = desk.folder / "hill.docx"
    if not desk.filesystem.exists(target):
        return "the document is gone"
    data = desk.filesystem.read_bytes(target)
    return nothing_lost(desk) if data in (OLD_EXPORT, NEW_EXPORT) else "half a document"


def _strange_names(desk: Desk) -> str:
    """Return what was left lying about that no later start would sweep up."""
    known = (
        desk.path.name,
        "hill copy.audit",
        "hill.docx",
        "hill.audit.age",
        "journals",
        "their-journals",
        "backups",
        "attachments",
    )
    for name in desk.filesystem.list_folder(desk.folder):
        is_temporary = name.startswith("~$") and name.endswith(".tmp")
        if name not in known and not is_temporary and "recovered copy" not in name:
            return f"a stray file: {name}"
    return ""


SCENARIOS = (
    Scenario("new", nothing, make_new, nothing_lost),
    Scenario("save", a_file, save_again, nothing_lost),
    Scenario("save as", a_file, save_elsewhere, nothing_lost),
    Scenario("merge", a_file, merge_two, nothing_lost),
    Scenario("attach", a_file, attach, attachment_whole),
    Scenario("protect", a_file, protect_copy, protected_whole),
    Scenario("recover", a_crash, recover, nothing_lost),
    Scenario("export", an_export, export_again, export_whole),
)
WRONG = Scenario("in place", a_file, save_in_place, nothing_lost)
