"""The desk: which audit is open in the window, and its opening, making, copying and closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.session.events import SaveChanged, SaveState
from audit_desktop.session.worker import ThreadWorker
from audit_desktop.ui.bridge import Bridge, WindowThread

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Author
    from audit_desktop.session.workspace import Attendance, OpenAudit, Workspace
    from audit_desktop.storage.audit_container import Snapshot
    from audit_desktop.ui.new_audit_page import NewAudit
    from audit_desktop.ui.tasks import Task

_TICK_MILLISECONDS = 1_000
_SECONDS_FOR_SHUTTING_DOWN = 5.0
"""Longer no system waits for a program before it ends it."""


class AuditDesk(QObject):
    """At most one audit is open. Another is opened only after the one before is safe in its file.

    Signals:
        opened: an audit is open now; `open_audit` and `bridge` are its.
        closed: no audit is open any more.
        failed: the `AuditDesktopError` for which something that was asked for did not happen.
        save_changed: the `SaveChanged` event of the open audit.
        close_blocked: the audit cannot be closed, since its file could not be written; the `SaveChanged` event.
        copy_saved: the path of a copy.
    """

    opened = Signal()
    closed = Signal()
    failed = Signal(object)
    save_changed = Signal(object)
    close_blocked = Signal(object)
    copy_saved = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.open_audit: OpenAudit | None = None
        self.bridge: Bridge | None = None
        self.attendance: Attendance | None = None
        self._worker: ThreadWorker | None = None
        self._thread = WindowThread(self)
        self._then: Callable[[], None] | None = None
        self._copying: Task | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MILLISECONDS)
        self._tick.timeout.connect(self._on_tick)

    @property
    def path(self) -> Path | None:
        """The file of the open audit."""
        return self.open_audit.keeper.path if self.open_audit is not None else None

    def open(self, path: Path, who: Author | None) -> None:
        """Open the audit in the file at `path`; the one that is open is closed first, if the new one can be read."""
        if self.open_audit is not None:
            try:
                self.workspace.read(path)
            except AuditDesktopError as fault:
                self.failed.emit(fault)
                return
        self.close(lambda: self._open(path, who))

    def attend(self) -> None:
        """Look after the file of the open audit from now on: call it once the audit is on the screen."""
        if self.open_audit is None or self.attendance is not None:
            return
        self.attendance = self.workspace.attend(self.open_audit)
        if self.attendance.after_opening is not None:
            self.attendance.after_opening.start()

    def look_for_copies(self) -> None:
        """Look once more for copies of the audit that hold something that it lacks: call it when one was taken in."""
        if self.attendance is not None and self.attendance.after_opening is not None:
            self.attendance.after_opening.look_for_copies()

    def keep(self) -> None:
        """Put what is being typed where it is safe: call it when the window is left, and when the session ends."""
        if self.open_audit is not None:
            self.open_audit.keeper.keep()

    def keep_and_wait(self) -> None:
        """Return once everything that was typed is on the disk of this computer, as when the computer is shut down."""
        if self.open_audit is None or self._worker is None:
            return
        self.open_audit.keeper.keep()
        self._worker.wait(_SECONDS_FOR_SHUTTING_DOWN)

    def look(self) -> None:
        """Look whether somebody else wrote the file: call it when the window is gone to."""
        if self.attendance is not None:
            self.attendance.watch.look()

    def go_on_elsewhere(self, path: Path, who: Author | None, *, may_replace: bool = True) -> None:
        """Write the audit as it is now to the file at `path`, close the one that is open, and open that."""
        if self.open_audit is None:
            return
        self.save_new_and_open(path, self.open_audit.session.snapshot().to_audit(), who, may_replace=may_replace)

    def save_new_and_open(self, path: Path, audit: Audit, who: Author | None, *, may_replace: bool = True) -> bool:
        """Write `audit` to the new file `path` and open it; `failed` says why not. Returns whether it was written."""
        try:
            self.workspace.save_new(path, audit, may_replace=may_replace)
        except AuditDesktopError as fault:
            self.failed.emit(fault)
            return False
        self.open(path, who)
        return True

    def create(self, new: NewAudit) -> None:
        """Make a new audit and open it."""
        self.close(lambda: self._create(new))

    def make_sample(self, resources: Path, folder: Path, who: Author | None) -> None:
        """Make the sample audit anew in `folder` and open it."""
        self.close(lambda: self._make_sample(resources, folder, who))

    def close(self, then: Callable[[], None] | None = None) -> None:
        """Save and close the open audit, and call `then` once it is closed; `close_blocked` says why it is not."""
        self._then = then
        if self.open_audit is None:
            self._go_on()
            return
        keeper = self.open_audit.keeper
        keeper.keep()
        if keeper.is_all_in_file or self.open_audit.session.is_read_only:
            self._put_away()
            self._go_on()
        else:
            keeper.save()

    @property
    def is_closing(self) -> bool:
        """Whether something waits for the open audit to be saved."""
        return self._then is not None

    def stay(self) -> None:
        """Do not close after all."""
        self._then = None

    def abandon(self) -> None:
        """Close although the file does not hold everything; the journal may."""
        if self.open_audit is not None:
            self._put_away()
        self._go_on()

    def save_copy(self, path: Path) -> None:
        """Write a copy of the audit to `path`, which a person chose; `copy_saved` or `failed` follows."""
        from audit_desktop.ui.tasks import Task

        if self.open_audit is None:
            return
        snapshot = self.open_audit.session.snapshot()
        task = Task(lambda _progress, _stopped: self._write_copy(path, snapshot), self)
        task.succeeded.connect(lambda _saved: self.copy_saved.emit(path))
        task.failed.connect(self.failed)
        self._copying = task
        task.start()

    def _write_copy(self, path: Path, snapshot: Snapshot) -> object:
        return self.workspace.save_new(path, snapshot.to_audit(), may_replace=True)

    def wait_for_copies(self) -> None:
        """Return once no copy is being written."""
        if self._copying is not None:
            self._copying.wait()

    def _open(self, path: Path, who: Author | None) -> None:
        worker = ThreadWorker()
        try:
            self.open_audit = self.workspace.open(path, who, worker, self._thread.deliver)
        except AuditDesktopError as fault:
            worker.finish()
            self.failed.emit(fault)
            return
        self._worker = worker
        self.bridge = Bridge(self.open_audit.session, self)
        self.bridge.save_changed.connect(self._on_save_changed)
        self._tick.start()
        self.opened.emit()

    def _create(self, new: NewAudit) -> None:
        try:
            self.workspace.create(new.path, new.framework, [(new.who, new.answers)])
        except AuditDesktopError as fault:
            self.failed.emit(fault)
            return
        self._open(new.path, new.who)

    def _make_sample(self, resources: Path, folder: Path, who: Author | None) -> None:
        from pathlib import Path

        from audit_desktop.core.file_names import free_path
        from audit_desktop.session.sample import SAMPLE_NAME, create_sample

        name = Path(SAMPLE_NAME)
        try:
            self.workspace.filesystem.make_folder(folder)
            path = free_path(folder, name.stem, name.suffix, self.workspace.filesystem.exists)
            create_sample(self.workspace, resources, path)
        except AuditDesktopError as fault:
            self.failed.emit(fault)
            return
        self._open(path, who)

    def _put_away(self) -> None:
        if self.open_audit is None:
            return
        self._tick.stop()
        try:
            if self.attendance is not None:
                self.attendance.watch.end()
            self.open_audit.keeper.close()
        finally:
            # Whatever went wrong, the thread may not keep the program from ending.
            if self._worker is not None:
                self._worker.finish()
            if self.bridge is not None:
                self.bridge.close()
                self.bridge.deleteLater()
            self.open_audit, self.bridge, self._worker, self.attendance = None, None, None, None
            self.closed.emit()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    @Slot()
    def _on_tick(self) -> None:
        if self.open_audit is not None:
            self.open_audit.keeper.tick()
            if self.attendance is not None:
                self.attendance.watch.tick()

    @Slot(object)
    def _on_save_changed(self, event: SaveChanged) -> None:
        self.save_changed.emit(event)
        if not self.is_closing or self.open_audit is None:
            return
        if event.state is SaveState.SAVED and self.open_audit.keeper.is_all_in_file:
            # Not from inside the event: its other listeners are still to hear of it.
            QTimer.singleShot(0, self, self._on_safe)
        elif event.state is SaveState.FAILED:
            self.close_blocked.emit(event)

    @Slot()
    def _on_safe(self) -> None:
        if self.is_closing:
            self._put_away()
            self._go_on()
