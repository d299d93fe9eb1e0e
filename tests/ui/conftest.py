"""What holds for every test of the window: nothing waits for a person, and nothing is left behind."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMenu, QMessageBox

from audit_desktop.core.edits import Author, Role
from audit_desktop.locations import Locations
from audit_desktop.preferences import PreferencesFile
from audit_desktop.session.sample import create_sample
from audit_desktop.session.workspace import Workspace
from audit_desktop.ui.appearance import Appearance
from audit_desktop.ui.main_window import MainWindow
from audit_desktop.ui.theme import ThemeChoice
from audit_desktop.ui.window_folders import WindowFolders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SCHOOL = Author("A. Sample", Role.SCHOOL, "Sample School")
VISITOR = Author("V. Sample", Role.VISITOR)


@pytest.fixture(autouse=True)
def _nothing_waits_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail at once where a test would hang on a dialog: patch the question, or show dialogs with `open()`."""

    def refuse(*_arguments: object, **_options: object) -> None:
        pytest.fail("a dialog that waits was opened; patch it in the test, or open it with open()")

    for owner, name in (
        (QDialog, "exec"),
        (QMessageBox, "exec"),
        (QMenu, "exec"),
        *((QFileDialog, name) for name in ("getOpenFileName", "getSaveFileName", "getExistingDirectory")),
        *((QMessageBox, name) for name in ("question", "warning", "information", "critical")),
        *((QInputDialog, name) for name in ("getText", "getItem")),
    ):
        monkeypatch.setattr(owner, name, refuse)


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(qapp: QApplication, qtbot: QtBot) -> Iterator[None]:
    """Fail where a test leaves a shown window or a running thread; `qtbot.addWidget` closes windows."""
    threads = set(threading.enumerate())
    yield
    for widget in qapp.topLevelWidgets():
        widget.hide()
    ours = [thread for thread in set(threading.enumerate()) - threads if thread.name.startswith("audit-")]
    for thread in ours:
        # One that has said its last word may take a moment to end.
        thread.join(2)
    left = [thread.name for thread in ours if thread.is_alive()]
    if left:
        pytest.fail(f"threads still run: {left}; close the audit, or wait for the task")


@pytest.fixture
def locations() -> Locations:
    """Return this test's own folders."""
    return Locations.find()


@pytest.fixture
def workspace(locations: Locations) -> Workspace:
    """Return a workspace with the frameworks that come with the program."""
    return Workspace.on_this_computer(locations)


@pytest.fixture
def audit_path(workspace: Workspace, locations: Locations, tmp_path: Path) -> Path:
    """Return the path of a sample audit."""
    path = tmp_path / "Sample.audit"
    create_sample(workspace, locations.resources, path)
    return path


@pytest.fixture
def make_window(
    qapp: QApplication, qtbot: QtBot, workspace: Workspace, locations: Locations, tmp_path: Path
) -> Iterator[Callable[..., MainWindow]]:
    """Return what makes a main window for `who`; it is closed without saving at the end of the test."""
    made: list[MainWindow] = []
    font, palette = qapp.font(), qapp.palette()

    def make(who: Author | None = SCHOOL) -> MainWindow:
        preferences = PreferencesFile(locations.preferences / "preferences.json")
        appearance = Appearance(qapp, ThemeChoice.LIGHT, 1.0)
        documents = tmp_path / "Documents"
        documents.mkdir(exist_ok=True)
        folders = WindowFolders(documents, locations.resources, tmp_path / "samples", locations.data, locations.logs)
        window = MainWindow(workspace, preferences, appearance, folders)
        if who is not None:
            window.set_who(who)
        qtbot.addWidget(window)
        made.append(window)
        return window

    yield make
    for window in made:
        window.desk.wait_for_copies()
        window.desk.abandon()
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)
