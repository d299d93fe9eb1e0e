"""Which running program a lock or a journal belongs to, and whether it still runs."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from audit_desktop.core.record import Record


class ProcessMark(Record):
    """A running program: its computer, its number there, and when it started, which tells numbers used again apart."""

    host: str
    pid: int
    started: str

    @classmethod
    def of_this_program(cls) -> Self:
        """Return the mark of the program that asks."""
        return cls(_host(), os.getpid(), _started(os.getpid()) or "")

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """Return the mark; raises `KeyError` or `TypeError` if `document` is none."""
        mark = cls(document["host"], document["pid"], document["started"])
        if not (type(mark.host) is str and type(mark.pid) is int and type(mark.started) is str):
            raise TypeError("a process mark is not as it should be")
        return mark

    def to_json(self) -> dict[str, Any]:
        """Return the mark as its JSON object."""
        return {"host": self.host, "pid": self.pid, "started": self.started}

    @property
    def can_be_told(self) -> bool:
        """Whether this computer can say if the program runs: it ran here, and the system says when programs started.

        A computer gets another name, and not every system says.
        """
        return self.host == _host() and bool(self.started)

    def is_gone(self) -> bool:
        """Return whether the program ran on this computer and certainly runs no more."""
        if self.host != _host():
            return False
        started = _started(self.pid)
        return started is None or (bool(started) and bool(self.started) and started != self.started)


def _host() -> str:
    # Not from `socket`: importing it would make the program start later.
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _started(pid: int) -> str | None:
    """Return when the program `pid` started, an empty text if the system does not say, `None` if there is none."""
    if pid <= 0:
        return None
    if sys.platform == "win32":
        return _started_on_windows(pid)
    with suppress(OSError, IndexError):
        # After the name, which stands in brackets and may hold anything, the start time is the 20th value.
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[19]
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except (OSError, OverflowError):
        return ""
    return ""


def _started_on_windows(pid: int) -> str | None:
    import ctypes
    from ctypes import wintypes

    query_limited_information, still_active = 0x1000, 259
    windows: Any = ctypes  # Its Windows half is unknown to checkers elsewhere.
    library: Any = windows.WinDLL("kernel32", use_last_error=True)
    library.OpenProcess.restype = wintypes.HANDLE
    handle = library.OpenProcess(query_limited_information, False, pid)
    if not handle:
        invalid_parameter = 87
        return None if windows.get_last_error() == invalid_parameter else ""
    try:
        code = wintypes.DWORD()
        if library.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code)) and code.value != still_active:
            return None
        times = [wintypes.FILETIME() for _ in range(4)]
        if library.GetProcessTimes(wintypes.HANDLE(handle), *map(ctypes.byref, times)):
            return str((times[0].dwHighDateTime << 32) | times[0].dwLowDateTime)
        return ""
    finally:
        library.CloseHandle(wintypes.HANDLE(handle))
