"""Every file inside the audit's file: what travels when the audit does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from audit_desktop.core.attachments import attachments
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.file_names import file_size
from audit_desktop.session.attaching import in_file, left_over, take_out_for_good
from audit_desktop.ui.attaching.wording import ATTACHING
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.row_table import make_row_table, wrap_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.core.attachments import Attachment
    from audit_desktop.session.audit_session import AuditSession


class FilesDialog(DialogFrame):
    """A table of the attached files with their sizes, where each belongs, and which of them are the same.

    Signals:
        told: what was done.
        failed: the fault because of which it was not.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(ATTACHING.title, ATTACHING.lead, parent)
        self.setObjectName("dialog:files")
        self._session = session
        self.summary = plain_label("", "strong", name="files:summary")
        self.table = QTableWidget(0, len(ATTACHING.columns))
        make_row_table(self.table, "files:table", ATTACHING.files)
        self.table.setHorizontalHeaderLabels(list(ATTACHING.columns))
        # Names and remarks may be long.
        wrap_rows(self.table, (0, len(ATTACHING.columns) - 1))
        self.body.addWidget(self.summary)
        self.body.addWidget(self.table, 1)
        self.empty_button = button(ATTACHING.empty, name="files:empty", on_click=self._on_empty)
        self.close_button = button(ATTACHING.close, "primary", name="files:close", on_click=self.accept)
        self.add_button(self.empty_button)
        self.add_button(self.close_button, is_default=True)
        self._fill()
        self.fit(130)

    def _fill(self) -> None:
        audit = self._session.audit
        found, left = attachments(audit.state), left_over(audit)
        self.summary.setText(ATTACHING.travels(*in_file(audit)) or ATTACHING.nothing)
        self.empty_button.setVisible(bool(left) and not self._session.is_read_only and not self._session.sign_offs)
        rows = [*self._rows(found), *self._left_rows(left)]
        self.table.setVisible(bool(rows))
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(number, column, item)

    def _rows(self, found: tuple[Attachment, ...]) -> Iterator[tuple[str, ...]]:
        for one in found:
            others = [self._where(other) for other in found if other.digest == one.digest and other.id != one.id]
            yield one.name, file_size(one.size), self._where(one), ATTACHING.who(one), ATTACHING.same_as(others)

    def _left_rows(self, left: dict[str, int]) -> Iterator[tuple[str, ...]]:
        for size in left.values():
            yield ATTACHING.left_over, file_size(size), "", "", ATTACHING.still_inside

    def _where(self, attachment: Attachment) -> str:
        addresses = self._session.audit.state.addresses
        names: list[str] = []
        for subject in attachment.about:
            kind, _, own_id = subject.partition("/")
            if kind == "statement":
                # One that only an earlier version of the framework had is called by its id.
                statement = addresses.statements.get(own_id)
                names.append(statement.reference if statement is not None else own_id)
            else:
                names.append(f"{addresses.framework.section_noun} {own_id}")
        return ", ".join(names) or ATTACHING.whole_audit

    def _on_empty(self) -> None:
        try:
            take_out_for_good(self._session, list(left_over(self._session.audit)))
        except AuditDesktopError as fault:
            self.failed.emit(fault)
        else:
            self.told.emit(ATTACHING.emptied)
        self._fill()
