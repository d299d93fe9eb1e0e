"""The pages beside the statements, what stands to the right of them, and the room that each gets."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPushButton, QToolButton, QWidget

from audit_desktop.ui.form.section_model import (
    DETAILS,
    INTRODUCTION,
    OVERALL,
    PLAN,
    SHARING,
    SIGN_OFF,
    VISIT,
    section_key,
)
from audit_desktop.ui.theme import Space
from tests.builders import VISITOR, framework_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.form.driving import Form


def settle() -> None:
    for _ in range(40):
        QApplication.processEvents()


def test_the_schools_details_are_answers(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.view.show_page(DETAILS)
    form.type_into("audit/school-name", "Hill Primary")
    form.view.commit()
    assert form.session.value("audit/school-name") == "Hill Primary"


def test_a_page_is_gone_to_by_pressing_its_entry(open_form: Callable[..., Form]) -> None:
    form = open_form()
    view = form.view.list.view
    index = form.view.list.model.index(form.view.list.model.row_of(section_key("2")))
    view.setCurrentIndex(index)
    assert form.view.pages.key == section_key("2")


def test_the_number_of_the_tenth_section_stands_clear_of_its_title(open_form: Callable[..., Form]) -> None:
    document = framework_document((1,) * 10)
    document["sections"][9]["title"] = "I"
    form = open_form(document=document)
    view = form.view.list.view
    index = form.view.list.model.index(form.view.list.model.row_of(section_key("10")))
    view.scrollTo(index)
    settle()
    area = view.visualRect(index)
    line = view.viewport().grab(area).toImage()
    paper = line.pixel(area.width() // 2, 2)
    height = view.fontMetrics().height()
    inked = [x for x in range(line.width()) if any(line.pixel(x, y) != paper for y in range(4, height))]
    gaps = [right - left for left, right in pairwise(inked) if right - left > 1]
    assert max(gaps) == gaps[-1] > Space.TINY


def test_the_introduction_can_be_read(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.view.show_page(INTRODUCTION)
    settle()
    assert "Read <i>this</i> first." in form.texts()


def test_a_record_of_sharing_is_added_filled_in_and_removed(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.view.show_page(SHARING)
    settle()
    form.click(form.button("Add a record"))
    settle()
    assert form.session.audit.state.items("sharing") == []
    form.press(Qt.Key.Key_Down)
    (record,) = form.session.audit.state.items("sharing")
    assert form.session.value(f"sharing/{record}/with") == "senior-leadership"
    form.type_into(f"sharing/{record}/on", "12/9/2026")
    form.view.commit()
    assert form.session.value(f"sharing/{record}/on") == "2026-09-12"
    form.click(form.button("Remove this record"))
    settle()
    assert form.session.audit.state.items("sharing") == []
    form.session.undo()
    settle()
    assert form.session.audit.state.items("sharing") == [record]
    assert form.row(f"sharing/{record}/with").isVisible()


def test_a_visitor_reads_the_records_and_adds_none(open_form: Callable[..., Form]) -> None:
    form = open_form(who=VISITOR, answers={})
    form.view.show_page(SHARING)
    settle()
    assert not [button for button in form.view.findChildren(QPushButton, "add-record") if button.isVisible()]


def test_the_overall_page_shows_every_section_and_leads_there(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.view.show_page(OVERALL)
    settle()
    form.click(form.button("Standard 2: Section 2"))
    assert form.view.pages.key == section_key("2")


def test_a_framework_without_a_grade_shows_the_profile_instead(open_form: Callable[..., Form]) -> None:
    form = open_form(document=framework_document(scored=False))
    form.click_level("1.1", "developing")
    page = form.view.pages.current_section()
    assert page is not None
    assert page.status.pill is None
    assert "Developing 1" in page.status.reason.text()
    assert "Not graded 2" in page.status.reason.text()


def test_the_guidance_is_that_of_the_current_statement(open_form: Callable[..., Form]) -> None:
    document = framework_document((2,))
    for statement in document["sections"][0]["statements"]:
        statement["considerations"] = f"Think about {statement['id']}."
    form = open_form(document=document, size=(1500, 900))
    form.view.show_statement("1.2")
    form.view.guidance.show_statement(form.session.audit.framework.sections[0], form.view.pages.current_statement())
    settle()
    assert "Think about 1.2." in form.texts(form.view.guidance)
    assert "Think about 1.1." not in form.texts(form.view.guidance)


def test_the_guidance_becomes_a_drawer_where_there_is_no_room(open_form: Callable[..., Form]) -> None:
    form = open_form(size=(700, 600))
    assert not form.view.guidance.isVisible()
    form.click(form.view.findChild(QToolButton, "guidance"))
    assert form.view.guidance.isVisible()
    form.view.setFocus()
    form.press(Qt.Key.Key_Escape)
    assert not form.view.guidance.isVisible()


def test_the_list_of_pages_becomes_a_drawer_in_a_narrow_window(open_form: Callable[..., Form]) -> None:
    form = open_form(size=(380, 600))
    assert not form.view.list.isVisible()
    form.click(form.view.findChild(QToolButton, "contents"))
    assert form.view.list.isVisible()
    form.view.list.view.setCurrentIndex(form.view.list.model.index(form.view.list.model.row_of(section_key("2"))))
    assert form.view.pages.key == section_key("2")
    assert not form.view.list.isVisible()


@pytest.mark.parametrize("key", [DETAILS, INTRODUCTION, VISIT, PLAN, SHARING, OVERALL, SIGN_OFF, section_key("1")])
def test_everything_that_takes_the_focus_has_a_name(open_form: Callable[..., Form], key: str) -> None:
    form = open_form()
    form.view.show_page(key)
    settle()
    nameless = [
        widget
        for widget in form.view.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert nameless == []


@pytest.mark.parametrize("key", [DETAILS, INTRODUCTION, VISIT, PLAN, SHARING, OVERALL, SIGN_OFF, section_key("1")])
@pytest.mark.parametrize("width", [420, 800, 1366])
def test_no_page_is_wider_than_its_window(open_form: Callable[..., Form], key: str, width: int) -> None:
    form = open_form(size=(width, 700))
    form.view.show_page(key)
    settle()
    for area in form.view.findChildren(QAbstractScrollArea):
        if area.isVisible():
            assert area.horizontalScrollBar().maximum() == 0, area.objectName() or area


def test_the_same_reference_twice_is_two_statements(open_form: Callable[..., Form]) -> None:
    document = framework_document((2,))
    document["sections"][0]["statements"][1]["reference"] = "1.1"
    form = open_form(document=document)
    form.click_level("1.2", "established")
    assert form.session.value("statement/1.1/rating") is None
    assert form.session.value("statement/1.2/rating") == "established"
