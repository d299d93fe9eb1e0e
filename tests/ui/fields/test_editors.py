"""What single editors do besides what all of them promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QDate, QMimeData, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from audit_desktop.core.framework import Field, FieldKind, Level, Option, Scale
from audit_desktop.ui.fields.choice import ChoiceEditor
from audit_desktop.ui.fields.choices import ChoicesEditor
from audit_desktop.ui.fields.date import DateEditor
from audit_desktop.ui.fields.long_text import LongTextEditor
from audit_desktop.ui.fields.number import NumberEditor
from audit_desktop.ui.fields.rating import RatingEditor
from audit_desktop.ui.fields.text import TextEditor

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from audit_desktop.ui.fields.base import FieldEditor

Editor = TypeVar("Editor", bound=QWidget)
SCALE = Scale(
    "rating",
    "Rating",
    (Level("low", "Low", "#b3312c", "Red"), Level("middle", "Middle", "#f0b445"), Level("high", "High", "#2f8f6b")),
)


def shown(qtbot: QtBot, editor: Editor, width: int = 600) -> Editor:
    qtbot.addWidget(editor)
    editor.resize(width, 120)
    with qtbot.waitActive(editor):
        editor.show()
        editor.activateWindow()
    return editor


def rating(qtbot: QtBot, width: int = 600) -> RatingEditor:
    return shown(qtbot, RatingEditor(Field("rating", FieldKind.RATING, "Rating", scale="rating"), SCALE), width)


def long_text(qtbot: QtBot) -> LongTextEditor:
    return shown(qtbot, LongTextEditor(Field("evidence", FieldKind.LONG_TEXT, "Evidence")))


def edits_of(editor: FieldEditor) -> list[Any]:
    seen: list[Any] = []
    editor.value_edited.connect(seen.append)
    return seen


# Ratings


def test_a_level_is_chosen_by_pressing_it(qtbot: QtBot) -> None:
    editor = rating(qtbot)
    QTest.mouseClick(editor.segments.segments[2], Qt.MouseButton.LeftButton)
    assert editor.value() == "high"


def test_choosing_another_level_leaves_only_that_one(qtbot: QtBot) -> None:
    editor = rating(qtbot)
    editor.set_value("low")
    QTest.mouseClick(editor.segments.segments[1], Qt.MouseButton.LeftButton)
    assert [segment.isChecked() for segment in editor.segments.segments] == [False, True, False]


def test_pressing_the_chosen_level_again_takes_it_back(qtbot: QtBot) -> None:
    editor = rating(qtbot)
    editor.set_value("high")
    edits = edits_of(editor)
    QTest.mouseClick(editor.segments.segments[2], Qt.MouseButton.LeftButton)
    assert editor.value() is None
    assert edits == [None]


def test_delete_takes_a_rating_back(qtbot: QtBot) -> None:
    editor = rating(qtbot)
    editor.set_value("high")
    edits = edits_of(editor)
    QTest.keyClick(editor.boxes()[0], Qt.Key.Key_Delete)
    assert edits == [None]


def test_arrows_go_round_the_levels(qtbot: QtBot) -> None:
    editor = rating(qtbot)
    editor.set_value("low")
    editor.focus()
    edits = edits_of(editor)
    QTest.keyClick(editor.boxes()[0], Qt.Key.Key_Left)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert edits == ["high", "low", "middle"]


def test_a_figure_beyond_the_scale_does_nothing(qtbot: QtBot) -> None:
    editor = rating(qtbot)
    QTest.keyClick(editor.boxes()[0], Qt.Key.Key_7)
    assert editor.value() is None


def test_the_tab_key_stops_at_a_rating_once(qtbot: QtBot) -> None:
    editor = rating(qtbot)
    editor.set_value("middle")
    by_tab = Qt.FocusPolicy.TabFocus
    stops = [segment.level.id for segment in editor.segments.segments if segment.focusPolicy() & by_tab]
    assert stops == ["middle"]


def test_the_colour_of_a_level_stands_in_words_where_the_source_prints_it(qtbot: QtBot) -> None:
    editor = rating(qtbot)
    editor.set_name("Statement 1.1 Rating", "")
    assert editor.segments.segments[0].accessibleName() == "Statement 1.1 Rating: Low / Red"


def test_levels_stand_below_one_another_where_a_row_has_no_room(qtbot: QtBot) -> None:
    editor = rating(qtbot, width=110)
    assert len({segment.x() for segment in editor.segments.segments}) == 1
    assert editor.heightForWidth(110) > 2 * editor.heightForWidth(600)


# Long texts


def test_a_box_grows_with_its_text_and_shrinks_again(qtbot: QtBot) -> None:
    editor = long_text(qtbot)
    before = editor.box.sizeHint().height()
    editor.focus()
    for _ in range(4):
        QTest.keyClicks(editor.box, "a")
        QTest.keyClick(editor.box, Qt.Key.Key_Return)
    assert editor.box.sizeHint().height() > before
    editor.set_value(None)
    assert editor.box.sizeHint().height() == before


def test_the_tab_key_leaves_a_box(qtbot: QtBot) -> None:
    editor = long_text(qtbot)
    other = TextEditor(Field("name", FieldKind.TEXT, "Name"), parent=editor)
    other.show()
    editor.focus()
    QTest.keyClick(editor.box, Qt.Key.Key_Tab)
    assert editor.value() is None
    assert not editor.box.hasFocus()


def test_pasted_text_loses_its_look_and_what_documents_cannot_hold(qtbot: QtBot) -> None:
    editor = long_text(qtbot)
    source = QMimeData()
    source.setText("one\x0btwo\u202e\ttabbed")
    source.setHtml("<b>one</b><img src='file:///etc/passwd'>")
    editor.box.insertFromMimeData(source)
    assert editor.value() == "one\ntwo tabbed"


def test_undo_in_a_box_is_left_to_the_window(qtbot: QtBot) -> None:
    editor = long_text(qtbot)
    editor.focus()
    QTest.keyClicks(editor.box, "one")
    key = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    key.ignore()
    QApplication.sendEvent(editor.box, key)
    assert not key.isAccepted()
    QTest.keyClick(editor.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.value() == "one"


def test_the_caret_stays_where_it_was_when_the_text_behind_it_changes(qtbot: QtBot) -> None:
    editor = long_text(qtbot)
    editor.set_value("one two three")
    editor.focus()
    editor.box.move_to_end()
    editor.set_value("one two four")
    assert editor.box.textCursor().position() == len("one two ")


# Numbers


def test_a_text_that_is_no_number_stays_for_the_session_to_refuse(qtbot: QtBot) -> None:
    editor = shown(qtbot, NumberEditor(Field("number-1", FieldKind.NUMBER, "How many", period=True)))
    QTest.keyClicks(editor.number_box, "a few")
    assert editor.value() == {"number": "a few"}


def test_arrow_keys_do_not_count_up_or_down(qtbot: QtBot) -> None:
    editor = shown(qtbot, NumberEditor(Field("number-1", FieldKind.NUMBER, "How many")))
    editor.set_value({"number": 12})
    QTest.keyClick(editor.number_box, Qt.Key.Key_Up)
    assert editor.value() == {"number": 12}


def test_a_period_is_asked_for_only_where_the_framework_does(qtbot: QtBot) -> None:
    editor = shown(qtbot, NumberEditor(Field("number-1", FieldKind.NUMBER, "How many")))
    assert not editor.period_box.isVisible()
    assert editor.boxes() == (editor.number_box,)


# Dates


def test_a_date_is_shown_in_its_long_form_once_it_is_left(qtbot: QtBot) -> None:
    editor = shown(qtbot, DateEditor(Field("on", FieldKind.DATE, "On")))
    QTest.keyClicks(editor.box, "12/9/2026")
    editor.tidy()
    assert editor.box.text() == "12 September 2026"


def test_a_short_year_counts_only_once_the_box_is_left(qtbot: QtBot) -> None:
    editor = shown(qtbot, DateEditor(Field("on", FieldKind.DATE, "On")))
    edits = edits_of(editor)
    QTest.keyClicks(editor.box, "12/9/26")
    assert edits[-1] == "12/9/26"
    editor.tidy()
    assert edits[-1] == "2026-09-12"


def test_a_date_can_be_picked(qtbot: QtBot) -> None:
    editor = shown(qtbot, DateEditor(Field("on", FieldKind.DATE, "On")))
    edits = edits_of(editor)
    editor.pick(QDate(2026, 9, 12))
    assert edits == ["2026-09-12"]


# Choices


def test_the_words_beside_a_tick_box_can_be_pressed(qtbot: QtBot) -> None:
    options = (Option("walk", "A walk"), Option("talk", "A talk"))
    field = Field("activities", FieldKind.CHOICES, "Activities", options=options)
    editor = shown(qtbot, ChoicesEditor(field))
    edits = edits_of(editor)
    label = next(label for label in editor.findChildren(QWidget) if getattr(label, "text", lambda: "")() == "A talk")
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert edits == [["talk"]]


# What is only read


def test_nobody_is_asked_to_write_where_nobody_can(qtbot: QtBot) -> None:
    date = shown(qtbot, DateEditor(Field("on", FieldKind.DATE, "On")))
    number = shown(qtbot, NumberEditor(Field("number-1", FieldKind.NUMBER, "How many", period=True)))
    choice = shown(qtbot, ChoiceEditor(Field("phase", FieldKind.CHOICE, "Phase", options=(Option("a", "A"),))))
    asked = (date.box.placeholderText(), number.number_box.placeholderText(), number.period_box.placeholderText())

    for editor in (date, number, choice):
        editor.set_read_only(True)

    assert date.box.placeholderText() == number.number_box.placeholderText() == "Nothing yet"
    assert [box.placeholderText() for box in choice.boxes() if isinstance(box, QLineEdit)] == ["Nothing yet"]
    for editor in (date, number):
        editor.set_read_only(False)
    again = (date.box.placeholderText(), number.number_box.placeholderText(), number.period_box.placeholderText())
    assert again == asked
