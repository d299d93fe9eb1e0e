"""The watch over the file of an open audit: what others write there comes in, and nobody works in it unannounced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge import merge_audits
from audit_desktop.session.notices import FileTrouble, FileWellAgain, HeldByOther, HoldFree
from audit_desktop.storage.attachment_store import digest_of
from audit_desktop.storage.audit_container import Snapshot, decode_source
from audit_desktop.storage.audit_files import reading
from audit_desktop.storage.faults import reading_fault
from audit_desktop.storage.lock import SECONDS_BETWEEN_BEATS

if TYPE_CHECKING:
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.keeper import AuditKeeper
    from audit_desktop.storage.audit_container import OpenedAudit
    from audit_desktop.storage.filesystem import FileStat
    from audit_desktop.storage.lock import Lock, LockHolder

SECONDS_BETWEEN_LOOKS = 30
SECONDS_BETWEEN_ASKING = 5
"""How often it is asked whether another holder is still there."""


class FileWatch:
    """Watches one file on the keeper's worker; what it finds reaches the session's thread as events."""

    def __init__(self, session: AuditSession, keeper: AuditKeeper, lock: Lock | None = None) -> None:
        """Watch the file of `keeper`; without a `lock` nobody is told that it is open here."""
        self._session = session
        self._keeper = keeper
        self._lock = lock
        self._other: LockHolder | None = None
        self._is_stale = False
        self._seen: FileStat | None = None
        self._is_looking = False
        self._trouble: FaultCode | None = None
        now = session.clock.monotonic()
        self._next_look = now + SECONDS_BETWEEN_LOOKS
        self._next_beat = now + SECONDS_BETWEEN_BEATS

    @property
    def other(self) -> LockHolder | None:
        """Who else has the file open, as far as is known."""
        return self._other

    def tick(self) -> None:
        """Do what is due; call it every second or so."""
        now = self._session.clock.monotonic()
        if now >= self._next_look:
            self.look()
        if self._lock is not None and now >= self._next_beat:
            waits = SECONDS_BETWEEN_ASKING if self._other is not None else SECONDS_BETWEEN_BEATS
            self._next_beat = now + waits
            self._keeper.submit(self._beat)

    def look(self) -> None:
        """Look whether somebody else wrote the file: call it too when the window is gone to again."""
        self._next_look = self._session.clock.monotonic() + SECONDS_BETWEEN_LOOKS
        if not self._is_looking:
            self._is_looking = True
            self._keeper.submit(self._look)

    # The lock

    def hold(self) -> None:
        """Say beside the file that it is open here, or find out who has it. To be called on the worker."""
        if self._lock is None:
            return
        other = self._lock.acquire()
        if other is not None:
            is_stale = self._lock.is_stale()
            self._keeper.deliver(lambda: self._on_other(other, is_stale=is_stale))

    def take_over(self) -> None:
        """Hold the file in place of somebody who seems to be gone; `HoldFree` or `HeldByOther` follows."""
        if self._lock is not None:
            self._keeper.submit(self._take_over)

    def end(self) -> None:
        """Say that the file is not open here any more."""
        if self._lock is not None:
            self._keeper.submit(self._lock.release)

    def _beat(self) -> None:
        lock = self._lock
        assert lock is not None
        if lock.is_held:
            # Somebody who took the lock may have written the file: what they wrote comes in.
            if not lock.beat():
                self._keeper.deliver(self.look)
                self.hold()
        elif self._other is not None:
            holder = lock.holder()
            if holder is None:
                self._keeper.deliver(self._on_free)
            else:
                is_stale = lock.is_stale()
                self._keeper.deliver(lambda: self._on_other(holder, is_stale=is_stale))

    def _take_over(self) -> None:
        lock = self._lock
        assert lock is not None
        if lock.take_over():
            self._keeper.deliver(self._on_free)
            return
        holder = lock.holder()
        if holder is not None:
            self._keeper.deliver(lambda: self._on_other(holder, is_stale=False))

    def _on_other(self, holder: LockHolder, *, is_stale: bool) -> None:
        is_news = self._other is None or self._other.lock_id != holder.lock_id or is_stale != self._is_stale
        is_first = self._other is None
        self._other, self._is_stale = holder, is_stale
        if is_first and self._keeper.is_all_in_file:
            # Only before the first word: what was written already is merged with what the other writes.
            self._keeper.set_read_only(is_read_only=True)
        if is_news:
            self._session.events.publish(HeldByOther(holder, is_stale))

    def _on_free(self) -> None:
        self._other, self._is_stale = None, False
        self._session.events.publish(HoldFree())
        self.look()

    # The file

    def _look(self) -> None:
        try:
            opened = self._changed()
        except AuditDesktopError as error:
            fault = error
            self._keeper.deliver(lambda: self._on_trouble(fault))
            return
        self._keeper.deliver(lambda: self._on_looked(opened))

    def _changed(self) -> OpenedAudit | None:
        """Return the audit in the file if it is another version than the one known here."""
        path, known, files = self._keeper.path, self._keeper.revision, self._keeper.files
        try:
            now = files.filesystem.stat(path)
        except OSError as error:
            self._seen = None
            raise reading_fault(error, path) from error
        if now == self._seen:
            return None
        opened = None
        with reading(files.filesystem, files.clock, path) as file:
            if known is None or digest_of(file) != known.sha256:
                opened = decode_source(file, str(path), files.is_known_good, path)
        if opened is not None:
            if opened.audit.id != self._session.audit.id:
                raise AuditDesktopError(FaultCode.DIFFERENT_AUDIT, str(path))
        else:
            self._seen = now
        return opened

    def _on_looked(self, opened: OpenedAudit | None) -> None:
        if self._trouble is not None:
            self._trouble = None
            self._session.events.publish(FileWellAgain())
        if opened is None:
            self._is_looking = False
            return
        if self._keeper.is_saving:
            # The save finds the version itself.
            self._is_looking = False
            return
        snapshot, made = self._session.snapshot(), self._keeper.edits_made
        self._keeper.submit(lambda: self._merge(opened, snapshot, made))

    def _merge(self, opened: OpenedAudit, snapshot: Snapshot, made: int) -> None:
        try:
            merged = merge_audits(snapshot.to_audit(), opened.audit).audit
        except AuditDesktopError as error:
            fault = error
            self._keeper.deliver(lambda: self._on_trouble(fault))
            return
        if self._session.is_read_only or Snapshot.of(merged).doc_rev() == opened.revision.doc_rev:
            go_on = self._keeper.adopt(merged, opened.revision, snapshot, made)
            self._keeper.deliver(go_on)
        else:
            self._keeper.deliver(self._keeper.save)
        self._keeper.deliver(self._on_merged)

    def _on_merged(self) -> None:
        self._is_looking = False

    def _on_trouble(self, fault: AuditDesktopError) -> None:
        self._is_looking = False
        if fault.code is not self._trouble:
            self._trouble = fault.code
            self._session.events.publish(FileTrouble(fault))
