"""What the window says about its file, with ways out that do what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from audit_desktop.session.file_watch import SECONDS_BETWEEN_LOOKS
from audit_desktop.storage.lock import Lock
from audit_desktop.storage.process import ProcessMark
from audit_desktop.ui.history.versions_dialog import VersionsDialog
from audit_desktop.ui.recovery.at_start import AtStart
from audit_desktop.ui.recovery.found_work_dialog import ChangesDialog, FoundWorkDialog
from audit_desktop.ui.safety_wording import OTHERS, RECOVERY
from tests.ui.conftest import SCHOOL, VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow
    from audit_desktop.ui.parts.message_banner import MessageBanner

RATING = "statement/1.1/rating"
EVIDENCE = "section/1/evidence"
COMMENT = "statement/1.1/visitor-comment"


@pytest.fixture
def all_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every program that left something behind one that runs no more."""
    monkeypatch.setattr(ProcessMark, "is_gone", lambda _mark: True)


@pytest.fixture
def shown(qtbot: QtBot, make_window: Callable[..., MainWindow]) -> Callable[[Path], MainWindow]:
    """Return what opens a file in a window and waits until everything about it was looked at."""

    def show(path: Path, **options: object) -> MainWindow:
        window = make_window(**options)
        window.show()
        window.open_path(path)
        qtbot.waitUntil(lambda: window.desk.attendance is not None)
        settle(qtbot, window)
        return window

    return show


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what was asked of the file so far is done and has been told."""
    done: list[bool] = []
    assert window.desk.open_audit is not None
    keeper = window.desk.open_audit.keeper
    for _ in range(3):
        done.clear()
        keeper.submit(lambda: keeper.deliver(lambda: done.append(True)))
        qtbot.waitUntil(lambda: bool(done))


def banners(window: MainWindow) -> tuple[MessageBanner, ...]:
    return window.notifier._banners.banners()


def click(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Click the button of that text in a banner."""
    from PySide6.QtCore import Qt

    button = next(one for one in window.findChildren(QPushButton) if one.text() == text and one.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def leave_work(workspace: Workspace, path: Path, answers: dict[str, object]) -> None:
    """Give answers that get into a journal and never into the file, as a program that is killed does."""
    opened = workspace.open(path, SCHOOL)
    opened.session.set_answers(answers)


def test_lost_work_is_told_of_and_not_taken_in_unasked(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path, all_gone: None
) -> None:
    leave_work(workspace, audit_path, {EVIDENCE: "Lost and found"})

    window = shown(audit_path)

    (banner,) = banners(window)
    assert "1 answer of A. Sample" in banner.text
    assert "not in the file" in banner.text
    assert value(window, EVIDENCE) != "Lost and found"


def test_lost_work_is_kept_by_one_click_and_undone_by_another(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path, all_gone: None
) -> None:
    leave_work(workspace, audit_path, {EVIDENCE: "Lost and found"})
    window = shown(audit_path)
    before = value(window, EVIDENCE)

    click(qtbot, window, RECOVERY.keep)
    settle(qtbot, window)

    assert workspace.read(audit_path).audit.state.value(EVIDENCE) == "Lost and found"
    assert value(window, EVIDENCE) == "Lost and found"
    window.commands.undo()
    assert value(window, EVIDENCE) == before


def test_lost_work_can_be_read_before_it_is_kept(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path, all_gone: None
) -> None:
    leave_work(workspace, audit_path, {EVIDENCE: "<b>Lost</b> and found", RATING: "developing"})
    window = shown(audit_path)
    click(qtbot, window, RECOVERY.look)
    (dialog,) = window.findChildren(FoundWorkDialog)

    rows = {row.where: (row.after, row.by) for row in dialog.table.model.rows}
    assert rows["Standard 1: Evidence"] == ("<b>Lost</b> and found", "A. Sample (school, Sample School)")

    click(qtbot, window, RECOVERY.set_aside)
    settle(qtbot, window)
    assert value(window, EVIDENCE) != "<b>Lost</b> and found"


def test_work_that_was_set_aside_can_be_had_again_from_the_versions(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path, all_gone: None
) -> None:
    leave_work(workspace, audit_path, {EVIDENCE: "Set aside too soon"})
    window = shown(audit_path)
    click(qtbot, window, RECOVERY.set_aside)
    settle(qtbot, window)

    window.commands.versions()
    (dialog,) = window.findChildren(VersionsDialog)
    assert "set aside" in dialog.list.item(dialog.list.count() - 1).text()
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    qtbot.waitUntil(lambda: [row.before for row in dialog.table.model.rows] == ["Set aside too soon"])
    dialog.restore_button.click()

    assert value(window, EVIDENCE) == "Set aside too soon"


def test_the_second_who_opens_a_file_is_told_who_has_it_and_cannot_change_it(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path
) -> None:
    other = Lock(workspace.filesystem, workspace.clock, audit_path, "<i>Sam</i> Reed", ProcessMark.of_this_program())
    other.acquire()

    window = shown(audit_path)

    (banner,) = banners(window)
    assert "<i>Sam</i> Reed has had this audit open since" in banner.text
    assert window.desk.open_audit is not None
    assert window.desk.open_audit.session.is_read_only
    assert window.status_area.save_label.text() == "– Read only: nothing can be changed"

    other.release()
    assert window.desk.attendance is not None
    window.desk.attendance.watch._next_beat = 0
    window.desk.attendance.watch.tick()
    settle(qtbot, window)
    click(qtbot, window, OTHERS.work_here)
    assert not window.desk.open_audit.session.is_read_only


def test_a_copy_of_ones_own_is_opened_and_the_file_is_left_to_the_other(
    qtbot: QtBot,
    shown: Callable[..., MainWindow],
    workspace: Workspace,
    audit_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Lock(workspace.filesystem, workspace.clock, audit_path, "Sam Reed", ProcessMark.of_this_program())
    other.acquire()
    window = shown(audit_path)
    copy = audit_path.with_name("mine.audit")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))

    click(qtbot, window, OTHERS.own_copy)
    qtbot.waitUntil(lambda: window.desk.path == copy and window.desk.attendance is not None)
    settle(qtbot, window)

    assert window.desk.open_audit is not None
    assert not window.desk.open_audit.session.is_read_only
    assert workspace.read(copy).audit.id == workspace.read(audit_path).audit.id
    other.release()


