"""The marks of a statement as a row of small buttons: seen as evidence, discuss, good practice, needs support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from audit_desktop.core.addresses import statement_address
from audit_desktop.core.common_fields import STATEMENT_FIELDS
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import plain_label, plain_tool_tip
from audit_desktop.ui.visit.marks_wording import MARKS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from audit_desktop.core.framework import Field
    from audit_desktop.session.audit_session import AuditSession


class MarksBar(QWidget):
    """A button for each mark that the person may set, and a word for each that somebody else has set."""

    def __init__(self, statement_id: str, name: str, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._name = name
        self._addresses = {field.id: statement_address(statement_id, field.id) for field in STATEMENT_FIELDS}
        self._words: dict[str, QLabel] = {}
        self.buttons: dict[str, QPushButton] = {}
        self.setObjectName(f"marks:{statement_id}")
        self.setAccessibleName(MARKS.group.format(name=name))
        self._flow = FlowLayout(self)
        self.refresh()

    def refresh(self) -> None:
        """Show what the session says now."""
        shows_any = False
        for field in STATEMENT_FIELDS:
            address = self._addresses[field.id]
            has_conflict = self._session.audit.state.has_conflict(address)
            is_set = bool(self._session.value(address)) or has_conflict
            can_change = self._session.can_change(address)
            if can_change and field.id not in self.buttons:
                self.buttons[field.id] = self._button(field)
            if field.id in self.buttons:
                self._show(self.buttons[field.id], field, is_set=is_set, has_conflict=has_conflict)
                self.buttons[field.id].setVisible(can_change)
            is_word = is_set and not can_change
            if is_word and field.id not in self._words:
                self._words[field.id] = plain_label(MARKS.is_set.format(label=field.label), "pill", wrap=False)
                self._flow.addWidget(self._words[field.id])
            if field.id in self._words:
                self._words[field.id].setVisible(is_word)
            shows_any |= can_change or is_word
        self.setVisible(shows_any)

    def toggle(self, field_id: str) -> None:
        """Set the mark `field_id`, or take it away, if the person may."""
        address = self._addresses[field_id]
        if self._session.can_change(address):
            is_set = self._session.value(address) is True or self._session.audit.state.has_conflict(address)
            self._session.set_answer(address, None if is_set else True)

    def _button(self, field: Field) -> QPushButton:
        made = button("", "chip", name=f"mark:{field.id}", on_click=lambda: self.toggle(field.id))
        made.setCheckable(True)
        made.setToolTip(plain_tool_tip(field.help))
        self._flow.addWidget(made)
        return made

    def _show(self, shown: QPushButton, field: Field, *, is_set: bool, has_conflict: bool) -> None:
        text = MARKS.conflict.format(label=field.label) if has_conflict else field.label
        shown.setChecked(is_set)
        shown.setText(MARKS.is_set.format(label=text) if is_set else text)
        shown.setAccessibleName(MARKS.spoken(self._name, text, is_set=is_set))
        shown.setAccessibleDescription(field.help)
