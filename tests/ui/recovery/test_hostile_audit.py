"""A hostile audit in the window: its text is shown as it stands, and nothing is read, fetched or opened for it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextBrowser, QTextEdit, QWidget

from audit_desktop.core.edits import Author, Edit, Role
from audit_desktop.session.snapshots import take_snapshot
from audit_desktop.ui.history.history_dialog import HistoryDialog
from audit_desktop.ui.history.versions_dialog import VersionsDialog
from tests.builders import framework_document, make_audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.core.audit import Audit
    from audit_desktop.locations import Locations
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.main_window import MainWindow

CANARY = "canary-9f3"
MARKUP = (
    f"<img src='file:////tmp/{CANARY}.png'><b>bold</b><a href='https://{CANARY}.example'>x</a>"
    f"<style>@import url(//{CANARY}.example/x.css)</style>"
)
HOSTILE = f"{MARKUP}\u202egnp.exe \u2066hidden\u2069"
HOSTILE_NAME = f"<img src='//{CANARY}.example/x.png'>{'long name ' * 300}"
ATTACKER = Author(HOSTILE_NAME, Role.SCHOOL, HOSTILE)
VISITOR = Author(HOSTILE, Role.VISITOR)

_OUTSIDE = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "webbrowser.")
_seen: list[tuple[str, Any]] = []
_is_listening = False


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _is_listening and event.startswith(_OUTSIDE):
        _seen.append((event, arguments))


@pytest.fixture
def heard() -> Iterator[list[tuple[str, Any]]]:
    """Return what the interpreter is asked for from now on: files, sockets, programs."""
    global _is_listening
    if not getattr(_hear, "is_set", False):
        sys.addaudithook(_hear)
        _hear.is_set = True  # type: ignore[attr-defined]
    _seen.clear()
    _is_listening = True
    yield _seen
    _is_listening = False


def hostile_framework() -> dict[str, Any]:
    """Return a framework whose every text attacks; marks that turn the direction around pass no check anyway."""

    def attack(node: Any, key: str = "") -> Any:
        if isinstance(node, dict):
            return {name: attack(value, name) for name, value in node.items()}
        if isinstance(node, list):
            return [attack(entry, key) for entry in node]
        if isinstance(node, str) and key in ("title", "summary", "text", "label", "heading", "help", "source"):
            return f"{node} {MARKUP}"
        return node

    return attack(framework_document())


@pytest.fixture
def hostile_path(workspace: Workspace, tmp_path: Path) -> Path:
    """Return an audit file in which everything that can be a text is an attack, and some answers are no texts."""
    audit: Audit = make_audit(framework=hostile_framework())
    answers: dict[str, object] = {
        "audit/school-name": HOSTILE,
        "audit/headteacher": HOSTILE_NAME,
        "audit/started-on": "<b>today</b>",
        "audit/activities": 7,
        "audit/status-override": {"status": "<b>", "reason": HOSTILE},
        "statement/1.1/rating": ["established"],
        "statement/1.2/rating": HOSTILE,
        "statement/1.1/evidence": HOSTILE * 20,
        "statement/1.3/number-1": {"number": "12", "period": HOSTILE},
        "section/1/evidence": {"not": "a text"},
        "section/2/evidence": HOSTILE,
        "sharing/a/with": HOSTILE,
        "sharing/a/discussion": HOSTILE,
        "statement/1.2/not-applicable": 5,
        f"unknown/{HOSTILE}/x": HOSTILE,
    }
    for number, (address, value) in enumerate(answers.items()):
        audit.record(Edit.make(address, value, replaces=(), at=f"<i>{number}</i>", author=ATTACKER, sitting=HOSTILE))
    for value in ("One", HOSTILE):
        audit.record(
            Edit.make("statement/2.1/visitor-comment", value, replaces=(), at="x", author=VISITOR, sitting="s")
        )
    path = tmp_path / "hostile.audit"
    workspace.save_new(path, audit)
    return path


def show_everything(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Open the file and look at every page, the history and the versions."""
    window.show()
    window.open_path(path)
    qtbot.waitUntil(lambda: window.desk.attendance is not None)
    view = window.audit_view
    assert view is not None
    for key in view.list.model.keys():  # noqa: SIM118 - a method of the model, which is no dict
        view.show_page(key)
        QApplication.processEvents()
    assert window.desk.open_audit is not None
    take_snapshot(window.desk.open_audit.session, HOSTILE)
    history = HistoryDialog(window.desk.open_audit.session, "", window)
    history.open()
    qtbot.waitUntil(lambda: bool(history.table.model.rows))
    versions = VersionsDialog(window.desk.open_audit.session, window.desk.workspace, window)
    versions.open()
    QApplication.processEvents()
    versions.wait()
    QApplication.processEvents()


