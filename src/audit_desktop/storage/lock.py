"""The lock beside an open audit: it tells the next person who has it open. It warns, and never protects data."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Self

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.strict_json import load_object
from audit_desktop.core.text import one_line
from audit_desktop.storage.process import ProcessMark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem

SECONDS_BETWEEN_BEATS: Final = 10
SECONDS_UNTIL_STALE: Final = 35
_LARGEST: Final = 4096


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who has a file open: a name to show, the program, since when, and how often it has said so."""

    lock_id: str
    name: str
    opened_at: str
    process: ProcessMark
    beat: int = 0

    def to_bytes(self) -> bytes:
        """Return what stands in the lock file."""
        document = {
            "lock_id": self.lock_id,
            "name": self.name,
            "opened_at": self.opened_at,
            "process": self.process.to_json(),
            "beat": self.beat,
        }
        return json.dumps(document, ensure_ascii=False).encode("utf-8")

    @classmethod
    def from_bytes(cls, data: bytes) -> Self | None:
        """Return who `data` names, or `None` if it is no lock of ours."""
        try:
            document: dict[str, Any] = load_object(data, "lock")
            texts = (document["lock_id"], document["name"], document["opened_at"])
            if not all(type(text) is str for text in texts) or type(document["beat"]) is not int:
                return None
            return cls(
                document["lock_id"],
                one_line(document["name"])[:100],
                document["opened_at"],
                ProcessMark.from_json(document["process"]),
                document["beat"],
            )
        except (AuditDesktopError, KeyError, TypeError, ValueError):
            return None


def lock_path(path: Path) -> Path:
    """Return where the lock of the file at `path` is; cloud folders leave names of this form alone."""
    return path.with_name(f"~${path.name}")


class Lock:
    """Our own lock of one file. Nothing here raises: a folder that takes no lock only means that nobody is warned."""

    def __init__(
        self,
        filesystem: Filesystem,
        clock: Clock,
        path: Path,
        name: str,
        process: ProcessMark,
        is_gone: Callable[[ProcessMark], bool] = ProcessMark.is_gone,
    ) -> None:
        self._filesystem = filesystem
        self._clock = clock
        self._path = lock_path(path)
        self._is_gone = is_gone
        self._own = LockHolder(
            os.urandom(16).hex(), name, clock.now().isoformat(timespec="seconds").replace("+00:00", "Z"), process
        )
        self._is_held = False
        self._seen: bytes | None = None
        self._seen_since = 0.0

    @property
    def is_held(self) -> bool:
        """Whether we hold the lock."""
        return self._is_held

    def acquire(self) -> LockHolder | None:
        """Return `None` once we hold the lock, or who else does; `None` too if the folder takes no lock.

        The lock of a program of this computer that is gone is taken over.
        """
        for _ in range(3):
            if self._create():
                return None
            data = self._read()
            if data is None:
                continue
            holder = LockHolder.from_bytes(data)
            if holder is None:
                return None
            if holder.lock_id == self._own.lock_id:
                self._is_held = True
                return None
            if not self._is_gone(holder.process):
                return holder
            if self._take_from(data):
                return None
        return self.holder()

    def holder(self) -> LockHolder | None:
        """Return who holds the lock now, ourselves included, or `None`."""
        data = self._read()
        return LockHolder.from_bytes(data) if data is not None else None

    def beat(self) -> bool:
        """Say that we are still here, every ten seconds; returns whether the lock is still ours.

        If it is not, as after a long sleep, the file may have been changed by whoever took it over.
        """
        if not self._is_held:
            return False
        try:
            holder = LockHolder.from_bytes(self._filesystem.read_start(self._path, _LARGEST))
        except FileNotFoundError:
            holder = None
        except OSError:
            # A virus scanner has it for a moment, or the network is away: that nobody can read it says nothing.
            return True
        if holder is None or holder.lock_id != self._own.lock_id:
            self._is_held = False
            return False
        self._own = replace(self._own, beat=self._own.beat + 1)
        temporary = self._path.with_name(f"{self._path.name}.{os.urandom(8).hex()}.tmp")
        with suppress(OSError):
            self._write(temporary)
            try:
                self._filesystem.replace(temporary, self._path)
            except OSError:
                self._filesystem.remove(temporary)
        return True

    def is_stale(self) -> bool:
        """Return whether the lock of somebody else has been the same for 35 seconds of our own watching.

        Ask every few seconds. The clocks of two computers are never compared.
        """
        data = self._read()
        if data is None:
            return False
        if data != self._seen:
            self._seen, self._seen_since = data, self._clock.monotonic()
            holder = LockHolder.from_bytes(data)
            return holder is not None and self._is_gone(holder.process)
        return self._clock.monotonic() - self._seen_since >= SECONDS_UNTIL_STALE

    def take_over(self) -> bool:
        """Take a stale lock; returns whether it is ours now. Only one of several that try succeeds."""
        data = self._read()
        return self._create() if data is None else self._take_from(data)

    def release(self) -> None:
        """Give the lock up, if it is still ours."""
        holder = self.holder()
        if self._is_held and holder is not None and holder.lock_id == self._own.lock_id:
            with suppress(OSError):
                self._filesystem.remove(self._path)
        self._is_held = False

    def _create(self) -> bool:
        temporary = self._path.with_name(f"{self._path.name}.{os.urandom(8).hex()}.tmp")
        try:
            # Whole before it gets its name, so that nobody ever reads half of it.
            self._write(temporary)
            self._filesystem.move_without_overwrite(temporary, self._path)
        except OSError:
            with suppress(OSError):
                self._filesystem.remove(temporary)
            return False
        self._is_held = True
        return True

    def _write(self, path: Path) -> None:
        file = self._filesystem.create_exclusive(path)
        try:
            file.write(self._own.to_bytes())
        finally:
            file.close()

    def _read(self) -> bytes | None:
        try:
            return self._filesystem.read_start(self._path, _LARGEST)
        except OSError:
            return None

    def _take_from(self, judged: bytes) -> bool:
        """Put our lock in the place of the stale one that says `judged`; returns whether that was done.

        At no moment is there no lock: in that moment a third could take it, and two would hold it.
        """
        temporary = self._path.with_name(f"{self._path.name}.{os.urandom(8).hex()}.tmp")
        # Whoever has this name may replace the lock that was judged stale, and nobody else.
        right = self._path.with_name(f"{self._path.name}.{sha256(judged).hexdigest()[:16]}.tmp")
        try:
            self._write(temporary)
            self._filesystem.move_without_overwrite(temporary, right)
        except OSError:
            with suppress(OSError):
                self._filesystem.remove(temporary)
            self._clear_right_of_a_dead_program(right)
            return False
        try:
            if self._read() == judged:
                self._filesystem.replace(right, self._path)
                self._is_held = True
            else:
                self._filesystem.remove(right)
        except OSError:
            with suppress(OSError):
                self._filesystem.remove(right)
        return self._is_held

    def _clear_right_of_a_dead_program(self, right: Path) -> None:
        with suppress(OSError):
            taker = LockHolder.from_bytes(self._filesystem.read_start(right, _LARGEST))
            if taker is not None and self._is_gone(taker.process):
                self._filesystem.remove(right)
