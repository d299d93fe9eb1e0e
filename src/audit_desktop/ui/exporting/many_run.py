"""An export of many audits into a folder, with its record there: for the window and the command line alike. No Qt."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audit_desktop.exchange.exporters import SUFFIXES, ExportKind
from audit_desktop.exchange.many.export_many import Many, export_many
from audit_desktop.exchange.many.names import BY_SCHOOL, check_template
from audit_desktop.exchange.many.record import head_bytes, read_record, record_bytes
from audit_desktop.session.overview import audits_below
from audit_desktop.storage.faults import reading_fault, writing_fault
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.ui.exporting.export_work import ExportWork
from audit_desktop.ui.fault_wording import NOT_BEGUN, WORKER_LOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from audit_desktop.exchange.many.export_many import Standing
    from audit_desktop.exchange.many.record import Outcome
    from audit_desktop.session.workspace import Workspace

_WORTH_A_PROCESS: Final = 8
"""A few audits are done before another process has started."""


def _unseen(_standing: Standing) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class ManyOptions:
    """How an export of many goes: names by `template`, `resume`d, on so many `jobs` (0 for every core).

    `comments_in_margin` puts what visitors said also into the margin of Word documents.
    """

    template: str | None = None
    resume: bool = False
    jobs: int = 0
    comments_in_margin: bool = False


@dataclass(frozen=True, slots=True)
class ManyResult:
    """What became of each audit, in the order of the sources, and where that is written down."""

    outcomes: Sequence[Outcome]
    record: Path

    @property
    def good(self) -> int:
        """How many documents are there."""
        return sum(outcome.is_good for outcome in self.outcomes)


def export_into_folder(
    workspace: Workspace,
    sources: Sequence[Path],
    to: ExportKind,
    folder: Path,
    options: ManyOptions,
    *,
    usual_template: str = BY_SCHOOL,
    progress: Callable[[Standing], None] = _unseen,
    is_cancelled: Callable[[], bool] = _never,
) -> ManyResult:
    """Export the audits at `sources` into `folder` and return what became of each; one that fails stops no other.

    Names are made by the template of `options`, or by `usual_template`. Raises `AuditDesktopError` if the template
    asks for what there is not, before anything is written, and if the record cannot be written.
    """
    template = options.template or usual_template
    check_template(template)
    record = folder / record_name(to)
    earlier = read_record(_read_if_there(workspace, record)) if options.resume else {}
    many = Many(sources, folder, SUFFIXES[to], template, _processes(options.jobs, len(sources)), earlier)
    started = record_bytes(earlier.values()) if earlier else head_bytes()
    write_new_file(workspace.filesystem, workspace.clock, record, started, may_replace=True)
    try:
        lines = workspace.filesystem.open_append(record)
        try:
            outcomes = export_many(
                many,
                ExportWork(to, workspace.clock.now(), options.comments_in_margin),
                note=lines.write,
                lost_reason=WORKER_LOST,
                stopped_reason=NOT_BEGUN,
                progress=progress,
                is_cancelled=is_cancelled,
            )
        finally:
            lines.close()
    except OSError as error:
        raise writing_fault(error, record) from error
    write_new_file(workspace.filesystem, workspace.clock, record, record_bytes(outcomes), may_replace=True)
    return ManyResult(tuple(outcomes), record)


def audits_at(workspace: Workspace, paths: Iterable[Path]) -> list[Path]:
    """Return the audits at `paths` and in the folders among them, each once, in the order of their names."""
    found: dict[Path, Path] = {}
    for path in paths:
        below = audits_below(workspace.filesystem, path) if workspace.filesystem.is_folder(path) else (path,)
        for audit in below:
            found.setdefault(workspace.filesystem.resolve(audit), audit)
    return list(found.values())


def has_record(workspace: Workspace, to: ExportKind, folder: Path) -> bool:
    """Return whether an export of that kind into `folder` has left a record, from which it can be resumed."""
    return workspace.filesystem.exists(folder / record_name(to))


def record_name(to: ExportKind) -> str:
    """Return the name of the record that an export of many keeps in its folder."""
    return f"export-record-{to}.csv"


def _read_if_there(workspace: Workspace, path: Path) -> bytes:
    try:
        return workspace.filesystem.read_bytes(path)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise reading_fault(error, path) from error


def _processes(jobs: int, audits: int) -> int:
    """Return how many processes to use."""
    if jobs:
        return min(jobs, audits)
    return min(os.cpu_count() or 1, audits) if audits >= _WORTH_A_PROCESS else 1
