"""The dialog that makes a blank form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from audit_desktop.exchange.word_import.own_document import framework_named
from audit_desktop.exchange.word_import.reader import read_word
from audit_desktop.ui.exporting.form_dialog import FormDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace, locations: Locations, tmp_path: Path) -> FormDialog:
    dialog = FormDialog(workspace, locations.resources, tmp_path)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_blank_form_of_the_chosen_audit_names_its_framework(dialog: FormDialog, qtbot: QtBot) -> None:
    dialog.framework_box.setCurrentText("School Attendance Self-Assessment Tool")
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.open_button.isVisible(), timeout=30_000)
    document = read_word(dialog.path.read_bytes(), "form")
    assert framework_named(document) == "norfolk-attendance-self-assessment@1.0.0"


def test_the_file_takes_its_name_from_the_audit(dialog: FormDialog) -> None:
    names = []
    for index in range(dialog.framework_box.count()):
        dialog.framework_box.setCurrentIndex(index)
        names.append(dialog.path.name)
    assert names == [
        "Attendance policy review - Blank form.docx",
        "Attendance standards audit - Blank form.docx",
        "Summary table of responsibilities for school attendance - Blank form.docx",
        "School Attendance Self-Assessment Tool - Blank form.docx",
        "Attendance Guidance Thresholds and Responsibilities – Secondary - Blank form.docx",
    ]
