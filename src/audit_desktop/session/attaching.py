"""Attaching files to an open audit, and taking them out of it again: for the window and the command line alike."""

from __future__ import annotations

import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast
from uuid import uuid4

from audit_desktop.core import attachments as core
from audit_desktop.core.addresses import item_address
from audit_desktop.core.attachments import Attachment, attachments
from audit_desktop.core.common_fields import ABOUT
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.file_kinds import require_attachable
from audit_desktop.core.file_names import safe_name
from audit_desktop.session.events import AuditReplaced
from audit_desktop.session.items import add_item, remove_item
from audit_desktop.storage.attached_bytes import AttachedBytes
from audit_desktop.storage.attachment_store import FOLDER, pieces_of
from audit_desktop.storage.faults import patiently, reading_fault, writing_fault
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.storage.zip_format import OutsideEntry, ZipEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.storage.attachment_store import AttachmentStore, Kept
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem
    from audit_desktop.storage.manifest import EntryMark


_DAY: Final = 24 * 60 * 60
_OVERLAP: Final = 64


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file whose bytes are safe on this computer, and that an audit can list now."""

    name: str
    kept: Kept


def stage_file(filesystem: Filesystem, clock: Clock, store: AttachmentStore, path: Path) -> StagedFile:
    """Return the file at `path` once its bytes are in `store`, synced and read back. Any thread may do this.

    Raises `AuditDesktopError`: what `require_attachable` finds, `ATTACHMENT_TOO_LARGE`, or what reading and writing
    raise.
    """
    try:
        if filesystem.is_folder(path):
            raise AuditDesktopError(FaultCode.FILE_IS_FOLDER, str(path))
        with closing(patiently(clock, lambda: filesystem.open_read(path))) as file:
            if not file.size:
                raise AuditDesktopError(FaultCode.FILE_EMPTY, str(path))
            if file.size > core.LARGEST_FILE:
                raise AuditDesktopError(
                    FaultCode.ATTACHMENT_TOO_LARGE, str(path), size=file.size, largest=core.LARGEST_FILE
                )
            require_attachable(str(path), path.name, file.read_at)
            return StagedFile(safe_name(path.name), store.put(pieces_of(file)))
    except OSError as error:
        raise reading_fault(error, path) from error


def attached_already(session: AuditSession, staged: StagedFile, about: Iterable[str]) -> Attachment | None:
    """Return the file with the content of `staged` that is attached to what it is `about`, whatever its name."""
    wanted = sorted(about)
    found = attachments(session.audit.state)
    return next((one for one in found if one.digest == staged.kept.digest and sorted(one.about) == wanted), None)


def attach(session: AuditSession, staged: StagedFile, about: Iterable[str], description: str = "") -> Attachment:
    """List `staged` as attached to what it is `about`; returns it. One undo step.

    A file that is attached there already is not listed twice. Raises `AuditDesktopError`: `ATTACHMENTS_TOO_LARGE` or
    `ATTACHMENTS_TOO_MANY` if the audit takes no more, or as `set_answers` does; nothing is changed then.
    """
    wanted = list(about)
    if (same := attached_already(session, staged, wanted)) is not None:
        return same
    _require_room(session.audit, staged)
    answers = {
        core.NAME: staged.name,
        core.SIZE: {"number": staged.kept.size},
        ABOUT.id: wanted,
        core.DESCRIPTION: description,
        core.DIGEST: staged.kept.digest,
    }
    own_id = add_item(session, core.ATTACHMENTS, answers)
    return next(one for one in attachments(session.audit.state) if one.id == own_id)


def _require_room(audit: Audit, staged: StagedFile) -> None:
    sizes = {one.digest: one.size for one in attachments(audit.state)} | left_over(audit)
    sizes[staged.kept.digest] = staged.kept.size
    if sum(sizes.values()) > core.LARGEST_TOTAL:
        raise AuditDesktopError(
            FaultCode.ATTACHMENTS_TOO_LARGE, staged.name, size=sum(sizes.values()), largest=core.LARGEST_TOTAL
        )
    if len(sizes) > core.MOST_FILES:
        raise AuditDesktopError(FaultCode.ATTACHMENTS_TOO_MANY, staged.name, most=core.MOST_FILES)


def describe_attachment(session: AuditSession, own_id: str, description: str) -> None:
    """Say what an attached file shows; raises as `set_answer` does."""
    session.set_answer(item_address(core.ATTACHMENTS, own_id, core.DESCRIPTION), description)


def may_remove(session: AuditSession, attachment: Attachment) -> bool:
    """Return whether the person who is working may take `attachment` out: only what their own side attached."""
    address = item_address(core.ATTACHMENTS, attachment.id, core.NAME)
    return session.can_change(address) and session.who is not None and session.who.role is attachment.author.role


def remove_attachment(session: AuditSession, attachment: Attachment) -> None:
    """Take `attachment` out of the list, as one undo step; its bytes stay in the file until `take_out_for_good`.

    Raises `FIELD_OF_OTHER_ROLE` if the other side attached it, or as `set_answer` does.
    """
    if not may_remove(session, attachment) and session.who is not None and not session.sign_offs:
        address = item_address(core.ATTACHMENTS, attachment.id, core.NAME)
        raise AuditDesktopError(FaultCode.FIELD_OF_OTHER_ROLE, address, owner=attachment.author.role.value)
    remove_item(session, core.ATTACHMENTS, attachment.id)


def subject_of(audit: Audit, address: str) -> list[str]:
    """Return what a file at `address` is about: a statement or section, by an address of it; nothing for the audit.

    Raises `ADDRESS_UNKNOWN` if the framework has none there.
    """
    kind, _, rest = address.strip().partition("/")
    subject = f"{kind}/{rest.partition('/')[0]}"
    if kind == "audit":
        return []
    if any(option.id == subject for option in audit.state.addresses.subjects):
        return [subject]
    raise AuditDesktopError(FaultCode.ADDRESS_UNKNOWN, address)


def left_over(audit: Audit) -> dict[str, int]:
    """Return the SHA-256 and the size of what is in the audit's file and that nothing lists any more."""
    listed = core.listed_digests(audit.state.all_heads())
    return {digest: _mark(audit, digest).size for digest in core.held_digests(audit.extra) if digest not in listed}


