"""Saying what is wrong where it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.roles import set_invalid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget


def fault_label(name: str) -> QLabel:
    """Return a label for what is wrong with the box above it, hidden while nothing is."""
    label = plain_label("", "error", name=name)
    label.hide()
    return label


def show_fault_at(label: QLabel, text: str, box: QWidget | None = None) -> None:
    """Say in `label` what is wrong and mark the `box` that it concerns; no `text` takes both away."""
    label.setText(text)
    label.setVisible(bool(text))
    if box is not None:
        set_invalid(box, invalid=bool(text))
