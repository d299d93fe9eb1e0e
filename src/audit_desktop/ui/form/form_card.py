"""A card with rows of fields, kept up to date with the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.session.field_state import field_state
from audit_desktop.ui.attaching.card_files import CardFiles
from audit_desktop.ui.form.field_row import FieldRow
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QLayout

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.field_state import FieldState
    from audit_desktop.ui.form.answering import Answering


class FormCard(QFrame):
    """Rows of fields in a frame.

    Signals:
        layout_changed: something in the card needs more or less room.
        file_wanted: the `FileWish` of the person.
    """

    layout_changed = Signal()
    file_wanted = Signal(object)

    def __init__(self, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.rows: dict[str, FieldRow] = {}
        self.files: CardFiles | None = None
        self._answering = answering
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        self.body.setSpacing(Space.MEDIUM)

    def add_row(
        self,
        address: str,
        layout: QLayout | None = None,
        *,
        context: str = "",
        shows_label: bool = True,
        shows_help: bool = False,
        placeholder: str = "",
    ) -> FieldRow:
        """Return a row for the field at `address`, newly added to `layout`, or else below what the card has."""
        row = FieldRow(
            address,
            self.session.field(address),
            self.session.audit.framework,
            context=context,
            shows_label=shows_label,
            shows_help=shows_help,
            placeholder=placeholder,
            parent=self,
        )
        self.rows[address] = row
        (layout if layout is not None else self.body).addWidget(row)
        self._answering.attach(row)
        row.refresh(field_state(self.session, address))
        return row

    def add_files(self, subject: str, name: str, beside: QWidget | None = None) -> CardFiles:
        """Let files be attached to `subject`, at the foot of the card, with `beside` at the left of the button."""
        self.files = CardFiles(subject, name, self.session, self, beside)
        self.files.wanted.connect(self.file_wanted)
        self.body.addWidget(self.files)
        return self.files

    def concerns(self, addresses: Collection[str]) -> bool:
        """Return whether what the card shows depends on one of `addresses`."""
        return any(address in self.rows for address in addresses)

    def refresh(self, addresses: Collection[str] | None = None, initiator: object = None) -> None:
        """Show what the session says now. `addresses` changed, or anything may have; `initiator` asked for it."""
        for address, row in self.rows.items():
            state = field_state(self.session, address)
            row.refresh(state, keeps_box=self._keeps_box(row, state, addresses, initiator))
        if self.files is not None:
            self.files.refresh()
        self.arrange()

    def arrange(self) -> None:
        """Show and hide parts after a change."""

    def adapt(self, width: int) -> None:
        """Arrange the card for `width`."""

    def event(self, event: QEvent) -> bool:
        """Notice when the layout has to be worked out anew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.layout_changed.emit()
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.files is not None:
            self.files.accept_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if self.files is not None:
            self.files.drop(event)

    def _keeps_box(
        self, row: FieldRow, state: FieldState, addresses: Collection[str] | None, initiator: object
    ) -> bool:
        """Return whether what stands in the row's editor stays: it is being written in, or is at fault and unasked."""
        if row.fault and (addresses is None or row.address not in addresses):
            return True
        if not (row.editor.is_typed and row.editor.has_focus()) or state.is_read_only:
            return False
        if addresses is None:
            # A merge: what was typed was committed before, so the box holds one of the answers.
            return bool(state.conflict)
        return initiator is not None or row.address not in addresses
