"""The workspace: opens, makes and copies audits with the same functions for the window and the command line."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from audit_desktop import __version__
from audit_desktop.core.addresses import audit_address
from audit_desktop.core.audit import Audit
from audit_desktop.core.common_fields import SCHOOL_NAME
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge import Merge, merge_audits
from audit_desktop.core.record import Record
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.file_keeping import FileKeeping
from audit_desktop.session.keeper import AuditKeeper
from audit_desktop.session.worker import InlineWorker, Worker
from audit_desktop.storage.attachment_store import AttachmentStore
from audit_desktop.storage.audit_container import OpenedAudit, Revision, Snapshot, decode_audit
from audit_desktop.storage.audit_files import SavedAudit, read_audit, write_audit
from audit_desktop.storage.backups import Backups
from audit_desktop.storage.catalogue import Catalogue, CatalogueEntry
from audit_desktop.storage.clock import Clock, SystemClock
from audit_desktop.storage.filesystem import Filesystem, RealFilesystem
from audit_desktop.storage.journal import Journal, JournalHeader
from audit_desktop.storage.known_good import KnownGood
from audit_desktop.storage.process import ProcessMark

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence
    from pathlib import Path

    from audit_desktop.core.edits import Author, JsonValue
    from audit_desktop.locations import Locations
    from audit_desktop.session.after_opening import AfterOpening
    from audit_desktop.session.file_watch import FileWatch
    from audit_desktop.session.recovering import Recovering
    from audit_desktop.storage.lock import Lock
    from audit_desktop.storage.places import Place
    from audit_desktop.storage.recovery import Recovery


class LocalFolders(Record):
    """Folders of this computer, never beside an audit's file: journals of what is being typed, and backups.

    `temporary` is the system's folder for temporary files. `spare` are folders that take a copy when an audit's own
    folder does not.
    """

    journals: Path
    backups: Path
    temporary: Path | None = None
    spare: tuple[Path, ...] = ()

    @property
    def attachments(self) -> Path:
        """The files attached to audits, one folder per audit, beside the journals and backups that name them."""
        return self.journals.with_name("attachments")


class OpenAudit(Record):
    """An audit that is open: the session through which it changes, and the keeper of its file."""

    session: AuditSession
    keeper: AuditKeeper
    opened: OpenedAudit


class Attendance(Record):
    """What looks after an open audit; `after_opening` is `None` where there are no folders of this computer."""

    watch: FileWatch
    after_opening: AfterOpening | None


class Workspace:
    """What work on audits needs, put together once: file system, clock and installed frameworks."""

    def __init__(
        self,
        filesystem: Filesystem,
        clock: Clock,
        catalogue: Catalogue,
        known_good: KnownGood,
        local: LocalFolders | None = None,
        find_place: Callable[[Path], Place] | None = None,
    ) -> None:
        """Put the workspace together; without `local` folders no journal and no backups are kept.

        `find_place` is what `FileKeeping` says.
        """
        self.filesystem = filesystem
        self.clock = clock
        self.catalogue = catalogue
        self._known_good = known_good
        self.is_known_good = known_good.knows
        self._local = local
        self._find_place = find_place

    @classmethod
    def on_this_computer(
        cls, locations: Locations, *, temporary: Path | None = None, spare: tuple[Path, ...] = ()
    ) -> Self:
        """Return the workspace with this computer's file system and clock, and the frameworks at `locations`.

        `temporary` and `spare` are what `LocalFolders` says.
        """
        filesystem = RealFilesystem()
        known_good = KnownGood(filesystem, locations.checked_frameworks, locations.remembered_frameworks, __version__)
        catalogue = Catalogue(filesystem, (locations.frameworks, locations.user_frameworks), known_good)
        local = LocalFolders(locations.journals, locations.backups, temporary, spare)
        return cls(filesystem, SystemClock(), catalogue, known_good, local, partial(_place_of, filesystem))

    def read(self, path: Path) -> OpenedAudit:
        """Return the audit in the file at `path`; raises `AuditDesktopError` as `read_audit` does."""
        opened = read_audit(self.filesystem, self.clock, path, self.is_known_good)
        if opened.framework_was_checked:
            self._known_good.remember(opened.framework_sha256)
        return opened

    def decode(self, data: bytes, place: str) -> OpenedAudit:
        """Return the audit in the bytes of a file, which `place` names; raises as `decode_audit` does."""
        return decode_audit(data, place, self.is_known_good)

    def open(
        self,
        path: Path,
        who: Author | None,
        worker: Worker | None = None,
        deliver: Callable[[Callable[[], None]], None] | None = None,
    ) -> OpenAudit:
        """Return the audit in the file at `path`, open for `who`; raises `AuditDesktopError` as `read_audit` does."""
        opened = self.read(path)
        session = AuditSession(opened.audit, who, self.clock, is_read_only=opened.is_read_only)
        return OpenAudit(session, self._keeper(session, path, opened.revision, worker, deliver), opened)

    @contextmanager
    def changing(self, path: Path, who: Author) -> Generator[AuditSession]:
        """Give the session of the audit in the file at `path` to somebody who changes it at once, and save it then.

        No journal is kept meanwhile, and no copy beside a file that cannot be written: all is in the file, or nothing
        was changed and the `AuditDesktopError` says why. It is `AUDIT_TOO_NEW` if nothing can be changed.
        """
        opened = self.read(path)
        if opened.is_read_only:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_NEW, str(path))
        session = AuditSession(opened.audit, who, self.clock)
        yield session
        if session.take_unkept():
            files = self._files(opened.audit.id)
            files.put_by_file(path, files.write(path, session.snapshot(), opened.revision).revision)

    def attend(self, open_audit: OpenAudit) -> Attendance:
        """Return what looks after an audit that is open in a window; call it once the audit is on the screen."""
        # Loads what the first window does not wait for.
        from audit_desktop.session.after_opening import AfterOpening
        from audit_desktop.session.file_watch import FileWatch

        session, keeper, opened = open_audit.session, open_audit.keeper, open_audit.opened
        watch = FileWatch(session, keeper, None if opened.is_read_only else self._lock(keeper.path, session.who))
        recovering, backups = self.recovering(), self.backups()
        after = None
        if self._local is not None and recovering is not None and backups is not None:
            temporary = self._local.temporary
            after = AfterOpening(session, keeper, opened, watch, recovering, backups, temporary, self.catalogue)
        return Attendance(watch, after)

    def recovering(self) -> Recovering | None:
        """Return what finds work that journals of this computer hold; `None` if none are kept."""
        backups, recovery = self.backups(), self.recovery()
        if recovery is None or backups is None:
            return None
        from audit_desktop.session.recovering import Recovering

        return Recovering(self.filesystem, self.clock, recovery, backups, self.is_known_good)

    def recovery(self) -> Recovery | None:
        """Return the journals of this computer; `None` if none are kept."""
        if self._local is None:
            return None
        from audit_desktop.storage.recovery import Recovery

        return Recovery(self.filesystem, self.clock, self._local.journals)

    def backups(self) -> Backups | None:
        """Return the versions of audits on this computer; `None` if none are kept."""
        return Backups(self.filesystem, self.clock, self._local.backups) if self._local is not None else None

    def attachment_store(self, audit_id: str) -> AttachmentStore | None:
        """Return where the files attached to an audit are on this computer; `None` if nothing is kept here."""
        if self._local is None:
            return None
        return AttachmentStore(self.filesystem, self.clock, self._local.attachments / audit_id)

    def create(
        self,
        path: Path,
        framework: CatalogueEntry,
        answers: Sequence[tuple[Author, Mapping[str, JsonValue]]],
        *,
        may_replace: bool = False,
    ) -> Revision:
        """Make a new audit of `framework`, with each author's `answers`, in the file at `path`; return its revision.

        Raises `AuditDesktopError` if an answer is at fault, or the file cannot be written or is there already and
        nobody agreed that the audit `may_replace` it; nothing is written then.
        """
        # Loading it costs every start a little, and only making an audit needs it.
        from uuid import uuid4

        audit = Audit.new(str(uuid4()), framework.framework(), framework.read())
        session = AuditSession(audit, None, self.clock)
        for author, given in answers:
            session.set_who(author)
            session.set_answers(given)
        return self.save_new(path, audit, may_replace=may_replace).revision

    def save_new(self, path: Path, audit: Audit, *, may_replace: bool = False) -> SavedAudit:
        """Write `audit` to the new file `path`; raises `AuditDesktopError` if it cannot, with nothing changed.

        `FILE_EXISTS` is raised if there is a file already, unless a person agreed that the audit `may_replace` it.
        """
        if not may_replace and self.filesystem.exists(path):
            raise AuditDesktopError(FaultCode.FILE_EXISTS, str(path))
        return write_audit(
            self.filesystem,
            self.clock,
            path,
            Snapshot.of(audit),
            None,
            is_known_good=self.is_known_good,
            may_replace_other=may_replace,
            store=self.attachment_store(audit.id),
        )

    def merge(self, mine: Path, theirs: Path) -> Merge:
        """Return the merge of two files, both left alone; raises `AuditDesktopError` as `merge_audits` does."""
        return merge_audits(self.read(mine).audit, self.read(theirs).audit)

    def _keeper(
        self,
        session: AuditSession,
        path: Path,
        revision: Revision,
        worker: Worker | None,
        deliver: Callable[[Callable[[], None]], None] | None,
    ) -> AuditKeeper:
        return AuditKeeper(
            session,
            path,
            revision,
            self._files(session.audit.id),
            worker or InlineWorker(),
            deliver or _at_once,
            self._journal(session, path, revision),
        )

    def _files(self, audit_id: str) -> FileKeeping:
        backups = self.backups()
        return FileKeeping(
            self.filesystem,
            self.clock,
            self.is_known_good,
            keep_backup=backups.keeper(audit_id) if backups is not None else None,
            put_by=(lambda data: backups.keep(audit_id, data, now=True)) if backups is not None else None,
            other_folders=self._local.spare if self._local is not None else (),
            find_place=self._find_place,
            store=self.attachment_store(audit_id),
        )

    def _lock(self, path: Path, who: Author | None) -> Lock:
        from audit_desktop.storage.lock import Lock

        target = self.filesystem.resolve(path)
        return Lock(self.filesystem, self.clock, target, who.name if who else "", ProcessMark.of_this_program())

    def _journal(self, session: AuditSession, path: Path, revision: Revision) -> Journal | None:
        if self._local is None or session.is_read_only:
            return None
        audit = session.audit
        header = JournalHeader(
            audit_id=audit.id,
            sitting=session.sitting,
            # Whole, since the next start may be somewhere else.
            path=str(self.filesystem.resolve(path)),
            base_doc_rev=revision.doc_rev,
            framework_id=audit.framework.id,
            framework_version=audit.framework.version,
            framework_sha256=sha256(audit.framework_source).hexdigest(),
            started_at=self.clock.now().isoformat(timespec="seconds"),
            process=ProcessMark.of_this_program(),
        )
        return Journal(self.filesystem, self._local.journals, header, audit.framework_source)


def school_name_answer(name: str) -> dict[str, JsonValue]:
    """Return the answer that gives an audit its school's name."""
    return {audit_address(SCHOOL_NAME.id): name}


def _place_of(filesystem: Filesystem, path: Path) -> Place:
    # Loads what the first window does not wait for.
    from audit_desktop.storage.places import place_of

    return place_of(filesystem, filesystem.resolve(path))


def _at_once(job: Callable[[], None]) -> None:
    job()
