"""What the frozen folder asks of a Linux system: the packages of Debian that hold the libraries, and the C library."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libstdc++.so.6": "libstdc++6",
    "libxcb.so.1": "libxcb1",
}
"""Where each library that the folder leaves to the system comes from."""
_C_LIBRARY = re.compile(r"(lib(c|m|dl|rt|util|pthread)|ld-linux[\w-]*)\.so\.\d+")
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_VERSION = re.compile(r"GLIBC_(\d+)\.(\d+)")


def dependencies(folder: Path) -> list[str]:
    """Return what a package of the frozen `folder` depends on, as Debian writes it.

    Raises `ValueError` with the name of a library that is neither in the folder nor in the table.
    """
    carried = {path.name for path in folder.rglob("*")}
    asked_for: set[str] = set()
    newest = (2, 17)
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.read_bytes()[:4] != b"\x7fELF":
            continue
        said = subprocess.run(
            ["readelf", "--wide", "--dynamic", "--version-info", path], capture_output=True, text=True, check=True
        ).stdout
        asked_for.update(_NEEDED.findall(said))
        newest = max(newest, *((int(major), int(minor)) for major, minor in _VERSION.findall(said)), (0, 0))
    packages = {f"libc6 (>= {newest[0]}.{newest[1]})"}
    for library in sorted(asked_for - carried):
        if _C_LIBRARY.fullmatch(library):
            continue
        if library not in PACKAGES:
            raise ValueError(f"the folder asks for {library}, and nobody says where that comes from")
        packages.add(PACKAGES[library])
    return sorted(packages)
