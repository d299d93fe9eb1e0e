"""Brings completed Word forms into audits: into one that is there, or as a new one. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from audit_desktop.core.audit import Audit
from audit_desktop.core.audit_state import may_change
from audit_desktop.core.edits import Author, Edit, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.report_earlier import earlier_blocks
from audit_desktop.exchange.word_import.answers_from_word import answers_from_word, framework_of
from audit_desktop.exchange.word_import.import_plan import ImportPlan, Standing, plan_import
from audit_desktop.exchange.word_import.limits import LARGEST_FILE
from audit_desktop.exchange.word_import.sandbox import ReadingProcess
from audit_desktop.storage.faults import reading_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.document import WordDocument
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.storage.catalogue import CatalogueEntry
    from audit_desktop.storage.filesystem import Filesystem

SCHOOL_FIRST: Final = (Role.SCHOOL, Role.VISITOR)
"""A form that nobody said the role of holds the answers of both; what anyone may give is the school's."""


@dataclass(frozen=True, slots=True)
class WordForm:
    """A Word document that was read, and the name of its file."""

    document: WordDocument
    place: str


@dataclass(frozen=True, slots=True)
class NewFromWord:
    """A form that is to become an audit of its own: its framework, and what it says."""

    entry: CatalogueEntry
    audit: Audit
    plan: ImportPlan


def read_form(filesystem: Filesystem, path: Path, process: ReadingProcess | None = None) -> WordForm:
    """Return what the Word document at `path` says, read in a process of its own: in `process`, if it waits already.

    Raises `AuditDesktopError` if the file cannot be read, and as `ReadingProcess.read` does. The process is ended.
    """
    with process or ReadingProcess() as reading:
        try:
            size = filesystem.stat(path).size
            if size > LARGEST_FILE:
                raise AuditDesktopError(FaultCode.WORD_TOO_LARGE, str(path), what="file", found=size, most=LARGEST_FILE)
            data = filesystem.read_bytes(path)
        except OSError as error:
            raise reading_fault(error, path) from error
        return WordForm(reading.read(data, str(path)), str(path))


def plan_into(audit: Audit, form: WordForm, roles: Iterable[Role]) -> ImportPlan:
    """Return what `form` would change in `audit` for a person who acts in any of `roles`.

    What was exported is the base of the comparison. Raises `WORD_OTHER_FRAMEWORK` for a form of another framework.
    """
    framework = framework_of(form.document, [audit.framework], form.place)
    result = answers_from_word(form.document, framework, known=[address for address, _ in audit.state.answers()])
    # What the document shows of an earlier version of the framework is in the audit, and no form asks for it.
    shown = {block.text.strip() for block in earlier_blocks(audit.state)}
    unrecognised = tuple(found for found in result.unrecognised if found.text.strip() not in shown)
    result = replace(result, unrecognised=unrecognised)
    return _for_roles(plan_import(audit.state, result, Role.SCHOOL), audit.state.addresses, frozenset(roles))


def plan_new(workspace: Workspace, form: WordForm, roles: Iterable[Role] = SCHOOL_FIRST) -> NewFromWord:
    """Return the audit that `form` would become; raises `WORD_OTHER_FRAMEWORK` if it is a form of none installed."""
    entries = [entry for entry in workspace.catalogue.entries() if not entry.faults]
    framework = framework_of(form.document, [entry.framework() for entry in entries], form.place)
    entry = next(entry for entry in entries if entry.framework() is framework)
    audit = Audit.new(str(uuid4()), framework, entry.read())
    # Nothing was said before in an audit that is new, so what the document was exported with is no base for it.
    result = replace(answers_from_word(form.document, framework), base=None)
    plan = plan_import(audit.state, result, Role.SCHOOL)
    return NewFromWord(entry, audit, _for_roles(plan, audit.state.addresses, frozenset(roles)))


def by_role(
    addresses: Addresses, values: Mapping[str, JsonValue | None], roles: Iterable[Role] = SCHOOL_FIRST
) -> dict[Role, dict[str, JsonValue | None]]:
    """Return `values` by the role whose they are: the first of `roles` that may change the field."""
    wanted = tuple(roles)
    given: dict[Role, dict[str, JsonValue | None]] = {role: {} for role in wanted}
    for address, value in values.items():
        field = addresses.field(address)
        role = next((role for role in wanted if field is not None and may_change(role, field)), None)
        if role is not None:
            given[role][address] = value
    return {role: answers for role, answers in given.items() if answers}


def authored(
    addresses: Addresses, values: Mapping[str, JsonValue | None], name: str, roles: Iterable[Role] = SCHOOL_FIRST
) -> list[tuple[Author, dict[str, JsonValue | None]]]:
    """Return `values` with the person called `name` as their author, once in each role that they belong to."""
    return [(Author(name, role), answers) for role, answers in by_role(addresses, values, roles).items()]


def put_beside(audit: Audit, plan: ImportPlan, name: str, at: str, sitting: str) -> list[str]:
    """Put the document's answers beside the audit's where both changed, so that a person settles them later.

    Returns their addresses. An answer that the document took back stands beside the audit's as well.
    """
    put: list[str] = []
    for planned in plan.answers:
        field = audit.state.addresses.field(planned.address)
        if planned.standing is not Standing.BOTH_CHANGED or not planned.may_change or field is None:
            continue
        role = next(role for role in SCHOOL_FIRST if may_change(role, field))
        audit.record(
            Edit.make(planned.address, planned.theirs, replaces=(), at=at, author=Author(name, role), sitting=sitting)
        )
        put.append(planned.address)
    return put


def _for_roles(plan: ImportPlan, addresses: Addresses, roles: frozenset[Role]) -> ImportPlan:
    def allowed(address: str) -> bool:
        field = addresses.field(address)
        return field is not None and any(may_change(role, field) for role in roles)

    return replace(
        plan,
        answers=tuple(replace(planned, may_change=allowed(planned.address)) for planned in plan.answers),
        comments=tuple(replace(comment, may_change=allowed(comment.address)) for comment in plan.comments),
    )
