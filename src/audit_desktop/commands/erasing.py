"""The command `erase`: removes what this computer keeps of an audit besides its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.session.erasing import erase_from_this_computer, kept_here
from audit_desktop.ui import command_wording

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.session.workspace import Workspace


def erase(workspace: Workspace, path: Path, *, is_agreed: bool) -> int:
    """Say what goes and what stays, and erase it if that `is_agreed`."""
    kept = erase_from_this_computer(workspace, path) if is_agreed else kept_here(workspace, path)
    for line in command_wording.erased(path, kept, is_done=is_agreed):
        print(line)
    return 0
