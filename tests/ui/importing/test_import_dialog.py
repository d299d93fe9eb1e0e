"""The preview of an import, and what is taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from audit_desktop.core.edits import Author, Role
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.ui.importing.import_dialog import ImportDialog
from tests.exchange.audits import RAG, answer, exported, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.core.audit import Audit
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.importing.lines import PreviewLine

SCHOOL = Author("A. Sample", Role.SCHOOL)
EVIDENCE, ACTION, RATING = "section/1/evidence", "section/1/action", "statement/1.1/rating"
COMMENT = "statement/1.1/visitor-comment"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Return a document exported and then completed: its base says "Before", its text "In Word"."""
    from tests.exchange.word_import.test_own_documents import edited

    path = tmp_path / "form.docx"
    data = exported(audit_saying(**{EVIDENCE: "Evidence before", ACTION: "Action before", COMMENT: "Comment before"}))
    for what in ("Evidence", "Action", "Comment"):
        data = edited(data, f">{what} before<", f">{what} in Word<")
    path.write_bytes(data)
    return path


def audit_saying(**answers: str) -> Audit:
    audit = shipped(RAG)
    for address, value in answers.items():
        answer(audit, address, value)
    return audit


@pytest.fixture
def session(workspace: Workspace) -> AuditSession:
    """Return an audit in which the evidence changed too, and nothing else since the export."""
    audit = audit_saying(**{EVIDENCE: "Evidence here", ACTION: "Action before", COMMENT: "Comment before"})
    return AuditSession(audit, SCHOOL, workspace.clock)


@pytest.fixture
def show(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> Callable[..., ImportDialog]:
    def make(document: Path, session: AuditSession | None = None) -> ImportDialog:
        dialog = ImportDialog(document, workspace, SCHOOL, tmp_path, session=session)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=30_000)
        return dialog

    return make


def lines(dialog: ImportDialog) -> dict[str, PreviewLine]:
    return {line.planned.address: line for group in dialog._groups for line in group.lines}


def choose(dialog: ImportDialog, address: str, place: int) -> None:
    dialog.tree.setCurrentItem(dialog.tree._items[address])
    button = dialog.detail._group.button(place)
    assert button is not None
    button.click()


def test_what_only_the_document_changed_is_taken_and_the_rest_is_left_to_a_person(
    show: Callable[..., ImportDialog], document: Path, session: AuditSession
) -> None:
    dialog = show(document, session)
    assert {address: line.is_taken for address, line in lines(dialog).items()} == {
        EVIDENCE: False,
        ACTION: True,
        COMMENT: False,
    }
    dialog.apply_button.click()
    assert session.value(ACTION) == "Action in Word"
    assert session.value(EVIDENCE) == "Evidence here"
    assert session.value(COMMENT) == "Comment before"


def test_nothing_changes_before_it_is_taken_over(
    show: Callable[..., ImportDialog], document: Path, session: AuditSession
) -> None:
    dialog = show(document, session)
    dialog.cancel_button.click()
    assert session.value(ACTION) == "Action before"


def test_undo_takes_the_whole_import_back(
    show: Callable[..., ImportDialog], document: Path, session: AuditSession
) -> None:
    dialog = show(document, session)
    choose(dialog, EVIDENCE, 1)
    dialog.apply_button.click()
    assert (session.value(EVIDENCE), session.value(ACTION)) == ("Evidence in Word", "Action in Word")
    session.undo()
    assert (session.value(EVIDENCE), session.value(ACTION)) == ("Evidence here", "Action before")


def test_two_texts_can_be_put_together(
    show: Callable[..., ImportDialog], document: Path, session: AuditSession
) -> None:
    dialog = show(document, session)
    choose(dialog, EVIDENCE, 2)
    dialog.apply_button.click()
    assert session.value(EVIDENCE) == "Evidence here\n\nEvidence in Word"


def test_a_tick_taken_away_leaves_the_audit_as_it_is(
    show: Callable[..., ImportDialog], document: Path, session: AuditSession
) -> None:
    dialog = show(document, session)
    dialog.tree._items[ACTION].setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.message.text().startswith("0 answers will be taken over")
    assert not dialog.apply_button.isEnabled()


def test_what_somebody_else_must_say_cannot_be_taken(
    show: Callable[..., ImportDialog], document: Path, session: AuditSession
) -> None:
    line = lines(show(document, session))[COMMENT]
    assert line.ways == ()
    assert line.outcome == "Only the visitor can say this"


def test_both_texts_and_the_one_exported_are_shown_whole(
    show: Callable[..., ImportDialog], document: Path, session: AuditSession
) -> None:
    dialog = show(document, session)
    dialog.tree.setCurrentItem(dialog.tree._items[EVIDENCE])
    assert dialog.detail.ours.toPlainText() == "Evidence here"
    assert dialog.detail.theirs.toPlainText() == "Evidence in Word"
    assert dialog.detail.base.text() == "The document was made when the audit said: Evidence before"


def test_a_document_that_says_the_same_says_so(
    show: Callable[..., ImportDialog], tmp_path: Path, workspace: Workspace
) -> None:
    audit = audit_saying(**{EVIDENCE: "The same"})
    path = tmp_path / "same.docx"
    path.write_bytes(exported(audit))
    dialog = show(path, AuditSession(audit, SCHOOL, workspace.clock))
    assert dialog.message.text() == "The document says nothing that the audit does not say already."
    assert not dialog.apply_button.isVisible()


def test_a_text_that_belongs_nowhere_is_kept_and_can_be_copied(
    show: Callable[..., ImportDialog], tmp_path: Path, session: AuditSession
) -> None:
    from tests.exchange.word_import.test_own_documents import edited

    path = tmp_path / "more.docx"
    row = "<w:tr><w:tc><w:p><w:r><w:t>A note of mine</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    path.write_bytes(edited(exported(audit_saying()), "</w:tbl>", row))
    dialog = show(path, session)
    dialog.copy_button.click()
    assert "A note of mine" in QGuiApplication.clipboard().text()


def test_without_an_open_audit_the_document_becomes_one(
    show: Callable[..., ImportDialog],
    tmp_path: Path,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = tmp_path / "form.docx"
    said = {"audit/school-name": "Hill Primary School", RATING: "established", COMMENT: "Seen"}
    document.write_bytes(exported(audit_saying(**said)))
    dialog = show(document)
    proposed: list[str] = []

    def ask(_parent: object, _title: str, start: str, _filter: str) -> tuple[str, str]:
        proposed.append(start)
        return str(tmp_path / "new"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    made: list[Path] = []
    dialog.made.connect(made.append)
    dialog.apply_button.click()
    assert made == [tmp_path / "new.audit"]
    assert proposed[0].endswith("Hill Primary School – Attendance standards audit.audit")
    audit = workspace.read(made[0]).audit
    assert dict(audit.state.answers()) == said
    assert {edit.author for edit in audit.log.all().values()} == {SCHOOL, Author("A. Sample", Role.VISITOR)}


def test_a_file_that_is_no_document_is_said_in_the_dialog(
    show: Callable[..., ImportDialog], tmp_path: Path, session: AuditSession
) -> None:
    path = tmp_path / "picture.docx"
    path.write_bytes(b"GIF89a")
    dialog = show(path, session)
    assert dialog.message.text().endswith("picture.docx is not a Word document; nothing was changed.")
    assert not dialog.apply_button.isVisible()
