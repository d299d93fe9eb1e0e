"""The dialog that exports to Word: where to, how far it is, and the finished document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QWidget

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.roles import set_invalid, set_role
from audit_desktop.ui.show_file import open_file, show_in_folder
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.wording import BUTTONS, EXPORT, WINDOW, sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from audit_desktop.session.workspace import OpenAudit, Workspace

SUFFIX = ".docx"


class ExportWordDialog(DialogFrame):
    """Exports the open audit to Word. The window stays usable afterwards; nothing is sent anywhere."""

    def __init__(
        self, open_audit: OpenAudit, workspace: Workspace, resources: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(EXPORT.title, EXPORT.lead, parent)
        self.setObjectName("dialog:export-word")
        self._open_audit = open_audit
        self._workspace = workspace
        self._template = resources / "word" / "template.docx"
        self._task: Task | None = None
        self.path_box = QLineEdit(str(open_audit.keeper.path.with_suffix(SUFFIX)))
        self.path_box.setObjectName("export:path")
        self.path_box.setAccessibleName(EXPORT.place)
        self.path_box.setCursorPosition(len(self.path_box.text()))
        self._choose_button = button(
            BUTTONS.browse, name="export:choose", accessible_name=EXPORT.choose, on_click=self._on_choose
        )
        self._hint = plain_label("", "caption", name="export:hint")
        self.progress = QProgressBar()
        self.progress.setObjectName("export:progress")
        self.progress.setAccessibleName(EXPORT.progress)
        self.progress.hide()
        self.message = plain_label("", name="export:message", selectable=True)
        self.message.hide()
        self.stop_button = button(EXPORT.stop, name="export:stop", on_click=self._on_stop)
        self.open_button = button(EXPORT.open, "primary", name="export:open", on_click=self._on_open)
        self.show_button = button(EXPORT.show, name="export:show", on_click=self._on_show)
        self.close_button = button(BUTTONS.close, name="export:close", on_click=self.close)
        self.start_button = button(EXPORT.start, "primary", name="export:start", on_click=self._on_start)

        label = plain_label(EXPORT.place, "strong")
        label.setBuddy(self.path_box)
        across = QHBoxLayout()
        across.addWidget(self.path_box, 1)
        across.addWidget(self._choose_button)
        self.body.addWidget(label)
        self.body.addLayout(across)
        self.body.addWidget(self._hint)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.message)
        self.body.addStretch(1)
        for one in (self.stop_button, self.close_button, self.show_button, self.open_button):
            self.add_button(one)
        self.add_button(self.start_button, is_default=True)
        for one in (self.stop_button, self.open_button, self.show_button):
            one.hide()
        self.fit(86)
        self._show_hint()

        self.path_box.textEdited.connect(self._on_path_edited)

    @property
    def path(self) -> Path:
        """Where the document is to go."""
        path = Path(self.path_box.text().strip()).expanduser()
        if path.name and path.suffix.lower() != SUFFIX:
            path = path.with_name(f"{path.name}{SUFFIX}")
        return path if path.is_absolute() else self._open_audit.keeper.path.parent / path

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is under way, and wait for it, so that nothing is left half done."""
        if self._task is not None and self._task.is_running:
            self._task.stop()
            self._task.wait()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close as the close button does."""
        self.close()

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, EXPORT.choose, str(self.path), WINDOW.word_files)
        if chosen:
            self.path_box.setText(chosen)
            self._on_path_edited()

    @Slot()
    def _on_path_edited(self) -> None:
        set_invalid(self.path_box, invalid=False)
        self._show_hint()

    def _show_hint(self) -> None:
        self._hint.setText(EXPORT.replaces if self._workspace.filesystem.exists(self.path) else "")

    def _on_start(self) -> None:
        if not self.path_box.text().strip():
            set_invalid(self.path_box, invalid=True)
            self._show_message(EXPORT.no_place, "error")
            self.path_box.setFocus()
            return
        self.path_box.setText(str(self.path))
        # The audit goes on changing in the window: what is exported is as it is now.
        self._open_audit.session.commit_typing()
        snapshot = self._open_audit.session.snapshot()
        template, path, workspace = self._template, self.path, self._workspace

        def job(progress: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> Path:
            from audit_desktop.exchange.exporters import export_audit
            from audit_desktop.storage.audit_files import write_new_file

            now = workspace.clock.now().astimezone()
            data = export_audit(
                snapshot.to_audit(), "word", template=template, now=now, progress=progress, is_cancelled=is_stopped
            )
            if is_stopped():
                raise AuditDesktopError(FaultCode.EXPORT_STOPPED)
            write_new_file(workspace.filesystem, workspace.clock, path, data, may_replace=True)
            return path

        self._task = Task(job, self)
        self._task.progressed.connect(self._on_progressed)
        self._task.succeeded.connect(self._on_succeeded)
        self._task.failed.connect(self._on_failed)
        self._task.broke.connect(self._on_broke)
        self._task.stopped.connect(self._on_stopped)
        self._show_working(is_working=True)
        self._show_message(EXPORT.working, "")
        self._task.start()

    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.stop()
            self.stop_button.setEnabled(False)

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    @Slot(object)
    def _on_succeeded(self, path: Path) -> None:
        self._show_working(is_working=False)
        self._show_message(EXPORT.done(str(path)), "success")
        self.open_button.show()
        self.show_button.show()
        self.start_button.setText(EXPORT.again)
        set_role(self.start_button, "")
        self.open_button.setFocus()
        self._hint.setText("")

    @Slot(object)
    def _on_failed(self, fault: AuditDesktopError) -> None:
        self._show_working(is_working=False)
        advice = f" {EXPORT.file_open_elsewhere}" if fault.code is FaultCode.WRITE_FAILED else ""
        self._show_message(EXPORT.failed(sentence_for(fault)) + advice, "error")

    @Slot(object)
    def _on_broke(self, error: Exception) -> None:
        self._on_failed(AuditDesktopError(FaultCode.EXPORT_INCOMPLETE))
        raise error

    @Slot()
    def _on_stopped(self) -> None:
        self._show_working(is_working=False)
        self._show_message(EXPORT.stopped, "")

    def _on_open(self) -> None:
        if not open_file(self.path):
            self._show_message(EXPORT.cannot_open, "error")

    def _on_show(self) -> None:
        if not show_in_folder(self.path):
            self._show_message(EXPORT.done(str(self.path)), "success")

    def _show_working(self, *, is_working: bool) -> None:
        self.progress.setRange(0, 0)
        self.progress.setVisible(is_working)
        self.stop_button.setVisible(is_working)
        self.stop_button.setEnabled(True)
        for one in (self.path_box, self._choose_button, self.start_button):
            one.setEnabled(not is_working)
        self.start_button.setVisible(not is_working)
        self.open_button.hide()
        self.show_button.hide()
        if is_working:
            self.stop_button.setFocus()

    def _show_message(self, text: str, role: str) -> None:
        self.message.setText(text)
        self.message.setAccessibleName(text)
        set_role(self.message, role)
        self.message.show()