def test_what_somebody_else_saves_comes_in_with_a_word_about_it(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path
) -> None:
    window = shown(audit_path)
    theirs = workspace.open(audit_path, VISITOR)
    theirs.session.set_answer(COMMENT, "Seen in the <img src='file:///etc/passwd'> policy")
    theirs.keeper.close()

    window.desk.look()
    settle(qtbot, window)

    assert value(window, COMMENT) == "Seen in the <img src='file:///etc/passwd'> policy"
    (banner,) = banners(window)
    assert "1 answer came in from V. Sample: 1.1" in banner.text
    click(qtbot, window, OTHERS.look)
    assert window.findChildren(ChangesDialog)


def test_the_file_is_looked_at_every_half_minute(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path
) -> None:
    window = shown(audit_path)
    theirs = workspace.open(audit_path, VISITOR)
    theirs.session.set_answer(COMMENT, "Seen")
    theirs.keeper.close()
    assert window.desk.attendance is not None
    window.desk.attendance.watch._next_look -= SECONDS_BETWEEN_LOOKS

    window.desk._on_tick()
    settle(qtbot, window)

    assert value(window, COMMENT) == "Seen"


def test_a_copy_that_a_cloud_folder_left_is_offered_and_merged(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path
) -> None:
    conflicted = audit_path.with_name("Sample (conflicted copy).audit")
    conflicted.write_bytes(audit_path.read_bytes())
    theirs = workspace.open(conflicted, VISITOR)
    theirs.session.set_answer(COMMENT, "Seen")
    theirs.keeper.close()

    window = shown(audit_path)
    assert "Sample (conflicted copy).audit" in banners(window)[0].text
    click(qtbot, window, OTHERS.merge)
    settle(qtbot, window)

    assert workspace.read(audit_path).audit.state.value(COMMENT) == "Seen"
    assert conflicted.exists()


def test_a_copy_that_was_taken_in_by_itself_is_offered_no_more(
    qtbot: QtBot, shown: Callable[..., MainWindow], workspace: Workspace, audit_path: Path
) -> None:
    for name, comment in (("One.audit", "Seen"), ("Two.audit", "Not seen")):
        copy = audit_path.with_name(name)
        copy.write_bytes(audit_path.read_bytes())
        theirs = workspace.open(copy, VISITOR)
        theirs.session.set_answer(COMMENT, comment)
        theirs.keeper.close()
    window = shown(audit_path)
    assert "One.audit, Two.audit" in banners(window)[0].text
    assert window.desk.open_audit is not None

    window.desk.open_audit.session.merge_in(workspace.read(audit_path.with_name("One.audit")).audit)
    settle(qtbot, window)
    assert "One.audit" not in banners(window)[0].text
    assert "Two.audit" in banners(window)[0].text

    window.desk.open_audit.session.merge_in(workspace.read(audit_path.with_name("Two.audit")).audit)
    settle(qtbot, window)
    assert banners(window) == ()


