"""Files at the cards of the form, in the list of all, and on their way out of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from audit_desktop.core.attachments import attachments
from audit_desktop.core.edits import Author, Role
from audit_desktop.session.attaching import remove_attachment
from audit_desktop.ui.attaching.attaching_desk import AttachingDesk
from audit_desktop.ui.attaching.card_files import CardFiles
from audit_desktop.ui.attaching.describe_dialog import DescribeDialog
from audit_desktop.ui.attaching.files_dialog import FilesDialog
from audit_desktop.ui.attaching.stranger_dialog import StrangerDialog
from audit_desktop.ui.form.statement_card import StatementCard
from audit_desktop.ui.handing_over.send_dialog import SendDialog
from tests.ui.conftest import SCHOOL

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow


def first_card(window: MainWindow) -> StatementCard:
    assert window.audit_view is not None
    window.audit_view.show_statement("1.1")
    QApplication.processEvents()
    card = window.audit_view.findChild(StatementCard, "statement:1.1")
    assert card is not None
    return card


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def named(card: StatementCard, name: str) -> QPushButton:
    found = card.findChild(QPushButton, name)
    assert found is not None, f"no button {name}"
    return found


def listed(window: MainWindow) -> list[str]:
    assert window.desk.open_audit is not None
    return [one.name for one in attachments(window.desk.open_audit.session.audit.state)]


def attach(window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> StatementCard:
    """Attach the file as a person does, by the button of the first statement."""
    card = first_card(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(plan)], ""))
    press(named(card, "attach"))
    qtbot.waitUntil(lambda: bool(listed(window)))
    QApplication.processEvents()
    return card


def test_a_file_is_attached_by_the_button_and_shown_on_its_card(
    window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = first_card(window)
    height = card.sizeHint().height()
    assert card.files is not None
    assert card.files.rows is None
    attach(window, plan, qtbot, monkeypatch)
    texts = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert "plan.pdf" in texts
    assert any(text.startswith("PDF · 17 bytes · A. Sample (school)") for text in texts)
    assert card.sizeHint().height() > height
    assert named(card, "open-file").accessibleName() == "Open: plan.pdf"


def test_the_focus_stays_at_a_file_that_is_described_and_on_its_card_when_it_is_taken_out(
    window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = attach(window, plan, qtbot, monkeypatch)
    press(named(card, "describe-file"))
    dialog = window.findChild(DescribeDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.box, "The plan of the year")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.focusWidget() is named(card, "describe-file"))

    press(named(card, "remove-file"))

    assert card.files is not None
    assert card.files.rows is None
    assert window.focusWidget() is card.files.attach_button


def test_files_belong_to_a_section_that_asks_for_nothing_itself(
    window: MainWindow, workspace: Workspace, plan: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "norfolk.audit"
    entry = workspace.catalogue.find("norfolk-attendance-self-assessment")
    workspace.create(path, entry, [(SCHOOL, {"audit/school-name": "Sample School"})])
    window.open_path(path)
    qtbot.waitUntil(lambda: window.desk.path == path)
    assert window.audit_view is not None
    window.audit_view.show_address("section/2/evidence")
    QApplication.processEvents()
    files = window.audit_view.findChild(CardFiles, "files:section/2")
    assert files is not None
    assert files.attach_button.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(plan)], ""))

    press(files.attach_button)
    qtbot.waitUntil(lambda: files.rows is not None)

    assert window.desk.open_audit is not None
    (attached,) = attachments(window.desk.open_audit.session.audit.state)
    assert attached.about == ("section/2",)


def test_an_empty_foot_makes_no_card_higher(window: MainWindow) -> None:
    card = first_card(window)
    assert card.files is not None
    # The button stands beside the marks, in the room that they take anyway.
    assert card.files.sizeHint().height() <= card.marks.sizeHint().height() + 2
    assert window.desk.open_audit is not None
    window.desk.open_audit.keeper.set_read_only(is_read_only=True)
    QApplication.processEvents()
    assert named(card, "attach").isHidden()


def test_what_is_refused_is_said_in_a_sentence_and_nothing_is_attached(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "tool.exe"
    tool.write_bytes(b"MZ")
    card = first_card(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tool)], ""))
    press(named(card, "attach"))
    banners = window.notifier._banners
    qtbot.waitUntil(lambda: any("tool.exe was not attached" in banner.text for banner in banners.banners()))
    assert listed(window) == []


def test_the_same_file_under_another_name_is_said_to_be_there_already(
    window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = attach(window, plan, qtbot, monkeypatch)
    again = plan.with_name("plan of the panel.pdf")
    again.write_bytes(plan.read_bytes())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(again)], ""))
    press(named(card, "attach"))
    said = "plan of the panel.pdf is the same file as plan.pdf, which is attached here already."
    banners = window.notifier._banners
    qtbot.waitUntil(lambda: [banner.text for banner in banners.banners()] == [said])
    assert listed(window) == ["plan.pdf"]


def test_files_that_are_dropped_on_a_card_are_attached_to_it(window: MainWindow, plan: Path, qtbot: QtBot) -> None:
    card = first_card(window)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(plan))])
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(card, enter)
    assert enter.isAccepted()
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(card, drop)
    qtbot.waitUntil(lambda: listed(window) == ["plan.pdf"])


def test_a_file_is_taken_out_and_undo_brings_it_back(
    window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = attach(window, plan, qtbot, monkeypatch)
    press(named(card, "remove-file"))
    assert listed(window) == []
    assert card.files is not None
    assert card.files.rows is None
    window.commands.undo()
    QApplication.processEvents()
    assert listed(window) == ["plan.pdf"]
    assert card.files.rows is not None


def test_what_a_file_shows_is_said_on_its_card(
    window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = attach(window, plan, qtbot, monkeypatch)
    press(named(card, "describe-file"))
    dialog = window.findChild(DescribeDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.box, "Agreed by the panel")
    press(dialog.keep_button)
    assert any(label.text().endswith("Agreed by the panel") for label in card.findChildren(QLabel) if label.isVisible())


def test_own_file_is_opened_as_a_private_copy(
    window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        "audit_desktop.ui.attaching.attaching_desk.open_file", lambda path: (opened.append(path), True)[1]
    )
    card = attach(window, plan, qtbot, monkeypatch)
    press(named(card, "open-file"))
    assert [path.read_bytes() for path in opened] == [plan.read_bytes()]
    assert opened[0] != plan
    assert opened[0].is_relative_to(window.folders.data)


def test_somebody_elses_file_is_opened_only_after_a_question_that_names_its_kind(
    window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        "audit_desktop.ui.attaching.attaching_desk.open_file", lambda path: (opened.append(path), True)[1]
    )
    attach(window, plan, qtbot, monkeypatch)
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.set_who(Author("V. Sample", Role.VISITOR))
    card = first_card(window)
    assert named(card, "remove-file").isHidden()
    press(named(card, "open-file"))
    dialog = window.findChild(StrangerDialog)
    assert dialog is not None
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "plan.pdf" in said
    assert "A. Sample (school)" in said
    assert "PDF" in said
    assert dialog.cancel_button.isDefault()
    assert opened == []
    press(dialog.open_button)
    assert len(opened) == 1


def test_a_copy_is_saved_where_the_person_says(
    window: MainWindow, plan: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = attach(window, plan, qtbot, monkeypatch)
    target = tmp_path / "kept.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(named(card, "save-file"))
    assert target.read_bytes() == plan.read_bytes()


def test_the_list_of_all_files_says_what_travels_and_empties_out_what_was_removed(
    window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(window, plan, qtbot, monkeypatch)
    assert window.desk.open_audit is not None
    assert window.audit_view is not None
    desk = window.audit_view.findChild(AttachingDesk)
    assert desk is not None
    desk.attach("section/1", (plan,))
    qtbot.waitUntil(lambda: len(listed(window)) == 2)
    window.commands.show_files()
    dialog = window.findChild(FilesDialog)
    assert dialog is not None
    assert dialog.summary.text() == "In this audit’s file: 1 attached file, 17 bytes."
    remarks = {dialog.table.item(row, 4).text() for row in range(dialog.table.rowCount())}
    assert len(remarks) == 2
    assert all(remark.startswith("The same file as under") for remark in remarks)
    assert dialog.empty_button.isHidden()
    dialog.close()
    session, keeper = window.desk.open_audit.session, window.desk.open_audit.keeper
    keeper.save()
    qtbot.waitUntil(lambda: not keeper.is_saving)
    for one in attachments(session.audit.state):
        desk.remove(one)
    qtbot.waitUntil(lambda: listed(window) == [])
    window.commands.show_files()
    again = next(one for one in window.findChildren(FilesDialog) if one.isVisible())
    assert again.table.item(0, 4).text() == "Still inside the file"
    press(again.empty_button)
    assert again.table.rowCount() == 0
    again.close()


def test_sending_says_which_files_go_along_with_and_without_earlier_wording(
    window: MainWindow, plan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(window, plan, qtbot, monkeypatch)
    assert window.desk.open_audit is not None
    session, keeper = window.desk.open_audit.session, window.desk.open_audit.keeper
    keeper.save()
    qtbot.waitUntil(lambda: not keeper.is_saving)
    (one,) = attachments(session.audit.state)
    remove_attachment(session, one)
    window.commands.send_to_visitor()
    dialog = window.findChild(SendDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.send_button.isEnabled())
    assert dialog.files_label.text() == "In the copy: 1 attached file, 17 bytes."
    dialog.without_box.toggle()
    assert dialog.files_label.isHidden()
    qtbot.waitUntil(lambda: dialog.send_button.isEnabled())
    dialog.reject()
