"""What helps to find a fault of the program: log, dump of a hard crash, crash reports. No answers in any.

The text of an exception may hold what a person typed, so only its kind and where it happened are ever written.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from audit_desktop import __version__

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

_LARGEST_LOG: Final = 500_000
_HARD_CRASH: Final = "hard-crash.txt"


def watch_for_hard_crashes(folder: Path) -> TextIO | None:
    """Have the interpreter write a dump into `folder` if it crashes; returns the file, to be kept open, or `None`."""
    import faulthandler

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / _HARD_CRASH).open("a", encoding="utf-8")
        faulthandler.enable(file)
    except (OSError, ValueError):
        return None
    return file


def earlier_hard_crash(folder: Path, now: datetime) -> Path | None:
    """Return where the dump of a crash of an earlier run was put aside, or `None` if it ended well."""
    dump = folder / _HARD_CRASH
    try:
        if dump.stat().st_size == 0:
            return None
        aside = folder / f"hard-crash-{now:%Y-%m-%d-%H%M%S}.txt"
        dump.replace(aside)
    except OSError:
        return None
    return aside


def start_log(folder: Path) -> bool:
    """Write the program's log into `folder`, beginning anew once it is large, and return whether that can be done."""
    import logging

    log = folder / "audit-desktop.log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LARGEST_LOG:
            log.replace(log.with_suffix(".old.log"))
        handler = logging.FileHandler(log, encoding="utf-8")
    except OSError:
        return False
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    formatter.formatException = lambda ei: _frames(ei[1]) if ei[1] is not None else ""
    handler.setFormatter(formatter)
    logger = logging.getLogger("audit_desktop")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.info("Audit Desktop %s started", __version__)
    return True


def crash_report(error: BaseException, now: datetime, *, qt_version: str = "") -> str:
    """Return the report about `error`: the versions, its kind and where it happened; never its text."""
    lines = [
        f"Audit Desktop {__version__}",
        f"Python {sys.version.split()[0]} on {sys.platform}" + (f", Qt {qt_version}" if qt_version else ""),
        f"{now:%Y-%m-%d %H:%M:%S} UTC",
        "",
        _frames(error),
    ]
    return "\n".join(lines)


def write_report(folder: Path, report: str, now: datetime) -> Path | None:
    """Write `report` into `folder` and return where it is, or `None` if that failed."""
    path = folder / f"crash-{now:%Y-%m-%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(report, encoding="utf-8")
    except OSError:
        return None
    return path


def _frames(error: BaseException) -> str:
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = f"{type(current).__module__}.{type(current).__qualname__}"
        code = getattr(current, "code", None)
        parts.append("\n".join([kind + (f" ({code})" if code is not None else ""), *_places(current.__traceback__)]))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n\nwhile handling\n\n".join(parts)


def _places(traceback: TracebackType | None) -> list[str]:
    places: list[str] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        # Two parts of the path say which module it is, and not whose folder it is in.
        where = "/".join(Path(code.co_filename).parts[-2:])
        places.append(f"  {where}, line {traceback.tb_lineno}, in {code.co_name}")
        traceback = traceback.tb_next
    return places
