"""Errors of the operating system as codes that a person's sentence can be made of."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final, TypeVar

from audit_desktop.core.errors import AuditDesktopError, FaultCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.storage.clock import Clock

_Result = TypeVar("_Result")

_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_NOT_ALLOWED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_WINDOWS_FULL: Final = frozenset({39, 112})
_WINDOWS_CLOUD_ABSENT: Final = frozenset({362, 0x8007016A})
# Sharing violations while a virus scanner, an indexer or a cloud folder holds a file for a moment. After 1175 and 1176
# both files of an exchange have their names still, and after 1177 the old one was given its name again.
_WINDOWS_BUSY: Final = frozenset({5, 32, 33, 1175, 1176, 1177})
_WAITS: Final = (0.015, 0.03, 0.06, 0.12, 0.24, 0.48, 0.96, 1.0)


def reading_fault(error: OSError, path: Path) -> AuditDesktopError:
    """Return what to say about a file that could not be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return AuditDesktopError(FaultCode.FILE_MISSING, str(path))
    if isinstance(error, IsADirectoryError):
        return AuditDesktopError(FaultCode.FILE_IS_FOLDER, str(path))
    is_cloud = getattr(error, "winerror", None) in _WINDOWS_CLOUD_ABSENT
    return AuditDesktopError(FaultCode.FILE_UNREADABLE, str(path), reason=_reason(error), cloud_file_absent=is_cloud)


def writing_fault(error: OSError, path: Path) -> AuditDesktopError:
    """Return what to say about a file that could not be written."""
    if error.errno in _FULL or getattr(error, "winerror", None) in _WINDOWS_FULL:
        return AuditDesktopError(FaultCode.DISK_FULL, str(path))
    if isinstance(error, FileExistsError):
        return AuditDesktopError(FaultCode.FILE_EXISTS, str(path))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return AuditDesktopError(FaultCode.FOLDER_MISSING, str(path.parent))
    if isinstance(error, IsADirectoryError):
        return AuditDesktopError(FaultCode.FILE_IS_FOLDER, str(path))
    if error.errno in _NOT_ALLOWED:
        return AuditDesktopError(FaultCode.FOLDER_NOT_WRITABLE, str(path.parent), reason=_reason(error))
    return AuditDesktopError(FaultCode.WRITE_FAILED, str(path), reason=_reason(error))


def patiently(clock: Clock, action: Callable[[], _Result]) -> _Result:
    """Return what `action` returns, trying again for about three seconds while Windows says the file is in use."""
    for wait in _WAITS:
        try:
            return action()
        except OSError as error:
            if getattr(error, "winerror", None) not in _WINDOWS_BUSY:
                raise
            clock.sleep(wait)
    return action()


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
