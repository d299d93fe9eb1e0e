"""The moves of files that each system does in one step, and what stands in for them where it cannot."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_NOREPLACE, _RENAME_EXCHANGE = 1, 2  # Linux
_RENAME_SWAP, _RENAME_EXCL = 2, 4  # macOS
_UNSUPPORTED = frozenset(
    {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, getattr(errno, "ENOTSUP", errno.EOPNOTSUPP), errno.EPERM}
)
_ERROR_UNABLE_TO_MOVE_REPLACEMENT_2 = 1177
_ERRORS_NOT_SUPPORTED = frozenset({1, 50})
"""What a network drive or a stick says that knows no such exchange."""


class _UnsupportedError(Exception):
    """The system or the file system cannot do this in one step."""


def exchange(new: Path, target: Path) -> Path:
    """Put `new` at `target` and return where the file that was there is now; see `Filesystem.exchange`."""
    if sys.platform == "win32":
        return _exchange_on_windows(new, target)
    try:
        if sys.platform == "darwin":
            _rename_on_macos(new, target, _RENAME_SWAP)
        else:
            _rename_on_linux(new, target, _RENAME_EXCHANGE)
    except _UnsupportedError:
        return exchange_in_two_steps(new, target)
    return new


def exchange_in_two_steps(new: Path, target: Path) -> Path:
    """Do the same with a second name for the displaced file, or a copy of it, before `new` takes its place.

    Another program that writes `target` between the two steps is not noticed.
    """
    displaced = _fresh_name(new)
    try:
        os.link(target, displaced)
    except FileNotFoundError:
        raise
    except OSError:
        import shutil

        with target.open("rb") as source, displaced.open("xb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
    try:
        new.replace(target)
    except OSError:
        displaced.unlink()
        raise
    return displaced


def move_without_overwrite(source: Path, target: Path) -> None:
    """Move `source` to `target`; raises `FileExistsError` if something is there."""
    if sys.platform == "win32":
        source.rename(target)
        return
    try:
        if sys.platform == "darwin":
            _rename_on_macos(source, target, _RENAME_EXCL)
        else:
            _rename_on_linux(source, target, _RENAME_NOREPLACE)
    except _UnsupportedError:
        move_in_two_steps(source, target)


def move_in_two_steps(source: Path, target: Path) -> None:
    """Do the same by giving the file a second name first, or else by taking the name with an empty file."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        source.replace(target)
        return
    source.unlink()


def _fresh_name(beside: Path) -> Path:
    stem = beside.name.rsplit(".", 2)[0]
    return beside.with_name(f"{stem}.{os.urandom(8).hex()}.tmp")


def _rename_on_linux(source: Path, target: Path, flags: int) -> None:
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        raise _UnsupportedError from None
    if rename(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), flags) != 0:
        _raise(ctypes.get_errno(), source, target)


def _rename_on_macos(source: Path, target: Path, flags: int) -> None:
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renamex_np
    except (OSError, AttributeError):
        raise _UnsupportedError from None
    if rename(os.fsencode(source), os.fsencode(target), ctypes.c_uint(flags)) != 0:
        _raise(ctypes.get_errno(), source, target)


def _raise(number: int, source: Path, target: Path) -> None:
    if number in _UNSUPPORTED:
        raise _UnsupportedError
    raise OSError(number, os.strerror(number), str(source), None, str(target))


def _exchange_on_windows(new: Path, target: Path) -> Path:
    import ctypes

    windows: Any = ctypes  # Its Windows half is unknown to checkers elsewhere.
    library: Any = windows.WinDLL("kernel32", use_last_error=True)

    def replace_file(displaced: Path) -> int:
        """Return 0 if it was done, or else the number of the error."""
        done = library.ReplaceFileW(
            ctypes.c_wchar_p(str(target)), ctypes.c_wchar_p(str(new)), ctypes.c_wchar_p(str(displaced)), 0, None, None
        )
        return 0 if done else windows.get_last_error()

    return exchange_with_replace_file(new, target, replace_file)


def exchange_with_replace_file(new: Path, target: Path, replace_file: Callable[[Path], int]) -> Path:
    """Do the same with Windows' `ReplaceFileW`, which `replace_file` calls with the name for the displaced file."""
    # Always with a name for the displaced file: without one, a failure can leave no file at `target` at all.
    displaced = _fresh_name(new)
    number = replace_file(displaced)
    if number == 0:
        return displaced
    if number in _ERRORS_NOT_SUPPORTED:
        return exchange_in_two_steps(new, target)
    if number == _ERROR_UNABLE_TO_MOVE_REPLACEMENT_2:
        # The old file has the displaced name already and the new one did not get in: put the old one back. If
        # somebody has written another one meanwhile, that one stays, and the old one lies beside it.
        with suppress(FileExistsError):
            move_without_overwrite(displaced, target)
    raise OSError(None, f"ReplaceFileW failed with {number}", str(target), number)
