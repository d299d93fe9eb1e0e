"""Rating statements, by mouse and by key, and the status that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from audit_desktop.ui.form.section_model import section_key
from tests.builders import SCHOOL, VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.form.driving import Form


def spoken(form: Form, section_id: str) -> str:
    model = form.view.list.model
    return model.data(model.index(model.row_of(section_key(section_id))), Qt.ItemDataRole.AccessibleTextRole)


def test_a_level_that_is_pressed_is_the_answer(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.click_level("1.1", "developing")
    assert form.session.value("statement/1.1/rating") == "developing"


def test_the_status_and_its_reason_follow_at_once(open_form: Callable[..., Form]) -> None:
    form = open_form()
    assert "Not yet rated" in spoken(form, "1")
    form.click_level("1.1", "established")
    page = form.view.pages.current_section()
    assert page is not None
    assert page.status.pill is not None
    assert page.status.pill.text == "Green, provisional"
    assert "1 of 1 statement is Established" in page.status.reason.text()
    assert "1 of 3 rated" in spoken(form, "1")
    assert "Green, provisional" in spoken(form, "1")
    assert form.view.list.overall.pill is not None
    assert form.view.list.overall.pill.text == "Green, provisional"


def test_a_figure_rates_the_current_statement(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.view.show_statement("1.2")
    form.view.setFocus()
    form.view.list.view.setFocus()
    form.press(Qt.Key.Key_3)
    assert form.session.value("statement/1.2/rating") == "established"


def test_a_figure_in_a_text_box_is_text(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.type_into("statement/1.1/evidence", "3")
    assert form.row("statement/1.1/evidence").editor.value() == "3"
    assert form.session.value("statement/1.1/rating") is None


def test_a_figure_rates_as_the_visitor_where_a_visitor_works(open_form: Callable[..., Form]) -> None:
    form = open_form(answers={"statement/1.1/rating": "developing"}, who=VISITOR)
    form.view.show_statement("1.1", focus=False)
    form.view.rate_current(0)
    assert form.session.value("statement/1.1/visitor-rating") == "not-in-place"
    assert form.session.value("statement/1.1/rating") == "developing"


def test_the_statements_beside_are_a_key_away_even_from_a_text_box(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.view.show_statement("1.1")
    form.type_into("statement/1.1/evidence", "seen")
    form.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert form.view.pages.current_statement().id == "1.2"
    form.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert form.view.pages.current_statement().id == "1.1"
    assert form.session.value("statement/1.1/evidence") == "seen"


def test_the_next_statement_after_a_section_is_the_first_of_the_next(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.view.show_statement("1.3")
    assert form.view.next_statement()
    assert form.view.pages.current_statement().id == "2.1"
    form.view.show_statement("2.2")
    assert not form.view.next_statement()


def test_the_next_unrated_statement_is_found_past_the_end(open_form: Callable[..., Form]) -> None:
    rated = {f"statement/{statement}/rating": "established" for statement in ("1.2", "2.1", "2.2")}
    form = open_form(answers={**rated, "statement/1.3/not-applicable": "There is none."})
    form.view.show_statement("1.2")
    form.press(Qt.Key.Key_F8)
    assert form.view.pages.current_statement().id == "1.1"


def test_a_visitor_goes_on_to_the_next_statement_without_a_comment(open_form: Callable[..., Form]) -> None:
    commented = {f"statement/{statement}/visitor-comment": "Seen." for statement in ("1.1", "1.3")}
    form = open_form(answers=commented, who=VISITOR)
    assert form.view.pages.current_statement().id == "1.2"
    unanswered = form.view.bar.findChild(QToolButton, "next-unanswered")
    assert unanswered.text() == "Next without comment"

    form.press(Qt.Key.Key_F8)

    assert form.view.pages.current_statement().id == "2.1"
    form.session.set_who(SCHOOL)
    assert unanswered.text() == "Next unrated"


def test_nothing_is_left_to_rate_once_everything_is(open_form: Callable[..., Form]) -> None:
    rated = {f"statement/{statement}/rating": "established" for statement in ("1.1", "1.2", "1.3", "2.1", "2.2")}
    form = open_form(answers=rated)
    assert not form.view.next_unanswered()


def test_work_goes_on_where_it_stopped(open_form: Callable[..., Form]) -> None:
    rated = {f"statement/{statement}/rating": "established" for statement in ("1.1", "1.2", "1.3")}
    form = open_form(answers=rated)
    assert form.view.pages.current_statement().id == "2.1"


def test_another_status_needs_its_reason(open_form: Callable[..., Form]) -> None:
    form = open_form(size=(1200, 2400))
    form.click_level("1.1", "established")
    form.click(form.button("Set another status…"))
    form.click(form.box("section/1/status-override"))
    form.view.list.view.setFocus()
    assert form.row("section/1/status-override").fault
    assert form.session.value("section/1/status-override") is None


def test_another_status_stands_with_its_reason_and_what_was_worked_out(open_form: Callable[..., Form]) -> None:
    form = open_form(size=(1200, 2400))
    form.click_level("1.1", "established")
    form.click(form.button("Set another status…"))
    editor = form.row("section/1/status-override").editor
    form.click(editor.boxes()[0])
    editor.boxes()[-1].setFocus()
    for letter in "Seen":
        form.press(Qt.Key(ord(letter.upper())))
    form.view.list.view.setFocus()
    assert form.session.value("section/1/status-override") == {"status": "red", "reason": "seen"}
    page = form.view.pages.current_section()
    assert page is not None
    assert "Red, set by a person" in page.status.pill.text
    assert "1 of 1 statement is Established" in page.status.reason.text()
    QApplication.processEvents()
