"""The command `export`: one audit as a document, or many."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit_desktop.commands.export_work import STATEMENTS_SUFFIX, ExportWork, document_of, statements_of
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.exporters import SUFFIXES, ExportKind
from audit_desktop.storage.audit_files import SUFFIX, write_new_file
from audit_desktop.storage.faults import reading_fault, writing_fault
from audit_desktop.ui import command_wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.exchange.many.export_many import Standing
    from audit_desktop.exchange.many.record import Outcome
    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ManyOptions:
    """How an export of many goes: names by `template`, `resume`d, on so many `jobs` (0 for every core)."""

    template: str | None = None
    resume: bool = False
    jobs: int = 0


def export_files(
    locations: Locations,
    workspace: Workspace,
    paths: list[Path],
    to: ExportKind,
    out: str,
    *,
    options: ManyOptions | None = None,
    since: Path | None = None,
) -> int:
    """Export the audits at `paths`, and those in the folders among them, to the file or folder `out`.

    Into a folder, one that fails does not stop the others, and a record of all of them is kept there. `since` is the
    earlier audit with which a report of one audit compares it.
    """
    target = Path(out)
    given_folder = any(workspace.filesystem.is_folder(path) for path in paths)
    into_folder = (
        len(paths) > 1 or given_folder or out.endswith(("/", os.sep)) or workspace.filesystem.is_folder(target)
    )
    if into_folder and not workspace.filesystem.is_folder(target):
        raise AuditDesktopError(FaultCode.FOLDER_MISSING, out)
    options = options or ManyOptions()
    if len(paths) == 1 and not given_folder and options == ManyOptions():
        place = target / f"{paths[0].stem}{SUFFIXES[to]}" if into_folder else target
        export_file(locations, workspace, paths[0], to, place, since=since, with_statements=into_folder)
        print(command_wording.exported(paths[0], place))
        return 0
    sources = list(_audits(workspace, paths))
    if not sources:
        raise AuditDesktopError(FaultCode.NO_AUDITS_FOUND, ", ".join(map(str, paths)))
    return _export_many(workspace, sources, to, target, options, by_school=given_folder)


def export_file(
    locations: Locations,
    workspace: Workspace,
    path: Path,
    to: ExportKind,
    place: Path,
    *,
    since: Path | None = None,
    with_statements: bool = False,
) -> None:
    """Write the audit at `path` as a document to `place`, replacing one that is there.

    `with_statements` adds the table of statements to one of answers. Raises `AuditDesktopError` if the audit cannot
    be read or the document cannot be written whole.
    """
    audit = workspace.read(path).audit
    earlier = workspace.read(since).audit if since is not None else None
    data = document_of(locations, audit, to, workspace.clock.now(), earlier)
    write_new_file(workspace.filesystem, workspace.clock, place, data, may_replace=True)
    if to == "csv" and with_statements:
        beside = place.with_name(place.name.removesuffix(SUFFIXES["csv"]) + STATEMENTS_SUFFIX)
        write_new_file(workspace.filesystem, workspace.clock, beside, statements_of(audit), may_replace=True)


def record_name(to: ExportKind) -> str:
    """Return the name of the record that an export of many keeps in its folder."""
    return f"export-record-{to}.csv"


def _export_many(
    workspace: Workspace, sources: list[Path], to: ExportKind, folder: Path, options: ManyOptions, *, by_school: bool
) -> int:
    from audit_desktop.exchange.many.export_many import Many, export_many
    from audit_desktop.exchange.many.names import BY_FILE, BY_SCHOOL, check_template
    from audit_desktop.exchange.many.record import head_bytes, read_record, record_bytes
    from audit_desktop.ui.fault_wording import NOT_BEGUN, WORKER_LOST

    template = options.template or (BY_SCHOOL if by_school else BY_FILE)
    check_template(template)
    record = folder / record_name(to)
    earlier = read_record(_read_if_there(workspace, record)) if options.resume else {}
    many = Many(sources, folder, SUFFIXES[to], template, _processes(options.jobs, len(sources)), earlier)
    started = record_bytes(earlier.values()) if earlier else head_bytes()
    write_new_file(workspace.filesystem, workspace.clock, record, started, may_replace=True)
    stop = _Interrupt()
    try:
        lines = workspace.filesystem.open_append(record)
        try:
            with stop:
                outcomes = export_many(
                    many,
                    ExportWork(to, workspace.clock.now()),
                    note=lines.write,
                    lost_reason=WORKER_LOST,
                    stopped_reason=NOT_BEGUN,
                    progress=_show,
                    is_cancelled=stop.is_asked_for,
                )
        finally:
            lines.close()
    except OSError as error:
        raise writing_fault(error, record) from error
    write_new_file(workspace.filesystem, workspace.clock, record, record_bytes(outcomes), may_replace=True)
    return _tell(outcomes, folder, record)


def _tell(outcomes: list[Outcome], folder: Path, record: Path) -> int:
    for outcome in outcomes:
        if outcome.is_good:
            print(command_wording.exported(Path(outcome.source), folder / outcome.document))
        else:
            print(command_wording.fault_line(Path(outcome.source), outcome.reason), file=sys.stderr)
    good = sum(outcome.is_good for outcome in outcomes)
    print(command_wording.exported_many(good, len(outcomes), record))
    return 0 if good == len(outcomes) else 1


def _audits(workspace: Workspace, paths: list[Path]) -> Iterator[Path]:
    """Yield the audits at `paths` and in the folders among them, each once, in the order of their names."""
    seen: set[Path] = set()
    for path in paths:
        for audit in _below(workspace, path) if workspace.filesystem.is_folder(path) else (path,):
            place = workspace.filesystem.resolve(audit)
            if place not in seen:
                seen.add(place)
                yield audit


def _below(workspace: Workspace, folder: Path) -> Iterator[Path]:
    try:
        names = workspace.filesystem.list_folder(folder)
    except OSError as error:
        raise reading_fault(error, folder) from error
    for name in names:
        if not name.startswith((".", "~")):
            path = folder / name
            if workspace.filesystem.is_folder(path):
                yield from _below(workspace, path)
            elif path.suffix == SUFFIX:
                yield path


def _read_if_there(workspace: Workspace, path: Path) -> bytes:
    try:
        return workspace.filesystem.read_bytes(path)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise reading_fault(error, path) from error


def _processes(jobs: int, audits: int) -> int:
    """Return how many processes to use; a few audits are done before another process has started."""
    if jobs:
        return min(jobs, audits)
    return min(os.cpu_count() or 1, audits) if audits >= _WORTH_A_PROCESS else 1


_WORTH_A_PROCESS = 8


def _show(standing: Standing) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        end = "\n" if standing.done == standing.total else ""
        sys.stderr.write(f"\r{command_wording.standing(standing)}\x1b[K{end}")
        sys.stderr.flush()


class _Interrupt:
    """Turns the first Ctrl+C into a wish to stop, so that what is under way is finished; a second one ends at once."""

    def __init__(self) -> None:
        self._asked = False

    def is_asked_for(self) -> bool:
        """Return whether somebody wants to stop."""
        return self._asked

    def __enter__(self) -> None:
        import signal

        self._before = signal.getsignal(signal.SIGINT)
        signal.signal(signal.SIGINT, self._ask)

    def __exit__(self, *_: object) -> None:
        import signal

        signal.signal(signal.SIGINT, self._before)

    def _ask(self, *_: object) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
