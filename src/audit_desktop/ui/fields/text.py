"""The editor for a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from audit_desktop.core.text import one_line
from audit_desktop.ui.fields.base import FieldEditor, LineBox

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class TextEditor(FieldEditor):
    """One line of plain text."""

    is_typed = True

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(field, scale, parent)
        self.box = LineBox(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.box.textEdited.connect(self._on_text_edited)

    def value(self) -> JsonValue | None:
        """Return the text without white space at its ends, or `None`."""
        return one_line(self.box.text()) or None

    def set_value(self, value: JsonValue | None) -> None:
        """Show the text `value`."""
        if value != self.value():
            self.box.show_text(value or "")

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the box."""
        return (self.box,)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the text be changed or only read and copied."""
        super().set_read_only(is_read_only)
        self.box.setReadOnly(is_read_only)

    def tidy(self) -> None:
        """Show the text without white space at its ends."""
        self.box.show_text(self.value() or "")

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self.value_edited.emit(self.value())