def in_file(audit: Audit) -> tuple[int, int]:
    """Return how many attached files travel in the audit's file, listed or not, and how many bytes they have."""
    sizes = {one.digest: one.size for one in attachments(audit.state)} | left_over(audit)
    return len(sizes), sum(sizes.values())


def in_copy(audit: Audit, *, with_earlier_wording: bool) -> tuple[int, int]:
    """Return how many attached files a copy for somebody else carries, and how many bytes they have."""
    if with_earlier_wording:
        return in_file(audit)
    found = attachments(audit.state)
    return len({one.digest for one in found}), core.total_size(found)


def take_out_for_good(session: AuditSession, digests: Iterable[str]) -> None:
    """Leave the bytes of files that nothing lists out of the audit's file from the next save on, which is at once.

    Backups and other copies still have them. Raises `SIGNED_OFF` while a sign-off stands, which vouches for them.
    """
    audit = session.audit
    if session.is_read_only:
        raise AuditDesktopError(FaultCode.AUDIT_TOO_NEW)
    if session.sign_offs:
        standing = session.sign_offs[-1]
        raise AuditDesktopError(FaultCode.SIGNED_OFF, name=standing.name, date=standing.date)
    unlisted = left_over(audit)
    for digest in digests:
        if digest in unlisted:
            audit.extra.pop(core.BYTES_PREFIX + digest, None)
            audit.extra.pop(core.MISSING_PREFIX + digest, None)
    session.events.publish(AuditReplaced(needs_saving=True))


