"""The start page: what can be done first, and the audits opened last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from audit_desktop.ui.start_page import StartPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HERE, GONE = "/audits/Here.audit", "/audits/Gone.audit"


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    page = StartPage(lambda path: path == Path(HERE))
    qtbot.addWidget(page)
    page.show_recent((HERE, GONE))
    page.resize(900, 700)
    page.show()
    return page


def _buttons(page: StartPage, name: str) -> list[QPushButton]:
    return [button for button in page.findChildren(QPushButton, name) if not button.isHidden()]


@pytest.mark.parametrize("what", ["new", "open", "sample"])
def test_each_card_says_what_was_chosen(page: StartPage, qtbot: QtBot, what: str) -> None:
    tile = page.findChild(QPushButton, f"start:{what}")
    with qtbot.waitSignal(getattr(page, f"{what}_clicked")):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)


def test_a_recent_audit_is_opened_by_its_name(page: StartPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.recent_clicked) as clicked:
        qtbot.mouseClick(_buttons(page, "recent:open")[0], Qt.MouseButton.LeftButton)
    assert clicked.args == [Path(HERE)]


def test_an_audit_that_is_gone_is_marked_in_words_and_cannot_be_opened(page: StartPage) -> None:
    here, gone = _buttons(page, "recent:open")
    assert (here.isEnabled(), gone.isEnabled()) == (True, False)
    assert "Not there any more" in gone.accessibleName()


def test_an_entry_can_be_removed(page: StartPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.recent_removed) as removed:
        qtbot.mouseClick(_buttons(page, "recent:remove")[1], Qt.MouseButton.LeftButton)
    assert removed.args == [Path(GONE)]


def test_a_name_with_markup_is_shown_as_it_stands(page: StartPage) -> None:
    page.show_recent(("/audits/<b>A & B.audit",))
    assert _buttons(page, "recent:open")[0].text() == "<b>A && B"