def test_a_failed_save_names_the_copy_that_holds_the_work(
    qtbot: QtBot,
    shown: Callable[..., MainWindow],
    workspace: Workspace,
    audit_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = shown(audit_path)

    def refuse(_new: Path, _target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(workspace.filesystem, "exchange", refuse)
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.set_answer(EVIDENCE, "Register")
    window.desk.open_audit.keeper.save()
    settle(qtbot, window)

    (copy,) = audit_path.parent.glob("*recovered copy*")
    assert str(copy) in banners(window)[0].text
    assert workspace.read(copy).audit.state.value(EVIDENCE) == "Register"
    monkeypatch.undo()
    window.desk.open_audit.keeper.save()
    settle(qtbot, window)
    assert [banner.text for banner in banners(window)] == []


def test_a_file_that_goes_away_is_told_of(qtbot: QtBot, shown: Callable[..., MainWindow], audit_path: Path) -> None:
    window = shown(audit_path)
    away = audit_path.with_name("away")
    audit_path.rename(away)

    window.desk.look()
    settle(qtbot, window)
    assert banners(window)[0].tone == "error"

    away.rename(audit_path)
    window.desk.look()
    settle(qtbot, window)
    assert [banner.text for banner in banners(window)] == []


def test_work_without_a_file_is_offered_on_the_start_page_and_saved_as_one(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    workspace: Workspace,
    audit_path: Path,
    all_gone: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = workspace.open(audit_path, SCHOOL)
    opened.session.set_answer("audit/headteacher", "B. Sample")
    opened.keeper.save()
    opened.session.set_answer(EVIDENCE, "In no file")
    audit_path.unlink()
    window = make_window()
    window.show_start()
    window.show()
    AtStart(window).look()
    qtbot.waitUntil(lambda: bool(banners(window)))
    target = audit_path.with_name("again.audit")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    assert "its file" in banners(window)[0].text
    click(qtbot, window, RECOVERY.save_as)

    qtbot.waitUntil(lambda: window.desk.path == target)
    assert value(window, EVIDENCE) == "In no file"


def test_what_can_be_had_of_a_damaged_file_is_put_together_on_request(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    workspace: Workspace,
    audit_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = workspace.open(audit_path, SCHOOL)
    opened.session.set_answer(EVIDENCE, "Register")
    opened.keeper.close()
    damaged = audit_path.read_bytes()[:-2000]
    audit_path.write_bytes(damaged)
    window = make_window()
    window.show()
    window.open_path(audit_path)
    target = audit_path.with_name("rescued.audit")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    click(qtbot, window, OTHERS.rescue)
    qtbot.waitUntil(lambda: window.desk.path == target)

    assert audit_path.read_bytes() == damaged
    assert window.desk.open_audit is not None
    assert len(list(window.desk.open_audit.session.audit.state.answers())) > 20


def test_leaving_the_window_keeps_what_was_typed(
    qtbot: QtBot, shown: Callable[..., MainWindow], locations: Locations, audit_path: Path
) -> None:
    window = shown(audit_path)
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.type_answer(EVIDENCE, "Half a sent")

    window.desk.keep_and_wait()

    assert any(b"Half a sent" in path.read_bytes() for path in locations.journals.rglob("*.journal"))


def test_a_damaged_version_on_this_computer_is_told_of_after_the_start(
    qtbot: QtBot, make_window: Callable[..., MainWindow], workspace: Workspace
) -> None:
    backups = workspace.backups()
    assert backups is not None
    backups.keep("an-audit", b"a version")
    (backup,) = backups.of_audit("an-audit")
    backup.path.write_bytes(b"a versiom")
    window = make_window()
    window.show()
    at_start = AtStart(window)

    at_start.check_a_version()
    qtbot.waitUntil(lambda: bool(banners(window)))

    assert "is damaged and is not offered any more" in banners(window)[0].text
    assert backups.all() == ()
    at_start.check_a_version()
    at_start.wait()
    assert len(banners(window)) == 1


def test_a_fault_that_is_no_damage_offers_no_rescue(
    qtbot: QtBot, make_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_window()
    window.show()
    window.open_path(tmp_path / "nowhere.audit")

    assert not [one for one in window.findChildren(QPushButton) if one.text() == OTHERS.rescue]


def value(window: MainWindow, address: str) -> object:
    assert window.desk.open_audit is not None
    return window.desk.open_audit.session.value(address)


def test_what_was_typed_is_kept_when_the_window_is_left_and_news_come_in_when_it_is_gone_to(
    qtbot: QtBot,
    shown: Callable[..., MainWindow],
    workspace: Workspace,
    audit_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = shown(audit_path)
    assert window.desk.open_audit is not None
    theirs = workspace.open(audit_path, VISITOR)
    theirs.session.set_answer(COMMENT, "Seen")
    theirs.keeper.close()
    window.desk.open_audit.session.type_answer(EVIDENCE, "Half a sent")

    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert not window.desk.open_audit.session.has_pending
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    settle(qtbot, window)

    assert value(window, COMMENT) == "Seen"
    assert value(window, EVIDENCE) == "Half a sent"
