"""The command that carries an audit to another version of its framework: `upgrade`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.session.upgrading import preview_upgrade, upgrade
from audit_desktop.ui import command_wording
from audit_desktop.ui.upgrading.wording import UPGRADING

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.session.workspace import Workspace


def upgrade_audit(workspace: Workspace, path: Path, version: str, *, is_preview: bool) -> int:
    """Carry the audit at `path` to `version` of its framework, or only say what would become of everything."""
    # Nobody answers anything here: what it records is the program's.
    with workspace.changing(path, Author(UPGRADING.by_command, Role.SCHOOL)) as session:
        entry = workspace.catalogue.find(session.audit.framework.id, version)
        plan = preview_upgrade(session, entry) if is_preview else upgrade(session, entry)
    for line in command_wording.upgraded(path, plan, is_preview=is_preview):
        print(line)
    return 0
