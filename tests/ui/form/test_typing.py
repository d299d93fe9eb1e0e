"""Typing: nothing typed is lost, nothing is changed under the hands of the person who types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from audit_desktop.core.audit import Audit
from tests.builders import SCHOOL, edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.ui.form.driving import Form

EVIDENCE = "statement/1.1/evidence"


def test_what_is_typed_becomes_an_answer_after_a_pause(open_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = open_form()
    with qtbot.waitSignal(form.bridge.answers_changed, timeout=5_000):
        form.type_into(EVIDENCE, "seen")
    assert form.session.audit.state.value(EVIDENCE) == "seen"


def test_what_is_typed_becomes_an_answer_when_the_box_is_left(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.type_into(EVIDENCE, "seen")
    form.press(Qt.Key.Key_Tab)
    assert form.session.audit.state.value(EVIDENCE) == "seen"


def test_going_to_another_page_keeps_what_is_typed(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.type_into(EVIDENCE, "seen")
    form.view.show_section("2")
    assert form.session.audit.state.value(EVIDENCE) == "seen"


def test_two_visits_to_a_box_are_two_steps_of_undo(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.type_into(EVIDENCE, "one")
    form.view.list.view.setFocus()
    form.row(EVIDENCE).editor.focus()
    form.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_T, Qt.Key.Key_W, Qt.Key.Key_O):
        form.press(key)
    form.view.list.view.setFocus()
    assert form.session.value(EVIDENCE) == "onetwo"
    form.session.undo()
    assert form.row(EVIDENCE).editor.value() == "one"
    form.session.undo()
    assert form.row(EVIDENCE).editor.value() is None


def test_undo_changes_the_very_box_that_is_typed_in(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.type_into(EVIDENCE, "seen")
    form.view.commit()
    form.session.undo()
    assert form.row(EVIDENCE).editor.value() is None
    form.session.redo()
    assert form.row(EVIDENCE).editor.value() == "seen"


def test_becoming_an_answer_leaves_the_box_and_its_caret_alone(open_form: Callable[..., Form]) -> None:
    form = open_form()
    form.type_into(EVIDENCE, "seen ")
    form.press(Qt.Key.Key_Left)
    form.view.commit()
    box = form.row(EVIDENCE).editor.box
    assert box.toPlainText() == "seen "
    assert box.textCursor().position() == 4


def test_typing_can_be_undone_from_its_first_letter_on(open_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = open_form()
    with qtbot.waitSignal(form.bridge.undo_changed, check_params_cb=lambda can_undo, _can_redo: can_undo):
        form.type_into(EVIDENCE, "s")


@pytest.mark.parametrize("keeps_both", [False, True])
def test_a_merge_leaves_the_box_that_is_typed_in_alone_and_shows_both_answers(
    open_form: Callable[..., Form], keeps_both: bool
) -> None:
    form = open_form()
    other = edit(EVIDENCE, "Theirs.", author=SCHOOL)
    form.type_into(EVIDENCE, "Ours.")
    form.session.commit_typing()
    theirs = Audit.from_edits("audit-1", form.session.audit.framework, b"", [other])
    form.session.merge_in(theirs)
    QApplication.processEvents()
    row = form.row(EVIDENCE)
    assert row.editor.value() == "Ours."
    assert row.editor.has_focus()
    assert "Ours." in form.texts(row)
    assert "Theirs." in form.texts(row)
    if keeps_both:
        form.click(form.button("Use both, one below the other", row))
        assert form.session.value(EVIDENCE) in ("Ours.\n\nTheirs.", "Theirs.\n\nOurs.")
    else:
        form.click(form.button("Use this answer", row))
        assert form.session.value(EVIDENCE) in ("Ours.", "Theirs.")
    QApplication.processEvents()
    assert "Theirs." not in form.texts(row)
    assert row.editor.isVisible()


def test_a_new_answer_can_be_written_in_place_of_two(open_form: Callable[..., Form]) -> None:
    form = open_form()
    for value in ("One.", "Two."):
        form.session.audit.record(edit(EVIDENCE, value))
    form.bridge.audit_replaced.emit()
    QApplication.processEvents()
    row = form.row(EVIDENCE)
    assert not row.editor.isVisible()
    form.click(form.button("Write a new answer", row))
    form.type_into(EVIDENCE, "Three.")
    form.view.commit()
    assert form.session.value(EVIDENCE) == "Three."
    assert row.editor.isVisible()
    assert row.editor.value() == "Three."
