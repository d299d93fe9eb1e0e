"""The visitor's view on a statement's card: beside the school's, with its marks and what earlier visits said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from audit_desktop.session.visiting import start_visit
from tests.builders import SCHOOL, VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.form.driving import Form


def mark(form: Form, name: str) -> QPushButton:
    found = form.card("1.1").findChild(QPushButton, f"mark:{name}")
    assert found is not None
    return found


def marks(form: Form) -> set[str]:
    return {one.objectName() for one in form.card("1.1").marks.findChildren(QPushButton) if one.isVisible()}


def test_each_role_is_offered_its_own_marks(open_form: Callable[..., Form]) -> None:
    form = open_form(who=SCHOOL)
    assert marks(form) == {"mark:discuss", "mark:needs-support"}
    form.session.set_who(VISITOR)
    assert marks(form) == {"mark:seen-evidence", "mark:discuss", "mark:good-practice"}


def test_a_mark_is_set_and_taken_away_again(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    form.click(mark(form, "seen-evidence"))
    assert form.session.value("statement/1.1/seen-evidence") is True
    assert mark(form, "seen-evidence").accessibleName() == "Statement 1.1: Seen as evidence, set"
    form.click(mark(form, "seen-evidence"))
    assert form.session.value("statement/1.1/seen-evidence") is None


def test_the_other_sides_mark_is_shown_and_cannot_be_pressed(open_form: Callable[..., Form]) -> None:
    form = open_form(who=SCHOOL, answers={"statement/1.1/good-practice": True})
    assert "✓ Good practice" in form.texts(form.card("1.1"))
    assert "mark:good-practice" not in marks(form)


def test_a_visitor_works_beside_the_schools_rating(open_form: Callable[..., Form]) -> None:
    def is_beside(form: Form) -> bool:
        own, theirs = form.row("statement/1.1/rating"), form.card("1.1").findChild(QWidget, "visitor")
        assert theirs is not None
        at = own.mapTo(form.view, own.rect().topRight()), theirs.mapTo(form.view, theirs.rect().topLeft())
        return at[1].x() > at[0].x()

    form = open_form(who=VISITOR, size=(1366, 700))
    assert is_beside(form)
    form.session.set_who(SCHOOL)
    QApplication.processEvents()
    assert not is_beside(form)
    narrow = open_form(who=VISITOR, size=(700, 700))
    assert not is_beside(narrow)


def test_comments_of_the_visit_before_stand_with_their_date(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    start_visit(form.session, "2025-03-04", "Alex Moss")
    form.session.set_answer("statement/1.1/visitor-comment", "Register not seen")
    start_visit(form.session, "2026-03-04", "Jo Lane")
    said = form.texts(form.card("1.1"))
    assert "Visit of 4 March 2025 · Alex Moss" in said
    assert "Register not seen" in said
    assert form.session.value("statement/1.1/visitor-comment") is None
