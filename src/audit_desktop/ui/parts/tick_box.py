"""A tick box of a dialog: drawn as those of the form are, whatever the colours."""

from __future__ import annotations

from PySide6.QtCore import Signal

from audit_desktop.core.framework import Field, FieldKind
from audit_desktop.ui.fields.flag import FlagEditor


class TickBox(FlagEditor):
    """A tick box that says `text`.

    Signals:
        toggled: the tick was set or taken away; carries whether it is there.
    """

    toggled = Signal(bool)

    def __init__(self, text: str, name: str, description: str = "") -> None:
        super().__init__(Field(id=name, kind=FieldKind.FLAG, label=text))
        self.setObjectName(name)
        self.set_name(text, description)
        self.tick.box.toggled.connect(self.toggled)

    @property
    def is_checked(self) -> bool:
        """Whether the tick is there."""
        return self.tick.box.isChecked()

    def set_checked(self, is_checked: bool) -> None:
        """Set the tick, or take it away."""
        self.tick.box.setChecked(is_checked)

    def toggle(self) -> None:
        """Set the tick if it is not there, else take it away."""
        self.tick.box.toggle()
