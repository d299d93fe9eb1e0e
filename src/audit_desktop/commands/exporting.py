"""The command `export`: one audit as a document, or many."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.exporters import SUFFIXES, ExportKind
from audit_desktop.exchange.many.names import BY_FILE, BY_SCHOOL
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.ui import command_wording
from audit_desktop.ui.exporting.documents import STATEMENTS_SUFFIX, DocumentChoices, document_of, statements_of
from audit_desktop.ui.exporting.many_run import ManyOptions, ManyResult, audits_at, export_into_folder

if TYPE_CHECKING:
    from audit_desktop.exchange.many.export_many import Standing
    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace


def export_files(
    locations: Locations,
    workspace: Workspace,
    paths: list[Path],
    to: ExportKind,
    out: str,
    *,
    options: ManyOptions | None = None,
    since: Path | None = None,
    comments_in_margin: bool = False,
) -> int:
    """Export the audits at `paths`, and those in the folders among them, to the file or folder `out`.

    Into a folder, one that fails does not stop the others, and a record of all of them is kept there. `since` is the
    earlier audit with which a report of one audit compares it; `comments_in_margin` puts what visitors said also into
    the margin of Word documents.
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
        export_file(
            locations,
            workspace,
            paths[0],
            to,
            place,
            since=since,
            with_statements=into_folder,
            comments_in_margin=comments_in_margin,
        )
        print(command_wording.exported(paths[0], place))
        return 0
    if since is not None:
        raise AuditDesktopError(FaultCode.EARLIER_AUDIT_OF_ONE)
    sources = audits_at(workspace, paths)
    if not sources:
        raise AuditDesktopError(FaultCode.NO_AUDITS_FOUND, ", ".join(map(str, paths)))
    options = replace(options, comments_in_margin=comments_in_margin)
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
    comments_in_margin: bool = False,
) -> None:
    """Write the audit at `path` as a document to `place`, replacing one that is there.

    `with_statements` adds the table of statements to one of answers. Raises `AuditDesktopError` if the audit cannot
    be read or the document cannot be written whole.
    """
    audit = workspace.read(path).audit
    earlier = workspace.read(since).audit if since is not None else None
    data = document_of(
        locations.resources, audit, to, workspace.clock.now(), DocumentChoices(earlier, comments_in_margin)
    )
    write_new_file(workspace.filesystem, workspace.clock, place, data, may_replace=True)
    if to == "csv" and with_statements:
        beside = place.with_name(place.name.removesuffix(SUFFIXES["csv"]) + STATEMENTS_SUFFIX)
        write_new_file(workspace.filesystem, workspace.clock, beside, statements_of(audit), may_replace=True)


def _export_many(
    workspace: Workspace, sources: list[Path], to: ExportKind, folder: Path, options: ManyOptions, *, by_school: bool
) -> int:
    stop = _Interrupt()
    with stop:
        result = export_into_folder(
            workspace,
            sources,
            to,
            folder,
            options,
            usual_template=BY_SCHOOL if by_school else BY_FILE,
            progress=_show,
            is_cancelled=stop.is_asked_for,
        )
    return _tell(result, folder)


def _tell(result: ManyResult, folder: Path) -> int:
    for outcome in result.outcomes:
        if outcome.is_good:
            print(command_wording.exported(Path(outcome.source), folder / outcome.document))
        else:
            print(command_wording.fault_line(Path(outcome.source), outcome.reason), file=sys.stderr)
    print(command_wording.exported_many(result.good, len(result.outcomes), result.record))
    return 0 if result.good == len(result.outcomes) else 1


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
