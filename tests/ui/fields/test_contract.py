"""What every editor promises, proved for every kind of field that there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from audit_desktop.core.framework import Field, FieldKind, Level, Option, Scale
from audit_desktop.ui.fields.editors import editor_class, make_editor
from audit_desktop.ui.fields.number import NumberEditor
from audit_desktop.ui.fields.status import StatusEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from audit_desktop.ui.fields.base import FieldEditor

SCALE = Scale(
    "rating",
    "Rating",
    (Level("low", "Low", "#b3312c"), Level("middle", "Middle", "#f0b445"), Level("high", "High", "#2f8f6b")),
)
OPTIONS = (Option("first", "The first"), Option("second", "The second"))


def type_into_first(editor: FieldEditor, text: str) -> None:
    QTest.keyClicks(editor.boxes()[0], text)


def press(editor: FieldEditor, key: Qt.Key) -> None:
    QTest.keyClick(editor.boxes()[0], key)


def override_with_reason(editor: FieldEditor) -> None:
    assert isinstance(editor, StatusEditor)
    press(editor, Qt.Key.Key_3)
    QTest.keyClicks(editor.reason_box, "seen")


def number_with_period(editor: FieldEditor) -> None:
    assert isinstance(editor, NumberEditor)
    QTest.keyClicks(editor.number_box, "1,200")
    QTest.keyClicks(editor.period_box, "Autumn")


@dataclass(frozen=True)
class Case:
    field: Field
    values: tuple[Any, ...]
    act: Callable[[FieldEditor], None]
    """What a person does."""
    result: Any
    """What the value is then."""


CASES = {
    FieldKind.RATING: Case(
        Field("rating", FieldKind.RATING, "Rating", scale="rating"),
        ("low", "high"),
        lambda editor: press(editor, Qt.Key.Key_2),
        "middle",
    ),
    FieldKind.TEXT: Case(
        Field("name", FieldKind.TEXT, "Name"),
        ("One", "Ünï <b>&amp; 🙂"),
        lambda editor: type_into_first(editor, "Sam"),
        "Sam",
    ),
    FieldKind.LONG_TEXT: Case(
        Field("evidence", FieldKind.LONG_TEXT, "Evidence"),
        ("One", "Two\n\nparagraphs <img src=x>", "x" * 20_000),
        lambda editor: type_into_first(editor, "seen"),
        "seen",
    ),
    FieldKind.NUMBER: Case(
        Field("number-1", FieldKind.NUMBER, "How many", period=True),
        ({"number": 12, "period": "Autumn"}, {"number": 0}, {"number": -2.5}, {"period": "Spring"}, {"number": 10**6}),
        number_with_period,
        {"number": 1200, "period": "Autumn"},
    ),
    FieldKind.DATE: Case(
        Field("on", FieldKind.DATE, "On"),
        ("2026-09-12", "1999-01-01"),
        lambda editor: type_into_first(editor, "12/9/2026"),
        "2026-09-12",
    ),
    FieldKind.CHOICE: Case(
        Field("phase", FieldKind.CHOICE, "Phase", options=OPTIONS),
        ("first", "second"),
        lambda editor: press(editor, Qt.Key.Key_Down),
        "first",
    ),
    FieldKind.CHOICES: Case(
        Field("activities", FieldKind.CHOICES, "Activities", options=OPTIONS),
        (["first"], ["first", "second"]),
        lambda editor: press(editor, Qt.Key.Key_Space),
        ["first"],
    ),
    FieldKind.FLAG: Case(
        Field("discuss", FieldKind.FLAG, "Discuss"),
        (True,),
        lambda editor: press(editor, Qt.Key.Key_Space),
        True,
    ),
    FieldKind.STATUS: Case(
        Field("status-override", FieldKind.STATUS, "Another status", scale="rating"),
        ({"status": "low", "reason": "We saw it."}, {"status": "high", "reason": "a\nb"}),
        override_with_reason,
        {"status": "high", "reason": "seen"},
    ),
}
KINDS = tuple(FieldKind)


@pytest.fixture(params=KINDS, ids=lambda kind: kind.value)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
def editor(case: Case, qtbot: QtBot) -> FieldEditor:
    made = make_editor(case.field, SCALE if case.field.scale else None)
    made.set_name("Statement 1.1 " + case.field.label, "Some help.")
    qtbot.addWidget(made)
    made.resize(600, 200)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def edits(editor: FieldEditor) -> list[Any]:
    seen: list[Any] = []
    editor.value_edited.connect(seen.append)
    return seen


def test_every_kind_has_its_own_editor_and_its_case_here() -> None:
    assert len({editor_class(kind) for kind in KINDS}) == len(KINDS)
    assert set(CASES) == set(KINDS)


def test_a_value_comes_back_as_it_was_set_without_a_word(editor: FieldEditor, case: Case, edits: list[Any]) -> None:
    for value in case.values:
        editor.set_value(value)
        assert editor.value() == value
    assert edits == []


def test_no_value_empties_it_without_a_word(editor: FieldEditor, case: Case, edits: list[Any]) -> None:
    for value in case.values:
        editor.set_value(value)
        editor.set_value(None)
        assert editor.value() is None
    assert edits == []


def test_it_is_empty_at_first(editor: FieldEditor) -> None:
    assert editor.value() is None


def test_what_a_person_does_is_told(editor: FieldEditor, case: Case, edits: list[Any]) -> None:
    editor.focus()
    case.act(editor)
    assert editor.value() == case.result
    assert edits[-1] == case.result


def test_what_can_only_be_read_cannot_be_changed(editor: FieldEditor, case: Case, edits: list[Any]) -> None:
    editor.set_value(case.values[0])
    editor.set_read_only(True)
    for box in editor.boxes():
        box.setFocus()
        QTest.keyClicks(box, "1 ")
        QTest.keyClick(box, Qt.Key.Key_Delete)
        QTest.keyClick(box, Qt.Key.Key_Down)
        QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    assert editor.value() == case.values[0]
    assert edits == []


def test_it_can_be_changed_again_after_it_could_only_be_read(editor: FieldEditor, case: Case) -> None:
    editor.set_read_only(True)
    editor.set_read_only(False)
    editor.focus()
    case.act(editor)
    assert editor.value() == case.result


@pytest.mark.parametrize("is_read_only", [False, True])
def test_all_that_takes_the_focus_has_a_name(editor: FieldEditor, case: Case, is_read_only: bool) -> None:
    editor.set_read_only(is_read_only)
    editor.set_name("Statement 1.1 " + case.field.label, "Some help.")
    for widget in editor.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisibleTo(editor):
            assert case.field.label in widget.accessibleName(), widget


def test_a_wheel_never_changes_the_answer(editor: FieldEditor, case: Case, edits: list[Any]) -> None:
    editor.set_value(case.values[0])
    editor.focus()
    targets = [editor, *(widget for widget in editor.findChildren(QWidget) if widget.isVisibleTo(editor))]
    for target in targets:
        for turn in (120, -120):
            QApplication.sendEvent(target, wheel(turn))
    assert editor.value() == case.values[0]
    assert edits == []


def test_a_wheel_that_is_not_used_scrolls_the_page(editor: FieldEditor) -> None:
    for box in editor.boxes():
        turned = wheel(120)
        turned.accept()
        QApplication.sendEvent(box if isinstance(box, QComboBox) else editor, turned)
        assert not turned.isAccepted()


def test_it_says_when_it_is_left(editor: FieldEditor, qtbot: QtBot) -> None:
    other = QWidget()
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.setParent(editor)
    other.show()
    left: list[bool] = []
    editor.editing_finished.connect(lambda: left.append(True))
    editor.focus()
    assert left == []
    outside = QWidget()
    qtbot.addWidget(outside)
    outside.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    outside.show()
    outside.activateWindow()
    outside.setFocus()
    qtbot.waitUntil(lambda: bool(left))


def wheel(turn: int) -> QWheelEvent:
    return QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, turn),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
