"""The dialog that exports many audits."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from audit_desktop.ui.exporting import many_dialog
from audit_desktop.ui.exporting.many_dialog import ManyDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.exchange.many import export_many
    from audit_desktop.session.workspace import Workspace


@pytest.fixture
def folder(audit_path: Path, tmp_path: Path) -> Path:
    """Return a folder with two audits, one of them in a folder inside."""
    folder = tmp_path / "audits"
    (folder / "below").mkdir(parents=True)
    shutil.copy(audit_path, folder / "one.audit")
    shutil.copy(audit_path, folder / "below" / "two.audit")
    return folder


@pytest.fixture
def make_dialog(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> Callable[..., ManyDialog]:
    def make(**options: object) -> ManyDialog:
        dialog = ManyDialog(workspace, tmp_path, **options)  # pyright: ignore[reportArgumentType]
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def export(dialog: ManyDialog, qtbot: QtBot, target: Path) -> None:
    target.mkdir(exist_ok=True)
    dialog.target.path = target
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.start_button.isVisible(), timeout=60_000)


def documents(target: Path) -> list[str]:
    return sorted(path.name for path in target.glob("*.docx"))


def test_every_audit_below_the_folder_is_exported_under_a_name_of_its_own(
    make_dialog: Callable[..., ManyDialog], qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    dialog = make_dialog(folder=folder)
    dialog.template_box.setText("{school}")
    export(dialog, qtbot, tmp_path / "out")
    assert documents(tmp_path / "out") == ["Sample School (2).docx", "Sample School.docx"]
    assert dialog.message.text().startswith("All 2 audits exported into ")


def test_a_bad_file_is_named_with_its_reason_and_stops_no_other(
    make_dialog: Callable[..., ManyDialog], qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    (folder / "bad.audit").write_bytes(b"no audit")
    dialog = make_dialog(folder=folder)
    export(dialog, qtbot, tmp_path / "out")
    assert len(documents(tmp_path / "out")) == 2
    (item,) = [dialog.failures.topLevelItem(row) for row in range(dialog.failures.topLevelItemCount())]
    assert item is not None
    assert item.text(0) == "bad.audit"
    assert item.text(1) == "bad.audit is not an audit made by this program; nothing was changed."


def test_only_the_given_audits_are_exported(
    make_dialog: Callable[..., ManyDialog], qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    dialog = make_dialog(given=[folder / "one.audit"])
    export(dialog, qtbot, tmp_path / "out")
    assert len(documents(tmp_path / "out")) == 1
    assert not dialog.sources.isVisible()


def test_a_second_export_goes_on_where_the_first_ended(
    make_dialog: Callable[..., ManyDialog], qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    export(make_dialog(folder=folder), qtbot, tmp_path / "out")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.docx")}
    dialog = make_dialog(folder=folder)
    dialog.target.path = tmp_path / "out"
    assert dialog.resume_box.isVisible()
    assert dialog.resume_box.isChecked()
    export(dialog, qtbot, tmp_path / "out")
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.docx")} == before


def test_a_stopped_export_says_how_many_are_done(
    make_dialog: Callable[..., ManyDialog],
    qtbot: QtBot,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = make_dialog(folder=folder)
    work = stopping_after_one(dialog, monkeypatch)
    export(dialog, qtbot, tmp_path / "out")
    assert work == ["one"]
    assert dialog.message.text() == "Stopped: 1 of 2 audits are exported. “Go on” exports the others."
    assert dialog.start_button.text() == "Go on"
    qtbot.waitUntil(lambda: not dialog.resume_box.visibleRegion().isEmpty())
    dialog.resume_box.click()
    assert dialog.start_button.text() == "Export all"


def stopping_after_one(dialog: ManyDialog, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ask the dialog to stop as soon as the first document is made; return what was made."""
    from audit_desktop.ui.exporting.export_work import ExportWork

    made: list[str] = []
    really = ExportWork.make

    def make(self: ExportWork, order: export_many.Order) -> export_many.Made | export_many.Refused:
        made.append("one")
        assert dialog._task is not None
        dialog._task.stop()
        return really(self, order)

    monkeypatch.setattr(ExportWork, "make", make)
    return made


def test_a_template_that_asks_for_what_there_is_not_is_said_before_anything_is_written(
    make_dialog: Callable[..., ManyDialog], qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    dialog = make_dialog(folder=folder)
    dialog.template_box.setText("{pupil}")
    export(dialog, qtbot, tmp_path / "out")
    assert "is no template for names" in dialog.message.text()
    assert list((tmp_path / "out").iterdir()) == []


def test_the_record_can_be_opened(
    make_dialog: Callable[..., ManyDialog],
    qtbot: QtBot,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(many_dialog, "open_file", lambda path: bool(opened.append(path)) or True)
    dialog = make_dialog(folder=folder)
    export(dialog, qtbot, tmp_path / "out")
    dialog.record_button.click()
    assert opened == [tmp_path / "out" / "export-record-word.csv"]


def test_without_folders_it_says_what_is_missing(make_dialog: Callable[..., ManyDialog], tmp_path: Path) -> None:
    dialog = make_dialog()
    dialog.start_button.click()
    assert dialog.message.text() == "Choose the folder with the audits."
    dialog.sources.path = tmp_path
    dialog.start_button.click()
    assert dialog.message.text() == "Choose the folder for the documents."


def test_what_is_wrong_with_a_folder_leaves_the_focus_at_the_folder(
    make_dialog: Callable[..., ManyDialog], qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    dialog = make_dialog()
    dialog.sources.path = folder
    dialog.target.path = tmp_path / "no folder"
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.start_button.isVisible(), timeout=60_000)
    assert "There is no folder" in dialog.message.text()
    assert dialog.focusWidget() is dialog.target.box

    empty = tmp_path / "empty"
    empty.mkdir()
    dialog.sources.path = dialog.target.path = empty
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.start_button.isVisible(), timeout=60_000)
    assert dialog.focusWidget() is dialog.sources.box
