"""A long section: only what is near the eye exists, and nobody notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from audit_desktop.ui.form.statement_card import StatementCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from audit_desktop.ui.form.card_column import CardColumn
    from tests.ui.form.driving import Form


def column_of(form: Form) -> CardColumn:
    page = form.view.pages.current_section()
    assert page is not None
    return page.column


def settle() -> None:
    for _ in range(40):
        QApplication.processEvents()


def cards(form: Form) -> list[StatementCard]:
    return form.view.findChildren(StatementCard)


def top_of(form: Form, statement_id: str) -> int:
    return form.card(statement_id).mapTo(form.view, QPoint(0, 0)).y()


def turn_wheel(form: Form, steps: int) -> None:
    viewport = column_of(form).viewport()
    at = QPointF(viewport.rect().center())
    for _ in range(abs(steps)):
        QApplication.sendEvent(
            viewport,
            QWheelEvent(
                at,
                QPointF(viewport.mapToGlobal(at.toPoint())),
                QPoint(0, 0),
                QPoint(0, -120 if steps > 0 else 120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
        settle()


def test_ten_thousand_statements_are_a_handful_of_cards(open_form: Callable[..., Form]) -> None:
    form = open_form((10_000,))
    settle()
    assert 0 < len(cards(form)) < 20


def test_the_last_of_ten_thousand_statements_is_a_step_away_and_can_be_rated(open_form: Callable[..., Form]) -> None:
    form = open_form((10_000,))
    form.view.show_statement("1.10000")
    settle()
    form.click_level("1.10000", "developing")
    assert form.session.value("statement/1.10000/rating") == "developing"
    assert len(cards(form)) < 40


def test_cards_far_away_go_and_what_was_typed_in_them_stays(open_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = open_form((200,))
    form.type_into("statement/1.1/evidence", "seen")
    form.view.show_statement("1.150")
    qtbot.waitUntil(lambda: form.view.findChild(StatementCard, "statement:1.1") is None)
    assert form.session.audit.state.value("statement/1.1/evidence") == "seen"
    form.view.show_statement("1.1")
    settle()
    assert form.row("statement/1.1/evidence").editor.value() == "seen"


def test_the_card_that_is_typed_in_stays_however_far_one_scrolls(open_form: Callable[..., Form]) -> None:
    form = open_form((200,))
    form.type_into("statement/1.1/evidence", "seen")
    column_of(form).verticalScrollBar().setValue(column_of(form).verticalScrollBar().maximum())
    settle()
    form.press(Qt.Key.Key_X)
    assert form.row("statement/1.1/evidence").editor.value() == "seenx"


def test_a_statement_that_is_gone_to_begins_at_the_top(open_form: Callable[..., Form]) -> None:
    form = open_form((60,))
    column = column_of(form)
    for statement in ("1.30", "1.2", "1.55"):
        form.view.show_statement(statement)
        settle()
        offset = form.card(statement).mapTo(column.viewport(), QPoint(0, 0)).y()
        assert 0 <= offset < 40, statement


def test_scrolling_to_and_fro_comes_back_to_the_same_place(open_form: Callable[..., Form]) -> None:
    form = open_form((60,))
    form.view.show_statement("1.30")
    settle()
    before = top_of(form, "1.30")
    turn_wheel(form, 3)
    turn_wheel(form, -3)
    assert top_of(form, "1.30") == before


def test_the_current_statement_follows_the_wheel(open_form: Callable[..., Form]) -> None:
    form = open_form((60,))
    form.view.show_statement("1.10")
    form.view.list.view.setFocus()
    turn_wheel(form, 12)
    current = form.view.pages.current_statement()
    assert current is not None
    assert int(current.id.removeprefix("1.")) > 10
    assert form.card(current.id).visibleRegion().isEmpty() is False


def test_the_current_statement_follows_the_focus(open_form: Callable[..., Form]) -> None:
    form = open_form((6,), size=(1200, 1400))
    form.row("statement/1.3/evidence").editor.focus()
    assert form.view.pages.current_statement().id == "1.3"


def test_a_box_that_grows_leaves_its_statement_where_it_is(open_form: Callable[..., Form]) -> None:
    form = open_form((20,))
    form.view.show_statement("1.5")
    settle()
    before = top_of(form, "1.5")
    form.row("statement/1.5/evidence").editor.focus()
    for _ in range(4):
        form.press(Qt.Key.Key_Return)
        settle()
    assert top_of(form, "1.5") == before
    lower, upper = form.card("1.6"), form.card("1.5")
    assert lower.geometry().top() > upper.geometry().bottom()


def test_the_line_that_is_written_stays_in_view(open_form: Callable[..., Form]) -> None:
    form = open_form((20,), size=(1200, 420))
    form.view.show_statement("1.5")
    form.row("statement/1.5/evidence").editor.focus()
    for _ in range(25):
        form.press(Qt.Key.Key_Return)
        settle()
    box = form.row("statement/1.5/evidence").editor.box
    caret = box.viewport().mapTo(column_of(form).viewport(), box.cursorRect().center())
    assert column_of(form).viewport().rect().contains(caret)


def test_the_tab_key_goes_through_every_statement_in_order_and_back(open_form: Callable[..., Form]) -> None:
    form = open_form((25,))
    form.view.show_statement("1.1")
    seen = visited(form, Qt.Key.Key_Tab, until="1.25")
    assert seen == [f"1.{number}" for number in range(1, 26)]
    seen = visited(form, Qt.Key.Key_Backtab, until="1.1")
    assert seen == [f"1.{number}" for number in range(25, 0, -1)]


def test_the_tab_key_leaves_the_last_card(open_form: Callable[..., Form]) -> None:
    form = open_form((2,))
    form.view.show_statement("1.2")
    for _ in range(30):
        form.press(Qt.Key.Key_Tab)
        if not column_of(form).isAncestorOf(QApplication.focusWidget()):
            return
    raise AssertionError("the focus never left the cards")


def visited(form: Form, key: Qt.Key, *, until: str) -> list[str]:
    """Return the statements that the focus comes through, each once."""
    seen: list[str] = []
    for _ in range(400):
        current = form.view.pages.current_statement()
        if current is not None and (not seen or seen[-1] != current.id):
            seen.append(current.id)
        if seen and seen[-1] == until:
            return seen
        form.press(key)
    raise AssertionError(f"never came to {until}: {seen}")
