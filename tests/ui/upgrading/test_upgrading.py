"""Going on to a newer version of the framework in the window, and looking again at what was reworded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from audit_desktop.core.upgrade import parked_answers
from audit_desktop.ui.form.statement_card import StatementCard
from audit_desktop.ui.handing_over.send_dialog import SendDialog
from audit_desktop.ui.merging.merge_dialog import MergeDialog
from audit_desktop.ui.upgrading.parked_card import ParkedCard
from audit_desktop.ui.upgrading.reworded_box import RewordedBox
from audit_desktop.ui.upgrading.upgrade_dialog import UpgradeDialog
from tests.builders import framework_document
from tests.journeys.test_upgrading import install, newer
from tests.ui.conftest import SCHOOL, VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow


@pytest.fixture
def path(workspace: Workspace, tmp_path: Path) -> Path:
    install(framework_document((3, 2)))
    path = tmp_path / "hill.audit"
    answers = {
        "statement/1.1/rating": "established",
        "statement/1.2/rating": "developing",
        "statement/2.1/evidence": "Letters",
    }
    workspace.create(path, workspace.catalogue.find("small"), [(SCHOOL, answers)])
    install(newer())
    workspace.catalogue.refresh()
    return path


@pytest.fixture
def window(make_window: Callable[..., MainWindow], path: Path, qtbot: QtBot) -> MainWindow:
    window = make_window()
    window.show()
    window.open_path(path)
    window.settle()
    qtbot.waitUntil(lambda: any("1.1.0" in text for text in banners(window)))
    return window


def banners(window: MainWindow) -> list[str]:
    return [banner.text for banner in window.notifier._banners.banners()]


def session_of(window: MainWindow) -> AuditSession:
    assert window.desk.open_audit is not None
    return window.desk.open_audit.session


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def go_on(window: MainWindow) -> UpgradeDialog:
    window.commands.upgrade()
    dialog = window.findChild(UpgradeDialog)
    assert dialog is not None
    press(dialog.go_on_button)
    return dialog


def card(window: MainWindow, statement_id: str) -> StatementCard:
    assert window.audit_view is not None
    window.audit_view.show_statement(statement_id)
    QApplication.processEvents()
    found = window.audit_view.findChild(StatementCard, f"statement:{statement_id}")
    assert found is not None
    return found


def reworded(window: MainWindow, statement_id: str) -> RewordedBox | None:
    boxes = card(window, statement_id).findChildren(RewordedBox)
    return next((box for box in boxes if not box.isHidden()), None)


def test_the_newer_version_is_offered_and_nothing_happens_unasked(window: MainWindow, path: Path) -> None:
    before = path.read_bytes()
    press(next(button for button in window.findChildren(QPushButton) if button.text() == "See what changes…"))
    dialog = window.findChild(UpgradeDialog)
    assert dialog is not None
    cells = [[dialog.table.item(row, column).text() for column in range(4)] for row in range(dialog.table.rowCount())]
    assert cells == [
        [
            "1.1 Statement 1.1 holds.",
            "1.1 Statement 1.1 holds every day.",
            "reworded; its rating is to be looked at again",
            "1 answer",
        ],
        ["1.2 Statement 1.2 holds.", "1.4 Statement 1.2 holds.", "has another place", "1 answer"],
        ["2.1 Statement 2.1 holds.", "", "taken out; its answers are kept and printed at the end", "1 answer"],
    ]
    press(dialog.not_now_button)
    assert session_of(window).audit.framework.version == "1.0.0"
    assert path.read_bytes() == before


def test_the_form_of_the_newer_version_takes_the_place_of_the_old_one(
    window: MainWindow, path: Path, workspace: Workspace, qtbot: QtBot
) -> None:
    go_on(window)
    assert card(window, "1.4").rating_row is not None
    assert session_of(window).value("statement/1.4/rating") == "developing"
    assert banners(window) == [
        "The audit stands on version 1.1.0 now. 1 rating was given to other words: the statements say so."
    ]
    session_of(window).set_answer("statement/1.4/evidence", "Registers")
    assert window.desk.open_audit is not None
    keeper = window.desk.open_audit.keeper
    keeper.save()
    qtbot.waitUntil(lambda: keeper.is_all_in_file)
    saved = workspace.read(path).audit
    assert saved.framework.version == "1.1.0"
    assert saved.state.value("statement/1.4/evidence") == "Registers"
    assert [one.answer for one in parked_answers(saved.state)] == ["Letters"]


def test_one_undo_takes_it_all_back_and_redo_does_it_again(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    go_on(window)
    window.commands.undo()
    assert session_of(window).audit.framework.version == "1.0.0"
    assert dict(session_of(window).audit.state.answers()) == {
        "statement/1.1/rating": "established",
        "statement/1.2/rating": "developing",
        "statement/2.1/evidence": "Letters",
    }
    assert not any(address.startswith("upgrades/") for address in session_of(window).audit.state.all_heads())
    assert card(window, "1.2").rating_row is not None
    assert reworded(window, "1.1") is None
    window.commands.redo()
    assert reworded(window, "1.1") is not None


def test_a_reworded_statement_shows_both_wordings_until_its_rating_is_confirmed(window: MainWindow) -> None:
    go_on(window)
    box = reworded(window, "1.1")
    assert box is not None
    assert box.accessibleName() == "Reworded since it was rated (version 1.0.0): please look again."
    shown = [label.accessibleName() or label.text() for label in box.findChildren(QLabel)]
    assert shown[1:] == [
        "What it said when it was rated:",
        "Statement 1.1 holds.",
        "What it says now:",
        "Statement 1.1 holds every day.",
    ]
    assert reworded(window, "1.4") is None
    press(box.confirm_button)
    assert reworded(window, "1.1") is None
    assert session_of(window).value("statement/1.1/rating") == "established"
    window.commands.undo()
    assert reworded(window, "1.1") is None, "the rating stands, and somebody looked"


def test_choosing_another_rating_is_looking_again(window: MainWindow) -> None:
    go_on(window)
    assert reworded(window, "1.1") is not None
    session_of(window).set_answer("statement/1.1/rating", "developing")
    assert reworded(window, "1.1") is None


def test_a_visitor_is_not_asked_to_and_cannot_confirm_for_the_school(
    make_window: Callable[..., MainWindow], path: Path, qtbot: QtBot
) -> None:
    window = make_window(VISITOR)
    window.show()
    window.open_path(path)
    window.settle()
    assert window.desk.open_audit is not None
    keeper = window.desk.open_audit.keeper
    qtbot.waitUntil(lambda: not keeper.is_saving)
    go_on(window)
    box = reworded(window, "1.1")
    assert box is not None
    assert not box.can_confirm
    assert not any("is installed" in text for text in banners(window))


def test_a_copy_on_the_newer_version_is_taken_in_with_its_version(
    window: MainWindow, path: Path, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    theirs = tmp_path / "back.audit"
    workspace.save_new(theirs, workspace.read(path).audit)
    other = workspace.open(theirs, VISITOR)
    from audit_desktop.session.upgrading import upgrade

    upgrade(other.session, workspace.catalogue.find("small"))
    other.session.set_answer("statement/1.4/visitor-comment", "Seen")
    other.keeper.close()
    assert window.desk.open_audit is not None
    dialog = MergeDialog(window.desk.open_audit, theirs, workspace, window.appearance.theme, window)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.apply_button.isVisible())
    press(dialog.apply_button)
    assert session_of(window).audit.framework.version == "1.1.0"
    assert card(window, "1.4") is not None
    assert session_of(window).value("statement/1.4/visitor-comment") == "Seen"


def test_answers_to_what_is_no_longer_asked_are_shown_at_the_end(window: MainWindow) -> None:
    assert window.audit_view is not None
    go_on(window)
    window.audit_view.show_page("overall")
    QApplication.processEvents()
    found = window.audit_view.findChild(ParkedCard)
    assert found is not None
    assert [label.text() for label in found.findChildren(QLabel)][2:] == [
        "2.1 Statement 2.1 holds.",
        "How do we know? · A. Sample (school)",
        "Letters",
    ]


def test_where_there_is_no_newer_version_it_is_said(window: MainWindow) -> None:
    go_on(window)
    window.commands.upgrade()
    assert len([one for one in window.findChildren(UpgradeDialog) if one.isVisible()]) == 0
    assert "newest" in window.status_area.note_label.text()
    window.commands.send_to_visitor()
    dialog = window.findChild(SendDialog)
    assert dialog is not None
    dialog.reject()
