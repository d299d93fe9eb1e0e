"""The window: one audit at a time, safe before anything else happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session.events import SaveState
from audit_desktop.ui.form.scroll_page import ScrollPage
from audit_desktop.ui.new_audit_page import NewAuditPage
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import WINDOW
from tests.ui.conftest import SCHOOL, VISITOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow

    MakeWindow = Callable[..., MainWindow]

EVIDENCE = "section/1/evidence"


def _banners(window: MainWindow) -> list[str]:
    stack = window.notifier._banners
    return [banner.text for banner in stack.banners()]


def _press(window: MainWindow, text: str) -> None:
    next(one for one in window.findChildren(QPushButton) if one.text() == text and not one.isHidden()).click()


def _full_disk(*_arguments: object, **_options: object) -> None:
    raise AuditDesktopError(FaultCode.DISK_FULL, "Sample.audit")


def test_an_audit_opens_with_its_school_in_the_title(make_window: MakeWindow, audit_path: Path) -> None:
    window = make_window()
    window.open_path(audit_path)
    assert window.windowTitle() == "Sample School – Attendance standards audit – Audit Desktop"
    assert window.status_area.save_label.accessibleName() == "Everything is saved"


def test_a_file_that_is_no_audit_is_said_in_a_sentence_and_the_start_page_shown(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    path = tmp_path / "x.audit"
    path.write_text("hello", encoding="utf-8")
    window = make_window()
    window.open_path(path)
    assert window.desk.open_audit is None
    assert [str(path) in text for text in _banners(window)] == [True]
    assert window._stack.currentWidget().objectName() == "page:start"


def test_the_open_audit_stays_if_another_cannot_be_opened(
    make_window: MakeWindow, audit_path: Path, tmp_path: Path
) -> None:
    window = make_window()
    window.open_path(audit_path)
    window.open_path(tmp_path / "missing.audit")
    assert window.desk.path == audit_path
    assert len(_banners(window)) == 1


def test_what_was_changed_is_in_the_file_once_the_window_is_closed(
    make_window: MakeWindow, audit_path: Path, workspace: Workspace, qtbot: QtBot
) -> None:
    window = make_window()
    window.show()
    window.open_path(audit_path)
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.type_answer(EVIDENCE, "typed a moment before")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert workspace.read(audit_path).audit.state.value(EVIDENCE) == "typed a moment before"


def test_opening_another_audit_saves_the_one_before(
    make_window: MakeWindow, audit_path: Path, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "Other.audit"
    other.write_bytes(audit_path.read_bytes())
    window = make_window()
    window.open_path(audit_path)
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.set_answer(EVIDENCE, "kept")
    window.open_path(other)
    qtbot.waitUntil(lambda: window.desk.path == other)
    assert workspace.read(audit_path).audit.state.value(EVIDENCE) == "kept"


def test_a_window_whose_audit_cannot_be_saved_stays_open_and_offers_ways_out(
    make_window: MakeWindow, audit_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = make_window()
    window.show()
    window.open_path(audit_path)
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.set_answer(EVIDENCE, "not in the file")
    files = window.desk.open_audit.keeper._files
    monkeypatch.setattr(files, "write", _full_disk)
    monkeypatch.setattr(files, "write_copy_beside", _full_disk)
    window.close()
    qtbot.waitUntil(lambda: bool(_banners(window)))
    assert window.isVisible()
    assert "The disk is full" in _banners(window)[0]
    _press(window, "Stay")
    assert _banners(window) == []
    assert window.desk.open_audit.session.value(EVIDENCE) == "not in the file"


def test_a_copy_made_because_the_file_could_not_be_written_is_named(
    make_window: MakeWindow, audit_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = make_window()
    window.show()
    window.open_path(audit_path)
    assert window.desk.open_audit is not None
    monkeypatch.setattr(window.desk.open_audit.keeper._files, "write", _full_disk)
    window.desk.open_audit.session.set_answer(EVIDENCE, "kept in the copy")
    window.commands.save_now()
    qtbot.waitUntil(lambda: bool(_banners(window)))
    assert "recovered copy" in _banners(window)[0]
    assert window.desk.path == audit_path


def test_each_section_has_its_entry_and_key_while_the_audit_is_open(
    make_window: MakeWindow, audit_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = make_window()
    window.show()
    window.open_path(audit_path)
    section = window.findChild(QAction, "action:section.2")
    assert section is not None
    assert section.shortcut().toString() == "Ctrl+2"
    gone_to: list[str] = []
    assert window.audit_view is not None
    monkeypatch.setattr(window.audit_view, "show_section", gone_to.append)
    section.trigger()
    assert gone_to == ["2"]
    window.commands.close_audit()
    qtbot.waitUntil(lambda: window.findChild(QAction, "action:section.2") is None)


def test_who_works_is_remembered_at_the_next_start(make_window: MakeWindow) -> None:
    make_window().set_who(VISITOR)
    window = make_window(None)
    window._preferences.load()
    assert window.who == VISITOR


def test_changing_who_works_changes_who_makes_the_edits(make_window: MakeWindow, audit_path: Path) -> None:
    window = make_window()
    window.open_path(audit_path)
    window.set_who(VISITOR)
    assert window.desk.open_audit is not None
    session = window.desk.open_audit.session
    assert session.can_change("audit/recommended-actions")
    assert not session.can_change(EVIDENCE)


def test_without_anybody_named_the_window_says_so_and_asks(
    make_window: MakeWindow, audit_path: Path, qtbot: QtBot
) -> None:
    window = make_window(None)
    window.show()
    window.open_path(audit_path)
    qtbot.waitUntil(lambda: bool(_banners(window)))
    assert _banners(window) == ["Say who is working before you change anything."]


def test_the_window_asks_no_more_once_somebody_is_named(
    make_window: MakeWindow, audit_path: Path, qtbot: QtBot
) -> None:
    window = make_window(None)
    window.show()
    window.open_path(audit_path)
    qtbot.waitUntil(lambda: WINDOW.nobody_working in _banners(window))
    window.set_who(SCHOOL)
    assert WINDOW.nobody_working not in _banners(window)


def test_a_file_dropped_on_the_window_is_opened(make_window: MakeWindow, audit_path: Path) -> None:
    window = make_window()
    window.show_start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(audit_path))])
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert window.desk.path == audit_path


def test_an_opened_audit_is_listed_first_among_the_recent(
    make_window: MakeWindow, audit_path: Path, qtbot: QtBot
) -> None:
    window = make_window()
    window.show()
    window.open_path(audit_path)
    qtbot.waitUntil(lambda: window._preferences.current.recent == (str(audit_path),))


def test_the_sample_opens_and_is_a_file_of_its_own_each_time(make_window: MakeWindow) -> None:
    window = make_window()
    window.commands.sample()
    first = window.desk.path
    window.commands.sample()
    assert first is not None
    assert window.desk.path not in (None, first)


def test_undo_and_redo_follow_what_can_be_undone(make_window: MakeWindow, audit_path: Path) -> None:
    window = make_window()
    window.open_path(audit_path)
    undo, redo = (window.actions_by_id.by_id[name] for name in ("edit.undo", "edit.redo"))
    assert (undo.isEnabled(), redo.isEnabled()) == (False, False)
    assert window.desk.open_audit is not None
    session = window.desk.open_audit.session
    session.set_answer("statement/4.6/rating", "developing")
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    undo.trigger()
    assert session.value("statement/4.6/rating") is None
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)


def test_a_copy_is_saved_where_the_person_says_and_work_goes_on_in_the_first_file(
    make_window: MakeWindow,
    audit_path: Path,
    tmp_path: Path,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    copy = tmp_path / "copy.audit"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_o: (str(copy), ""))
    window = make_window()
    window.open_path(audit_path)
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.set_answer(EVIDENCE, "in both")
    with qtbot.waitSignal(window.desk.copy_saved):
        window.commands.save_copy()
    assert workspace.read(copy).audit.state.value(EVIDENCE) == "in both"
    assert window.desk.path == audit_path


def test_saving_now_reaches_the_file_and_the_line_says_when(
    make_window: MakeWindow, audit_path: Path, workspace: Workspace, qtbot: QtBot
) -> None:
    window = make_window()
    window.open_path(audit_path)
    assert window.desk.open_audit is not None
    window.desk.open_audit.session.set_answer(EVIDENCE, "saved")
    window.actions_by_id.by_id["audit.save"].trigger()
    keeper = window.desk.open_audit.keeper
    qtbot.waitUntil(lambda: keeper.state.state is SaveState.SAVED)
    assert workspace.read(audit_path).audit.state.value(EVIDENCE) == "saved"
    assert window.status_area.save_label.accessibleName().startswith("Saved ")


def test_larger_text_is_larger_everywhere_and_remembered(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    window.show_start()
    window.show()
    before = window._stack.currentWidget().fontMetrics().height()
    window.appearance.set_text_scale(2.0)
    assert window._stack.currentWidget().fontMetrics().height() > 1.8 * before
    window.close()
    assert window._preferences.current.text_scale == 2.0


def test_closing_an_audit_goes_back_to_the_start(make_window: MakeWindow, audit_path: Path, qtbot: QtBot) -> None:
    window = make_window()
    window.open_path(audit_path)
    window.commands.close_audit()
    qtbot.waitUntil(lambda: window.desk.open_audit is None)
    assert window._stack.currentWidget().objectName() == "page:start"
    assert window.windowTitle() == "Audit Desktop"
    assert window.who == SCHOOL


def test_no_page_is_higher_than_what_stands_on_it(make_window: Callable[..., MainWindow], audit_path: Path) -> None:
    window = make_window()
    window.resize(1366, 768)
    window.show()
    window.show_new_audit()
    QApplication.processEvents()
    page = window.findChild(NewAuditPage)
    assert page is not None
    content = page.widget()
    last = page.create_button.mapTo(content, page.create_button.rect().bottomLeft()).y()
    assert content.height() - last < Space.HUGE

    window.open_path(audit_path)
    assert window.audit_view is not None
    window.audit_view.show_page("sharing")
    QApplication.processEvents()
    sharing = window.audit_view.pages.currentWidget()
    assert isinstance(sharing, ScrollPage)
    assert sharing.verticalScrollBar().maximum() == 0
