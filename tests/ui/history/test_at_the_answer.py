"""The history of an answer is reached at the answer itself, and nothing is in the way of whoever fills in the form."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QPushButton, QWidget
from shiboken6 import isValid

from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Author, Role
from audit_desktop.session.items import add_item, remove_item
from audit_desktop.session.snapshots import take_snapshot
from audit_desktop.ui.history.at_the_answer import AtTheAnswer
from audit_desktop.ui.history.history_dialog import HistoryDialog
from audit_desktop.ui.history.versions_dialog import VersionsDialog
from audit_desktop.ui.safety_wording import HISTORY
from tests.ui.conftest import VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.ui.main_window import MainWindow

EVIDENCE = "section/1/evidence"
UNANSWERED = "statement/1.2/visitor-comment"
RATING = "statement/1.1/rating"


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., MainWindow], audit_path: Path) -> MainWindow:
    window = make_window()
    window.show()
    window.activateWindow()
    window.open_path(audit_path)
    qtbot.waitUntil(lambda: window.desk.attendance is not None)
    return window


def go_to(window: MainWindow, address: str) -> None:
    assert window.audit_view is not None
    window.audit_view.show_address(address)
    QApplication.processEvents()


def marks(window: MainWindow) -> list[QPushButton]:
    return [one for one in window.findChildren(QPushButton, "answer-history") if one.isVisible()]


def test_the_answer_in_use_says_who_changed_it_last_and_a_press_shows_its_history(
    qtbot: QtBot, window: MainWindow
) -> None:
    go_to(window, EVIDENCE)
    (mark,) = marks(window)
    assert "Changed by A. Sample" in mark.text()
    assert mark.accessibleName().startswith("History of Standard 1 Evidence. Changed by A. Sample")

    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)

    (dialog,) = window.findChildren(HistoryDialog)
    dialog.wait()
    qtbot.waitUntil(lambda: bool(dialog.table.model.rows))
    assert {row.where for row in dialog.table.model.rows} == {"Standard 1: Evidence"}
    dialog.close()


def test_an_answer_that_was_never_given_has_no_history_to_offer(window: MainWindow) -> None:
    go_to(window, UNANSWERED)
    assert marks(window) == []


def test_one_mark_follows_the_focus_and_moves_nothing(window: MainWindow) -> None:
    assert window.audit_view is not None
    go_to(window, RATING)
    card = window.audit_view.pages.current_section().current_card()  # type: ignore[union-attr]
    height = card.height()  # type: ignore[union-attr]
    (mark,) = marks(window)
    assert "Changed by" in mark.toolTip()
    go_to(window, "statement/1.1/visitor-comment")
    (mark,) = marks(window)
    assert "V. Sample" in mark.text()
    assert card.height() == height  # type: ignore[union-attr]


def test_the_tab_key_goes_past_the_mark(qtbot: QtBot, window: MainWindow) -> None:
    assert window.audit_view is not None
    assert window.desk.open_audit is not None
    # The last field of its card: only there nothing else comes between it and the mark.
    window.set_who(VISITOR)
    window.desk.open_audit.session.set_answer("audit/recommended-actions", "Calls home")
    go_to(window, "audit/recommended-actions")
    (mark,) = marks(window)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not mark
    assert window.audit_view.focused_address() != "audit/recommended-actions"


def test_a_change_of_the_answer_in_use_is_shown_at_once(qtbot: QtBot, window: MainWindow) -> None:
    go_to(window, UNANSWERED.replace("visitor-comment", "rating"))
    go_to(window, "section/1/action")
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.set_who(window.desk.open_audit.session.who._replace(name="B. Sample"))  # type: ignore[union-attr]
    window.desk.open_audit.session.set_answer("section/1/action", "New")
    assert "Changed by B. Sample" in marks(window)[0].text()


@pytest.mark.parametrize("address", [EVIDENCE, RATING, "audit/headteacher"])
def test_the_menu_of_an_answered_field_leads_to_its_history(qtbot: QtBot, window: MainWindow, address: str) -> None:
    assert window.desk.open_audit is not None
    if address == "audit/headteacher":
        window.desk.open_audit.session.set_answer(address, "B. Sample")
    go_to(window, address)
    box = QApplication.focusWidget()

    QApplication.sendEvent(
        box, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(3, 3), box.mapToGlobal(QPoint(3, 3)))
    )

    (menu,) = [one for one in window.findChildren(QMenu) if one.isVisible()]
    (entry,) = [action for action in menu.actions() if action.text() == HISTORY.menu]
    entry.trigger()
    menu.close()
    (dialog,) = window.findChildren(HistoryDialog)
    dialog.wait()
    dialog.close()


def test_the_form_can_be_left_while_an_answer_has_its_mark(qtbot: QtBot, window: MainWindow) -> None:
    go_to(window, EVIDENCE)
    window.commands.close_audit()
    qtbot.waitUntil(lambda: window.desk.open_audit is None)
    QApplication.processEvents()
    assert marks(window) == []


def in_conflict(window: MainWindow, address: str, theirs: str) -> None:
    """Take in a copy in which somebody else answered differently at `address`, without knowing of what is here."""
    assert window.desk.open_audit is not None
    session = window.desk.open_audit.session
    mine = session.audit
    copy = Audit.from_edits(mine.id, mine.framework, mine.framework_source, mine.log.all().values())
    copy.record(
        copy.state.make_edit(
            address, theirs, at="2026-09-01T08:00:00.000Z", author=Author("B. Sample", Role.SCHOOL), sitting=""
        )
    )
    session.set_answer(address, "Mine")
    session.merge_in(copy)
    QApplication.processEvents()


def test_settling_a_conflict_leaves_the_focus_in_the_answer(qtbot: QtBot, window: MainWindow) -> None:
    in_conflict(window, EVIDENCE, "Theirs")
    go_to(window, EVIDENCE)
    keep = QApplication.focusWidget()
    assert isinstance(keep, QPushButton)

    qtbot.keyClick(keep, Qt.Key.Key_Space)

    assert window.audit_view is not None
    assert window.audit_view.focused_address() == EVIDENCE
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)


def test_what_is_settled_while_another_window_is_in_front_leaves_nothing_behind(
    qtbot: QtBot, window: MainWindow
) -> None:
    in_conflict(window, EVIDENCE, "Theirs")
    go_to(window, EVIDENCE)
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.set_answer(EVIDENCE, "Ours")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    window.activateWindow()
    go_to(window, RATING)

    (mark,) = marks(window)
    assert mark.accessibleName().startswith("History of Statement 1.1 Rating")


def test_a_record_that_is_removed_takes_its_mark_along(window: MainWindow) -> None:
    assert window.desk.open_audit is not None
    session = window.desk.open_audit.session
    own_id = add_item(session, "sharing", {"with": "trust", "on": "2026-09-01", "discussion": "Agreed"})
    go_to(window, f"sharing/{own_id}/discussion")
    (mark,) = marks(window)

    remove_item(session, "sharing", own_id)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go_to(window, EVIDENCE)

    assert not isValid(mark)
    assert len(marks(window)) == 1


def test_a_closed_audit_leaves_nothing_that_follows_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    go_to(window, EVIDENCE)
    assert window.audit_view is not None
    gone = weakref.ref(window.audit_view), weakref.ref(window.audit_view.findChildren(AtTheAnswer)[0])

    window.commands.close_audit()
    qtbot.waitUntil(lambda: window.desk.open_audit is None)
    window.show_start()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()

    assert window.findChildren(AtTheAnswer) == []
    assert [one() for one in gone] == [None, None]


def test_a_named_snapshot_is_looked_at_and_its_answers_are_given_again_as_new_edits(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert window.desk.open_audit is not None
    session = window.desk.open_audit.session
    before = session.value(EVIDENCE)
    take_snapshot(session, "Before the visit")
    session.set_answer(EVIDENCE, "Another")
    edits = len(session.audit.log)
    window.commands.versions()
    (dialog,) = window.findChildren(VersionsDialog)
    qtbot.waitUntil(lambda: bool(dialog.table.model.rows))
    assert "Before the visit" in dialog.list.item(0).text()
    assert [(row.where, row.before, row.after) for row in dialog.table.model.rows] == [
        ("Standard 1: Evidence", before, "Another")
    ]

    qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)

    assert session.value(EVIDENCE) == before
    assert len(session.audit.log) == edits + 1
