"""The editor for paragraphs of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.ui.fields.base import FieldEditor
from audit_desktop.ui.fields.growing_box import GrowingBox

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class LongTextEditor(FieldEditor):
    """Plain text in a box that grows. What cannot be changed takes no more room than its text."""

    is_typed = True

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(field, scale, parent)
        self.box = GrowingBox(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.box.text_edited.connect(self._on_text_edited)

    def value(self) -> JsonValue | None:
        """Return the text, or `None` if there is nothing but white space."""
        text = self.box.toPlainText()
        return text if text.strip() else None

    def set_value(self, value: JsonValue | None) -> None:
        """Show the text `value`."""
        self.box.show_text(value or "")

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the box."""
        return (self.box,)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the text be changed or only read and copied."""
        super().set_read_only(is_read_only)
        self.box.setReadOnly(is_read_only)
        self.box.set_least_lines(1 if is_read_only else 2)

    @Slot()
    def _on_text_edited(self) -> None:
        self.value_edited.emit(self.value())
