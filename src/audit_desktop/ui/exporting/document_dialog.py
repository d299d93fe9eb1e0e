"""What every dialog that writes one document shares: where to, how far it is, and the finished document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.exporters import SUFFIXES, ExportKind
from audit_desktop.ui.dialogs.scrolling_frame import ScrollingFrame
from audit_desktop.ui.exchange_wording import EXPORT, FILE_KINDS
from audit_desktop.ui.fault_wording import sentence_for
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.roles import set_invalid, set_role
from audit_desktop.ui.show_file import open_file, show_in_folder
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import BUTTONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.session.workspace import Workspace

    Make = Callable[[Callable[[int, int], None], Callable[[], bool]], bytes]

_CHARACTERS = 86


class DocumentDialog(ScrollingFrame):
    """Writes one document. The window stays usable afterwards; nothing is sent anywhere.

    Those that derive from it put their controls into `choices`, say in `kind` what is made, and in `prepare` how.
    """

    def __init__(
        self,
        title: str,
        lead: str,
        workspace: Workspace,
        path: Path,
        *,
        start: str = EXPORT.start,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, lead, parent)
        self.workspace = workspace
        self._task: Task | None = None
        self._kind: ExportKind = "word"
        self._written: Path | None = None
        self._folder = path.parent
        self.choices = QVBoxLayout()
        self.choices.setSpacing(Space.SMALL)
        self.path_box = QLineEdit(str(path))
        self.path_box.setObjectName("export:path")
        self.path_box.setAccessibleName(EXPORT.place)
        self.path_box.setCursorPosition(len(self.path_box.text()))
        self._choose_button = button(
            BUTTONS.browse, name="export:choose", accessible_name=EXPORT.choose, on_click=self._on_choose
        )
        self.hint = plain_label("", "caption", name="export:hint")
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
        self.start_button = button(start, "primary", name="export:start", on_click=self._on_start)

        label = plain_label(EXPORT.place, "strong")
        label.setBuddy(self.path_box)
        across = QHBoxLayout()
        across.setSpacing(Space.SMALL)
        across.addWidget(self.path_box, 1)
        across.addWidget(self._choose_button)
        self.body.addLayout(self.choices)
        self.body.addWidget(label)
        self.body.addLayout(across)
        self.body.addWidget(self.hint)
        self.body.addStretch(1)
        self.foot.addWidget(self.progress)
        self.foot.addWidget(self.message)
        for one in (self.stop_button, self.close_button, self.show_button, self.open_button):
            self.add_button(one)
        self.add_button(self.start_button, is_default=True)
        for one in (self.stop_button, self.open_button, self.show_button):
            one.hide()
        self.path_box.textEdited.connect(self._on_path_edited)

    def prepare(self) -> Make:
        """Return what makes the document, called in the window's thread; the result runs in another."""
        raise NotImplementedError

    def ready(self) -> None:
        """Take the size that the choices need; to be called once they are all there."""
        self._show_hint()
        self.fit(_CHARACTERS)

    @property
    def kind(self) -> ExportKind:
        """What is made."""
        return self._kind

    @kind.setter
    def kind(self, kind: ExportKind) -> None:
        path, self._kind = Path(self.path_box.text().strip()), kind
        if path.suffix.lower() in SUFFIXES.values():
            self.path_box.setText(str(path.with_suffix(SUFFIXES[kind])))
        self._on_path_edited()

    @property
    def path(self) -> Path:
        """Where the document is to go."""
        path = Path(self.path_box.text().strip()).expanduser()
        suffix = SUFFIXES[self._kind]
        if path.name and path.suffix.lower() != suffix:
            path = path.with_name(f"{path.name}{suffix}")
        return path if path.is_absolute() else self._folder / path

    def done(self, result: int) -> None:
        """Stop what is under way, and wait for it, so that nothing is left half done."""
        if self._task is not None and self._task.is_running:
            self._task.stop()
            self._task.wait()
        super().done(result)

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, EXPORT.choose, str(self.path), FILE_KINDS[self._kind])
        if chosen:
            self.path_box.setText(chosen)
            self._on_path_edited()

    @Slot()
    def _on_path_edited(self) -> None:
        set_invalid(self.path_box, invalid=False)
        self._show_hint()

    def _show_hint(self) -> None:
        is_there = bool(self.path_box.text().strip()) and self.workspace.filesystem.exists(self.path)
        self.hint.setText(EXPORT.replaces if is_there and self.path != self._written else "")

    def _on_start(self) -> None:
        if not self.path_box.text().strip():
            set_invalid(self.path_box, invalid=True)
            self.show_message(EXPORT.no_place, "error")
            self.path_box.setFocus()
            return
        self.path_box.setText(str(self.path))
        try:
            make = self.prepare()
        except AuditDesktopError as fault:
            self._on_failed(fault)
            return
        path, workspace = self.path, self.workspace

        def job(progress: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> Path:
            from audit_desktop.storage.file_writing import write_new_file

            data = make(progress, is_stopped)
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
        self.show_message(EXPORT.working, "")
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
        self._written = path
        self._show_working(is_working=False)
        self.show_message(EXPORT.done(str(path)), "success")
        self.open_button.show()
        self.show_button.show()
        self.start_button.setText(EXPORT.again)
        set_role(self.start_button, "")
        self.open_button.setFocus()
        self._show_hint()

    @Slot(object)
    def _on_failed(self, fault: AuditDesktopError) -> None:
        self._show_working(is_working=False)
        advice = f" {EXPORT.file_open_elsewhere}" if fault.code is FaultCode.WRITE_FAILED else ""
        self.show_message(EXPORT.failed(sentence_for(fault)) + advice, "error")
        if fault.code in (FaultCode.WRITE_FAILED, FaultCode.FOLDER_MISSING):
            self.path_box.setFocus()

    @Slot(object)
    def _on_broke(self, error: Exception) -> None:
        self._on_failed(AuditDesktopError(FaultCode.EXPORT_INCOMPLETE))
        raise error

    @Slot()
    def _on_stopped(self) -> None:
        self._show_working(is_working=False)
        self.show_message(EXPORT.stopped, "")

    def _on_open(self) -> None:
        if self._written is not None and not open_file(self._written):
            self.show_message(EXPORT.cannot_open, "error")

    def _on_show(self) -> None:
        if self._written is not None and not show_in_folder(self._written):
            self.show_message(EXPORT.done(str(self._written)), "success")

    def _show_working(self, *, is_working: bool) -> None:
        self.progress.setRange(0, 0)
        self.progress.setVisible(is_working)
        self.stop_button.setVisible(is_working)
        self.stop_button.setEnabled(True)
        for index in range(self.choices.count()):
            item = self.choices.itemAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setEnabled(not is_working)
        for one in (self.path_box, self._choose_button, self.start_button):
            one.setEnabled(not is_working)
        self.start_button.setVisible(not is_working)
        self.open_button.hide()
        self.show_button.hide()
        (self.stop_button if is_working else self.start_button).setFocus()

    def show_message(self, text: str, role: str) -> None:
        """Say `text` below the place, in the colour of `role`."""
        self.message.setText(text)
        self.message.setAccessibleName(text)
        set_role(self.message, role)
        self.message.show()
        self.grow()
