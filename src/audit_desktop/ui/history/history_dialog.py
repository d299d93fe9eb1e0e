"""The dialog that shows how answers came about: of one answer, or of the whole audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from audit_desktop.core.edits import edits_by_id
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.session.history import history_entries
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.history.change_rows import rows_of_history
from audit_desktop.ui.history.change_table import ChangeRow, ChangeTable
from audit_desktop.ui.history.place_names import place_name
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.safety_wording import HISTORY, VERSIONS
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.wording import BUTTONS, sentence_for

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.history import HistoryEntry


class HistoryDialog(DialogFrame):
    """The history of the answer at `address`, or of everything.

    Signals:
        restored: an earlier answer was given again.
    """

    restored = Signal()

    def __init__(self, session: AuditSession, address: str = "", parent: QWidget | None = None) -> None:
        addresses = session.audit.state.addresses
        title = HISTORY.of_one.format(name=place_name(addresses, address)) if address else HISTORY.title
        super().__init__(title, HISTORY.of_one_lead if address else HISTORY.all_lead, parent)
        self.setObjectName("dialog:history")
        self._session = session
        self._address = address
        self._rows: list[ChangeRow] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(HISTORY.search)
        self.search.setAccessibleName(HISTORY.search)
        self.search.setVisible(not address)
        self.state_label = plain_label(VERSIONS.loading, "muted")
        self.table = ChangeTable(title, HISTORY.before, HISTORY.after)
        self.restore_button = button(HISTORY.restore_this, name="history:restore", on_click=self._on_restore)
        self.restore_button.setEnabled(False)
        self.body.addWidget(self.search)
        self.body.addWidget(self.state_label)
        self.body.addWidget(self.table, 1)
        self.add_button(self.restore_button)
        self.add_button(button(BUTTONS.close, "primary", name="history:close", on_click=self.close), is_default=True)
        self.fit(130)
        self.search.textChanged.connect(self._on_search)
        self.table.chosen.connect(self._on_chosen)
        # The history may be long, and is read from the file when it is first asked for.
        snapshot = session.snapshot()
        state = session.audit.state

        def read(_progress: object, _stopped: object) -> object:
            log = edits_by_id(snapshot.earlier(), snapshot.later)
            return rows_of_history(state, history_entries(state, log, address))

        self._task = Task(read, self)
        self._task.succeeded.connect(self._on_read)
        self._task.failed.connect(self._on_failed)
        self._task.broke.connect(lambda _error: self.state_label.setText(VERSIONS.unreadable))
        self._task.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for the reading, which is short."""
        self._task.wait()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Wait for the reading, which is short."""
        self._task.wait()
        super().done(result)

    def wait(self) -> None:
        """Return once the history is read."""
        self._task.wait()

    def _on_read(self, rows: list[ChangeRow]) -> None:
        self._rows = rows
        self.state_label.setText("" if rows else HISTORY.nothing)
        self.state_label.setVisible(not rows)
        self._on_search(self.search.text())

    def _on_failed(self, fault: AuditDesktopError) -> None:
        self.state_label.setText(sentence_for(fault))

    def _on_search(self, text: str) -> None:
        wanted = text.casefold().split()
        self.table.show_rows([row for row in self._rows if _holds(row, wanted)] if wanted else self._rows)

    def _on_chosen(self, row: ChangeRow | None) -> None:
        answers = _answers(row)
        self.restore_button.setEnabled(
            all(self._session.can_change(address) for address in answers)
            and any(self._session.value(address) != value for address, value in answers.items())
        )

    def _on_restore(self) -> None:
        try:
            self._session.set_answers(_answers(self.table.current()))
        except AuditDesktopError as fault:
            self.state_label.setText(sentence_for(fault))
            self.state_label.show()
            return
        self.restored.emit()
        self.accept()


def _answers(row: ChangeRow | None) -> dict[str, JsonValue | None]:
    """Return the answers that `row` says were given; none if one of them is not in this copy."""
    entries = cast("tuple[HistoryEntry, ...]", row.subject) if row is not None else ()
    return {} if any(one.edit.withheld for one in entries) else {one.edit.address: one.edit.value for one in entries}


def _holds(row: ChangeRow, wanted: list[str]) -> bool:
    text = f"{row.where}\n{row.by}\n{row.when}\n{row.before}\n{row.after}".casefold()
    return all(word in text for word in wanted)
