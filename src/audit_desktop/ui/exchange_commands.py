"""What happens when documents are asked for: export, import, blank forms, many audits, and the overview of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit_desktop.core.edits import Author
    from audit_desktop.exchange.word_import.sandbox import ReadingProcess
    from audit_desktop.ui.main_window import MainWindow


class ExchangeCommands:
    """One method for each handler about documents that the table of actions names."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def export_audit(self) -> None:
        """Show the dialog that exports the open audit."""
        open_audit = self._window.desk.open_audit
        if open_audit is None:
            return
        from audit_desktop.ui.exporting.export_dialog import ExportDialog

        open_audit.session.commit_typing()
        ExportDialog(open_audit, self._window.desk.workspace, self._window.folders.resources, self._window).open()

    def import_word(self) -> None:
        """Ask for a completed Word form, and show what it says before anything changes."""
        who = self._window.who
        if who is None:
            from audit_desktop.ui.dialogs.who import WhoDialog

            WhoDialog.ask(self._window, None, self._import_as)
            return
        from audit_desktop.exchange.word_import.sandbox import ReadingProcess
        from audit_desktop.ui.exchange_wording import IMPORT

        path = self._window.desk.path
        start = str(path.parent if path is not None else self._window.folders.documents)
        from PySide6.QtWidgets import QFileDialog

        # It gets ready while the file is looked for.
        process = ReadingProcess()
        chosen, _ = QFileDialog.getOpenFileName(self._window, IMPORT.choose, start, IMPORT.files)
        if chosen:
            self.import_document(Path(chosen), who, process)
        else:
            process.end()

    def import_document(self, document: Path, who: Author, process: ReadingProcess | None = None) -> None:
        """Show what the Word form at `document` says, for `who` to take over; `process` waits to read it."""
        from audit_desktop.ui.exchange_wording import IMPORT
        from audit_desktop.ui.importing.import_dialog import ImportDialog

        open_audit = self._window.desk.open_audit
        dialog = ImportDialog(
            document,
            self._window.desk.workspace,
            who,
            self._window.folders.documents,
            session=open_audit.session if open_audit is not None else None,
            process=process,
            parent=self._window,
        )
        dialog.made.connect(self._window.open_path)
        dialog.taken.connect(lambda count: self._window.notifier.tell(IMPORT.taken(count)))
        dialog.open()

    def blank_form(self) -> None:
        """Show the dialog that makes a blank form."""
        from audit_desktop.ui.exporting.form_dialog import FormDialog

        folders = self._window.folders
        FormDialog(self._window.desk.workspace, folders.resources, folders.documents, self._window).open()

    def export_many(self) -> None:
        """Show the dialog that exports the audits of a folder."""
        from audit_desktop.ui.exporting.many_dialog import ManyDialog

        path = self._window.desk.path
        folder = path.parent if path is not None else None
        documents = self._window.folders.documents
        ManyDialog(self._window.desk.workspace, documents, folder=folder, parent=self._window).open()

    def folder_overview(self) -> None:
        """Ask for a folder and show its audits beside one another."""
        from audit_desktop.ui.exchange_wording import OVERVIEW
        from audit_desktop.ui.overview.overview_window import OverviewWindow

        path = self._window.desk.path
        start = path.parent if path is not None else self._window.folders.documents
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self._window, OVERVIEW.choose, str(start))
        if chosen:
            overview = OverviewWindow(
                self._window.desk.workspace, self._window.folders.resources, Path(chosen), self._window
            )
            overview.open_requested.connect(self._window.open_path)
            overview.show()

    def _import_as(self, who: Author) -> None:
        self._window.set_who(who)
        self.import_word()
