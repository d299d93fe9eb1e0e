"""Every page: each control has a name for a screen reader, and can be reached by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
    QWidget,
)

from audit_desktop.ui.parts.reading_area import ReadingArea

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from audit_desktop.ui.main_window import MainWindow

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QProgressBar)
PAGES = (
    "start",
    "new-audit",
    "audit",
    "who",
    "keys",
    "about",
    "export",
    "blank-form",
    "export-many",
    "import",
    "overview",
    "crash",
)


@pytest.fixture
def show_page(
    make_window: Callable[..., MainWindow],
    audit_path: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[str], QWidget]:
    def show(name: str) -> QWidget:
        window = make_window()
        window.resize(1366, 768)
        window.show_start()
        match name:
            case "new-audit":
                window.commands.new_audit()
            case "audit":
                window.open_path(audit_path)
            case "who":
                window.commands.change_who()
            case "keys":
                window.commands.show_keys()
            case "about":
                window.commands.show_about()
            case "export":
                window.open_path(audit_path)
                window.commands.export_audit()
            case "blank-form":
                window.commands.blank_form()
            case "export-many":
                window.commands.export_many()
            case "import":
                _show_import(window, qtbot, tmp_path)
            case "overview":
                _show_overview(window, qtbot, audit_path.parent, monkeypatch)
            case "crash":
                from audit_desktop.ui.dialogs.crash import CrashDialog

                CrashDialog("report", tmp_path / "crash.txt", "saving", window).open()
            case _:
                pass
        window.show()
        return window

    return show


def _show_import(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    from audit_desktop.ui.importing.import_dialog import ImportDialog
    from tests.exchange.audits import RAG, exported, with_everything

    document = folder / "form.docx"
    document.write_bytes(exported(with_everything(RAG)[0]))
    assert window.who is not None
    window.commands.import_document(document, window.who)
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=30_000)


def _show_overview(window: MainWindow, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit_desktop.ui.overview.overview_window import OverviewWindow

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.commands.folder_overview()
    overview = window.findChild(OverviewWindow)
    assert overview is not None
    qtbot.waitUntil(lambda: not overview.progress.isVisible(), timeout=30_000)


def _controls(page: QWidget) -> list[QWidget]:
    shown = [widget for widget in page.findChildren(QWidget) if widget.isVisible() and isinstance(widget, CONTROLS)]
    # Parts that Qt makes inside a control, as the box inside a drop-down, speak for it.
    return [widget for widget in shown if not widget.objectName().startswith("qt_")]


def _is_reached_by_arrows(widget: QWidget) -> bool:
    """Return whether the tab key reaches another of the same choice, from which the arrow keys lead here."""
    if not isinstance(widget, QAbstractButton) or not widget.isCheckable():
        return False
    others = widget.parentWidget().findChildren(type(widget), options=Qt.FindChildOption.FindDirectChildrenOnly)
    return any(other.focusPolicy() & Qt.FocusPolicy.TabFocus for other in others)


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name(show_page: Callable[[str], QWidget], name: str) -> None:
    page = show_page(name)
    nameless = [widget for widget in _controls(page) if not widget.accessibleName()]
    assert [f"{type(widget).__name__} {widget.objectName()}" for widget in nameless] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_control_can_be_reached_by_keyboard(show_page: Callable[[str], QWidget], name: str) -> None:
    page = show_page(name)
    unreachable = [
        f"{type(widget).__name__} {widget.accessibleName()}"
        for widget in _controls(page)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox)
        and widget.isEnabled()
        and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not _is_reached_by_arrows(widget)
    ]
    assert unreachable == []


@pytest.mark.parametrize("name", PAGES)
def test_no_label_reads_markup_or_opens_links(show_page: Callable[[str], QWidget], name: str) -> None:
    page = show_page(name)
    unsafe = [
        f"{widget.objectName()}: {widget.text()[:40]}"
        for widget in page.findChildren(QLabel)
        if widget.text() and (widget.textFormat() != Qt.TextFormat.PlainText or widget.openExternalLinks())
    ]
    assert unsafe == []


def test_what_is_read_by_the_arrow_keys_shows_that_the_tab_key_is_there(
    make_window: Callable[..., MainWindow], audit_path: Path, qtbot: QtBot
) -> None:
    window = make_window()
    window.open_path(audit_path)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert window.audit_view is not None
    window.audit_view.show_page("introduction")
    page = window.audit_view.pages.currentWidget()
    assert isinstance(page, ReadingArea)

    page.setFocus(Qt.FocusReason.MouseFocusReason)
    assert page.findChild(QWidget, "focus-ring") is None
    window.audit_view.list.view.setFocus()
    page.setFocus(Qt.FocusReason.TabFocusReason)
    ring = page.findChild(QWidget, "focus-ring")
    assert ring is not None
    assert ring.isVisible()
    assert ring.rect() == page.rect()

    window.audit_view.list.view.setFocus()
    assert ring.isHidden()
