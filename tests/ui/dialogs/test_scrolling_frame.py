from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea

from audit_desktop.ui.dialogs.scrolling_frame import ScrollingFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SENTENCE = "What was written and changed again is not in the copy. It can be merged all the same. "


def shown(qtbot: QtBot, *, line: str = "Choose", characters: int = 60) -> ScrollingFrame:
    dialog = ScrollingFrame("Send", SENTENCE)
    qtbot.addWidget(dialog)
    for _ in range(3):
        dialog.body.addWidget(plain_label(SENTENCE * 2))
    dialog.body.addWidget(button(line))
    dialog.fit(characters)
    dialog.open()
    return dialog


def area_of(dialog: ScrollingFrame) -> QScrollArea:
    return dialog.findChildren(QScrollArea)[0]


def test_a_dialog_whose_content_fits_the_screen_shows_no_bar(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    assert area_of(dialog).verticalScrollBar().maximum() == 0


def test_a_dialog_is_as_wide_as_its_widest_line_needs(qtbot: QtBot) -> None:
    dialog = shown(qtbot, line="Visitor comments also as comments in the margin", characters=20)
    area = area_of(dialog)
    assert area.viewport().width() >= area.widget().minimumSizeHint().width()
