"""The commands for attached files: `attach` and `attachments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.attachments import attachments
from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.file_names import free_path
from audit_desktop.core.text import one_line
from audit_desktop.session.attaching import (
    AttachedFiles,
    attach,
    attached_already,
    stage_file,
    subject_of,
)
from audit_desktop.ui import command_wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit_desktop.session.workspace import Workspace


def attach_files(
    workspace: Workspace, path: Path, files: Sequence[Path], to: str, role: str, name: str, description: str = ""
) -> int:
    """Attach `files` to the audit at `path`, at the statement or section that `to` names: all of them, or none."""
    if not one_line(name):
        raise AuditDesktopError(FaultCode.NAME_MISSING)
    lines: list[str] = []
    with workspace.changing(path, Author(one_line(name), Role(role))) as session:
        store = workspace.attachment_store(session.audit.id)
        assert store is not None
        about = subject_of(session.audit, to)
        staged = [stage_file(workspace.filesystem, workspace.clock, store, file) for file in files]
        for file in staged:
            same = attached_already(session, file, about)
            if same is None:
                attach(session, file, about, description)
                lines.append(command_wording.attached(path, file.name, file.kept.size))
            else:
                lines.append(command_wording.attached_already(path, file.name, same.name))
    for line in lines:
        print(line)
    return 0


def list_attachments(workspace: Workspace, path: Path, save_to: Path | None) -> int:
    """List the files attached to the audit at `path`, and write them into the folder `save_to` if there is one."""
    audit = workspace.read(path).audit
    if save_to is not None and not workspace.filesystem.is_folder(save_to):
        raise AuditDesktopError(FaultCode.FOLDER_MISSING, str(save_to))
    found = attachments(audit.state)
    for one in found:
        print(command_wording.attachment(audit, one))
    if not found:
        print(command_wording.no_attachments(path))
    if save_to is not None:
        files = AttachedFiles(workspace, audit, path)
        for one in found:
            stem, dot, suffix = one.name.rpartition(".")
            target = free_path(save_to, stem or one.name, dot + suffix if stem else "", workspace.filesystem.exists)
            files.save(one, target)
            print(command_wording.written(target))
    return 0
