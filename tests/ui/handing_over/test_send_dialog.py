"""Sending a copy: pupil data is named before it leaves, and what leaves is what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from audit_desktop.session.handing_over import read_copy
from audit_desktop.ui.handing_over.open_protected_dialog import OpenProtectedDialog
from audit_desktop.ui.handing_over.send_dialog import SendDialog
from tests.ui.conftest import SCHOOL, VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow

EVIDENCE = "section/1/evidence"


@pytest.fixture
def send(make_window: Callable[..., MainWindow], audit_path: Path, qtbot: QtBot) -> Callable[..., SendDialog]:
    def opened(*texts: str) -> SendDialog:
        window = make_window()
        window.show()
        window.open_path(audit_path)
        assert window.desk.open_audit is not None
        for text in texts:
            window.desk.open_audit.session.set_answer(EVIDENCE, text)
            window.desk.open_audit.session.snapshot()
        window.commands.send_to_visitor()
        dialog = window.findChild(SendDialog)
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.send_button.isEnabled())
        return dialog

    return opened


def saved(dialog: SendDialog, qtbot: QtBot) -> Path:
    path = dialog.path
    dialog.send_button.click()
    qtbot.waitUntil(lambda: "saved as" in dialog.message.text())
    return path


def test_a_copy_is_written_and_the_audit_stays_where_it_is(
    send: Callable[..., SendDialog], workspace: Workspace, audit_path: Path, qtbot: QtBot
) -> None:
    dialog = send("Weekly report")
    path = saved(dialog, qtbot)
    assert path != audit_path
    assert read_copy(workspace, path).audit.state.value(EVIDENCE) == "Weekly report"
    dialog.reject()


def test_a_visitor_sends_the_copy_back_to_the_school(make_window: Callable[..., MainWindow], audit_path: Path) -> None:
    got = audit_path.with_name("Sample (for the visitor).audit")
    audit_path.rename(got)
    window = make_window(VISITOR)
    window.open_path(got)
    action = window.actions_by_id.by_id["visit.send"]
    assert action.text() == "S&end back to the school…"

    action.trigger()

    dialog = window.findChild(SendDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "Send back to the school"
    assert dialog.path.name == "Sample (from the visitor).audit"
    dialog.reject()
    window.set_who(SCHOOL)
    assert action.text() == "S&end to visitor…"


def test_a_protected_copy_opens_with_the_passphrase_that_was_shown(
    send: Callable[..., SendDialog], workspace: Workspace, qtbot: QtBot
) -> None:
    dialog = send("Weekly report")
    dialog.protect_box.set_checked(True)
    words = dialog.passphrase_box.text()
    assert len(words.split()) == 4
    path = saved(dialog, qtbot)
    assert path.name.endswith(".audit.age")
    assert read_copy(workspace, path, words).audit.state.value(EVIDENCE) == "Weekly report"
    dialog.reject()


def test_pupil_data_is_named_and_gone_to_before_the_copy_leaves(send: Callable[..., SendDialog]) -> None:
    dialog = send("Ask jo.bloggs@example.org")
    assert dialog.send_button.text() == "Save the copy all the same"
    wanted: list[str] = []
    dialog.address_wanted.connect(wanted.append)
    jump = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Go to Standard 1: Evidence")
    jump.click()
    assert wanted == [EVIDENCE]
    assert not dialog.isVisible()


def test_earlier_wording_is_looked_through_unless_it_is_left_out(
    send: Callable[..., SendDialog], workspace: Workspace, qtbot: QtBot
) -> None:
    dialog = send("Ask jo.bloggs@example.org", "Ask the office")
    assert dialog.send_button.text() == "Save the copy all the same"
    dialog.without_box.set_checked(True)
    qtbot.waitUntil(lambda: dialog.send_button.isEnabled())
    assert dialog.send_button.text() == "Save the copy"
    path = saved(dialog, qtbot)
    audit = read_copy(workspace, path).audit
    assert audit.state.value(EVIDENCE) == "Ask the office"
    assert not any("jo.bloggs" in str(edit.value) for edit in audit.log.all().values())
    dialog.reject()


def test_the_audits_own_file_is_never_the_copy(send: Callable[..., SendDialog], audit_path: Path) -> None:
    dialog = send()
    before = audit_path.read_bytes()
    dialog.path_box.setText(str(audit_path))
    dialog.send_button.click()
    assert "Choose another name" in dialog.message.text()
    assert audit_path.read_bytes() == before
    dialog.reject()


def test_opening_a_protected_file_asks_for_its_passphrase(
    send: Callable[..., SendDialog], make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = send("Weekly report")
    dialog.protect_box.set_checked(True)
    words = dialog.passphrase_box.text()
    path = saved(dialog, qtbot)
    dialog.reject()

    window = make_window()
    window.open_path(path)
    asking = window.findChild(OpenProtectedDialog)
    assert asking is not None
    asking.path_box.setText(str(tmp_path / "received.audit"))
    asking.passphrase_box.setText("not these words at all")
    asking.open_button.click()
    qtbot.waitUntil(lambda: asking.open_button.isEnabled())
    assert not (tmp_path / "received.audit").exists()
    asking.passphrase_box.setText(words)
    asking.open_button.click()
    qtbot.waitUntil(lambda: window.desk.open_audit is not None)
    QApplication.processEvents()
    assert window.desk.open_audit.session.value(EVIDENCE) == "Weekly report"
