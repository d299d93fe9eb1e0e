"""One statement's card: who may change what, what is shown when, and what happens to what cannot be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from audit_desktop.ui.form import tab_order
from audit_desktop.ui.form.statement_card import StatementCard
from audit_desktop.ui.form.where_shown import address_around
from tests.builders import SCHOOL, VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.ui.main_window import MainWindow
    from tests.ui.form.driving import Form

RATING, EVIDENCE, COMMENT = "statement/1.1/rating", "statement/1.1/evidence", "statement/1.1/visitor-comment"
THEIR_RATING, THEIR_REASON = "statement/1.1/visitor-rating", "statement/1.1/visitor-rating-reason"
NOT_APPLICABLE = "statement/1.1/not-applicable"
NUMBER = "statement/1.3/number-1"


def test_a_school_sees_the_visitors_comment_and_cannot_change_it(open_form: Callable[..., Form]) -> None:
    form = open_form(answers={COMMENT: "Seen."})
    row = form.row(COMMENT)
    assert row.isVisible()
    assert row.editor.value() == "Seen."
    form.type_into(COMMENT, "x")
    assert form.session.value(COMMENT) == "Seen."
    assert row.editor.value() == "Seen."


def test_a_visitor_sees_the_schools_answers_and_cannot_change_them(open_form: Callable[..., Form]) -> None:
    form = open_form(answers={RATING: "developing", EVIDENCE: "Ours."}, who=VISITOR)
    form.view.show_statement("1.1")
    form.click_level("1.1", "established")
    form.type_into(EVIDENCE, "x")
    form.type_into(COMMENT, "Seen.")
    form.view.commit()
    assert form.session.value(RATING) == "developing"
    assert form.session.value(EVIDENCE) == "Ours."
    assert form.session.value(COMMENT) == "Seen."


def test_another_person_gets_their_own_fields_at_once(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.session.set_who(VISITOR)
    assert form.row(EVIDENCE).editor.is_read_only
    assert not form.row(COMMENT).editor.is_read_only
    form.session.set_who(SCHOOL)
    assert not form.row(EVIDENCE).editor.is_read_only


def test_nobody_can_change_anything_until_they_say_who_they_are(open_form: Callable[..., Form]) -> None:
    form = open_form(who=None)
    form.click_level("1.1", "established")
    assert form.session.value(RATING) is None


def test_the_visitors_rating_is_shown_to_the_school_only_where_there_is_one(open_form: Callable[..., Form]) -> None:
    form = open_form(answers={"statement/1.2/visitor-rating": "developing"})
    assert not form.shows_row(THEIR_RATING)
    assert form.row("statement/1.2/visitor-rating").isVisible()


def test_the_reason_is_asked_for_when_the_ratings_differ(open_form: Callable[..., Form]) -> None:
    form = open_form(answers={RATING: "developing"}, who=VISITOR)
    form.view.show_statement("1.1")
    assert not form.shows_row(THEIR_REASON)
    form.click_level("1.1", "established", "visitor-rating")
    assert form.row(THEIR_REASON).isVisible()
    form.click_level("1.1", "developing", "visitor-rating")
    assert not form.shows_row(THEIR_REASON)


def test_not_applicable_asks_why_and_puts_the_rating_away(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.click(form.button("Not applicable…", form.card("1.1")))
    assert not form.row(RATING).isVisible()
    assert form.session.value(NOT_APPLICABLE) is None
    form.type_into(NOT_APPLICABLE, "There is no sixth form.")
    form.view.commit()
    assert form.session.value(NOT_APPLICABLE) == "There is no sixth form."


def test_a_statement_applies_again_when_its_reason_is_taken_back(open_form: Callable[..., Form]) -> None:
    form = open_form(answers={NOT_APPLICABLE: "There is none."})
    form.view.show_statement("1.1")
    assert not form.row(RATING).isVisible()
    form.click(form.button("It does apply", form.card("1.1")))
    assert form.session.value(NOT_APPLICABLE) is None
    assert form.row(RATING).isVisible()


def test_a_visitor_cannot_say_that_a_statement_is_not_applicable(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    assert not form.card("1.1").not_applicable_link.isVisible()


def test_a_number_that_is_none_is_explained_where_it_stands_and_the_answer_before_is_kept(
    open_form: Callable[..., Form],
) -> None:
    form = open_form(answers={NUMBER: {"number": 12, "period": "Autumn"}}, size=(1200, 1600))
    form.box(NUMBER).setFocus()
    form.box(NUMBER).selectAll()
    form.type_into(NUMBER, "a few")
    form.view.list.view.setFocus()
    row = form.row(NUMBER)
    assert row.fault
    assert row.fault in form.texts(row)
    assert form.box(NUMBER).text() == "a few"
    assert form.session.value(NUMBER) == {"number": 12, "period": "Autumn"}


def test_a_fault_goes_away_with_its_cause(open_form: Callable[..., Form]) -> None:
    form = open_form(size=(1200, 1600))
    form.type_into(NUMBER, "12x")
    form.view.list.view.setFocus()
    assert form.row(NUMBER).fault
    form.box(NUMBER).setFocus()
    form.press(Qt.Key.Key_End)
    form.press(Qt.Key.Key_Backspace)
    form.view.list.view.setFocus()
    assert not form.row(NUMBER).fault
    assert form.session.value(NUMBER) == {"number": 12}


def test_a_fault_stays_while_something_else_changes(open_form: Callable[..., Form]) -> None:
    form = open_form(size=(1200, 1600))
    form.type_into(NUMBER, "a few")
    form.view.list.view.setFocus()
    form.click_level("1.3", "established")
    assert form.box(NUMBER).text() == "a few"
    assert form.row(NUMBER).fault


def test_a_statement_without_a_rating_says_so(open_form: Callable[..., Form]) -> None:
    from tests.builders import framework_document

    document = framework_document((2,))
    document["sections"][0]["statements"][0]["without"] = ["rating", "visitor-rating", "visitor-rating-reason"]
    form = open_form(document=document)
    assert form.card("1.1").rating_row is None
    assert "No grading is asked for here." in form.texts(form.card("1.1"))


def test_a_row_that_is_needed_later_stands_in_its_place_for_the_eye_and_for_the_tab_key(
    open_form: Callable[..., Form],
) -> None:
    form = open_form(answers={THEIR_REASON: "Said before."})
    assert not form.shows_row(THEIR_RATING)
    form.session.set_who(VISITOR)
    QApplication.processEvents()
    card = form.card("1.1")
    rating, reason = form.row(THEIR_RATING), form.row(THEIR_REASON)
    assert rating.mapTo(card, QPoint(0, 0)).y() < reason.mapTo(card, QPoint(0, 0)).y()
    rows = [address_around(stop) for stop in tab_order.stops(card)]
    assert [address for address in dict.fromkeys(rows) if "visitor-" in address] == [
        "statement/1.1/visitor-comment",
        THEIR_RATING,
        THEIR_REASON,
    ]


def test_what_stands_in_a_card_stays_where_it_is_when_the_card_is_the_one_in_use(
    make_window: Callable[..., MainWindow], audit_path: Path
) -> None:
    window = make_window()
    window.resize(1200, 900)
    window.show()
    window.open_path(audit_path)
    assert window.audit_view is not None
    window.audit_view.show_statement("1.1")
    QApplication.processEvents()
    cards = window.audit_view.findChildren(StatementCard)

    lefts = {card.findChildren(QLabel)[0].x() for card in cards}

    assert any(card.property("role") == "current-card" for card in cards)
    assert len(lefts) == 1
