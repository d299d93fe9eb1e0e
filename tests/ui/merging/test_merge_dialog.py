"""Taking in a copy that came back: numbers first, conflicts side by side, one undo step, and honest refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from audit_desktop.core.edits import Author, Role
from audit_desktop.session.handing_over import send_copy
from audit_desktop.ui.merging.merge_dialog import MergeDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow

VISITOR = Author("Alex Moss", Role.VISITOR)
NAME, DATE, COMMENT = "audit/visitor-name", "audit/visit-date", "statement/1.1/visitor-comment"


class Desk:
    """An audit that is open in the window, and a copy of it that comes back."""

    def __init__(self, window: MainWindow, workspace: Workspace, path: Path, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        window.open_path(path)
        assert window.desk.open_audit is not None
        self.session: AuditSession = window.desk.open_audit.session
        self.copy = path.with_name("back.audit")
        send_copy(workspace, self.session.audit, self.copy)
        there = workspace.open(self.copy, VISITOR)
        there.session.set_answers({COMMENT: "Seen by us.", NAME: "Alex Moss", DATE: "2026-03-04"})
        there.keeper.close()
        self.session.set_answers({NAME: "Alexandra Moss", DATE: "2026-03-05"})

    def merge(self, path: Path | None = None) -> MergeDialog:
        self.window.commands.merge(path or self.copy)
        # One that was closed is gone only after a moment.
        dialog = self.window.findChildren(MergeDialog)[-1]
        self.qtbot.waitUntil(lambda: dialog._task is not None and not dialog._task.is_running)
        QApplication.processEvents()
        return dialog


@pytest.fixture
def desk(make_window: Callable[..., MainWindow], workspace: Workspace, audit_path: Path, qtbot: QtBot) -> Desk:
    return Desk(make_window(), workspace, audit_path, qtbot)


def test_nothing_changes_until_it_is_taken_in_as_one_step(desk: Desk) -> None:
    dialog = desk.merge()
    assert len(dialog.conflicts) == 2
    before = desk.session.value(COMMENT)
    assert before != "Seen by us."
    dialog.apply_button.click()
    assert desk.session.value(COMMENT) == "Seen by us."
    assert set(desk.session.audit.state.conflicts()) == {NAME, DATE}
    desk.session.undo()
    assert desk.session.value(COMMENT) == before
    assert desk.session.value(NAME) == "Alexandra Moss"


@pytest.mark.parametrize(
    ("choice", "value"),
    [
        ("mine", "Alexandra Moss"),
        ("theirs", "Alex Moss"),
        ("new", "The LAP team"),
    ],
)
def test_a_conflict_is_settled_as_chosen(desk: Desk, choice: str, value: str) -> None:
    dialog = desk.merge()
    card = next(card for card in dialog.conflicts if card.conflict.address == NAME)
    card.choices[choice].setChecked(True)
    if choice == "new":
        assert card.new_box is not None
        card.new_box.setPlainText(value)
    dialog.apply_button.click()
    assert desk.session.value(NAME) == value
    assert list(desk.session.audit.state.conflicts()) == [DATE]


def test_both_texts_are_kept_each_with_its_author(desk: Desk) -> None:
    dialog = desk.merge()
    card = next(card for card in dialog.conflicts if card.conflict.address == NAME)
    card.choices["both"].setChecked(True)
    dialog.apply_button.click()
    assert "Alex Moss: Alex Moss" in desk.session.value(NAME)
    assert "Alexandra Moss" in desk.session.value(NAME)


def test_nothing_is_chosen_for_anybody_and_a_date_cannot_be_both(desk: Desk) -> None:
    dialog = desk.merge()
    card = next(card for card in dialog.conflicts if card.conflict.address == DATE)
    assert set(card.choices) == {"later", "mine", "theirs"}
    assert card.choices["later"].isChecked()
    assert not card.is_settled


def test_a_copy_of_another_audit_is_refused_in_a_sentence(desk: Desk, workspace: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "other.audit"
    entry = workspace.catalogue.find("norfolk-attendance-self-assessment")
    workspace.create(other, entry, [])
    dialog = desk.merge(other)
    assert dialog.message.text().endswith(".")
    assert dialog.message.property("role") == "error"
    assert not dialog.apply_button.isVisibleTo(dialog)


def test_a_copy_that_brings_nothing_says_so(desk: Desk) -> None:
    desk.merge().apply_button.click()
    dialog = desk.merge()
    assert "nothing to take in" in dialog.message.text()
    dialog.reject()


def test_a_protected_copy_asks_for_its_passphrase(desk: Desk, workspace: Workspace, tmp_path: Path) -> None:
    copy = tmp_path / "back.age"
    audit = workspace.read(desk.copy).audit
    send_copy(workspace, audit, copy, passphrase="acorn bridge candle dune")
    dialog = desk.merge(copy)
    assert dialog.message.text() == "The copy is protected. Enter its passphrase."
    for words in ("not these words at all", "acorn bridge candle dune"):
        dialog.passphrase_box.setText(words)
        dialog.read_button.click()
        desk.qtbot.waitUntil(lambda: dialog._task is not None and not dialog._task.is_running)
        QApplication.processEvents()
    assert len(dialog.conflicts) == 2
    dialog.reject()
