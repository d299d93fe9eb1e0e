"""The editor for any number of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.ui.fields.base import FieldEditor
from audit_desktop.ui.fields.check_box import WrappingCheckBox
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class ChoicesEditor(FieldEditor):
    """A tick box for each option."""

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(field, scale, parent)
        self._ticks = {option.id: WrappingCheckBox(option.label, self) for option in field.options}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        for option_id, tick in self._ticks.items():
            tick.box.setObjectName(f"option:{option_id}")
            layout.addWidget(tick)
            tick.ticked.connect(self._on_ticked)

    def value(self) -> JsonValue | None:
        """Return the ids of the options that are ticked, in their order, or `None`."""
        return [option_id for option_id, tick in self._ticks.items() if tick.box.isChecked()] or None

    def set_value(self, value: JsonValue | None) -> None:
        """Show the options called `value` as ticked."""
        for option_id, tick in self._ticks.items():
            tick.box.setChecked(option_id in (value or ()))

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the tick boxes."""
        return tuple(tick.box for tick in self._ticks.values())

    def set_name(self, name: str, description: str) -> None:
        """Tell screen readers what each tick box stands for."""
        self.setAccessibleName(name)
        for tick in self._ticks.values():
            tick.box.setAccessibleName(f"{name}: {tick.label.text()}")
            tick.box.setAccessibleDescription(description)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the ticks be changed or only read."""
        super().set_read_only(is_read_only)
        for tick in self._ticks.values():
            tick.set_read_only(is_read_only)

    @Slot()
    def _on_ticked(self) -> None:
        self.value_edited.emit(self.value())
