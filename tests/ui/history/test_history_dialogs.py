"""The history of answers and earlier versions, as a person reads and uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from audit_desktop.session.attaching import attach, describe_attachment, stage_file
from audit_desktop.session.items import add_item
from audit_desktop.ui.history.history_dialog import HistoryDialog
from audit_desktop.ui.history.versions_dialog import VersionsDialog
from audit_desktop.ui.safety_wording import HISTORY, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow

RATING = "statement/1.1/rating"
EVIDENCE = "section/2/evidence"


@pytest.fixture
def window(make_window: Callable[..., MainWindow], audit_path: Path) -> MainWindow:
    window = make_window()
    window.show()
    window.open_path(audit_path)
    return window


def set_answer(window: MainWindow, address: str, value: object) -> None:
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.set_answer(address, value)
    window.desk.open_audit.session.snapshot()


def value(window: MainWindow, address: str) -> object:
    assert window.desk.open_audit is not None
    return window.desk.open_audit.session.value(address)


def test_the_answer_with_the_focus_shows_its_history_by_a_key(qtbot: QtBot, window: MainWindow) -> None:
    set_answer(window, RATING, "developing")
    set_answer(window, RATING, "established")
    assert window.audit_view is not None
    window.audit_view.show_statement("1.1")

    window.actions_by_id.by_id["edit.answer-history"].trigger()

    (dialog,) = window.findChildren(HistoryDialog)
    qtbot.waitUntil(lambda: bool(dialog.table.model.rows))
    rows = [(row.before, row.after, row.who) for row in dialog.table.model.rows]
    assert rows[0] == ("Developing", "Established", "A. Sample")
    dialog.reject()


def test_without_an_answer_in_focus_it_is_said_what_to_do(window: MainWindow) -> None:
    window.setFocus()

    window.commands.answer_history()

    assert window.status_area.note_label.text() == HISTORY.no_field


def test_an_earlier_answer_is_given_again_from_its_history(qtbot: QtBot, window: MainWindow) -> None:
    set_answer(window, RATING, "developing")
    set_answer(window, RATING, "established")
    assert window.desk.open_audit is not None
    dialog = HistoryDialog(window.desk.open_audit.session, RATING, window)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.table.model.rows))
    assert not dialog.restore_button.isEnabled(), "the newest answer stands already"

    dialog.table.view.selectRow(1)
    qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)

    assert value(window, RATING) == "developing"
    window.commands.undo()
    assert value(window, RATING) == "established"


def test_the_whole_history_is_searched_for_a_person_and_a_word(qtbot: QtBot, window: MainWindow) -> None:
    set_answer(window, EVIDENCE, "The <b>register</b> of Tuesday")
    window.commands.history()
    (dialog,) = window.findChildren(HistoryDialog)
    qtbot.waitUntil(lambda: len(dialog.table.model.rows) > 20)

    qtbot.keyClicks(dialog.search, "sample tuesday")

    assert [row.after for row in dialog.table.model.rows] == ["The <b>register</b> of Tuesday"]
    dialog.reject()


def test_an_attached_file_is_one_change_without_what_only_the_program_reads(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, tmp_path: Path
) -> None:
    assert window.desk.open_audit is not None
    session = window.desk.open_audit.session
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(b"%PDF-1.7 the plan")
    store = workspace.attachment_store(session.audit.id)
    assert store is not None
    file = stage_file(workspace.filesystem, workspace.clock, store, plan)
    attached = attach(session, file, ["statement/1.1"])
    describe_attachment(session, attached.id, "The plan of the year")

    window.commands.history()
    (dialog,) = window.findChildren(HistoryDialog)
    qtbot.waitUntil(lambda: len(dialog.table.model.rows) > 20)

    described, file_row = dialog.table.model.rows[:2]
    assert (described.where, described.after) == ("Attached files: What it shows (plan.pdf)", "The plan of the year")
    assert file_row.where == "Attached files"
    assert file_row.after.splitlines()[0] == "File: plan.pdf"
    assert file_row.after.splitlines()[1].startswith("Statements: 1.1 ")
    assert not any(attached.digest in row.after or row.after == "17" for row in dialog.table.model.rows)
    dialog.reject()


def test_what_was_said_at_once_is_given_again_at_once(qtbot: QtBot, window: MainWindow) -> None:
    assert window.desk.open_audit is not None
    session = window.desk.open_audit.session
    own_id = add_item(session, "actions", {"what": "Ring every parent", "owner": "The office"})
    session.snapshot()
    session.set_answers({f"actions/{own_id}/what": "Write", f"actions/{own_id}/owner": "Nobody"})

    window.commands.history()
    (dialog,) = window.findChildren(HistoryDialog)
    qtbot.waitUntil(lambda: len(dialog.table.model.rows) > 20)
    assert not dialog.restore_button.isEnabled(), "it says so already"
    dialog.table.view.selectRow(1)
    qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)

    assert value(window, f"actions/{own_id}/what") == "Ring every parent"
    assert value(window, f"actions/{own_id}/owner") == "The office"
    window.commands.undo()
    assert value(window, f"actions/{own_id}/owner") == "Nobody"


def test_a_snapshot_is_taken_by_name_and_everything_given_again_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    set_answer(window, RATING, "developing")
    window.commands.versions()
    (dialog,) = window.findChildren(VersionsDialog)
    qtbot.keyClicks(dialog.name_box, "Before the visit")
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.state_label.text() == VERSIONS.same)
    dialog.reject()
    set_answer(window, RATING, "established")
    set_answer(window, EVIDENCE, None)

    window.commands.versions()
    again = [one for one in window.findChildren(VersionsDialog) if one is not dialog][-1]
    qtbot.waitUntil(lambda: again.restore_button.isEnabled())
    assert "Before the visit" in again.list.item(0).text()
    assert len(again.table.model.rows) == 2
    qtbot.mouseClick(again.restore_button, Qt.MouseButton.LeftButton)

    assert value(window, RATING) == "developing"
    assert value(window, EVIDENCE) is not None
    window.commands.undo()
    assert (value(window, RATING), value(window, EVIDENCE)) == ("established", None)


def test_a_version_that_was_put_by_is_saved_as_a_copy(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, audit_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = value(window, EVIDENCE)
    set_answer(window, EVIDENCE, "New")
    assert window.desk.open_audit is not None
    window.desk.open_audit.keeper.save()
    qtbot.waitUntil(lambda: window.desk.open_audit is not None and window.desk.open_audit.keeper.is_all_in_file)
    copy = audit_path.with_name("earlier.audit")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))

    window.commands.versions()
    (dialog,) = window.findChildren(VersionsDialog)
    qtbot.waitUntil(lambda: dialog.copy_button.isEnabled())
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    dialog.reject()

    assert workspace.read(copy).audit.state.value(EVIDENCE) == before
    assert workspace.read(audit_path).audit.state.value(EVIDENCE) == "New"


def test_a_snapshot_needs_a_name(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.versions()
    (dialog,) = window.findChildren(VersionsDialog)

    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)

    assert dialog.state_label.text() == VERSIONS.name_missing
    dialog.reject()
