"""Word forms enter audits: as new ones, and into one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.word_import.import_plan import Standing
from audit_desktop.locations import Locations
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.importing import authored, by_role, plan_into, plan_new, put_beside, read_form
from audit_desktop.session.workspace import Workspace
from tests.exchange.audits import BOTH, NORFOLK, RAG, answer, exported, shipped, with_everything

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.session.importing import WordForm

NOT_FROM_WORD = ("sign-offs/", "earlier-comments/", "attachments/")


@pytest.fixture
def workspace() -> Workspace:
    return Workspace.on_this_computer(Locations.find())


def form_of(workspace: Workspace, audit: Audit, folder: Path) -> WordForm:
    path = folder / "form.docx"
    path.write_bytes(exported(audit))
    return read_form(workspace.filesystem, path)


@pytest.mark.parametrize("framework_id", BOTH)
def test_a_document_becomes_an_audit_with_every_answer(framework_id: str, workspace: Workspace, tmp_path: Path) -> None:
    audit, _ = with_everything(framework_id)
    new = plan_new(workspace, form_of(workspace, audit, tmp_path))
    path = tmp_path / "new.audit"
    workspace.create(path, new.entry, authored(new.audit.state.addresses, new.plan.to_apply(), "A. Sample"))
    expected = {address: value for address, value in audit.state.answers() if not address.startswith(NOT_FROM_WORD)}
    assert dict(workspace.read(path).audit.state.answers()) == expected


def test_each_answer_is_of_the_role_that_may_give_it() -> None:
    addresses = shipped(RAG).state.addresses
    values = {"statement/1.1/rating": "established", "statement/1.1/visitor-comment": "Seen", "audit/headteacher": "H"}
    assert by_role(addresses, values) == {
        Role.SCHOOL: {"statement/1.1/rating": "established", "audit/headteacher": "H"},
        Role.VISITOR: {"statement/1.1/visitor-comment": "Seen"},
    }


def test_a_visitor_takes_only_what_is_the_visitors_to_say(workspace: Workspace, tmp_path: Path) -> None:
    audit = shipped(RAG)
    answer(audit, "statement/1.1/rating", "established")
    answer(audit, "statement/1.1/visitor-comment", "Seen")
    plan = plan_into(shipped(RAG), form_of(workspace, audit, tmp_path), [Role.VISITOR])
    may = {planned.address: planned.may_change for planned in plan.answers}
    assert may == {"statement/1.1/rating": False, "statement/1.1/visitor-comment": True}


def test_a_form_of_another_framework_does_not_enter(workspace: Workspace, tmp_path: Path) -> None:
    form = form_of(workspace, shipped(NORFOLK), tmp_path)
    with pytest.raises(AuditDesktopError) as caught:
        plan_into(shipped(RAG), form, [Role.SCHOOL])
    assert caught.value.code is FaultCode.WORD_OTHER_FRAMEWORK


def test_what_both_changed_stands_side_by_side(workspace: Workspace, tmp_path: Path) -> None:
    audit = shipped(RAG)
    answer(audit, "section/1/evidence", "Before")
    answer(audit, "section/1/evidence", "In the document")
    form = form_of(workspace, audit, tmp_path)
    # The audit that the form meets never held what it says, nor what it was exported with.
    mine = shipped(RAG)
    answer(mine, "section/1/evidence", "In the audit")
    plan = plan_into(mine, form, [Role.SCHOOL])
    assert [planned.standing for planned in plan.answers] == [Standing.CHANGED_SINCE]
    other = plan_into(mine, without_base(form), [Role.SCHOOL])
    assert put_beside(mine, other, "A. Sample", "2026-11-22T14:02:00.000Z", "s") == ["section/1/evidence"]
    assert {head.value for head in mine.state.heads("section/1/evidence")} == {"In the audit", "In the document"}


def without_base(form: WordForm) -> WordForm:
    """Return the form as a program leaves it that drops the hidden copy of the answers."""
    from dataclasses import replace

    return replace(form, document=form.document._replace(snapshot=None))


def test_an_import_is_one_step_that_undo_takes_back(workspace: Workspace, tmp_path: Path) -> None:
    audit, _ = with_everything(RAG)
    form = form_of(workspace, audit, tmp_path)
    session = AuditSession(shipped(RAG), Author("A. Sample", Role.SCHOOL), workspace.clock)
    plan = plan_into(session.audit, without_base(form), [Role.SCHOOL])
    session.set_answers(plan.to_apply())
    assert len(dict(session.audit.state.answers())) > 100
    session.undo()
    assert dict(session.audit.state.answers()) == {}


def test_a_file_that_is_far_too_large_is_not_read(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "large.docx"
    with path.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    with pytest.raises(AuditDesktopError) as caught:
        read_form(workspace.filesystem, path)
    assert caught.value.code is FaultCode.WORD_TOO_LARGE


def test_a_file_that_is_not_there_is_said(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(AuditDesktopError) as caught:
        read_form(workspace.filesystem, tmp_path / "gone.docx")
    assert caught.value.code is FaultCode.FILE_MISSING
