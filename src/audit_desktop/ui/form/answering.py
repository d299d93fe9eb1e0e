"""Takes what a person enters in the rows of the form to the session, and says at the row what cannot be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from audit_desktop.core.answers import normalise
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session.events import TypingGoesOn
from audit_desktop.ui.wording import FORM, sentence_for

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.field_row import FieldRow

_PAUSE = 1_000
"""Milliseconds without a key after which what was typed becomes an edit."""
_LONGEST = 5_000
"""Milliseconds after which it does even if the person goes on typing."""
_KEEP = 900
"""Milliseconds between which what is being typed is put where a crash does not reach it."""


class Answering(QObject):
    """What was typed becomes an edit after a pause, on leaving the box, and at least every five seconds.

    Signals:
        typing_started: something is typed that is no edit yet.
    """

    typing_started = Signal()

    def __init__(self, session: AuditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.setInterval(_LONGEST)
        self._keep = QTimer(self)
        self._keep.setInterval(_KEEP)
        self._keep.timeout.connect(self._on_keep_due)
        self._pause.timeout.connect(self.commit)
        self._longest.timeout.connect(self.commit)

    def attach(self, row: FieldRow) -> None:
        """Take what is entered in `row` from now on."""
        row.edited.connect(self._on_edited)
        row.finished.connect(self._on_finished)
        row.settled.connect(self._on_settled)

    @Slot()
    def commit(self) -> None:
        """Turn what is being typed into an edit now."""
        self._pause.stop()
        self._longest.stop()
        self._keep.stop()
        self._session.commit_typing(initiator=self)

    @Slot()
    def _on_keep_due(self) -> None:
        if self._session.has_pending:
            self._session.events.publish(TypingGoesOn())
        else:
            self._keep.stop()

    @Slot(object, object)
    def _on_edited(self, row: FieldRow, value: JsonValue | None) -> None:
        try:
            if row.editor.is_typed:
                self._session.type_answer(row.address, value)
                self._pause.start()
                if not self._longest.isActive():
                    self._longest.start()
                    self._keep.start()
                    self.typing_started.emit()
            else:
                self._session.set_answer(row.address, value, initiator=row)
        except AuditDesktopError as fault:
            row.show_fault(_sentence(fault))
        else:
            row.show_fault("")

    @Slot(object)
    def _on_finished(self, row: FieldRow) -> None:
        """The box was left: what stands in it is one step for undo, or is shown to be at fault."""
        row.editor.tidy()
        if row.editor.is_typed:
            self._pause.stop()
            self._longest.stop()
            self._keep.stop()
            self._session.commit_typing(end_step=True, initiator=self)
            row.show_fault(self._fault(row))

    @Slot(object, object)
    def _on_settled(self, row: FieldRow, value: JsonValue | None) -> None:
        try:
            self._session.set_answer(row.address, value)
        except AuditDesktopError as fault:
            row.show_fault(_sentence(fault))

    def _fault(self, row: FieldRow) -> str:
        if row.editor.is_read_only:
            return ""
        try:
            normalise(self._session.audit.framework, row.editor.field, row.editor.value(), row.address)
        except AuditDesktopError as fault:
            return _sentence(fault)
        return ""


def _sentence(fault: AuditDesktopError) -> str:
    """Return what to say about `fault` at the row where it came up."""
    value = fault.details.get("value", "")
    match fault.code:
        case FaultCode.NUMBER_INVALID:
            return FORM.number_invalid.format(value=value)
        case FaultCode.DATE_INVALID:
            return FORM.date_invalid.format(value=value)
        case _:
            return sentence_for(fault, place=FORM.this_field)
