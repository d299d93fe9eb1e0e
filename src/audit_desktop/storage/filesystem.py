"""The file system that storage is given: the few operations that keep an audit safe, and the real one."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from audit_desktop.core.record import Record


class FileStat(Record):
    """The size of a file in bytes, and when it was last changed, in seconds since 1970."""

    size: int
    mtime: float


class WritableFile(Protocol):
    """A file that is being written."""

    def write(self, data: bytes) -> None:
        """Write all of `data` at the end; raises `OSError` if any of it could not be written."""
        ...

    def fsync(self) -> None:
        """Return once everything written would survive a power cut. After an `OSError` the file is lost."""
        ...

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        ...


class ReadableFile(Protocol):
    """A file that is being read; it is the same file for as long, whoever puts another one in its place meanwhile."""

    @property
    def size(self) -> int:
        """How many bytes it had when it was opened."""
        ...

    def read_at(self, offset: int, count: int) -> bytes:
        """Return the `count` bytes from `offset` on, or fewer if there are no more."""
        ...

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        ...


class Filesystem(Protocol):
    """What storage needs of a file system. Everything raises `OSError`; storage turns that into codes."""

    def read_bytes(self, path: Path) -> bytes:
        """Return the whole of a file; it is not kept open."""
        ...

    def read_start(self, path: Path, count: int) -> bytes:
        """Return the first `count` bytes of a file, or all if it has fewer."""
        ...

    def open_read(self, path: Path) -> ReadableFile:
        """Return a file to read piece by piece. It is closed again at once: an open file is in other programs' way."""
        ...

    def list_folder(self, path: Path) -> list[str]:
        """Return the names in a folder, sorted."""
        ...

    def exists(self, path: Path) -> bool:
        """Return whether there is anything at `path`."""
        ...

    def is_folder(self, path: Path) -> bool:
        """Return whether there is a folder at `path`."""
        ...

    def stat(self, path: Path) -> FileStat:
        """Return the size and the age of a file."""
        ...

    def resolve(self, path: Path) -> Path:
        """Return `path` absolute and with links followed, so that a link is never replaced by a file."""
        ...

    def make_folder(self, path: Path) -> None:
        """Make a folder, and those above it, that only this person can look into; one that exists is left alone."""
        ...

    def create_exclusive(self, path: Path, *, is_private: bool = False) -> WritableFile:
        """Return a new file to write; raises `FileExistsError` if there is one. `is_private`: nobody else reads it."""
        ...

    def open_append(self, path: Path) -> WritableFile:
        """Return an existing file to add to."""
        ...

    def exchange(self, new: Path, target: Path) -> Path:
        """Put the file `new` at `target` in one step and return where the file that was there is now.

        No reader ever finds `target` missing or half written. Both files are in one folder.
        """
        ...

    def replace(self, source: Path, target: Path) -> None:
        """Move `source` to `target` in one step; a file that was there is gone."""
        ...

    def move_without_overwrite(self, source: Path, target: Path) -> None:
        """Move `source` to `target`; raises `FileExistsError` if something is there, even if it just appeared."""
        ...

    def remove(self, path: Path) -> None:
        """Remove a file."""
        ...

    def fsync_folder(self, path: Path) -> None:
        """Return once the names in a folder would survive a power cut, where the system can promise that."""
        ...

    def free_space(self, path: Path) -> int | None:
        """Return how many bytes can still be written in a folder, or `None` if the system does not say."""
        ...


def make_lasting_folder(filesystem: Filesystem, path: Path) -> None:
    """Make a folder, and those above it, and return once they would survive a power cut with what is put in them."""
    missing = [folder for folder in (path, *path.parents) if not filesystem.is_folder(folder)]
    if missing:
        filesystem.make_folder(path)
    for folder in reversed(missing):
        filesystem.fsync_folder(folder.parent)


