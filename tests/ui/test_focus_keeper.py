"""The focus goes back where it was when the thing that has it goes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.ui.main_window import MainWindow


def test_dismissing_a_banner_leaves_a_person_where_they_were(
    qtbot: QtBot, make_window: Callable[..., MainWindow], audit_path: Path
) -> None:
    window = make_window()
    with qtbot.waitActive(window):
        window.show()
    window.open_path(audit_path)
    assert window.audit_view is not None
    window.audit_view.show_statement("1.2")
    QApplication.processEvents()
    before = window.focusWidget()
    dismiss = window.notifier.tell("Something to read.").findChild(QPushButton, "banner:dismiss")
    QApplication.processEvents()

    qtbot.mouseClick(dismiss, Qt.MouseButton.LeftButton)

    assert before is not None
    assert window.focusWidget() is before


def test_what_cannot_be_seen_does_not_get_the_focus_back(qtbot: QtBot, make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    with qtbot.waitActive(window):
        window.show()
    window.show_start()
    tile = window.focusWidget()
    assert isinstance(tile, QPushButton)
    first, second = window.notifier.tell("One."), window.notifier.tell("Two.")
    QApplication.processEvents()
    for banner in (first, second):
        dismiss = banner.findChild(QPushButton, "banner:dismiss")
        assert dismiss is not None
        dismiss.setFocus()
    tile.hide()

    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)

    focused = window.focusWidget()
    assert focused is not None
    assert first.isAncestorOf(focused)
