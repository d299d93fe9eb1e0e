"""The editor for a rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.ui.fields.base import FieldEditor
from audit_desktop.ui.fields.segments import Segments

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class RatingEditor(FieldEditor):
    """One level of a scale. Choosing it again, Delete or Backspace takes it back."""

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(field, scale, parent)
        assert scale is not None, "a rating has a scale; the framework check makes sure"
        self.segments = Segments(scale, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.segments)
        self.segments.chosen.connect(self._on_chosen)

    def value(self) -> JsonValue | None:
        """Return the id of the level, or `None`."""
        return self.segments.level_id()

    def set_value(self, value: JsonValue | None) -> None:
        """Show the level called `value`."""
        if value != self.value():
            self.segments.show_level(value)

    def choose(self, number: int) -> None:
        """Choose level `number`, counted from 1, for the person."""
        self.segments.choose_number(number)

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the segments, the one that the tab key reaches first."""
        stop = self.segments.tab_stop()
        return (stop, *(segment for segment in self.segments.segments if segment is not stop))

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the rating be changed or only read."""
        super().set_read_only(is_read_only)
        self.segments.set_read_only(is_read_only)

    def set_name(self, name: str, description: str) -> None:
        """Tell screen readers what each segment stands for."""
        self.setAccessibleName(name)
        self.segments.set_name(name, description)

    def set_messages(self, messages: tuple[str, ...]) -> None:
        """Do nothing: segments cannot hold a wrong level."""

    @Slot(object)
    def _on_chosen(self, level_id: str | None) -> None:
        self.value_edited.emit(level_id)
