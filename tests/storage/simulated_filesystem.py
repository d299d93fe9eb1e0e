"""A file system in memory that forgets what was not synced, fails where it is told to, and dies in a power cut."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from audit_desktop.storage.filesystem import FileStat

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_Result = TypeVar("_Result")
_ACCESS_DENIED, _SHARING_VIOLATION = 5, 32
_UNABLE_TO_REMOVE_REPLACED, _UNABLE_TO_MOVE_REPLACEMENT = 1175, 1176


class KilledError(BaseException):
    """The program was killed here; nothing of it runs any more."""


@dataclass(slots=True, eq=False)
class Inode:
    """One file: what a reader sees, and what a power cut would leave."""

    data: bytes = b""
    durable: bytes = b""
    is_lost: bool = False
    """A failed fsync threw the unsynced data away; the next fsync will say yes all the same."""
    mtime: float = 0.0


@dataclass(slots=True)
class Fault:
    """What goes wrong: `kind` is an errno, `kill-before`, `kill-after` or `short-write`, at the `at`-th change."""

    at: int
    kind: int | str
    is_sticky: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Another program has a file open until `until`, by the clock, as Windows lets it: nobody moves or removes it.

    With `stops_reading` nobody else can read it either.
    """

    until: float
    stops_reading: bool = False


@dataclass(slots=True)
class SimulatedClock:
    """A clock that goes on only when somebody sleeps."""

    at: datetime = datetime(2026, 3, 2, 14, 2, tzinfo=UTC)
    seconds: float = 100.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds


@dataclass(slots=True)
class SimulatedFilesystem:
    """The changes of names of each folder, and the bytes of each file, become durable by their fsync alone."""

    names: dict[Path, Inode] = field(default_factory=dict[Path, Inode])
    durable_names: dict[Path, Inode] = field(default_factory=dict[Path, Inode])
    folders: set[Path] = field(default_factory=lambda: {Path("/")})
    new_folders: set[Path] = field(default_factory=set[Path])
    """Folders that a power cut may take away with all that is in them: the folder above was not synced since."""
    unsynced: list[tuple[Path, dict[Path, Inode | None]]] = field(default_factory=list)
    fault: Fault | None = None
    changes: int = 0
    free: int | None = None
    clock: SimulatedClock = field(default_factory=SimulatedClock)
    before_change: Callable[[str, Path], None] | None = None
    """Called before every change, so that another program can act between any two steps."""
    honours_fsync: bool = True
    honours_folder_fsync: bool = True
    holds: dict[Path, Hold] = field(default_factory=dict[Path, Hold])
    after_create: Callable[[Path], None] | None = None
    """Called after a file was made, as by a virus scanner that looks into every new one."""

    # Reading

    def read_bytes(self, path: Path) -> bytes:
        if path in self.folders:
            raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
        if path not in self.names:
            raise FileNotFoundError(errno.ENOENT, "no such file", str(path))
        hold = self.holds.get(path)
        if hold is not None and hold.stops_reading:
            self._require_free(path, _SHARING_VIOLATION)
        return self.names[path].data

    def read_start(self, path: Path, count: int) -> bytes:
        return self.read_bytes(path)[:count]

    def open_read(self, path: Path) -> SimulatedReading:
        return SimulatedReading(self.read_bytes(path))

    def list_folder(self, path: Path) -> list[str]:
        if path not in self.folders:
            raise FileNotFoundError(errno.ENOENT, "no such folder", str(path))
        return sorted(item.name for item in {*self.names, *self.folders} if item.parent == path and item != path)

    def exists(self, path: Path) -> bool:
        return path in self.names or path in self.folders

    def is_folder(self, path: Path) -> bool:
        return path in self.folders

    def stat(self, path: Path) -> FileStat:
        self._require(path)
        return FileStat(len(self.names[path].data), self.names[path].mtime)

    def resolve(self, path: Path) -> Path:
        return path

    def free_space(self, path: Path) -> int | None:
        return self.free

    # Changing

    def make_folder(self, path: Path) -> None:
        self._change("make_folder", path)
        made = {path, *path.parents} - self.folders
        self.folders |= made
        self.new_folders |= made

    def furnish(self, *paths: Path) -> None:
        """Make folders that were there before everything else, so that no power cut takes them away."""
        for path in paths:
            self.folders |= {path, *path.parents}

    def create_exclusive(self, path: Path, *, is_private: bool = False) -> SimulatedFile:
        self._change("create", path)
        if self.exists(path):
            raise FileExistsError(errno.EEXIST, "exists", str(path))
        if path.parent not in self.folders:
            raise FileNotFoundError(errno.ENOENT, "no such folder", str(path))
        inode = Inode(mtime=self.clock.at.timestamp())
        self._rename({path: inode})
        if self.after_create is not None:
            self.after_create(path)
        return self._after(SimulatedFile(self, path, inode))

    def open_append(self, path: Path) -> SimulatedFile:
        return SimulatedFile(self, path, self.names[path])

    def exchange(self, new: Path, target: Path) -> Path:
        self._change("exchange", target)
        self._require(new)
        self._require(target)
        self._require_free(target, _UNABLE_TO_REMOVE_REPLACED)
        self._require_free(new, _UNABLE_TO_MOVE_REPLACEMENT)
        self._rename({new: self.names[target], target: self.names[new]})
        return self._after(new)

    def replace(self, source: Path, target: Path) -> None:
        self._change("replace", target)
        self._require(source)
        self._require_free(source, _SHARING_VIOLATION)
        self._require_free(target, _ACCESS_DENIED)
        self._rename({source: None, target: self.names[source]})
        self._after(None)

    def move_without_overwrite(self, source: Path, target: Path) -> None:
        self._change("move", target)
        self._require(source)
        if self.exists(target):
            raise FileExistsError(errno.EEXIST, "exists", str(target))
        self._require_free(source, _SHARING_VIOLATION)
        self._rename({source: None, target: self.names[source]})
        self._after(None)

    def remove(self, path: Path) -> None:
        self._change("remove", path)
        self._require(path)
        self._require_free(path, _SHARING_VIOLATION)
        self._rename({path: None})
        self._after(None)

    def fsync_folder(self, path: Path) -> None:
        self._change("fsync_folder", path)
        if self.honours_folder_fsync and self.honours_fsync:
            for change in [change for folder, change in self.unsynced if folder == path]:
                _apply(self.durable_names, change)
            self.unsynced = [(folder, change) for folder, change in self.unsynced if folder != path]
            self.new_folders = {folder for folder in self.new_folders if folder.parent != path}
        self._after(None)

    # Dying

    def after_power_cut(self, random: Random) -> SimulatedFilesystem:
        """Return what is left: all that was synced, and by chance some of the rest, not always in order."""
        how = random.choice(("all", "none", "prefix", "subset"))
        kept = self.unsynced
        if how == "none":
            kept = []
        elif how == "prefix":
            kept = kept[: random.randint(0, len(kept))]
        elif how == "subset":
            kept = [change for change in kept if random.random() < 0.5]
        names = dict(self.durable_names)
        for _, change in kept:
            _apply(names, change)
        gone = {folder for folder in self.new_folders if how == "none" or random.random() < 0.5}
        folders = {folder for folder in self.folders if gone.isdisjoint((folder, *folder.parents))}
        names = {path: inode for path, inode in names.items() if path.parent in folders}
        survivors = {inode: Inode(*[_left_of(inode, random)] * 2, mtime=inode.mtime) for inode in names.values()}
        left = {path: survivors[inode] for path, inode in names.items()}
        return SimulatedFilesystem(dict(left), dict(left), folders, clock=self.clock)

    def after_kill(self) -> SimulatedFilesystem:
        """Return what the next program finds when this one was killed: everything that it had done."""
        return SimulatedFilesystem(
            dict(self.names),
            dict(self.durable_names),
            set(self.folders),
            set(self.new_folders),
            list(self.unsynced),
            clock=self.clock,
        )

    # Inside

    def _require(self, path: Path) -> None:
        if path not in self.names:
            raise FileNotFoundError(errno.ENOENT, "no such file", str(path))

    def _require_free(self, path: Path, number: int) -> None:
        hold = self.holds.get(path)
        if hold is not None and self.clock.seconds < hold.until:
            raise windows_error(number, path)

    def _rename(self, change: dict[Path, Inode | None]) -> None:
        _apply(self.names, change)
        self.unsynced.append((next(iter(change)).parent, change))

    def _change(self, what: str, path: Path) -> None:
        if self.before_change is not None:
            self.before_change(what, path)
        self.changes += 1
        fault = self.fault
        if fault is not None and self.changes > fault.at and str(fault.kind).startswith("kill"):
            # No clearing up either: there is nobody left to do it.
            raise KilledError
        if fault is None or self.changes < fault.at or (self.changes > fault.at and not fault.is_sticky):
            return
        if fault.kind == "kill-before":
            raise KilledError
        if isinstance(fault.kind, int):
            raise OSError(fault.kind, os.strerror(fault.kind), str(path))

    def _after(self, result: _Result) -> _Result:
        fault = self.fault
        if fault is not None and fault.kind == "kill-after" and self.changes == fault.at:
            raise KilledError
        return result


