"""The page of the visit: starting one, what is missing, recommendations, the school's answer and the follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from audit_desktop.session.visiting import recommend, start_visit
from audit_desktop.ui.form.section_model import PLAN, VISIT
from audit_desktop.ui.visit.subjects_box import SubjectsDialog
from tests.builders import SCHOOL, VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.ui.visit.recommendation_card import RecommendationCard
    from audit_desktop.ui.visit.visit_page import VisitPage
    from tests.ui.form.driving import Form


def page(form: Form) -> VisitPage:
    form.view.show_page(VISIT)
    QApplication.processEvents()
    return cast("VisitPage", form.view.pages.currentWidget())


def named(within: QWidget, name: str) -> QPushButton:
    found = within.findChild(QPushButton, name)
    assert found is not None
    return found


def card(form: Form) -> RecommendationCard:
    (found,) = page(form).recommendations.cards.values()
    return cast("RecommendationCard", found)


def test_a_visit_is_started_with_its_date_and_people(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    shown = page(form)
    form.click(shown.start_button)
    form.click(named(shown, "start-visit:start"))
    (visit,) = form.session.audit.state.items("visits")
    assert form.session.value(f"visits/{visit}/date") == "2026-01-05"
    assert form.session.value(f"visits/{visit}/people") == VISITOR.name
    assert "Visit 1, 5 January 2026" in form.texts(shown)


def test_a_visit_without_a_date_is_not_started(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    shown = page(form)
    form.click(shown.start_button)
    assert shown._start_card is not None
    shown._start_card.date.set_value(None)
    form.click(shown._start_card.start_button)
    assert form.session.audit.state.items("visits") == []
    assert shown._start_card is not None


def test_what_is_missing_is_named_and_gone_to(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    shown = page(form)
    assert "5 statements have no comment" in form.texts(shown)
    form.click(form.button("2.1", shown))
    assert form.view.pages.current_statement().id == "2.1"
    assert form.row("statement/2.1/visitor-comment").editor.has_focus()


def test_a_rating_that_differs_is_missing_its_reason(open_form: Callable[..., Form]) -> None:
    form = open_form(
        who=VISITOR, answers={"statement/1.1/rating": "established", "statement/1.1/visitor-rating": "developing"}
    )
    assert "1 reason is missing" in form.texts(page(form))


def test_an_action_is_recommended_only_once_there_is_a_visit(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    shown = page(form)
    assert not shown.add_button.isVisible()
    start_visit(form.session, "2026-03-04", "Alex Moss")
    form.click(shown.add_button)
    (own_id,) = form.session.audit.state.items("recommendations")
    form.type_into(f"recommendations/{own_id}/what", "Ring parents")
    form.view.commit()
    assert form.session.value(f"recommendations/{own_id}/what") == "Ring parents"


def test_the_statements_of_a_recommendation_are_ticked_in_a_list(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    start_visit(form.session, "2026-03-04", "Alex Moss")
    own_id = recommend(form.session, {"what": "Ring parents"})
    form.click(card(form).subjects.choose_button)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SubjectsDialog))
    item = dialog.list.findItems("1.2", Qt.MatchFlag.MatchStartsWith)[0]
    item.setCheckState(Qt.CheckState.Checked)
    form.click(named(dialog, "subjects:done"))
    assert form.session.value(f"recommendations/{own_id}/about") == ["statement/1.2"]


def test_the_school_answers_and_makes_an_action_of_it(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    start_visit(form.session, "2026-03-04", "Alex Moss")
    own_id = recommend(form.session, {"what": "Ring parents", "by-when": "2026-04-01"})
    form.session.set_who(SCHOOL)
    assert form.row(f"recommendations/{own_id}/what").editor.is_read_only if page(form) else False
    assert not card(form).plan_button.isVisible()
    form.session.set_answer(f"recommendations/{own_id}/response", "accepted")
    form.click(card(form).plan_button)
    assert form.view.pages.key == PLAN
    (action,) = form.session.audit.state.items("actions")
    assert form.session.value(f"actions/{action}/what") == "Ring parents"
    assert form.session.value(f"actions/{action}/due") == "2026-04-01"
    assert not card(form).plan_button.isVisible()


def test_the_next_visit_opens_with_was_this_done(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR)
    start_visit(form.session, "2025-03-04", "Alex Moss")
    own_id = recommend(form.session, {"what": "Ring parents"})
    assert not card(form).findChild(QWidget, "follow-up").isVisible()
    visit = start_visit(form.session, "2026-03-04", "Jo Lane")
    assert "1 earlier recommendation to follow up" in form.texts(page(form))
    form.click(named(card(form), "progress:partly"))
    assert form.session.value(f"recommendations/{own_id}/progress") == "partly"
    assert form.session.value(f"recommendations/{own_id}/progress-visit") == visit
    assert "earlier recommendation to follow up" not in form.texts(page(form))
