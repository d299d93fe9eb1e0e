"""The action plan: a row for each action, filtered, sorted, the overdue ones marked, and the chosen one below."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from audit_desktop.session.items import add_item, remove_item
from audit_desktop.ui.form.section_model import PLAN
from audit_desktop.ui.plan.plan_model import DUE, OVERDUE, OWNER
from tests.builders import SCHOOL, VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.ui.plan.plan_page import PlanPage
    from tests.ui.form.driving import Form

ACTIONS = {
    "late": {"what": "Late", "due": "2025-12-01", "owner": "Kim", "status": "under-way", "about": ["statement/1.1"]},
    "done": {"what": "Done", "due": "2025-11-01", "owner": "Sam", "status": "done", "about": ["section/2"]},
    "open": {"what": "Open", "status": "not-started"},
}


def planned(open_form: Callable[..., Form], **options: object) -> tuple[Form, PlanPage, dict[str, str]]:
    form = open_form(**options)
    form.session.set_who(SCHOOL)
    ids = {name: add_item(form.session, "actions", answers) for name, answers in ACTIONS.items()}
    form.view.show_page(PLAN)
    QApplication.processEvents()
    return form, cast("PlanPage", form.view.pages.currentWidget()), ids


def column(page: PlanPage, number: int) -> list[str]:
    return [page.model.index(row, number).data() for row in range(page.model.rowCount())]


def choose(page: PlanPage, name: str, value: str) -> None:
    page.filters[name]._editor.set_value(value)
    page.filters[name].changed.emit()


def test_those_due_first_come_first_and_what_is_overdue_says_so(open_form: Callable[..., Form]) -> None:
    _, page, _ = planned(open_form)
    assert column(page, DUE) == ["1 November 2025", "Overdue: 1 December 2025", "No date"]
    assert "1 overdue" in page.count.text()


def test_filters_leave_out_the_others(open_form: Callable[..., Form]) -> None:
    _, page, _ = planned(open_form)
    choose(page, "status", "open")
    assert column(page, 1) == ["Late", "Open"]
    choose(page, "owner", "Kim")
    assert column(page, 1) == ["Late"]
    page.filters["status"].clear()
    page.filters["owner"].clear()
    choose(page, "section", "2")
    assert column(page, 1) == ["Done"]
    page.filters["section"].clear()
    choose(page, "due", OVERDUE)
    assert column(page, 1) == ["Late"]


def test_sorting_by_owner_leaves_nobodys_last_either_way(open_form: Callable[..., Form]) -> None:
    _, page, _ = planned(open_form)
    page.table.sortByColumn(OWNER, Qt.SortOrder.AscendingOrder)
    assert column(page, OWNER) == ["Kim", "Sam", "Nobody named"]
    page.table.sortByColumn(OWNER, Qt.SortOrder.DescendingOrder)
    assert column(page, OWNER) == ["Sam", "Kim", "Nobody named"]


def test_the_chosen_action_is_changed_below_the_table(open_form: Callable[..., Form]) -> None:
    form, page, ids = planned(open_form)
    page.table.setCurrentIndex(page.model.index(1, 0))
    assert page.card is not None
    assert page.card.own_id == ids["late"]
    form.session.set_answer(f"actions/{ids['late']}/status", "done")
    assert column(page, DUE) == ["1 November 2025", "1 December 2025", "No date"]
    assert page.table.currentIndex().row() == 1


def test_going_to_an_action_takes_back_the_filter_that_hides_it(open_form: Callable[..., Form]) -> None:
    form, page, ids = planned(open_form)
    choose(page, "owner", "Sam")
    form.view.show_address(f"actions/{ids['late']}/what")
    assert page.card is not None
    assert page.card.own_id == ids["late"]
    assert form.row(f"actions/{ids['late']}/what").editor.has_focus()


def test_a_removed_action_is_gone_and_comes_back_by_undo(open_form: Callable[..., Form]) -> None:
    form, page, ids = planned(open_form)
    page.choose(ids["late"])
    remove_item(form.session, "actions", ids["late"])
    assert column(page, 1) == ["Done", "Open"]
    assert page.card is None
    form.session.undo()
    assert column(page, 1) == ["Done", "Late", "Open"]


def test_a_visitor_reads_the_plan_and_adds_nothing(open_form: Callable[..., Form]) -> None:
    form, page, ids = planned(open_form)
    form.session.set_who(VISITOR)
    page.choose(ids["late"])
    assert not page.add_button.isVisible()
    assert form.row(f"actions/{ids['late']}/what").editor.is_read_only


def test_statements_that_need_support_are_listed(open_form: Callable[..., Form]) -> None:
    form, page, _ = planned(open_form)
    assert "No statement is marked" in form.texts(page)
    form.session.set_answer("statement/1.2/needs-support", True)
    form.click(form.button("1.2", page.support))
    assert form.view.pages.current_statement().id == "1.2"
