"""The command `sample`: the ready-made sample audit, and its Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.session.sample import SAMPLE_NAME, create_sample
from audit_desktop.ui import command_wording

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace


def make_sample(locations: Locations, workspace: Workspace, folder: Path, *, with_word: bool) -> int:
    """Make the sample audit in `folder`, unless it is there, and its Word document if `with_word`; name the files."""
    path = folder / SAMPLE_NAME
    if not workspace.filesystem.exists(path):
        create_sample(workspace, locations.resources, path)
    print(command_wording.sample(path))
    if with_word:
        from audit_desktop.commands.exporting import export_file

        document = path.with_suffix(".docx")
        export_file(locations, workspace, path, "word", document)
        print(command_wording.sample_document(document))
    return 0
