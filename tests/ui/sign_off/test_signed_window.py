"""The window around a signed audit, and the audit after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog

from audit_desktop.session.signing import reopen, sign_off
from audit_desktop.ui.parts.message_banner import MessageBanner
from tests.session.visit import KEY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from audit_desktop.ui.main_window import MainWindow


def texts(window: MainWindow) -> str:
    QApplication.processEvents()
    return "\n".join(one.text for one in window.findChildren(MessageBanner) if not one.isHidden())


def test_the_window_says_why_nothing_can_be_changed_until_it_is_reopened(
    make_window: Callable[..., MainWindow], audit_path: Path
) -> None:
    window = make_window()
    window.open_path(audit_path)
    assert window.desk.open_audit is not None
    session = window.desk.open_audit.session
    assert "Signed off" not in texts(window)
    for address in tuple(session.audit.state.conflicts()):
        session.set_answer(address, session.audit.state.heads(address)[0].value)
    sign_off(session, KEY, "1.0", although_incomplete=True)
    assert "Signed off by A. Sample" in texts(window)
    reopen(session, "A rating was wrong")
    assert "Signed off" not in texts(window)


def test_the_next_audit_is_made_beside_this_one_and_opened(
    make_window: Callable[..., MainWindow],
    audit_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = make_window()
    window.open_path(audit_path)
    assert window.desk.open_audit is not None
    school = window.desk.open_audit.session.value("audit/school-name")
    before = audit_path.read_bytes()
    new = tmp_path / "next.audit"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(new), ""))
    window.commands.next_audit()
    qtbot.waitUntil(lambda: window.desk.path == new)
    assert window.desk.open_audit.session.value("audit/school-name") == school
    assert window.desk.open_audit.session.value("statement/1.1/rating") is None
    assert audit_path.read_bytes() == before
