"""The command `import`: a completed Word form as an audit, or into one, with a report of what was recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.audit_state import may_change
from audit_desktop.core.edits import Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.text import one_line
from audit_desktop.exchange.word_import.import_plan import Standing
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.importing import SCHOOL_FIRST, authored, plan_into, plan_new, put_beside, read_form
from audit_desktop.ui.exchange_wording import IMPORT, NOTES, STANDINGS, found_at, place_name, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.import_plan import ImportPlan
    from audit_desktop.session.workspace import Workspace


def import_word(
    workspace: Workspace, document: Path, out: Path, *, into: Path | None = None, role: str = "", name: str = ""
) -> int:
    """Write the answers of the Word form `document` to the new audit file `out`, as edits of the person `name`.

    `into` is the audit that they enter, which is left alone; without it the audit is new. Without a `role` the form
    speaks for the school and the visitor, each where it is theirs. Where form and audit both changed, both answers
    stand side by side.
    """
    if workspace.filesystem.exists(out):
        raise AuditDesktopError(FaultCode.FILE_EXISTS, str(out))
    form = read_form(workspace.filesystem, document)
    roles = (Role(role),) if role else SCHOOL_FIRST
    if into is None:
        new = plan_new(workspace, form, roles)
        audit, plan = new.audit, new.plan
    else:
        audit = workspace.read(into).audit
        plan = plan_into(audit, form, roles)
    name = one_line(name) or document.stem
    values = plan.to_apply(with_comments=True)
    session = _answered(workspace, audit, values, name, roles)
    at = workspace.clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    beside = put_beside(audit, plan, name, at, session.sitting) if into is not None else []
    workspace.save_new(out, audit)
    print(IMPORT.imported(out, len(values), plan.same))
    for line in _report(audit, plan, beside):
        print(line)
    return 0


def _answered(
    workspace: Workspace, audit: Audit, values: dict[str, JsonValue | None], name: str, roles: tuple[Role, ...]
) -> AuditSession:
    session = AuditSession(audit, None, workspace.clock)
    for author, answers in authored(audit.state.addresses, values, name, roles):
        session.set_who(author)
        session.set_answers(answers)
    return session


def _report(audit: Audit, plan: ImportPlan, beside: list[str]) -> Iterator[str]:
    addresses = audit.state.addresses
    if beside:
        yield IMPORT.beside(len(beside))
        yield from (f"  {place_name(addresses, address)}" for address in beside)
    left = [planned for planned in plan.answers if not planned.is_taken and planned.address not in beside]
    if left:
        yield IMPORT.not_applied(len(left))
    for planned in left:
        said = planned.text or value_text(addresses, planned.address, planned.theirs) or IMPORT.no_answer
        why = STANDINGS[planned.standing] if planned.may_change else _not_theirs(addresses, planned.address)
        if planned.standing is not Standing.CHANGED_SINCE or not planned.may_change:
            yield f"  {place_name(addresses, planned.address)}: {_indented(said)} ({why})"
        else:
            yield f"  {place_name(addresses, planned.address)} ({why})"
    if plan.unrecognised:
        yield f"{IMPORT.group(IMPORT.not_recognised, len(plan.unrecognised))}:"
        yield from (f"  {found_at(addresses, found.place)}: {_indented(found.text)}" for found in plan.unrecognised)
    if plan.missing_statements:
        references = [addresses.statements[own_id].reference for own_id in plan.missing_statements]
        yield IMPORT.missing.format(references=", ".join(references))
    yield from (NOTES[note] for note in plan.notes)


def _not_theirs(addresses: Addresses, address: str) -> str:
    field = addresses.field(address)
    by_visitor = field is not None and may_change(Role.VISITOR, field)
    return IMPORT.not_yours.format(owner=IMPORT.visitor if by_visitor else IMPORT.school)


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")
