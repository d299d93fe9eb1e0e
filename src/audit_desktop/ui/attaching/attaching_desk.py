"""Does what people want with attached files: attaching off the window's thread, opening, saving, taking out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from audit_desktop.core.attachments import attachments, total_size
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.session.attaching import (
    AttachedFiles,
    OpenedCopies,
    StagedFile,
    attach,
    attached_already,
    describe_attachment,
    remove_attachment,
    stage_file,
)
from audit_desktop.ui.attaching.wording import ATTACHING
from audit_desktop.ui.show_file import open_file
from audit_desktop.ui.tasks import Task

if TYPE_CHECKING:
    from audit_desktop.core.attachments import Attachment
    from audit_desktop.session.workspace import OpenAudit, Workspace
    from audit_desktop.ui.attaching.card_files import FileWish
    from audit_desktop.ui.notify import Notifier


class AttachingDesk(QObject):
    """Belongs to one open audit; what happens is told by the notifier."""

    def __init__(
        self, open_audit: OpenAudit, workspace: Workspace, notifier: Notifier, opened: Path, parent: QObject
    ) -> None:
        """Put copies of what is opened below the folder `opened`."""
        super().__init__(parent)
        self._open_audit = open_audit
        self._session = open_audit.session
        self._workspace = workspace
        self._notifier = notifier
        self._copies = OpenedCopies(workspace.filesystem, workspace.clock, opened)
        self._tasks: list[Task] = []

    @Slot(object)
    def on_wish(self, wish: FileWish) -> None:
        """Do what the person wants."""
        match wish.kind:
            case "attach":
                self.attach(wish.subject, wish.paths or self._chosen())
            case "open" if wish.attachment is not None:
                self.open(wish.attachment)
            case "save" if wish.attachment is not None:
                self.save(wish.attachment)
            case "describe" if wish.attachment is not None:
                self.describe(wish.attachment)
            case "remove" if wish.attachment is not None:
                self.remove(wish.attachment)
            case _:
                pass

    def attach(self, subject: str, paths: tuple[Path, ...]) -> None:
        """Attach the files at `paths` to `subject`, once their bytes are safe on this computer."""
        store = self._workspace.attachment_store(self._session.audit.id)
        if not paths or store is None:
            return
        filesystem, clock = self._workspace.filesystem, self._workspace.clock
        self._notifier.note(ATTACHING.busy(len(paths)))

        def job(_progress: object, _is_stopped: object) -> object:
            return [stage_file(filesystem, clock, store, path) for path in paths]

        task = Task(job, self)
        self._tasks = [*(task for task in self._tasks if task.is_running), task]
        task.succeeded.connect(lambda staged: self._on_staged(subject, staged))
        task.failed.connect(lambda fault: self._notifier.fault(fault))
        task.start()

    @Slot()
    def wait(self) -> None:
        """Return once no file is being attached any more."""
        for task in self._tasks:
            task.wait()

    def open(self, attachment: Attachment) -> None:
        """Open a copy of a file in its program; one that somebody else attached only if the person says so."""
        who = self._session.who
        if who is not None and (who.name, who.role) == (attachment.author.name, attachment.author.role):
            self._open(attachment)
            return
        from audit_desktop.ui.attaching.stranger_dialog import StrangerDialog

        dialog = StrangerDialog(attachment, self._window())
        dialog.accepted.connect(lambda: self._open(attachment))
        dialog.open()

    def save(self, attachment: Attachment) -> None:
        """Ask for a place and write a copy of a file there."""
        proposed = self._open_audit.keeper.path.with_name(attachment.name)
        chosen, _ = QFileDialog.getSaveFileName(self._window(), ATTACHING.save_title, str(proposed))
        if not chosen:
            return
        try:
            self._files().save(attachment, Path(chosen), may_replace=True)
        except AuditDesktopError as fault:
            self._notifier.fault(fault)
        else:
            self._notifier.note(ATTACHING.saved(chosen))

    def describe(self, attachment: Attachment) -> None:
        """Ask what a file shows."""
        from audit_desktop.ui.attaching.describe_dialog import DescribeDialog

        dialog = DescribeDialog(attachment, self._window())

        def on_accepted() -> None:
            try:
                describe_attachment(self._session, attachment.id, dialog.text)
            except AuditDesktopError as fault:
                self._notifier.fault(fault)

        dialog.accepted.connect(on_accepted)
        dialog.open()

    def remove(self, attachment: Attachment) -> None:
        """Take a file out of the list."""
        try:
            remove_attachment(self._session, attachment)
        except AuditDesktopError as fault:
            self._notifier.fault(fault)
        else:
            self._notifier.note(ATTACHING.removed)

    def show_all(self) -> None:
        """Show every file of the audit."""
        from audit_desktop.ui.attaching.files_dialog import FilesDialog

        dialog = FilesDialog(self._session, self._window())
        dialog.told.connect(self._notifier.note)
        dialog.failed.connect(self._notifier.fault)
        dialog.open()

    def _on_staged(self, subject: str, staged: list[StagedFile]) -> None:
        before = total_size(attachments(self._session.audit.state))
        about = (subject,) if subject else ()
        done: list[str] = []
        there: list[str] = []
        try:
            for file in staged:
                same = attached_already(self._session, file, about)
                if same is None:
                    done.append(attach(self._session, file, about).name)
                else:
                    there.append(ATTACHING.same_there(file.name, same.name))
        except AuditDesktopError as fault:
            self._notifier.fault(fault)
            return
        self._notifier.note(ATTACHING.done(done) if done else "")
        if there:
            self._notifier.tell(" ".join(there))
        size = total_size(attachments(self._session.audit.state))
        if ATTACHING.for_mail(size) and not ATTACHING.for_mail(before):
            self._notifier.tell(ATTACHING.for_mail(size))

    def _open(self, attachment: Attachment) -> None:
        try:
            path = self._copies.make(self._files(), attachment)
        except AuditDesktopError as fault:
            self._notifier.fault(fault)
            return
        if open_file(path):
            self._notifier.note(ATTACHING.opened)
        else:
            self._notifier.tell(ATTACHING.no_program, "warning")

    def _chosen(self) -> tuple[Path, ...]:
        folder = str(self._open_audit.keeper.path.parent)
        chosen, _ = QFileDialog.getOpenFileNames(self._window(), ATTACHING.choose, folder, ATTACHING.kinds)
        return tuple(map(Path, chosen))

    def _files(self) -> AttachedFiles:
        return AttachedFiles(self._workspace, self._session.audit, self._open_audit.keeper.path)

    def _window(self) -> QWidget | None:
        parent = self.parent()
        return parent.window() if isinstance(parent, QWidget) else None
