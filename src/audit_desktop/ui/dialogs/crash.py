"""The dialog after an unexpected fault: what happened to the work, and the report to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.wording import CRASH

if TYPE_CHECKING:
    from pathlib import Path


class CrashDialog(DialogFrame):
    """Shows a crash `report`, which is in the file at `path` already; `kept` says what became of the work.

    Signals:
        quit_requested: the person wants to close the program.
    """

    quit_requested = Signal()

    def __init__(self, report: str, path: Path | None, kept: str, parent: QWidget | None = None) -> None:
        super().__init__(CRASH.title, CRASH.lead, parent)
        self.setObjectName("dialog:crash")
        self._report = report
        box = QPlainTextEdit(report)
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setObjectName("crash:report")
        box.setAccessibleName(CRASH.report_label)
        self.body.addWidget(plain_label(CRASH.work(kept), "strong", name="crash:kept"))
        self.body.addWidget(plain_label(CRASH.report, "muted"))
        self.body.addWidget(box, 1)
        if path is not None:
            self.body.addWidget(plain_label(CRASH.written(str(path)), "caption", selectable=True))
        self.add_button(button(CRASH.copy, name="crash:copy", on_click=self._on_copy))
        self.add_button(button(CRASH.quit, name="crash:quit", on_click=self._on_quit))
        self.add_button(button(CRASH.go_on, "primary", name="crash:go-on", on_click=self.accept), is_default=True)
        self.fit(90)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)

    def _on_quit(self) -> None:
        self.accept()
        self.quit_requested.emit()
