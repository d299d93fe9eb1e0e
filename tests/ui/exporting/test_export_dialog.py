"""The dialog that exports the open audit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.exporters import SUFFIXES
from audit_desktop.ui.exporting import document_dialog, documents
from audit_desktop.ui.exporting.export_dialog import ExportDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.exchange.exporters import ExportKind
    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace, locations: Locations, audit_path: Path) -> ExportDialog:
    dialog = ExportDialog(workspace.open(audit_path, None), workspace, locations.resources)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_document_lies_beside_the_audit_unless_another_place_is_chosen(
    dialog: ExportDialog, audit_path: Path
) -> None:
    assert dialog.path == audit_path.with_suffix(".docx")


def test_the_finished_document_is_there_to_open(
    dialog: ExportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, audit_path: Path
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(document_dialog, "open_file", lambda path: bool(opened.append(path)) or True)
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.open_button.isVisible(), timeout=30_000)
    dialog.open_button.click()
    assert opened == [audit_path.with_suffix(".docx")]
    assert "word/document.xml" in ZipFile(opened[0]).namelist()
    assert dialog.message.text().startswith("Exported and checked: ")


def test_a_stopped_export_leaves_no_document(
    dialog: ExportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_arguments, is_cancelled, **_options) -> bytes:
        while not is_cancelled():
            pass
        raise AuditDesktopError(FaultCode.EXPORT_STOPPED)

    monkeypatch.setattr(documents, "export_audit", slow)
    dialog.start_button.click()
    assert dialog.progress.isVisible()
    dialog.stop_button.click()
    qtbot.waitUntil(lambda: dialog.start_button.isVisible())
    assert dialog.message.text() == "Stopped. No document was written."
    assert not dialog.path.exists()


def test_a_place_that_cannot_be_written_is_said_in_the_dialog(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.path_box.setText(str(tmp_path / "no folder" / "x.docx"))
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.start_button.isVisible(), timeout=30_000)
    assert dialog.message.text().startswith("No document was written. There is no folder")
    assert dialog.focusWidget() is dialog.path_box


def test_closing_the_dialog_stops_what_is_under_way(dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_arguments, is_cancelled, **_options) -> bytes:
        while not is_cancelled():
            pass
        raise AuditDesktopError(FaultCode.EXPORT_STOPPED)

    monkeypatch.setattr(documents, "export_audit", slow)
    dialog.start_button.click()
    dialog.close()
    assert dialog._task is not None
    assert not dialog._task.is_running


def test_it_is_said_before_a_file_is_replaced(dialog: ExportDialog, qtbot: QtBot, audit_path: Path) -> None:
    other = audit_path.with_name("other.docx")
    other.write_bytes(b"")
    dialog.path_box.clear()
    qtbot.keyClicks(dialog.path_box, str(other))
    assert dialog.hint.text() == "There is a file of that name already; it is replaced."


STARTS = {
    "word": b"PK",
    "pdf": b"%PDF",
    "html": b"<!doctype html>",
    "xlsx": b"PK",
    "csv": b"\xef\xbb\xbf",
    "json": b"{",
}


@pytest.mark.parametrize("kind", STARTS)
def test_every_kind_of_document_is_written_under_its_own_ending(
    dialog: ExportDialog, qtbot: QtBot, audit_path: Path, kind: ExportKind
) -> None:
    dialog.kinds.buttons[kind].click()
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.open_button.isVisible(), timeout=30_000)
    written = audit_path.with_suffix(SUFFIXES[kind])
    assert written.read_bytes()[:20].lower().startswith(STARTS[kind].lower())


def test_visitor_comments_come_into_the_margin_only_where_that_is_wanted(dialog: ExportDialog, qtbot: QtBot) -> None:
    held: dict[bool, bool] = {}
    for wanted in (False, True):
        dialog.comments_box.setChecked(wanted)
        dialog.start_button.click()
        qtbot.waitUntil(lambda: dialog.open_button.isVisible(), timeout=30_000)
        held[wanted] = "word/comments.xml" in ZipFile(dialog.path).namelist()
    assert held == {False: False, True: True}


def test_an_earlier_audit_is_asked_for_where_a_report_can_tell_the_changes(dialog: ExportDialog) -> None:
    asked = {}
    for kind, radio in dialog.kinds.buttons.items():
        radio.click()
        asked[kind] = dialog.earlier.isVisible()
    assert [kind for kind, is_asked in asked.items() if is_asked] == ["pdf", "html"]


def test_an_earlier_audit_that_cannot_be_read_is_said_and_nothing_is_written(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.kinds.buttons["html"].click()
    dialog.earlier.path = tmp_path / "gone.audit"
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.start_button.isVisible(), timeout=30_000)
    assert "There is no file" in dialog.message.text()
    assert dialog.focusWidget() is dialog.start_button
    assert not dialog.path.exists()


def test_escape_closes_the_dialog(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_close_button_closes_the_dialog(dialog: ExportDialog) -> None:
    dialog.close_button.click()
    assert not dialog.isVisible()
