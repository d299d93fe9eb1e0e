"""The editor for one choice of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from audit_desktop.ui.fields.base import ComboBox, FieldEditor, LineBox
from audit_desktop.ui.wording import FIELDS, FORM

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class ChoiceEditor(FieldEditor):
    """A drop-down whose first entry takes the choice back. What cannot be changed is shown as a line of text."""

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(field, scale, parent)
        self.box = ComboBox(self)
        self.box.addItem(FIELDS.no_choice, None)
        for option in field.options:
            self.box.addItem(option.label, option.id)
        self._line = LineBox(self)
        self._line.setReadOnly(True)
        self._line.setPlaceholderText(FORM.nothing_yet)
        self._line.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addWidget(self._line)
        self.box.activated.connect(self._on_activated)

    def value(self) -> JsonValue | None:
        """Return the id of the option, or `None`."""
        return self.box.currentData()

    def set_value(self, value: JsonValue | None) -> None:
        """Show the option called `value`."""
        if value != self.value():
            self.box.setCurrentIndex(max(0, self.box.findData(value)))
        self._line.show_text(self.box.currentText() if value is not None else "")

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the drop-down, or the line while it can only be read."""
        return (self._line,) if self.is_read_only else (self.box,)

    def set_name(self, name: str, description: str) -> None:
        """Tell screen readers what the drop-down is for."""
        self.setAccessibleName(name)
        for box in (self.box, self._line):
            box.setAccessibleName(name)
            box.setAccessibleDescription(description)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the choice be changed or only read."""
        super().set_read_only(is_read_only)
        self.box.setVisible(not is_read_only)
        self._line.setVisible(is_read_only)

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        self.value_edited.emit(self.value())
