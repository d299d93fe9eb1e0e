"""Signing off in the window: what is open is named, the form closes, and reopening needs a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QLabel

from audit_desktop.core.sign_off import sign_offs
from audit_desktop.locations import Locations
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.ui.form.section_model import SIGN_OFF
from audit_desktop.ui.sign_off.signing_desk import SigningDesk
from tests.builders import SCHOOL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.ui.sign_off.sign_off_page import SignOffPage
    from tests.ui.form.driving import Form

RATED = {
    "audit/school-name": "Hill",
    **{f"statement/{one}/rating": "developing" for one in ("1.1", "1.2", "1.3", "2.1", "2.2")},
}


def shown(form: Form, folder: Path) -> SignOffPage:
    form.view.pages.signing = SigningDesk(RealFilesystem(), folder, Locations.find().resources)
    form.view.show_page(SIGN_OFF)
    QApplication.processEvents()
    return cast("SignOffPage", form.view.pages.currentWidget())


def test_signing_closes_the_form_and_shows_six_words(open_form: Callable[..., Form], tmp_path: Path) -> None:
    form = open_form(who=SCHOOL, answers=RATED)
    page = shown(form, tmp_path)
    assert page.sign_button.text() == "Sign off"
    form.click(page.sign_button)
    assert not form.session.can_change("statement/1.1/rating")
    label = page.findChild(QLabel, "sign-off:fingerprint")
    assert len(label.text().split()) == 6
    assert "Unchanged since it was sealed with this key." in form.texts(page)
    assert not page.sign_button.isVisible()


def test_what_is_open_is_named_before_anybody_signs(open_form: Callable[..., Form], tmp_path: Path) -> None:
    form = open_form(who=SCHOOL, answers={**RATED, "statement/1.3/rating": None})
    page = shown(form, tmp_path)
    assert "1 statement has no rating" in form.texts(page)
    assert page.sign_button.text() == "Sign off although something is missing"
    form.click(form.button("1.3", page))
    assert form.view.pages.current_statement().id == "1.3"


def test_reopening_needs_a_reason_and_is_kept(open_form: Callable[..., Form], tmp_path: Path) -> None:
    form = open_form(who=SCHOOL, answers=RATED)
    page = shown(form, tmp_path)
    form.click(page.sign_button)
    form.click(page.reopen_button)
    assert form.session.sign_offs
    page.reason_box.setText("A rating was wrong")
    form.click(page.reopen_button)
    assert form.session.can_change("statement/1.1/rating")
    (record,) = sign_offs(form.session.audit.state)
    assert record.reopened_reason == "A rating was wrong"
    assert "A rating was wrong" in form.texts(page)
    assert page.sign_button.isVisible()


def test_without_a_desk_nothing_can_be_signed(open_form: Callable[..., Form]) -> None:
    form = open_form(who=SCHOOL, answers=RATED)
    form.view.show_page(SIGN_OFF)
    page = cast("SignOffPage", form.view.pages.currentWidget())
    assert not page.sign_button.isVisible()
