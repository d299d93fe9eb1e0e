"""The command `check`: framework files and audit files, every fault on a line of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from audit_desktop.core.attachments import ATTACHMENTS
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.sign_off import sign_offs
from audit_desktop.storage.audit_container import rebuild_if_different
from audit_desktop.storage.faults import reading_fault
from audit_desktop.ui import command_wording
from audit_desktop.ui.fault_wording import sentences_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.session.workspace import Workspace

_NOT_FRAMEWORKS = frozenset({"framework.schema.json", "checked.json"})


def check_paths(workspace: Workspace, paths: list[Path]) -> int:
    """Check the files at `paths`, and those inside the folders among them; return 1 if anything is at fault."""
    status = 0
    for path in paths:
        for file in _files(workspace, path):
            faults = _check(workspace, file)
            if faults:
                status = 1
                for fault in faults:
                    for sentence in sentences_for(fault):
                        print(command_wording.fault_line(file, sentence), file=sys.stderr)
            else:
                print(command_wording.no_faults(file))
    return status


def _files(workspace: Workspace, path: Path) -> Iterator[Path]:
    if not workspace.filesystem.is_folder(path):
        yield path
        return
    try:
        names = workspace.filesystem.list_folder(path)
    except OSError as error:
        raise reading_fault(error, path) from error
    for name in names:
        if name.startswith((".", "~")):
            continue
        below = path / name
        if workspace.filesystem.is_folder(below):
            yield from _files(workspace, below)
        elif below.suffix in (".json", ".audit") and name not in _NOT_FRAMEWORKS:
            yield below


def _check(workspace: Workspace, path: Path) -> tuple[AuditDesktopError, ...]:
    try:
        if path.suffix == ".json":
            _check_framework(workspace, path)
        else:
            return _check_audit(workspace, path)
    except AuditDesktopError as error:
        return (error,)
    return ()


def _check_framework(workspace: Workspace, path: Path) -> None:
    from audit_desktop.core.framework_check import check_framework

    try:
        data = workspace.filesystem.read_bytes(path)
    except OSError as error:
        raise reading_fault(error, path) from error
    check_framework(data, str(path))


def _check_audit(workspace: Workspace, path: Path) -> tuple[AuditDesktopError, ...]:
    opened = workspace.read(path)
    # Reads and proves the whole history as well.
    if rebuild_if_different(opened) is not None:
        raise AuditDesktopError(FaultCode.AUDIT_DAMAGED, str(path), entry="document.json", problem="history disagrees")
    faults = _check_attachments(workspace, opened.audit, path)
    if not any(name.startswith("entry:seals/") for name in opened.audit.extra) and not sign_offs(opened.audit.state):
        return faults
    # Loaded where there is something to verify.
    from audit_desktop.storage.seals import verify_seals

    return (*faults, *verify_seals(opened.audit).faults(str(path)))


def _check_attachments(workspace: Workspace, audit: Audit, path: Path) -> tuple[AuditDesktopError, ...]:
    if not audit.state.items(ATTACHMENTS):
        return ()
    from audit_desktop.session.attaching import AttachedFiles

    return AttachedFiles(workspace, audit, path, from_file_alone=True).faults()