@dataclass(slots=True)
class SimulatedReading:
    """A file that is being read, as it was when it was opened."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read_at(self, offset: int, count: int) -> bytes:
        return self.data[offset : offset + count]

    def close(self) -> None:
        pass


class SimulatedFile:
    """A file that is being written."""

    def __init__(self, filesystem: SimulatedFilesystem, path: Path, inode: Inode) -> None:
        self._filesystem = filesystem
        self._path = path
        self._inode = inode

    def write(self, data: bytes) -> None:
        filesystem = self._filesystem
        filesystem._change("write", self._path)
        fault = filesystem.fault
        if fault is not None and fault.kind == "short-write" and filesystem.changes == fault.at:
            self._inode.data += data[: len(data) // 2]
            raise OSError(errno.ENOSPC, "no space", str(self._path))
        self._inode.data += data
        filesystem._after(None)

    def fsync(self) -> None:
        filesystem = self._filesystem
        try:
            filesystem._change("fsync", self._path)
        except OSError:
            self._inode.is_lost = True
            raise
        if filesystem.honours_fsync and not self._inode.is_lost:
            self._inode.durable = self._inode.data
        filesystem._after(None)

    def close(self) -> None:
        pass


def windows_error(number: int, path: Path) -> OSError:
    """Return the error `number` of Windows as Python raises it there."""
    error = PermissionError(errno.EACCES, "in use", str(path))
    error.winerror = number  # type: ignore[attr-defined]
    return error


def _apply(names: dict[Path, Inode], change: dict[Path, Inode | None]) -> None:
    for path, inode in change.items():
        if inode is None:
            names.pop(path, None)
        else:
            names[path] = inode


def _left_of(inode: Inode, random: Random) -> bytes:
    unsynced = inode.data[len(inode.durable) :]
    if inode.is_lost:
        return inode.durable
    how = random.choice(("all", "none", "part"))
    if how == "all":
        return inode.data
    return inode.durable + (unsynced[: random.randint(0, len(unsynced))] if how == "part" else b"")
