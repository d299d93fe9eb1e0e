"""What happens when the program meets something it was not prepared for: work first, then a report, then a word."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot, qVersion

from audit_desktop.diagnostics import crash_report, write_report

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from audit_desktop.storage.clock import Clock
    from audit_desktop.ui.audit_desk import AuditDesk
    from audit_desktop.ui.main_window import MainWindow


class CrashGuard(QObject):
    """Takes every exception that nobody caught, from any thread, and brings it to the window's thread.

    The report is on the disk before anything is shown; a fault while a fault is shown is only written.
    """

    _caught = Signal(object)

    def __init__(self, desk: AuditDesk, logs: Path, clock: Clock, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._logs = logs
        self._clock = clock
        self._window = window
        self._is_showing = False
        self._caught.connect(self._on_caught)

    def install(self) -> None:
        """Take uncaught exceptions from now on."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Leave uncaught exceptions to the interpreter again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_exception(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            return
        self._caught.emit(error)

    def _on_thread_exception(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            self._caught.emit(what.exc_value)

    @Slot(object)
    def _on_caught(self, error: BaseException) -> None:
        now = self._clock.now()
        report = crash_report(error, now, qt_version=qVersion())
        path = write_report(self._logs, report, now)
        if self._is_showing:
            return
        self._is_showing = True
        try:
            from audit_desktop.ui.dialogs.crash import CrashDialog

            kept = self._keep_work()
            dialog = CrashDialog(report, path, kept, self._window)
            dialog.finished.connect(self._on_closed)
            dialog.quit_requested.connect(self._window.leave if kept == "failed" else self._window.close)
            dialog.open()
        except Exception as again:  # noqa: BLE001 - the last edge: nothing may come after it
            self._is_showing = False
            write_report(self._logs, crash_report(again, now, qt_version=qVersion()), now)

    def _keep_work(self) -> str:
        """Put what was typed where it is safe and return the word for how that went: `saved`, `failed` or `none`."""
        open_audit = self._desk.open_audit
        if open_audit is None:
            return "none"
        try:
            open_audit.keeper.keep()
            open_audit.keeper.save()
        except Exception:  # noqa: BLE001 - whatever broke before may break this too
            return "failed"
        return "saving"

    @Slot()
    def _on_closed(self) -> None:
        self._is_showing = False
