"""Work off the window's thread, with progress, success, failure and a way to stop it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from audit_desktop.core.errors import AuditDesktopError

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int], None]
    IsStopped = Callable[[], bool]
    Job = Callable[[Progress, IsStopped], object]


class Task(QObject):
    """Runs one job on a thread of its own; everything that is told arrives on the window's.

    The job is given what to call with its progress, and what to ask whether it should stop.

    Signals:
        progressed: how many steps of how many are done.
        succeeded: what the job returned.
        failed: the `AuditDesktopError` that it raised.
        broke: any other exception, for the crash report.
        stopped: the job ended after it was asked to stop.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    broke = Signal(object)
    stopped = Signal()
    _told = Signal(str, object)

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="audit-task", daemon=True)
        self._told.connect(self._on_told)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the job to stop."""
        self._stop.set()

    @property
    def is_running(self) -> bool:
        """Whether the job has not ended yet."""
        return self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> None:
        """Return once the thread has ended, or after `seconds`."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            result = self._job(self._on_progress, self._stop.is_set)
        except AuditDesktopError as fault:
            self._told.emit("stopped" if self._stop.is_set() else "failed", fault)
        except Exception as error:  # noqa: BLE001 - the edge of the thread; handed over to the crash report
            self._told.emit("stopped" if self._stop.is_set() else "broke", error)
        else:
            self._told.emit("stopped" if self._stop.is_set() and result is None else "succeeded", result)

    def _on_progress(self, done: int, total: int) -> None:
        self._told.emit("progressed", (done, total))

    @Slot(str, object)
    def _on_told(self, what: str, content: Any) -> None:
        match what:
            case "progressed":
                self.progressed.emit(*content)
            case "succeeded":
                self.succeeded.emit(content)
            case "failed":
                self.failed.emit(content)
            case "broke":
                self.broke.emit(content)
            case _:
                self.stopped.emit()