def test_every_text_of_a_hostile_audit_is_shown_as_it_stands(
    qtbot: QtBot, make_window: Callable[..., MainWindow], hostile_path: Path
) -> None:
    window = make_window()
    show_everything(qtbot, window, hostile_path)

    faults = [fault for widget in [window, *window.findChildren(QWidget)] for fault in markup_in(widget)]

    assert faults == []
    labels = [label for label in window.findChildren(QLabel) if CANARY in label.text()]
    assert labels, "the attack is in sight"


def markup_in(widget: QWidget) -> Iterator[str]:
    """Yield what in `widget` would be read as markup although it came from the file."""
    name = f"{type(widget).__name__} {widget.objectName()[:40]}"
    if isinstance(widget, QLabel) and CANARY in widget.text():
        plain = widget.textFormat() is Qt.TextFormat.PlainText
        # A framework's CommonMark is put together here from letters that are all escaped; see `rich_text`.
        if not plain and ("<img" in widget.text() or "<style" in widget.text() or "<b>bold" in widget.text()):
            yield f"{name}: markup in a label"
    if isinstance(widget, QTextBrowser) or (isinstance(widget, QTextEdit) and widget.acceptRichText()):
        yield f"{name}: a box that reads markup"
    for text in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
        if CANARY in text and Qt.mightBeRichText(text) and not text.startswith("<p style='white-space:pre-wrap'>"):
            yield f"{name}: markup in a tool tip"
        if text.startswith("<p style=") and "<img" in text:
            yield f"{name}: markup in an escaped tool tip"
    if isinstance(widget, QAbstractItemView) and isinstance(widget.model(), QAbstractItemModel):
        model = widget.model()
        for row in range(model.rowCount(QModelIndex())):
            for column in range(model.columnCount(QModelIndex()) if isinstance(model, QAbstractTableModel) else 1):
                tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                if isinstance(tip, str) and Qt.mightBeRichText(tip) and "<img" in tip:
                    yield f"{name}: markup in the tool tip of a cell"


def test_a_hostile_audit_makes_the_program_ask_for_nothing_outside(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    hostile_path: Path,
    tmp_path: Path,
    heard: list[tuple[str, Any]],
) -> None:
    window = make_window()
    show_everything(qtbot, window, hostile_path)
    window.desk.abandon()

    assert [event for event, _ in heard if event != "open"] == []
    opened = [str(arguments[0]) for event, arguments in heard if event == "open"]
    assert [path for path in opened if CANARY in path] == []
    # What is written lies beside the file or in the program's own folders.
    written = [
        str(arguments[0])
        for event, arguments in heard
        # A number is a file that was opened, and heard of, before.
        if event == "open" and not isinstance(arguments[0], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    ]
    assert written
    outside = [path for path in written if not path.startswith(str(tmp_path.parent.parent))]
    # What is imported for the first time is compiled, where Python may keep that.
    assert [path for path in outside if "__pycache__" not in path] == []


def test_the_days_work_in_the_window_opens_no_socket(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    audit_path: Path,
    locations: Locations,
    heard: list[tuple[str, Any]],
) -> None:
    from audit_desktop.exchange.exporters import export_audit

    window = make_window()
    window.show()
    window.open_path(audit_path)
    qtbot.waitUntil(lambda: window.desk.attendance is not None)
    open_audit = window.desk.open_audit
    assert open_audit is not None
    open_audit.session.set_answer("section/1/evidence", "Register")
    open_audit.keeper.save()
    qtbot.waitUntil(lambda: window.desk.open_audit is not None and window.desk.open_audit.keeper.is_all_in_file)
    template = locations.resources / "word" / "template.docx"
    now = window.desk.workspace.clock.now()
    assert export_audit(open_audit.session.audit, "word", template=template, now=now)
    window.desk.close()
    qtbot.waitUntil(lambda: window.desk.open_audit is None)

    assert [event for event, _ in heard if event.startswith("socket.")] == []
