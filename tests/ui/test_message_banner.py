from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from audit_desktop.ui.parts.message_banner import BannerAction, MessageBanner

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot, width: int) -> MessageBanner:
    banner = MessageBanner("This audit lies in the folder for temporary files.", actions=(BannerAction("Save", int),))
    qtbot.addWidget(banner)
    banner.resize(width, 200)
    banner.show()
    QCoreApplication.sendPostedEvents()
    return banner


def places(banner: MessageBanner) -> tuple[int, int]:
    """Return how far the button for the action is to the right of and below the banner's corner."""
    action = next(one for one in banner.findChildren(QPushButton) if one.text() == "Save")
    return action.x(), action.y()


def test_buttons_of_a_wide_banner_stand_beside_its_words_and_those_of_a_narrow_one_below(qtbot: QtBot) -> None:
    wide, narrow = places(shown(qtbot, 900)), places(shown(qtbot, 150))
    assert wide[0] > 600
    assert narrow[0] < 30
    assert narrow[1] > wide[1]
