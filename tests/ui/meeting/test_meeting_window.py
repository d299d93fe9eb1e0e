"""The meeting view: its agenda, and that everything is done by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from audit_desktop.ui.meeting.meeting_window import MeetingWindow
from tests.builders import SCHOOL

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.ui.form.driving import Form

AGENDA = {"statement/1.2/discuss": True, "statement/2.1/discuss": True}


@pytest.fixture
def meet(open_form: Callable[..., Form], qtbot: QtBot) -> Callable[..., tuple[Form, MeetingWindow]]:
    def opened(answers: dict[str, object] | None = None) -> tuple[Form, MeetingWindow]:
        form = open_form(who=SCHOOL, answers=answers)
        window = MeetingWindow(form.session, form.bridge)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return form, window

    return opened


def press(window: MeetingWindow, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    target = focused if focused is not None and window.isAncestorOf(focused) else window
    QTest.keyClick(target, key)
    QApplication.processEvents()


def test_the_agenda_is_what_was_marked_for_discussion(meet: Callable[..., tuple[Form, MeetingWindow]]) -> None:
    _, window = meet(AGENDA)
    assert (window.statement_id, window.place.text()) == ("1.2", "1 of 2 on the agenda")
    press(window, Qt.Key.Key_Right)
    assert window.statement_id == "2.1"
    press(window, Qt.Key.Key_Right)
    assert window.statement_id == "2.1"
    press(window, Qt.Key.Key_Left)
    assert window.statement_id == "1.2"
    window.close()


def test_all_statements_can_be_gone_through_as_well(meet: Callable[..., tuple[Form, MeetingWindow]]) -> None:
    _, window = meet(AGENDA)
    press(window, Qt.Key.Key_A)
    assert (window.statement_id, window.place.text()) == ("1.2", "2 of 5 statements")
    press(window, Qt.Key.Key_Right)
    assert window.statement_id == "1.3"
    window.close()


def test_without_marks_every_statement_is_on_the_agenda(meet: Callable[..., tuple[Form, MeetingWindow]]) -> None:
    _, window = meet()
    assert window.place.text() == "1 of 5 statements"
    window.close()


def test_digits_rate_and_d_takes_the_statement_off(meet: Callable[..., tuple[Form, MeetingWindow]]) -> None:
    form, window = meet(AGENDA)
    press(window, Qt.Key.Key_3)
    assert form.session.value("statement/1.2/rating") == "established"
    press(window, Qt.Key.Key_D)
    assert form.session.value("statement/1.2/discuss") is None
    assert window.statement_id == "1.2"
    window.close()


def test_keys_typed_into_a_box_stay_there_and_escape_leaves_it(
    meet: Callable[..., tuple[Form, MeetingWindow]],
) -> None:
    form, window = meet(AGENDA)
    assert window.card is not None
    window.card.rows["statement/1.2/evidence"].editor.focus()
    QTest.keyClicks(QApplication.focusWidget(), "3 days")
    press(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert form.session.value("statement/1.2/evidence") == "3 days"
    assert form.session.value("statement/1.2/rating") is None


def test_the_school_stands_left_and_the_visitor_right(meet: Callable[..., tuple[Form, MeetingWindow]]) -> None:
    _, window = meet(AGENDA)
    assert window.card is not None
    own = window.card.rows["statement/1.2/rating"]
    theirs = window.card.findChild(QWidget, "visitor")
    assert theirs.mapTo(window, theirs.rect().topLeft()).x() > own.mapTo(window, own.rect().topRight()).x()
    window.close()
