"""Roles: which part of the style sheet a widget follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def set_role(widget: QWidget, role: str) -> None:
    """Give `widget` the `role`, also while it is shown."""
    set_marker(widget, "role", role)


def set_invalid(widget: QWidget, *, invalid: bool) -> None:
    """Mark `widget` as a box whose content is at fault, or take the mark away."""
    set_marker(widget, "invalid", invalid)


def set_marker(widget: QWidget, name: str, value: object) -> None:
    """Set the property `name`, which the style sheet asks for, and draw `widget` anew if it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        # What was never shown follows the style sheet when it is.
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            style = widget.style()
            style.unpolish(widget)
            style.polish(widget)
            widget.update()
