"""The editor for another status than the one worked out, with the reason that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.ui.fields.base import FieldEditor
from audit_desktop.ui.fields.growing_box import GrowingBox
from audit_desktop.ui.fields.segments import Segments
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FIELDS

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class StatusEditor(FieldEditor):
    """A status and why; without its reason it is no answer yet."""

    is_typed = True

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(field, scale, parent)
        assert scale is not None, "only an audit with a scoring rule has statuses"
        self.segments = Segments(scale, self)
        self.reason_box = GrowingBox(self)
        self.reason_box.setObjectName("reason")
        self.reason_box.setPlaceholderText(FIELDS.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.segments)
        layout.addWidget(self.reason_box)
        self.segments.chosen.connect(self._on_edited)
        self.reason_box.text_edited.connect(self._on_edited)

    def value(self) -> JsonValue | None:
        """Return the status and its reason; without a status there is no value, whatever the reason."""
        status = self.segments.level_id()
        return {"status": status, "reason": self.reason_box.toPlainText()} if status is not None else None

    def set_value(self, value: JsonValue | None) -> None:
        """Show the status and the reason of `value`."""
        if value != self.value() or value is None:
            self.segments.show_level((value or {}).get("status"))
            self.reason_box.show_text((value or {}).get("reason", ""))

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the segments and the box of the reason."""
        stop = self.segments.tab_stop()
        return (stop, *(segment for segment in self.segments.segments if segment is not stop), self.reason_box)

    def set_name(self, name: str, description: str) -> None:
        """Tell screen readers what the segments and the box are for."""
        self.setAccessibleName(name)
        self.segments.set_name(name, description)
        self.reason_box.setAccessibleName(FIELDS.reason_of.format(name=name))
        self.reason_box.setAccessibleDescription(description)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the status be changed or only read."""
        super().set_read_only(is_read_only)
        self.segments.set_read_only(is_read_only)
        self.reason_box.setReadOnly(is_read_only)

    @Slot()
    def _on_edited(self) -> None:
        self.value_edited.emit(self.value())
