"""What this computer keeps of an audit is erased from the menu: asked for once more, and nothing unseen is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from audit_desktop.storage.process import ProcessMark
from audit_desktop.ui.recovery.erasing import EraseDialog, Erasing
from tests.ui.conftest import SCHOOL
from tests.ui.recovery.test_safety import EVIDENCE, banners, leave_work, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow

__all__ = ["shown"]


def asked(qtbot: QtBot, window: MainWindow) -> EraseDialog:
    window.actions_by_id.by_id["audit.erase"].trigger()
    found: list[EraseDialog] = []

    def is_there() -> bool:
        found[:] = window.findChildren(EraseDialog)
        return bool(found)

    qtbot.waitUntil(is_there)
    return found[0]


def texts(dialog: EraseDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def versions(workspace: Workspace, path: Path) -> int:
    backups = workspace.backups()
    assert backups is not None
    return len(backups.of_audit(workspace.read(path).audit.id))


def put_a_version_by(workspace: Workspace, path: Path) -> None:
    opened = workspace.open(path, SCHOOL)
    opened.session.set_answer(EVIDENCE, "Register")
    opened.keeper.close()


def test_the_window_says_what_goes_and_stays_closes_the_audit_and_erases(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path
) -> None:
    put_a_version_by(workspace, audit_path)
    assert versions(workspace, audit_path) > 0
    window = shown(audit_path)

    dialog = asked(qtbot, window)
    assert "put by" in texts(dialog)
    assert str(audit_path) in texts(dialog)
    assert dialog.cancel_button.isDefault()
    qtbot.mouseClick(dialog.erase_button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: any("Erased from this computer" in banner.text for banner in banners(window)))
    assert window.desk.open_audit is None
    assert versions(workspace, audit_path) == 0
    assert workspace.read(audit_path).audit.state.value(EVIDENCE) == "Register"


def test_nothing_is_erased_unless_somebody_agrees(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path
) -> None:
    put_a_version_by(workspace, audit_path)
    before = versions(workspace, audit_path)
    window = shown(audit_path)

    dialog = asked(qtbot, window)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)

    assert not dialog.isVisible()
    assert window.desk.open_audit is not None
    assert versions(workspace, audit_path) == before


def test_work_that_is_not_in_the_file_is_named_and_stays(
    qtbot: QtBot,
    shown: Callable[..., MainWindow],
    workspace: Workspace,
    audit_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leave_work(workspace, audit_path, {EVIDENCE: "Lost and found"})
    monkeypatch.setattr(ProcessMark, "is_gone", lambda _mark: True)
    window = shown(audit_path)

    dialog = asked(qtbot, window)
    assert "1 thing that the audit’s file does not hold" in texts(dialog)
    qtbot.mouseClick(dialog.erase_button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: any("Left: 1 thing" in banner.text for banner in banners(window)))
    recovering = workspace.recovering()
    assert recovering is not None
    assert recovering.for_audit(workspace.read(audit_path).audit) is not None


def test_a_file_that_is_gone_is_said_so_and_nothing_is_asked(
    qtbot: QtBot, shown: Callable[..., MainWindow], audit_path: Path
) -> None:
    window = shown(audit_path)
    audit_path.unlink()

    erasing = Erasing(window, audit_path)
    erasing.ask()
    erasing.wait()

    qtbot.waitUntil(lambda: bool(banners(window)))
    assert not window.findChildren(EraseDialog)
