"""Looks at every audit of a folder for the overview: only what is newest in each is read, never its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.overview import AuditLine, audit_line, compared
from audit_desktop.storage.audit_files import SUFFIX
from audit_desktop.storage.faults import reading_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from audit_desktop.session.workspace import Workspace
    from audit_desktop.storage.filesystem import Filesystem


def _unseen(_done: int, _total: int) -> None:
    pass


def _never() -> bool:
    return False


def audits_below(filesystem: Filesystem, folder: Path) -> Iterator[Path]:
    """Yield the audit files in `folder` and in the folders inside it, by name; hidden and temporary ones are left out.

    Raises `AuditDesktopError` with `FILE_UNREADABLE` or `FILE_MISSING` if a folder cannot be listed.
    """
    try:
        names = filesystem.list_folder(folder)
    except OSError as error:
        raise reading_fault(error, folder) from error
    for name in names:
        if not name.startswith((".", "~")):
            path = folder / name
            if path.suffix == SUFFIX:
                yield path
            elif filesystem.is_folder(path):
                yield from audits_below(filesystem, path)


def read_overview(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    progress: Callable[[int, int], None] = _unseen,
    is_cancelled: Callable[[], bool] = _never,
) -> tuple[AuditLine, ...]:
    """Return a line for each of `paths`, one that cannot be read with its fault; those read so far once stopped.

    It may be called on a thread of its own. `progress` is told how many of how many are read.
    """
    lines: list[AuditLine] = []
    for path in paths:
        if is_cancelled():
            break
        try:
            lines.append(audit_line(workspace.read(path).audit, str(path)))
        except AuditDesktopError as fault:
            lines.append(AuditLine(str(path), fault))
        progress(len(lines), len(paths))
    return compared(lines, workspace.clock.now())
