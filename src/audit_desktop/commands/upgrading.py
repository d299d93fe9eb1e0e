"""The command that carries an audit to another version of its framework: `upgrade`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session.events import SaveState
from audit_desktop.session.upgrading import preview_upgrade, upgrade
from audit_desktop.ui import command_wording
from audit_desktop.ui.upgrading.wording import UPGRADING

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.session.workspace import Workspace


def upgrade_audit(workspace: Workspace, path: Path, version: str, *, is_preview: bool) -> int:
    """Carry the audit at `path` to `version` of its framework, or only say what would become of everything."""
    # Nobody answers anything here: what it records is the program's.
    opened = workspace.open(path, Author(UPGRADING.by_command, Role.SCHOOL))
    session = opened.session
    if session.is_read_only:
        raise AuditDesktopError(FaultCode.AUDIT_TOO_NEW, str(path))
    entry = workspace.catalogue.find(session.audit.framework.id, version)
    plan = preview_upgrade(session, entry) if is_preview else upgrade(session, entry)
    opened.keeper.close()
    state = opened.keeper.state
    if state.fault is not None and state.state is SaveState.FAILED:
        raise state.fault
    for line in command_wording.upgraded(path, plan, is_preview=is_preview):
        print(line)
    return 0
