"""Buttons: what presses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.tile import Tile

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", ["button", "tile"])
def test_enter_and_the_space_bar_press_what_has_the_focus(qtbot: QtBot, key: Qt.Key, kind: str) -> None:
    made = button("New audit") if kind == "button" else Tile("New audit", "Choose an audit")
    qtbot.addWidget(made)
    pressed: list[bool] = []
    made.clicked.connect(lambda: pressed.append(True))
    made.show()

    QTest.keyClick(made, key)

    assert pressed == [True]
