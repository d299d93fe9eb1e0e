"""The moment at which the form appears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from audit_desktop.ui.form.statement_card import StatementCard

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


def test_nothing_above_the_first_statement_to_be_rated_is_built_before_it(open_form: Callable[..., Form]) -> None:
    rated = {f"statement/1.{number}/rating": "developing" for number in range(1, 9)}
    form = open_form((12,), answers=rated)
    assert form.view.findChildren(StatementCard)[0].statement.id == "1.9"
