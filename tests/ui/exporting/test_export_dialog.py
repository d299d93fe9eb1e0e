"""The dialog that exports to Word."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange import exporters
from audit_desktop.ui.dialogs import export_word
from audit_desktop.ui.dialogs.export_word import ExportWordDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace, locations: Locations, audit_path: Path) -> ExportWordDialog:
    dialog = ExportWordDialog(workspace.open(audit_path, None), workspace, locations.resources)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_document_lies_beside_the_audit_unless_another_place_is_chosen(
    dialog: ExportWordDialog, audit_path: Path
) -> None:
    assert dialog.path == audit_path.with_suffix(".docx")


def test_the_finished_document_is_there_to_open(
    dialog: ExportWordDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, audit_path: Path
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(export_word, "open_file", lambda path: bool(opened.append(path)) or True)
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.open_button.isVisible(), timeout=30_000)
    dialog.open_button.click()
    assert opened == [audit_path.with_suffix(".docx")]
    assert "word/document.xml" in ZipFile(opened[0]).namelist()
    assert dialog.message.text().startswith("Exported and checked: ")


def test_a_stopped_export_leaves_no_document(
    dialog: ExportWordDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_arguments, is_cancelled, **_options) -> bytes:
        while not is_cancelled():
            pass
        raise AuditDesktopError(FaultCode.EXPORT_STOPPED)

    monkeypatch.setattr(exporters, "export_audit", slow)
    dialog.start_button.click()
    assert dialog.progress.isVisible()
    dialog.stop_button.click()
    qtbot.waitUntil(lambda: dialog.start_button.isVisible())
    assert dialog.message.text() == "Stopped. No document was written."
    assert not dialog.path.exists()


def test_a_place_that_cannot_be_written_is_said_in_the_dialog(
    dialog: ExportWordDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.path_box.setText(str(tmp_path / "no folder" / "x.docx"))
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.start_button.isVisible(), timeout=30_000)
    assert dialog.message.text().startswith("No document was written. There is no folder")


def test_closing_the_dialog_stops_what_is_under_way(dialog: ExportWordDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_arguments, is_cancelled, **_options) -> bytes:
        while not is_cancelled():
            pass
        raise AuditDesktopError(FaultCode.EXPORT_STOPPED)

    monkeypatch.setattr(exporters, "export_audit", slow)
    dialog.start_button.click()
    dialog.close()
    assert dialog._task is not None
    assert not dialog._task.is_running


def test_it_is_said_before_a_file_is_replaced(dialog: ExportWordDialog, qtbot: QtBot, audit_path: Path) -> None:
    other = audit_path.with_name("other.docx")
    other.write_bytes(b"")
    dialog.path_box.clear()
    qtbot.keyClicks(dialog.path_box, str(other))
    assert dialog._hint.text() == "There is a file of that name already; it is replaced."
