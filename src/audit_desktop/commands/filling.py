"""The commands that make and change audits: `new` and `fill`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.strict_json import load_object
from audit_desktop.core.text import one_line
from audit_desktop.session.workspace import school_name_answer
from audit_desktop.storage.faults import reading_fault
from audit_desktop.ui import command_wording

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.storage.catalogue import CatalogueEntry


def make_audit(workspace: Workspace, path: Path, framework: str, school: str) -> int:
    """Make an audit for `school` in the new file `path`, on `framework`, which may name a version after an `@`."""
    entry = find_framework(workspace, framework)
    if not one_line(school):
        raise AuditDesktopError(FaultCode.NAME_MISSING)
    workspace.create(path, entry, [(Author(one_line(school), Role.SCHOOL), school_name_answer(school))])
    print(command_wording.made(path, entry.title, entry.version))
    return 0


def find_framework(workspace: Workspace, named: str) -> CatalogueEntry:
    """Return the framework `named` as `ID` or `ID@VERSION`; raises `AuditDesktopError` if it is not installed."""
    framework_id, _, version = named.partition("@")
    return workspace.catalogue.find(framework_id, version or None)


def fill_audit(workspace: Workspace, path: Path, answers_path: Path, role: str, name: str) -> int:
    """Give the answers in the file `answers_path` to the audit at `path`: all of them, or none if one is at fault."""
    if not one_line(name):
        raise AuditDesktopError(FaultCode.NAME_MISSING)
    answers = read_answers(workspace, answers_path)
    with workspace.changing(path, Author(one_line(name), Role(role))) as session:
        before = len(session.audit.log)
        session.set_answers(answers)
        changed = len(session.audit.log) - before
    print(command_wording.filled(path, changed, len(answers) - changed))
    return 0


def read_answers(workspace: Workspace, path: Path) -> dict[str, JsonValue]:
    """Return the answers in the JSON file at `path`; raises `AuditDesktopError` if there are none to be read."""
    try:
        data = workspace.filesystem.read_bytes(path)
    except OSError as error:
        raise reading_fault(error, path) from error
    return load_object(data, str(path))
