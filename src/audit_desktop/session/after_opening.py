"""What is looked after once an audit is on the screen: its place, who else has it, its history, and lost work."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from audit_desktop.core.attachments import held_digests
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.merge import merge_audits
from audit_desktop.session.notices import (
    CopiesFound,
    HistoryDamaged,
    NewerVersionFound,
    PlaceFound,
    SummaryRebuilt,
    WorkFound,
)
from audit_desktop.session.upgrading import newer_version
from audit_desktop.storage.attachment_store import FOLDER
from audit_desktop.storage.audit_container import (
    Snapshot,
    rebuild_if_different,
    wanted_attachments,
)
from audit_desktop.storage.audit_files import read_audit_bytes, reading
from audit_desktop.storage.file_writing import aside_for_damaged, write_new_file
from audit_desktop.storage.places import PlaceProblem, problem_of_place
from audit_desktop.storage.siblings import find_siblings, has_news, sweep_leftovers
from audit_desktop.storage.zip_format import ZipFormatError

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.file_watch import FileWatch
    from audit_desktop.session.keeper import AuditKeeper
    from audit_desktop.session.notices import Notice
    from audit_desktop.session.recovering import Recovering
    from audit_desktop.storage.audit_container import OpenedAudit
    from audit_desktop.storage.backups import Backups
    from audit_desktop.storage.catalogue import Catalogue


class AfterOpening:
    """The looks at one audit that was just opened, each on the keeper's worker; findings come as events."""

    def __init__(
        self,
        session: AuditSession,
        keeper: AuditKeeper,
        opened: OpenedAudit,
        watch: FileWatch,
        recovering: Recovering,
        backups: Backups,
        temporary_folder: Path | None,
        catalogue: Catalogue,
    ) -> None:
        self._session = session
        self._keeper = keeper
        self._opened = opened
        self._watch = watch
        self._recovering = recovering
        self._backups = backups
        self._temporary_folder = temporary_folder
        self._catalogue = catalogue
        self._found = Snapshot.of(session.audit)
        """What the file says, with its history mended once that was looked at."""

    def start(self) -> None:
        """Begin; this returns at once."""
        # As the file was read: the worker may not look into an audit that is being changed.
        self._found = Snapshot.of(self._session.audit)
        for job in (
            self._keeper.find_place,
            self._look_at_place,
            self._watch.hold,
            self._keep_attachments,
            self._look_at_history,
            self._look_for_work,
            self._look_for_copies,
            self._look_for_newer_version,
            self._recovering.sweep,
            self._sweep_attachments,
        ):
            self._keeper.submit(job)

    def look_for_copies(self) -> None:
        """Look once more for other copies beside the file that hold something that the audit lacks."""
        snapshot = self._session.snapshot()
        self._keeper.submit(lambda: self._look_for_copies(snapshot))

    def _tell(self, notice: Notice) -> None:
        self._keeper.deliver(lambda: self._session.events.publish(notice))

    def _look_at_place(self) -> None:
        problem = problem_of_place(self._keeper.files.filesystem, self._keeper.path, self._temporary_folder)
        if problem is None or self._opened.is_read_only:
            return
        # The folder for temporary files is cleared now and then, not while somebody works there.
        stops_changes = problem is not PlaceProblem.TEMPORARY

        def tell() -> None:
            if stops_changes and self._keeper.is_all_in_file:
                self._keeper.set_read_only(is_read_only=True)
            self._session.events.publish(PlaceFound(problem, stops_changes))

        self._keeper.deliver(tell)

    def _keep_attachments(self) -> None:
        """Keep the attached files here too: the stick that the file is on may be pulled before the next save."""
        files = self._keeper.files
        if files.store is not None and any(held_digests(self._found.extra)):
            path = self._keeper.path
            with suppress(AuditDesktopError, ZipFormatError), reading(files.filesystem, files.clock, path) as file:
                files.store.take_in(file)

    def _sweep_attachments(self) -> None:
        """Remove attached files that neither the audit nor a version or a journal on this computer names any more."""

        def needed() -> set[str]:
            audit_id = self._found.audit_id
            return (
                {name.removeprefix(FOLDER) for name in wanted_attachments(self._found)}
                | self._backups.attached_digests(audit_id)
                | self._recovering.attached_digests(audit_id)
            )

        store = self._keeper.files.store
        if store is not None:
            # What cannot be read now may need any of them: another time.
            with suppress(OSError):
                store.sweep(needed)

    def _look_at_history(self) -> None:
        try:
            rebuilt = rebuild_if_different(self._opened)
        except AuditDesktopError as error:
            self._mend_history(error)
            return
        if rebuilt is not None:
            self._go_on_with(rebuilt, SummaryRebuilt())
        elif self._opened.was_rebuilt:
            self._tell(SummaryRebuilt())

    def _mend_history(self, fault: AuditDesktopError) -> None:
        """Put a whole history together from what the file still holds and from the backups."""
        from audit_desktop.storage.salvage import salvage_audit

        files, path = self._keeper.files, self._keeper.path
        try:
            data, digest = read_audit_bytes(files.filesystem, files.clock, path)
            if digest != self._opened.revision.sha256:
                return
            salvaged = salvage_audit(data, str(path), files.is_known_good)
        except AuditDesktopError:
            self._tell(HistoryDamaged(fault, 0, None))
            return
        version = self._recovering.newest_version(salvaged.audit.id)
        audit = salvaged.audit
        if version is not None:
            with suppress(AuditDesktopError):
                audit = merge_audits(audit, version).audit
        lost = max(0, salvaged.announced - len(audit.log))
        copy = None
        with suppress(AuditDesktopError):
            aside = aside_for_damaged(files.filesystem, files.clock, path)
            write_new_file(files.filesystem, files.clock, aside, data)
            copy = aside
        self._go_on_with(audit, HistoryDamaged(fault, lost, copy))

    def _go_on_with(self, audit: Audit, notice: Notice) -> None:
        self._found = Snapshot.of(audit)

        def go_on() -> None:
            self._session.take_over(audit)
            self._session.events.publish(notice)
            if not self._session.is_read_only:
                self._keeper.save()

        self._keeper.deliver(go_on)

    def _look_for_work(self) -> None:
        with suppress(AuditDesktopError):
            found = self._recovering.for_audit(self._found.to_audit())
            if found is not None:
                self._tell(WorkFound(found))

    def _look_for_copies(self, snapshot: Snapshot | None = None) -> None:
        files, path = self._keeper.files, self._keeper.path
        with suppress(AuditDesktopError):
            audit = (snapshot or self._found).to_audit()
            siblings = find_siblings(files.filesystem, path, audit.id, self._opened.revision.doc_rev)
            paths = tuple(
                sibling.path
                for sibling in siblings
                if has_news(files.filesystem, files.clock, sibling, audit, files.is_known_good)
            )
            if paths:
                self._tell(CopiesFound(paths))
            sweep_leftovers(files.filesystem, files.clock, path, audit, files.is_known_good)

    def _look_for_newer_version(self) -> None:
        newer = newer_version(self._catalogue, self._found.framework)
        if newer is not None and not self._opened.is_read_only:
            self._tell(NewerVersionFound(newer.version))
