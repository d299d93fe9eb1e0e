"""The keeper: puts what a session holds into the journal within a second and into the file at every checkpoint."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import replace
from audit_desktop.session.events import (
    AnswersChanged,
    AuditReplaced,
    Event,
    SaveChanged,
    SaveState,
    TypingCameToNothing,
    TypingGoesOn,
    TypingStarted,
    UndoChanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.file_keeping import FileKeeping
    from audit_desktop.session.worker import Worker
    from audit_desktop.storage.audit_container import Revision, Snapshot
    from audit_desktop.storage.audit_files import SavedAudit
    from audit_desktop.storage.journal import Journal
    from audit_desktop.storage.places import Place

CHECKPOINT_AFTER = 60.0
"""Seconds that work may be in the journal alone before the file is written, on a disk of this computer."""
SLOW_CHECKPOINT_AFTER = 600.0
"""The same in a cloud folder and on a network or removable drive, and for a file of more than `LARGE_FILE` bytes:
where each version takes long to write, or is uploaded."""
LARGE_FILE = 5_000_000


class AuditKeeper:
    """Keeps one session's work safe. Writing happens on the `worker`; what follows from it on the session's thread.

    `deliver` runs a function on the thread that the session belongs to. Every change of how safe the work is
    comes as a `SaveChanged` event of the session.
    """

    def __init__(
        self,
        session: AuditSession,
        path: Path,
        revision: Revision | None,
        files: FileKeeping,
        worker: Worker,
        deliver: Callable[[Callable[[], None]], None],
        journal: Journal | None = None,
    ) -> None:
        self._session = session
        self._path = path
        self._revision = revision
        self._files = files
        self._worker = worker
        self._deliver = deliver
        self._journal = journal
        self._state = SaveState.READ_ONLY if session.is_read_only else SaveState.SAVED
        self._fault: AuditDesktopError | None = None
        self._dirty_since: float | None = None
        self._saves_under_way = 0
        self._made = 0
        self._kept = 0
        self._written = 0
        self._placed: Path | None = None
        self._place: Place | None = None
        self._copy: SavedAudit | None = None
        self._failure: tuple[AuditDesktopError, Path | None] | None = None
        self._missing: set[str] = set()
        self._others_found = 0
        """How many versions of somebody else's the worker has found and taken in; the session has `_others_met`."""
        self._others_met = 0
        self._is_closed = False
        self._unsubscribe = session.events.subscribe(self._on_event)

    @property
    def path(self) -> Path:
        """The file that the audit is kept in."""
        return self._path

    @property
    def state(self) -> SaveChanged:
        """How safe the work is now."""
        copy = self._failure[1] if self._failure is not None and self._state is SaveState.FAILED else None
        return self._event(self._state, self._fault, copy)

    @property
    def files(self) -> FileKeeping:
        """What reads and writes files here."""
        return self._files

    @property
    def revision(self) -> Revision | None:
        """The version of the file that was read or written last; the worker changes it."""
        return self._revision

    @property
    def checkpoint_after(self) -> float:
        """How many seconds after the first change the file is written."""
        is_large = self._revision is not None and self._revision.size > LARGE_FILE
        is_far = self._place is not None and not self._place.is_local
        return SLOW_CHECKPOINT_AFTER if is_large or is_far else CHECKPOINT_AFTER

    def find_place(self) -> None:
        """Find out what kind of place the file lies in, unless that is known. To be called on the worker."""
        if self._placed != self._path:
            self._placed = self._path
            self._place = self._files.place_of(self._path)

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return self._saves_under_way > 0

    @property
    def is_all_in_file(self) -> bool:
        """Whether the file holds everything that was typed or chosen."""
        return self._written == self._made and not self._session.has_pending

    def keep(self) -> None:
        """Put everything that is not on the disk yet into the journal: call it when a box or the window is left."""
        self._session.commit_typing(initiator=self)

    def tick(self) -> None:
        """Save the file if it is time to; call it every second or so."""
        if self._dirty_since is None or self._saves_under_way or self._session.is_read_only:
            return
        if self._session.clock.monotonic() - self._dirty_since >= self.checkpoint_after:
            self.save()

    def save(self) -> None:
        """Write the file now, whether or not anything changed."""
        if self._session.is_read_only:
            return
        self._save()

    def submit(self, job: Callable[[], None]) -> None:
        """Run `job`, which must not raise, on the thread that writes, after what was given to it before."""
        self._worker.submit(job)

    def deliver(self, job: Callable[[], None]) -> None:
        """Run `job` on the session's thread, unless the audit is closed by then."""
        self._deliver(lambda: None if self._is_closed else job())

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let nothing be changed from now on, or let it be changed again."""
        if is_read_only == self._session.is_read_only:
            return
        if is_read_only:
            self._session.commit_typing()
        self._session.is_read_only = is_read_only
        self._show(SaveState.READ_ONLY if is_read_only else SaveState.SAVED)
        self._session.events.publish(AuditReplaced())
        self._session.events.publish(UndoChanged(self._session.can_undo, self._session.can_redo))

    def adopt(self, merged: Audit, revision: Revision, snapshot: Snapshot, made: int) -> Callable[[], None]:
        """Go on from `revision`, a version of the file that holds `merged`, and with it all of `snapshot`.

        To be called on the worker; what it returns belongs on the session's thread. `made` is what `edits_made` was
        when the snapshot was taken.
        """
        self._revision = revision
        self._others_found += 1
        met = self._others_found
        if self._journal is not None:
            with suppress(AuditDesktopError):
                self._journal.checkpoint(revision, self._path, snapshot.later)

        def go_on() -> None:
            self._session.take_over(merged)
            self._others_met = met
            self._written = max(self._written, made)
            if not self._session.is_read_only and self._written == self._made and not self._session.has_pending:
                self._dirty_since = None
                self._show(SaveState.SAVED)

        return go_on

    @property
    def edits_made(self) -> int:
        """How many edits there were to keep so far."""
        return self._made

    def close(self) -> None:
        """Save what the file does not hold yet, wait for it, and end the worker."""
        self._session.commit_typing()
        if not self.is_all_in_file:
            self.save()
        if self._made:
            self._worker.submit(self._put_by_at_the_end)
        if self._journal is not None:
            self._worker.submit(self._journal.close)
        self._worker.finish()
        self._unsubscribe()
        self._is_closed = True

    # On the session's thread

    def _on_event(self, event: Event) -> None:
        match event:
            case AnswersChanged():
                self._keep_edits()
            case AuditReplaced(needs_saving=True):
                # The journal knows additions alone: a merge taken back is safe when the file says so.
                self._keep_edits()
                self._made += 1
                self._save(event)
            case TypingGoesOn():
                self._keep_typing()
            case TypingCameToNothing():
                self._keep_typing()
                self._on_kept(self._made if self.is_all_in_file else self._kept)
            case TypingStarted():
                self._show(SaveState.TYPING)
            case _:
                pass

    def _keep_edits(self) -> None:
        edits = self._session.take_unkept()
        self._made += len(edits)
        if self._dirty_since is None:
            self._dirty_since = self._session.clock.monotonic()
        journal, made = self._journal, self._made
        self._show(SaveState.TYPING)
        if journal is None:
            return

        def append() -> None:
            try:
                journal.append(edits)
            except AuditDesktopError as error:
                fault = error
                self._deliver(lambda: self._on_not_kept(fault))
            else:
                self._deliver(lambda: self._on_kept(made))

        self._worker.submit(append)

    def _keep_typing(self) -> None:
        journal, typed = self._journal, self._session.typed()
        if journal is None:
            return

        def append() -> None:
            try:
                journal.append_typing(typed)
            except AuditDesktopError as error:
                fault = error
                self._deliver(lambda: self._on_not_kept(fault))

        self._worker.submit(append)

    def _on_kept(self, made: int) -> None:
        self._kept = max(self._kept, made)
        if self._kept == self._made and not self._session.has_pending and self._saves_under_way == 0:
            if self._failure is not None:
                # Kept here, but nobody may believe that the file follows in a moment.
                self._show(SaveState.FAILED, *self._failure)
            else:
                self._show(SaveState.KEPT_LOCALLY if self._written < self._made else SaveState.SAVED)

    def _on_not_kept(self, fault: AuditDesktopError) -> None:
        # The journal cannot be written: the file itself is the next best place.
        self._show(SaveState.FAILED, fault)
        self.save()

    def _save(self, replaced: AuditReplaced | None = None) -> None:
        snapshot, path = self._session.snapshot(), self._path
        made, met = self._made, self._others_met
        self._saves_under_way += 1
        self._dirty_since = None
        self._show(SaveState.SAVING)

        def write() -> None:
            # The revision is looked up here, so that a save waiting behind another one knows what that one wrote. What
            # that one found there of somebody else's is not in this snapshot: the file is then read as an unknown one.
            known = self._revision if met == self._others_found else None
            try:
                self.find_place()
                if replaced is not None:
                    self._give_up(replaced)
                try:
                    saved = self._files.write(path, snapshot, known)
                except AuditDesktopError as error:
                    saved = self._write_copy(path, snapshot, error)
                if saved.merged is not None:
                    self._others_found += 1
                found = self._others_found
                if saved.fault is None:
                    self._revision = saved.revision
                    if self._journal is not None:
                        self._journal.checkpoint(saved.revision, saved.path, snapshot.later)
            except AuditDesktopError as error:
                fault = error
                self._deliver(lambda: self._on_save_failed(fault))
            except Exception as error:
                # A fault of the program: told like any other, or the next save would wait for this one for ever.
                unknown = AuditDesktopError(FaultCode.WRITE_FAILED, str(path), reason=type(error).__name__)
                self._deliver(lambda: self._on_save_failed(unknown))
                raise
            else:
                self._deliver(lambda: self._on_saved(saved, made, found))

        self._worker.submit(write)

    def _give_up(self, replaced: AuditReplaced) -> None:
        """Put by what leaves the audit with an undone merge; from then on no journal offers it again.

        If it could not be put by, the journal holds it, and it is offered again. Raises `AuditDesktopError` if the
        journal does not take it either.
        """
        is_safe = replaced.left_behind is None or self._files.put_by(replaced.left_behind)
        if self._journal is None or not replaced.taken_out:
            return
        if is_safe:
            # Before the file is written: whatever happens in between, it is in the file or not to be offered.
            with suppress(AuditDesktopError):
                self._journal.withdraw(replaced.taken_out)
        else:
            self._journal.append(replaced.taken_out)

    def _put_by_at_the_end(self) -> None:
        if self._revision is not None:
            self._files.put_by_file(self._path, self._revision)

    def _write_copy(self, path: Path, snapshot: Snapshot, fault: AuditDesktopError) -> SavedAudit:
        """Write the copy that takes the place of a file that cannot be written: one, however often that happens."""
        if self._copy is not None:
            with suppress(AuditDesktopError):
                again = self._files.write(self._copy.path, snapshot, self._copy.revision)
                self._copy = replace(again, merged=None, fault=fault)
                return self._copy
        self._copy = self._files.write_copy_beside(path, snapshot, fault)
        return self._copy

    def _on_saved(self, saved: SavedAudit, made: int, met: int) -> None:
        self._saves_under_way -= 1
        if saved.merged is not None:
            self._session.take_over(saved.merged)
            self._others_met = met
        if saved.attached:
            from audit_desktop.storage.held_attachments import note_in_file

            note_in_file(self._session.audit, saved.attached)
        if set(saved.missing) - self._missing:
            from audit_desktop.session.notices import AttachmentsMissing

            self._session.events.publish(AttachmentsMissing(saved.missing))
        self._missing = set(saved.missing)
        if saved.fault is not None:
            self._dirty_since = self._session.clock.monotonic()
            self._failure = saved.fault, saved.path
            self._show(SaveState.FAILED, saved.fault, saved.path)
            return
        self._failure = None
        self._written = max(self._written, made)
        if self._written == self._made and not self._session.has_pending:
            self._show(SaveState.SAVED)
        elif self._dirty_since is None:
            self._dirty_since = self._session.clock.monotonic()

    def _on_save_failed(self, fault: AuditDesktopError) -> None:
        self._saves_under_way -= 1
        self._dirty_since = self._session.clock.monotonic()
        self._failure = fault, None
        self._show(SaveState.FAILED, fault)

    def _show(self, state: SaveState, fault: AuditDesktopError | None = None, path: Path | None = None) -> None:
        if (state, fault) != (self._state, self._fault):
            self._state, self._fault = state, fault
            self._session.events.publish(self._event(state, fault, path))

    def _event(self, state: SaveState, fault: AuditDesktopError | None, path: Path | None) -> SaveChanged:
        is_slow = self.checkpoint_after > CHECKPOINT_AFTER
        return SaveChanged(state, path or self._path, fault, self._place, is_slow=is_slow)
