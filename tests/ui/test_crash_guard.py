"""What happens when something unexpected goes wrong: the work first, then a report, then a word."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from audit_desktop.session.events import SaveState
from audit_desktop.storage.clock import SystemClock
from audit_desktop.ui.crash_guard import CrashGuard
from audit_desktop.ui.dialogs.crash import CrashDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow

EVIDENCE = "section/1/evidence"


@pytest.fixture
def window(make_window: Callable[..., MainWindow], audit_path: Path) -> MainWindow:
    window = make_window()
    window.open_path(audit_path)
    window.show()
    return window


@pytest.fixture
def guard(window: MainWindow, tmp_path: Path) -> Iterator[CrashGuard]:
    guard = CrashGuard(window.desk, tmp_path / "logs", SystemClock(), window)
    yield guard
    guard.remove()


def _error() -> ValueError:
    try:
        raise ValueError("Pupil X")
    except ValueError as error:
        return error


def _dialogs(window: MainWindow) -> list[CrashDialog]:
    return [dialog for dialog in window.findChildren(CrashDialog) if dialog.isVisible()]


def test_the_work_is_written_and_the_report_is_on_the_disk_before_anything_is_said(
    window: MainWindow, guard: CrashGuard, workspace: Workspace, audit_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.type_answer(EVIDENCE, "typed")
    guard._on_exception(ValueError, _error(), None)
    assert len(list((tmp_path / "logs").glob("crash-*.txt"))) == 1
    assert len(_dialogs(window)) == 1
    keeper = window.desk.open_audit.keeper
    qtbot.waitUntil(lambda: keeper.state.state is SaveState.SAVED)
    assert workspace.read(audit_path).audit.state.value(EVIDENCE) == "typed"


def test_the_report_holds_no_text_of_the_error(window: MainWindow, guard: CrashGuard, tmp_path: Path) -> None:
    guard._on_exception(ValueError, _error(), None)
    report = next((tmp_path / "logs").glob("crash-*.txt")).read_text(encoding="utf-8")
    assert "ValueError" in report
    assert "Pupil X" not in report


def test_an_error_of_another_thread_is_shown_by_the_windows(
    window: MainWindow, guard: CrashGuard, qtbot: QtBot
) -> None:
    error = _error()
    thread = threading.Thread(target=guard._on_exception, args=(ValueError, error, None))
    thread.start()
    thread.join()
    assert _dialogs(window) == []
    qtbot.waitUntil(lambda: len(_dialogs(window)) == 1)


def test_a_second_error_is_only_written(window: MainWindow, guard: CrashGuard, tmp_path: Path) -> None:
    guard._on_exception(ValueError, _error(), None)
    guard._on_exception(ValueError, _error(), None)
    assert len(_dialogs(window)) == 1
    assert len(list((tmp_path / "logs").glob("crash-*.txt"))) == 2


def test_a_save_that_fails_too_is_not_called_safe(
    window: MainWindow, guard: CrashGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.desk.open_audit is not None

    def broken() -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(window.desk.open_audit.keeper, "keep", broken)
        guard._on_exception(ValueError, _error(), None)
    label = _dialogs(window)[0].findChild(QLabel, "crash:kept")
    assert label is not None
    assert label.text().startswith("Your work may not be saved.")


def test_the_person_can_go_on(window: MainWindow, guard: CrashGuard) -> None:
    guard._on_exception(ValueError, _error(), None)
    button = _dialogs(window)[0].findChild(QPushButton, "crash:go-on")
    assert button is not None
    button.click()
    assert _dialogs(window) == []
    guard._on_exception(ValueError, _error(), None)
    assert len(_dialogs(window)) == 1
