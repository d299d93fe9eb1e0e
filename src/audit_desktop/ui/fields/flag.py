"""The editor for a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.ui.fields.base import FieldEditor
from audit_desktop.ui.fields.check_box import WrappingCheckBox

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class FlagEditor(FieldEditor):
    """A single tick box; no tick is no answer."""

    shows_own_label = True

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(field, scale, parent)
        self.tick = WrappingCheckBox(field.label, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tick)
        self.tick.ticked.connect(self._on_ticked)

    def value(self) -> JsonValue | None:
        """Return `True`, or `None` without a tick."""
        return True if self.tick.box.isChecked() else None

    def set_value(self, value: JsonValue | None) -> None:
        """Show the tick if `value` is true."""
        self.tick.box.setChecked(bool(value))

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the tick box."""
        return (self.tick.box,)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the tick be changed or only read."""
        super().set_read_only(is_read_only)
        self.tick.set_read_only(is_read_only)

    @Slot()
    def _on_ticked(self) -> None:
        self.value_edited.emit(self.value())
