"""The end of the session from outside: the computer is shut down, or the program is told to end. Work comes first."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from types import FrameType

    from PySide6.QtGui import QGuiApplication, QSessionManager

    from audit_desktop.ui.audit_desk import AuditDesk
    from audit_desktop.ui.main_window import MainWindow

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class SessionEnd(QObject):
    """Keeps what was typed when the system ends the session or asks the program to end."""

    def __init__(self, app: QGuiApplication, desk: AuditDesk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._pipe: tuple[int, int] | None = None
        self._earlier_descriptor = -1
        self._notifier: QSocketNotifier | None = None
        app.commitDataRequest.connect(self._on_commit_data)
        app.aboutToQuit.connect(self._on_about_to_quit)

    def install(self) -> None:
        """Listen to the system's signals, where it has them; call it on the program's first thread."""
        if sys.platform == "win32":
            return
        # Python runs a handler only between two of its own steps, and Qt waits in none of them: what wakes it up is
        # the pipe into which the number of the signal is written.
        read, write = os.pipe()
        os.set_blocking(read, False)
        os.set_blocking(write, False)
        self._pipe = read, write
        self._earlier_descriptor = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        for name in _SIGNALS:
            signal.signal(getattr(signal, name), self._on_signal)
        notifier = self._notifier = QSocketNotifier(read, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._on_woken)

    def remove(self) -> None:
        """Leave the signals to the system again."""
        if self._pipe is None:
            return
        for name in _SIGNALS:
            signal.signal(getattr(signal, name), signal.SIG_DFL)
        signal.set_wakeup_fd(self._earlier_descriptor)
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        for descriptor in self._pipe:
            os.close(descriptor)
        self._pipe = None

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Keep the work at once, and close the window, which saves the file."""
        self._desk.keep_and_wait()
        self._window.leave()

    def _on_woken(self) -> None:
        if self._pipe is not None:
            with suppress(BlockingIOError):
                os.read(self._pipe[0], 64)

    def _on_commit_data(self, _manager: QSessionManager) -> None:
        self._desk.keep_and_wait()

    def _on_about_to_quit(self) -> None:
        self._desk.keep_and_wait()
