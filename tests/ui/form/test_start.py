"""The moment at which the form appears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.ui.form.driving import Form


def test_the_keys_work_on_the_statements_at_once(open_form: Callable[..., Form]) -> None:
    form = open_form()
    page = form.view.pages.current_section()
    assert page is not None
    assert page.isAncestorOf(QApplication.focusWidget())
    form.press(Qt.Key.Key_F8)
    form.press(Qt.Key.Key_2)
    assert form.session.value("statement/1.1/rating") == "developing"


def test_the_guidance_comes_by_itself(open_form: Callable[..., Form], qtbot: QtBot) -> None:
    form = open_form(size=(1500, 800))
    qtbot.waitUntil(lambda: "Keys 1 to 3 rate" in form.texts(form.view.guidance))