class _OpenFile:
    """A file of the real file system, written without a buffer."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def fsync(self) -> None:
        if sys.platform == "darwin":
            import fcntl

            # `fsync` on macOS leaves the data in the drive's own cache; network drives and sticks know nothing else.
            try:
                fcntl.fcntl(self._descriptor, fcntl.F_FULLFSYNC)
            except OSError as error:
                if error.errno not in _NOT_KNOWN:
                    raise
                os.fsync(self._descriptor)
        else:
            os.fsync(self._descriptor)

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


class _OpenForReading:
    """A file of the real file system, read without a buffer."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self.size = os.fstat(self._file.fileno()).st_size

    def read_at(self, offset: int, count: int) -> bytes:
        self._file.seek(offset)
        data = self._file.read(count)
        while 0 < len(data) < count:
            more = self._file.read(count - len(data))
            if not more:
                break
            data += more
        return data

    def close(self) -> None:
        self._file.close()


_NOT_KNOWN = frozenset(
    {errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTTY, getattr(errno, "ENOTSUP", errno.EOPNOTSUPP)},
)
"""What a file system says that has no such call, as some of network drives and sticks."""
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0) | getattr(os, "O_CLOEXEC", 0)


class RealFilesystem:
    """The file system of this computer."""

    def read_bytes(self, path: Path) -> bytes:
        """Return the whole of a file."""
        return path.read_bytes()

    def read_start(self, path: Path, count: int) -> bytes:
        """Return the first `count` bytes of a file."""
        with path.open("rb", buffering=0) as file:
            return file.read(count)

    def open_read(self, path: Path) -> ReadableFile:
        """Return a file to read piece by piece."""
        return _OpenForReading(path)

    def list_folder(self, path: Path) -> list[str]:
        """Return the names in a folder, sorted."""
        return sorted(os.listdir(path))  # noqa: PTH208 - names are what is wanted

    def exists(self, path: Path) -> bool:
        """Return whether there is anything at `path`."""
        return os.path.lexists(path)

    def is_folder(self, path: Path) -> bool:
        """Return whether there is a folder at `path`."""
        return path.is_dir()

    def stat(self, path: Path) -> FileStat:
        """Return the size and the age of a file."""
        status = path.stat()
        return FileStat(status.st_size, status.st_mtime)

    def resolve(self, path: Path) -> Path:
        """Return `path` absolute and with links followed."""
        return Path(os.path.realpath(path))

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def create_exclusive(self, path: Path, *, is_private: bool = False) -> WritableFile:
        """Return a new file to write."""
        mode = 0o600 if is_private else 0o666
        return _OpenFile(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode))

    def open_append(self, path: Path) -> WritableFile:
        """Return an existing file to add to."""
        return _OpenFile(os.open(path, os.O_WRONLY | os.O_APPEND | _BINARY))

    def exchange(self, new: Path, target: Path) -> Path:
        """Put the file `new` at `target` and return where the file that was there is now."""
        from audit_desktop.storage import atomic_moves

        if os.name == "posix":
            # A drive without permissions refuses it, and loses nothing by that.
            with suppress(OSError):
                new.chmod(stat.S_IMODE(target.stat().st_mode))
        return atomic_moves.exchange(new, target)

    def replace(self, source: Path, target: Path) -> None:
        """Move `source` to `target`."""
        source.replace(target)

    def move_without_overwrite(self, source: Path, target: Path) -> None:
        """Move `source` to `target` if nothing is there."""
        from audit_desktop.storage import atomic_moves

        atomic_moves.move_without_overwrite(source, target)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def fsync_folder(self, path: Path) -> None:
        """Return once the names in a folder are safe; Windows has no such call and needs none on NTFS.

        Nor has every network drive.
        """
        if os.name != "posix":
            return
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NOT_KNOWN:
                raise
        finally:
            os.close(descriptor)

    def free_space(self, path: Path) -> int | None:
        """Return how many bytes can still be written in a folder."""
        import shutil

        try:
            usage = shutil.disk_usage(path)
        except OSError:
            return None
        # Some network drives say that they have no room for anything at all: they do not know.
        return usage.free if usage.total else None
