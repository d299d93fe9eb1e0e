"""The command `form`: a blank form of a framework, to be completed in Word or on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.commands.filling import find_framework
from audit_desktop.core.audit import Audit
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.ui import command_wording
from audit_desktop.ui.exporting.documents import DocumentChoices, document_of

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace

_NO_AUDIT = "form"
"""The id of the empty audit that a form is drawn from; it stands in no file."""


def make_form(locations: Locations, workspace: Workspace, framework: str, place: Path) -> int:
    """Write a blank form of `framework`, `ID` or `ID@VERSION`, to the Word file `place`, replacing one that is there.

    Raises `AuditDesktopError` if the framework is not installed or the file cannot be written.
    """
    entry = find_framework(workspace, framework)
    empty = Audit.new(_NO_AUDIT, entry.framework(), entry.read())
    data = document_of(locations.resources, empty, "word", workspace.clock.now(), DocumentChoices(as_form=True))
    write_new_file(workspace.filesystem, workspace.clock, place, data, may_replace=True)
    print(command_wording.form(place, entry.title, entry.version))
    return 0
