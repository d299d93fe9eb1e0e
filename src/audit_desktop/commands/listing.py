"""The commands that only show: `frameworks` and `show`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audit_desktop.exchange.json_document import audit_document
from audit_desktop.ui import command_wording
from audit_desktop.ui.fault_wording import sentences_for

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.session.workspace import Workspace


def list_frameworks(workspace: Workspace, *, as_json: bool) -> int:
    """List the installed frameworks; one with faults is listed with each of them, and the others still work."""
    entries = workspace.catalogue.entries()
    if as_json:
        listed = [
            {
                "id": entry.id,
                "version": entry.version,
                "title": entry.title,
                "summary": entry.summary,
                "path": str(entry.path),
                "faults": [sentence for fault in entry.faults for sentence in sentences_for(fault)],
            }
            for entry in entries
        ]
        print(json.dumps(listed, indent=2, ensure_ascii=False))
        return 0
    for entry in entries:
        print(command_wording.framework(entry.id, entry.version, entry.title))
        for fault in entry.faults:
            for sentence in sentences_for(fault):
                print(f"  {sentence}")
    return 0


def show_audit(workspace: Workspace, path: Path, *, as_json: bool) -> int:
    """Show everything that the audit at `path` says."""
    audit = workspace.read(path).audit
    if as_json:
        print(json.dumps(audit_document(audit), indent=2, ensure_ascii=False))
    else:
        for line in command_wording.shown(audit):
            print(line)
    return 0
