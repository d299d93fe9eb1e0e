"""The sample audit: answers that come with the program, made into an audit file of a person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.strict_json import load_object

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.session.workspace import Workspace

SAMPLE_NAME = "Sample attendance audit.audit"


def create_sample(workspace: Workspace, resources: Path, path: Path) -> None:
    """Make the sample audit in the new file `path`; raises `AuditDesktopError` if it cannot be written."""
    source = resources / "sample" / "sample.json"
    sample = load_object(workspace.filesystem.read_bytes(source), str(source))
    entry = workspace.catalogue.find(sample["framework"])
    authors = [
        (Author(part["name"], Role(part["role"]), part.get("organisation", "")), part["answers"])
        for part in sample["parts"]
    ]
    workspace.create(path, entry, authors)
