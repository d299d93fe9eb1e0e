"""Which kind of drive a folder is on: one of this computer, one across a network, or one that is carried about."""

from __future__ import annotations

import os
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any, Final


class Drive(StrEnum):
    """A kind of drive."""

    LOCAL = "local"
    NETWORK = "network"
    REMOVABLE = "removable"


_NETWORK_TYPES: Final = frozenset(
    [
        "9p",
        "afs",
        "afpfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.smbnetfs",
        "fuse.sshfs",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
        "webdav",
    ]
)
_CARRIED: Final = ("/media/", "/run/media/")
_MOUNTS: Final = Path("/proc/self/mountinfo")
_DEVICES: Final = Path("/sys/dev/block")


def drive_of(path: Path) -> Drive:
    """Return on which kind of drive `path` is; a local one if the system does not say."""
    try:
        if sys.platform == "win32":
            return _drive_on_windows(path)
        if sys.platform == "darwin":
            return _drive_on_macos(path)
        return drive_by_mounts(path, _MOUNTS.read_text("utf-8", "replace"), _is_removable)
    except (OSError, AttributeError, ValueError):
        return Drive.LOCAL


def drive_by_mounts(path: Path, mounts: str, is_removable: Any) -> Drive:
    """Return the kind of drive that Linux says `path` is on: `mounts` is what stands in `/proc/self/mountinfo`.

    `is_removable` tells by a device's numbers, as `8:1`, whether it can be taken out.
    """
    place, best = f"{path.as_posix()}/", ("", "", "")
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields, kind = before.split(), after.split()[:1]
        if len(fields) < 5 or not kind:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4]).rstrip("/")
        # The last of two at one point covers the first.
        if place.startswith(f"{point}/") and len(point) >= len(best[0]):
            best = point, fields[2], kind[0]
    point, device, kind_of_files = best
    if kind_of_files in _NETWORK_TYPES:
        return Drive.NETWORK
    if f"{point}/".startswith(_CARRIED) or (device and is_removable(device)):
        return Drive.REMOVABLE
    return Drive.LOCAL


def drive_by_type(number: int) -> Drive:
    """Return the kind of drive that Windows' `GetDriveTypeW` calls `number`."""
    removable, remote, optical = 2, 4, 5
    if number == remote:
        return Drive.NETWORK
    return Drive.REMOVABLE if number in (removable, optical) else Drive.LOCAL


def _is_removable(device: str) -> bool:
    # A partition has no such file of its own; the disk that it is on has, one folder above.
    folder = Path(os.path.realpath(_DEVICES / device))
    for place in (folder, folder.parent):
        try:
            return (place / "removable").read_text("ascii").strip() == "1"
        except OSError:
            continue
    return False


def _drive_on_windows(path: Path) -> Drive:
    import ctypes

    if path.drive.startswith("\\\\"):
        return Drive.NETWORK
    windows: Any = ctypes  # Its Windows half is unknown to checkers elsewhere.
    return drive_by_type(windows.WinDLL("kernel32").GetDriveTypeW(ctypes.c_wchar_p(f"{path.drive}\\")))


def _drive_on_macos(path: Path) -> Drive:
    import ctypes

    removable, local, flags_at, size = 0x200, 0x1000, 64, 4096
    library = ctypes.CDLL(None, use_errno=True)
    ask = getattr(library, "statfs$INODE64", None) or library.statfs
    answer = ctypes.create_string_buffer(size)
    if ask(os.fsencode(path), answer) != 0:
        return Drive.LOCAL
    flags = int.from_bytes(answer.raw[flags_at : flags_at + 4], sys.byteorder)
    if not flags & local:
        return Drive.NETWORK
    return Drive.REMOVABLE if flags & removable or path.as_posix().startswith("/Volumes/") else Drive.LOCAL
