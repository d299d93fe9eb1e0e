"""The Python part of PySide6, compiled: PySide6 carries it as text in a library, and compiles it at every start.

It looks for it beside that library first, in `files.dir`, where it would itself unpack it for `SBK_EMBED=0`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePosixPath
from py_compile import PycInvalidationMode, compile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "shiboken6/files.dir"


def compiled_support(work: Path) -> list[tuple[str, str]]:
    """Return the compiled modules, made below `work`, each with its folder in the bundle.

    None where this version of PySide6 keeps them otherwise: then it starts as it would without.
    """
    import_module("PySide6")
    archive = getattr(import_module("shibokensupport").__loader__, "zfile", None)
    if archive is None:
        return []
    made: list[tuple[str, str]] = []
    for name in sorted(name for name in archive.namelist() if name.startswith("shibokensupport/")):
        if name.endswith(".py"):
            source, target = work / FOLDER / name, work / FOLDER / f"{name}c"
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_bytes(archive.read(name))
            compile(str(source), str(target), name, doraise=True, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
            made.append((str(target), str(PurePosixPath(FOLDER, name).parent)))
    return made
