"""Documents in and out, as the menus of the window ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from audit_desktop.ui.dialogs.who import WhoDialog
from audit_desktop.ui.importing.import_dialog import ImportDialog
from audit_desktop.ui.overview.overview_window import OverviewWindow
from tests.exchange.audits import RAG, answer, exported, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.ui.main_window import MainWindow


@pytest.fixture
def document(tmp_path: Path) -> Path:
    audit = shipped(RAG)
    answer(audit, "audit/school-name", "Hill Primary School")
    answer(audit, "section/1/evidence", "Typed in Word")
    path = tmp_path / "form.docx"
    path.write_bytes(exported(audit))
    return path


def preview(window: MainWindow, qtbot: QtBot) -> ImportDialog:
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=30_000)
    return dialog


def test_a_word_form_becomes_the_open_audit(
    make_window: Callable[..., MainWindow],
    qtbot: QtBot,
    document: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window()
    window.show_start()
    window.show()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(document), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new.audit"), ""))
    window.actions_by_id.by_id["audit.import"].trigger()
    preview(window, qtbot).apply_button.click()
    qtbot.waitUntil(lambda: window.desk.path == tmp_path / "new.audit", timeout=30_000)
    assert window.desk.open_audit is not None
    assert window.desk.open_audit.session.value("section/1/evidence") == "Typed in Word"


def test_an_import_asks_first_who_it_is_by(
    make_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(WhoDialog, "ask", lambda *arguments: asked.append(arguments))
    window = make_window(None)
    window.commands.import_word()
    assert len(asked) == 1


def test_an_audit_of_the_overview_opens_in_the_window(
    make_window: Callable[..., MainWindow], qtbot: QtBot, audit_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    window.show_start()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(audit_path.parent))
    window.actions_by_id.by_id["tools.overview"].trigger()
    overview = window.findChild(OverviewWindow)
    assert overview is not None
    qtbot.waitUntil(lambda: overview.open_button.isEnabled(), timeout=30_000)
    overview.open_button.click()
    assert window.desk.path == audit_path
    overview.close()