class AttachedFiles:
    """The bytes of the files attached to one audit, which lies in the file `path`."""

    def __init__(self, workspace: Workspace, audit: Audit, path: Path, *, from_file_alone: bool = False) -> None:
        """Read them from what this computer keeps, and else from the audit's file; or `from_file_alone`."""
        self._workspace = workspace
        self._audit = audit
        store = workspace.attachment_store(audit.id) if not from_file_alone else None
        self.bytes = AttachedBytes(workspace.filesystem, workspace.clock, store, path)

    def pieces(self, attachment: Attachment) -> Iterator[bytes]:
        """Yield the bytes of `attachment`; raises `ATTACHMENT_MISSING` or `ATTACHMENT_DAMAGED` with its name."""
        try:
            held = self._audit.extra.get(core.BYTES_PREFIX + attachment.digest)
            entry = cast("tuple[ZipEntry | OutsideEntry, EntryMark]", held)[0] if held is not None else None
            if isinstance(entry, ZipEntry):
                yield entry.unpack()
            else:
                yield from self.bytes.pieces(entry or OutsideEntry(FOLDER + attachment.digest, None, attachment.size))
        except AuditDesktopError as error:
            raise AuditDesktopError(error.code, attachment.name) from None

    def save(self, attachment: Attachment, path: Path, *, may_replace: bool = False) -> None:
        """Write the bytes of `attachment` to `path`, whole and proven or not at all; raises as `pieces` does.

        Raises `FILE_EXISTS` if there is a file, unless a person agreed that it `may_replace` it, and
        `ATTACHMENT_NOT_LET_OUT` if it is nothing that could have been attached: a stranger's file may list anything.
        """
        write_new_file(
            self._workspace.filesystem,
            self._workspace.clock,
            path,
            self._let_out(attachment),
            may_replace=may_replace,
        )

    def _let_out(self, attachment: Attachment) -> Iterator[bytes]:
        before = b""
        for piece in self.pieces(attachment):
            looked_at = before[-_OVERLAP:] + piece if before else piece
            try:
                require_attachable(
                    attachment.name,
                    attachment.name,
                    lambda offset, count, data=looked_at: data[offset : offset + count],
                    is_start=not before,
                )
            except AuditDesktopError:
                raise AuditDesktopError(FaultCode.ATTACHMENT_NOT_LET_OUT, attachment.name) from None
            before = piece
            yield piece

    def faults(self) -> tuple[AuditDesktopError, ...]:
        """Return a fault for each listed file whose bytes are nowhere or not as they should be."""
        faults: list[AuditDesktopError] = []
        for one in {one.digest: one for one in attachments(self._audit.state)}.values():
            try:
                for _ in self.pieces(one):
                    pass
            except AuditDesktopError as fault:
                faults.append(fault)
        return tuple(faults)


class OpenedCopies:
    """Copies of attached files for looking at, in a folder that only this person can look into."""

    def __init__(
        self, filesystem: Filesystem, clock: Clock, folder: Path, *, marks: bool = sys.platform == "win32"
    ) -> None:
        """Make them below `folder`; `marks` says whether the system is told that they came from elsewhere."""
        self._filesystem = filesystem
        self._clock = clock
        self._folder = folder
        self._marks = marks

    def make(self, files: AttachedFiles, attachment: Attachment) -> Path:
        """Return a new copy of `attachment` under its safe name; raises as `AttachedFiles.save` does.

        Copies of earlier days are removed meanwhile.
        """
        self._sweep()
        folder = self._folder / uuid4().hex
        path = folder / attachment.name
        try:
            self._filesystem.make_folder(folder)
        except OSError as error:
            raise writing_fault(error, folder) from error
        files.save(attachment, path)
        if self._marks:
            # The Mark of the Web: Office opens what carries it in its protected view.
            with suppress(OSError):
                mark = self._filesystem.create_exclusive(path.with_name(f"{path.name}:Zone.Identifier"))
                try:
                    mark.write(b"[ZoneTransfer]\r\nZoneId=3\r\n")
                finally:
                    mark.close()
        return path

    def _sweep(self) -> None:
        now = self._clock.now().timestamp()
        with suppress(OSError):
            for name in self._filesystem.list_folder(self._folder):
                folder = self._folder / name
                with suppress(OSError):
                    for file in self._filesystem.list_folder(folder):
                        if now - self._filesystem.stat(folder / file).mtime > _DAY:
                            self._filesystem.remove(folder / file)


def keep_on_this_computer(workspace: Workspace, audit: Audit) -> None:
    """Put the attached files of `audit`, a copy that is about to be merged, where its own file is not needed for them.

    One whose bytes cannot be had is left as it is. Raises `AuditDesktopError` if the disk does not take them.
    """
    store = workspace.attachment_store(audit.id)
    if store is None:
        return
    found = AttachedBytes(workspace.filesystem, workspace.clock, store)
    for digest in list(core.held_digests(audit.extra)):
        entry, mark = cast("tuple[ZipEntry | OutsideEntry, EntryMark]", audit.extra[core.BYTES_PREFIX + digest])
        try:
            if not store.has(digest):
                store.put((entry.unpack(),) if isinstance(entry, ZipEntry) else found.pieces(entry), digest)
        except AuditDesktopError as error:
            if error.code not in (FaultCode.ATTACHMENT_MISSING, FaultCode.ATTACHMENT_DAMAGED):
                raise
        else:
            if isinstance(entry, ZipEntry):
                audit.extra[core.BYTES_PREFIX + digest] = (OutsideEntry(entry.name, entry.crc, entry.size), mark)


def _mark(audit: Audit, digest: str) -> EntryMark:
    return cast("tuple[object, EntryMark]", audit.extra[core.BYTES_PREFIX + digest])[1]
