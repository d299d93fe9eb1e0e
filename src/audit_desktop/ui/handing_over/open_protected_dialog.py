"""The dialog that opens a protected copy with its passphrase and keeps it as a file that is not protected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.file_names import free_path
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.fault_label import fault_label, show_fault_at
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.visit_wording import PROTECTED
from audit_desktop.ui.wording import BUTTONS, WINDOW, sentence_for

if TYPE_CHECKING:
    from audit_desktop.session.workspace import Workspace

_AUDIT = ".audit"


class OpenProtectedDialog(DialogFrame):
    """Asks for the passphrase of the file at `path`.

    Signals:
        opened: the path of the audit, which is not protected any more.
    """

    opened = Signal(object)

    def __init__(self, path: Path, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(PROTECTED.title, PROTECTED.lead, parent)
        self.setObjectName("dialog:open-protected")
        self._path = path
        self._workspace = workspace
        self._task: Task | None = None
        stem = path.with_suffix("").stem
        self.body.addWidget(plain_label(str(path), "caption", selectable=True))
        self.passphrase_box = QLineEdit()
        self.passphrase_box.setObjectName("open-protected:passphrase")
        self.passphrase_box.setAccessibleName(PROTECTED.passphrase)
        self.path_box = QLineEdit(str(free_path(path.parent, stem, _AUDIT, workspace.filesystem.exists)))
        self.path_box.setObjectName("open-protected:path")
        self.path_box.setAccessibleName(PROTECTED.place)
        self._fault = fault_label("open-protected:fault")
        choose = button(BUTTONS.browse, accessible_name=PROTECTED.place, on_click=self._on_choose)
        for text, box in ((PROTECTED.passphrase, self.passphrase_box), (PROTECTED.place, self.path_box)):
            label = plain_label(text, "strong")
            label.setBuddy(box)
            self.body.addWidget(label)
            line = QHBoxLayout()
            line.addWidget(box, 1)
            if box is self.path_box:
                line.addWidget(choose)
            self.body.addLayout(line)
        self.body.addWidget(self._fault)
        self.body.addStretch(1)
        self.open_button = button(PROTECTED.open, "primary", name="open-protected:open", on_click=self._on_open)
        self.add_button(button(BUTTONS.cancel, name="open-protected:cancel", on_click=self.reject))
        self.add_button(self.open_button, is_default=True)
        self.fit(76)
        self.passphrase_box.setFocus()

    def done(self, result: int) -> None:
        """Close once nothing is under way any more."""
        if self._task is not None:
            self._task.wait()
        super().done(result)

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, PROTECTED.place, self.path_box.text(), WINDOW.audit_files)
        if chosen:
            self.path_box.setText(chosen)

    def _on_open(self) -> None:
        out = Path(self.path_box.text().strip()).expanduser()
        if not out.is_absolute():
            out = self._path.parent / out
        if out.suffix.lower() != _AUDIT:
            out = out.with_name(out.name + _AUDIT)
        workspace, path, passphrase = self._workspace, self._path, self.passphrase_box.text()

        def job(_progress: object, _is_stopped: object) -> object:
            from audit_desktop.session.handing_over import open_protected_file

            open_protected_file(workspace, path, out, passphrase)
            return out

        self.open_button.setEnabled(False)
        self.open_button.setText(PROTECTED.working)
        self._task = Task(job, self)
        self._task.succeeded.connect(self._on_opened)
        self._task.failed.connect(self._on_failed)
        self._task.broke.connect(self._on_broke)
        self._task.start()

    def _on_opened(self, out: Path) -> None:
        self.accept()
        self.opened.emit(out)

    def _on_failed(self, fault: AuditDesktopError) -> None:
        self._show_ready()
        box = self.path_box if fault.code is FaultCode.FILE_EXISTS else self.passphrase_box
        show_fault_at(self._fault, sentence_for(fault), box)
        box.setFocus()
        box.selectAll()

    def _on_broke(self, error: object) -> None:
        self._show_ready()
        raise cast("Exception", error)

    def _show_ready(self) -> None:
        self.open_button.setEnabled(True)
        self.open_button.setText(PROTECTED.open)
