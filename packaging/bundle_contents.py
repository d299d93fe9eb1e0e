"""What may lie in the frozen folder, as patterns, and how large it may become; whatever fits no pattern is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LARGEST_MEGABYTES: Final = 128
"""The agreed size of the frozen folder, of 1024 × 1024 bytes each. A larger one needs a reason, here."""

_QT_MODULES = "Core|Gui|Widgets"
# The X libraries are carried along because many desktops lack one or the other; what draws, and what must fit the
# system's own services (libGL, libfontconfig, libdbus, libstdc++), is left to the system.
_SYSTEM_LIBRARIES = (
    "xcb-cursor|xcb-icccm|xcb-image|xcb-keysyms|xcb-randr|xcb-render|xcb-render-util|xcb-shape|xcb-shm|xcb-sync"
    "|xcb-util|xcb-xfixes|xcb-xinput|xcb-xkb|xkbcommon|xkbcommon-x11|Xau|Xdmcp|bsd|md|bz2|crypto|expat|ffi|lzma|z|zstd"
)

LIBRARIES: Final = (
    # Python itself, and those of its modules that are libraries.
    r"(lib)?python3[.\d]*\.(dll|so[.\d]*|dylib)",
    r"Python|Python\.framework/.+",  # macOS
    r"(python3\.\d+/)?(lib-dynload/)?_?[a-z0-9_]+(\.cpython-[\w-]+)?\.(so|pyd)",
    r"(?i:(vcruntime140(_1)?|msvcp140(_[12])?|ucrtbase|api-ms-win-[\w-]+)\.dll)",
    r"lib(crypto|ffi)[-\w.]*\.dll",
    # Qt: three modules, and no plugins but those named here.
    rf"PySide6/Qt({_QT_MODULES})(\.abi3)?\.(so|pyd)",
    r"(PySide6|shiboken6)/(lib)?(pyside6|shiboken6)(\.abi3)?\.(so[.\d]*|dll|dylib|[\d.]+\.dylib)",
    r"shiboken6/Shiboken(\.abi3)?\.(so|pyd)",
    r"(PySide6|shiboken6)/(?i:(vcruntime140(_1)?|msvcp140(_[12])?)\.dll)",
    rf"PySide6/Qt6({_QT_MODULES})\.dll",
    rf"PySide6/Qt/lib/libQt6({_QT_MODULES}|DBus|XcbQpa)\.so\.6",
    r"PySide6/Qt/lib/libicu(data|i18n|uc)\.so\.\d+",
    rf"PySide6/Qt/lib/Qt({_QT_MODULES}|DBus)\.framework/.+",
    # On macOS, PyInstaller links to these from the folder of libraries, where they look for one another.
    rf"Qt({_QT_MODULES}|DBus)",
    r"lib(pyside6|shiboken6)(\.abi3)?\.[\d.]+\.dylib",
    r"PySide6/(Qt/)?plugins/platforms/(lib)?q(windows|cocoa|xcb|offscreen)\.(so|dll|dylib)",
    r"PySide6/(Qt/)?plugins/styles/(lib)?qmacstyle\.dylib",
    r"PySide6/(Qt/)?plugins/platforminputcontexts/lib(compose|ibus)platforminputcontextplugin\.so",
    # The libraries of the packages in requirements/run.txt.
    r"lxml/(etree|_elementpath)(\.[\w-]+)?\.(so|pyd)",
    r"pydantic_core/_pydantic_core(\.[\w-]+)?\.(so|pyd)",
    r"cryptography/hazmat/bindings/_rust(\.abi3)?\.(so|pyd)",
    r"_cffi_backend(\.[\w-]+)?\.(so|pyd)",
    r"markupsafe/_speedups(\.[\w-]+)?\.(so|pyd)",
    # Debian's and macOS's own.
    rf"lib({_SYSTEM_LIBRARIES})\.so[.\d]*",
    r"lib(ffi|crypto|lzma|mpdec)[.\d]*\.dylib",
)
DATA: Final = (
    r"base_library\.zip",
    r"audit_desktop/(resources|frameworks)/.+",
    # What python-docx reads from its own folder; our template holds the rest.
    r"docx/templates/[\w-]+\.xml",
    # What `qt_support.py` compiled.
    r"shiboken6/files\.dir/shibokensupport/[\w/]+\.pyc",
)
NOT_WANTED: Final = (
    # Parts of Python that nothing here asks for; `ssl` is left out so that the program cannot even speak it.
    r"(python3\.\d+/)?(lib-dynload/)?(_ssl|_sqlite3|_uuid|_tkinter|readline|_curses(_panel)?|_dbm|_gdbm|nis|ossaudiodev|spwd"
    r"|_crypt|audioop|_test\w+|_ctypes_test|_xx\w+|xxlimited\w*|termios_test|_lsprof|mmap_test)(\.[\w-]+)?\.(so|pyd)",
    # The installers' and the systems' icons; the window shows the PNG ones.
    r"audit_desktop/resources/icons/.*\.(ico|icns|svg)",
    r"(?!shiboken6/files\.dir/).*/(desktop\.ini|Thumbs\.db|\.DS_Store|.*\.pyc?)",
)
EXCLUDED_MODULES: Final = (
    "_tkinter",
    "curses",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
    "pdb",
    "pip",
    "pkg_resources",
    "pydoc_data",
    "readline",
    "setuptools",
    "sqlite3",
    "ssl",
    "test",
    "tkinter",
    "turtle",
    "unittest.mock",
    "venv",
    "PySide6.QtNetwork",
    "PySide6.QtQml",
    "PySide6.QtQuick",
)

_MAY_BE_THERE = re.compile("|".join(f"(?:{pattern})" for pattern in (*LIBRARIES, *DATA)))
_MAY_NOT = re.compile("|".join(f"(?:{pattern})" for pattern in NOT_WANTED))
_PROGRAMS = re.compile(r"(audit-desktop(-console)?|bare-window)(\.exe)?|portable|sbom\.cdx\.json|licences/.+")

Entry = TypeVar("Entry", bound=tuple[str, ...])


def may_be_in_bundle(name: str) -> bool:
    """Return whether a file of that `name`, below the folder of libraries, belongs into the frozen folder."""
    name = name.replace("\\", "/")
    return _MAY_BE_THERE.fullmatch(name) is not None and _MAY_NOT.fullmatch(name) is None


def wanted(entries: Iterable[Entry]) -> list[Entry]:
    """Return those of PyInstaller's `entries`, whose first part is the name in the folder, that belong into it."""
    return [entry for entry in entries if may_be_in_bundle(entry[0])]


def strangers(folder: Path) -> list[str]:
    """Return the files below the frozen `folder` that have no business there, by name."""
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        # A link beside a library is only its name at the other end.
        if path.is_dir():
            continue
        inside = name.removeprefix("_internal/")
        belongs = may_be_in_bundle(inside) if inside != name else _PROGRAMS.fullmatch(name) is not None
        if not belongs:
            found.append(name)
    return found


def megabytes(folder: Path) -> float:
    """Return the size of all files below `folder`, each counted once."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 2**20
