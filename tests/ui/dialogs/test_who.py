"""The dialog that asks who is working."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from audit_desktop.core.edits import Author, Role
from audit_desktop.ui.dialogs.who import WhoDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


def test_the_answer_is_a_name_with_a_role(parent: QWidget, qtbot: QtBot) -> None:
    answers: list[Author] = []
    dialog = WhoDialog.ask(parent, None, answers.append)
    qtbot.keyClicks(dialog.form.name_box, "  V.  Sample ")
    dialog.form.visitor_button.click()
    qtbot.keyClicks(dialog.form.organisation_box, "Sample Trust")
    qtbot.keyClick(dialog.form.organisation_box, Qt.Key.Key_Return)
    assert answers == [Author("V. Sample", Role.VISITOR, "Sample Trust")]


def test_without_a_name_there_is_no_answer(parent: QWidget, qtbot: QtBot) -> None:
    answers: list[Author] = []
    dialog = WhoDialog.ask(parent, None, answers.append)
    qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)
    assert answers == []
    assert dialog.isVisible()
    assert dialog.form.fault_label.text() == "Give your name."


def test_leaving_the_dialog_changes_nothing(parent: QWidget, qtbot: QtBot) -> None:
    answers: list[Author] = []
    dialog = WhoDialog.ask(parent, Author("A. Sample", Role.SCHOOL), answers.append)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert answers == []
    assert not dialog.isVisible()
