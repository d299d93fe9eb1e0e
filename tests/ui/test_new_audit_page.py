"""The page for a new audit: it asks for what is needed, and says in its place what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.catalogue import CatalogueEntry
from audit_desktop.ui.new_audit_page import NewAudit, NewAuditPage
from tests.ui.conftest import SCHOOL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow

RAG = "attendance-standards-rag"


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> NewAuditPage:
    page = NewAuditPage(tmp_path, workspace.filesystem.exists, SCHOOL, workspace.catalogue.entries())
    qtbot.addWidget(page)
    page.resize(900, 2000)
    page.show()
    return page


def _choose(page: NewAuditPage, qtbot: QtBot, framework_id: str) -> None:
    tile = page.findChild(QPushButton, f"framework:{framework_id}")
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)


def _shown(label: QLabel) -> str:
    return "" if label.isHidden() else label.text()


def test_each_framework_is_a_card_that_says_what_it_is_for(page: NewAuditPage) -> None:
    tile = page.findChild(QPushButton, f"framework:{RAG}")
    assert tile is not None
    assert tile.accessibleName() == "Attendance standards audit"
    assert "4 standards, 50 statements" in tile.accessibleDescription()
    assert QAccessible.queryAccessibleInterface(tile).role() is QAccessible.Role.RadioButton


def test_the_tab_key_goes_from_the_frameworks_to_the_school_and_back(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    with qtbot.waitActive(window):
        window.show()
    window.show_new_audit()
    page = window.findChild(NewAuditPage)
    assert page is not None

    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert page.school_box.hasFocus()

    qtbot.keyClick(page.school_box, Qt.Key.Key_Backtab)
    assert window.focusWidget().objectName().startswith("framework:")


def test_everything_filled_in_asks_for_the_audit(page: NewAuditPage, qtbot: QtBot, tmp_path: Path) -> None:
    _choose(page, qtbot, RAG)
    qtbot.keyClicks(page.school_box, "Sample School")
    with qtbot.waitSignal(page.create_requested) as asked:
        qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    assert asked.args is not None
    new: NewAudit = asked.args[0]
    assert new.framework.id == RAG
    assert new.answers == {"audit/school-name": "Sample School"}
    assert new.path == tmp_path / "Sample School – Attendance standards audit.audit"
    assert new.who == SCHOOL


def test_what_is_missing_is_said_where_it_is_missing(page: NewAuditPage, qtbot: QtBot) -> None:
    page.who_form.name_box.clear()
    with qtbot.assertNotEmitted(page.create_requested):
        qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    assert _shown(page.framework_fault) == "Choose an audit."
    assert _shown(page.school_fault) == "Give the name of the school."
    assert _shown(page.file_fault) == "Choose where the audit is kept."
    assert _shown(page.who_form.fault_label) == "Give your name."


def test_a_fault_goes_away_once_it_is_put_right(page: NewAuditPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.school_box, "S")
    assert _shown(page.school_fault) == ""


def test_the_proposed_file_has_a_name_that_every_system_takes(page: NewAuditPage, qtbot: QtBot, tmp_path: Path) -> None:
    _choose(page, qtbot, RAG)
    qtbot.keyClicks(page.school_box, 'St Mary\'s: "A/B" <School>?')
    assert page.file_box.text() == str(tmp_path / "St Mary's A B School – Attendance standards audit.audit")


def test_a_taken_name_is_not_proposed(page: NewAuditPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "Attendance standards audit.audit").write_bytes(b"")
    _choose(page, qtbot, RAG)
    assert page.file_box.text() == str(tmp_path / "Attendance standards audit 2.audit")


def test_a_file_that_the_person_chose_is_not_proposed_over(page: NewAuditPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.file_box.clear()
    qtbot.keyClicks(page.file_box, "mine")
    _choose(page, qtbot, RAG)
    qtbot.keyClicks(page.school_box, "Sample School")
    with qtbot.waitSignal(page.create_requested) as asked:
        page.create_button.click()
    assert asked.args is not None
    assert asked.args[0].path == tmp_path / "mine.audit"


def test_an_existing_file_is_never_taken_over(page: NewAuditPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "mine.audit").write_bytes(b"somebody's")
    qtbot.keyClicks(page.file_box, "mine.audit")
    _choose(page, qtbot, RAG)
    qtbot.keyClicks(page.school_box, "Sample School")
    with qtbot.assertNotEmitted(page.create_requested):
        page.create_button.click()
    assert "already a file called mine.audit" in _shown(page.file_fault)


def test_a_broken_framework_is_listed_with_every_fault(qtbot: QtBot, tmp_path: Path) -> None:
    faults = (
        AuditDesktopError(FaultCode.KEY_MISSING, "sections[0]", key="title"),
        AuditDesktopError(FaultCode.COLOUR_INVALID, "scales[0].levels[1].colour", found="red"),
    )
    broken = CatalogueEntry("mine", "1.0.0", "", "", tmp_path / "1.0.0.json", faults)
    page = NewAuditPage(tmp_path, lambda _path: False, None, (broken,))
    qtbot.addWidget(page)
    page.show()
    label = page.findChild(QLabel, "framework:faults")
    assert label is not None
    assert label.isHidden()
    toggle = page.findChild(QPushButton, "broken:mine 1.0.0")
    assert toggle is not None
    toggle.click()
    assert _shown(label).splitlines() == [
        'sections[0]: The key "title" is missing.',
        'scales[0].levels[1].colour: "red" is no colour; write it as in #2f8f6b.',
    ]


def test_the_cards_are_chosen_by_keyboard(page: NewAuditPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.focus_first()
    focused = QApplication.focusWidget()
    qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert page.chosen_framework() is not None


def test_a_wheel_over_the_phase_changes_nothing(page: NewAuditPage) -> None:
    editor = page.editors["phase"]
    editor.set_value("primary")
    box = editor.boxes()[0]
    at = QPointF(box.rect().center())
    event = QWheelEvent(
        at,
        box.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert editor.value() == "primary"


def test_an_audit_that_cannot_be_made_says_why_on_the_page(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    window.commands.new_audit()
    page = window._stack.currentWidget()
    assert isinstance(page, NewAuditPage)
    page.show()
    qtbot.keyClicks(page.file_box, str(tmp_path / "no such folder" / "x.audit"))
    _choose(page, qtbot, RAG)
    page.editors["school-name"].set_value("Sample School")
    page.create_button.click()
    assert window._stack.currentWidget() is page
    item = page.fault_banner.itemAt(0)
    assert item is not None
    assert "no such folder" in item.widget().text  # pyright: ignore


def test_a_new_audit_is_opened_and_is_its_makers(
    make_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(None)
    window.commands.new_audit()
    page = window._stack.currentWidget()
    assert isinstance(page, NewAuditPage)
    page.show()
    _choose(page, qtbot, "norfolk-attendance-self-assessment")
    qtbot.keyClicks(page.school_box, "Sample School")
    qtbot.keyClicks(page.who_form.name_box, "A. Sample")
    page.create_button.click()
    assert window.desk.open_audit is not None
    assert window.desk.open_audit.session.value("audit/school-name") == "Sample School"
    assert window.who is not None
    assert window.who.name == "A. Sample"
