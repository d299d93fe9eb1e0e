"""The choice of what a document shall be, with a line that says what the chosen kind is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from audit_desktop.ui.exchange_wording import KIND_HELP, KIND_NAMES
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QAbstractButton

    from audit_desktop.exchange.exporters import ExportKind


class KindChoice(QWidget):
    """One radio button for each of `kinds`; the first is chosen.

    Signals:
        chosen: another kind was chosen; carries it.
    """

    chosen = Signal(str)

    def __init__(
        self, title: str, kinds: Sequence[ExportKind], *, helps: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.buttons: dict[ExportKind, QRadioButton] = {}
        self._kind: ExportKind = kinds[0]
        self._group = QButtonGroup(self)
        self._help = plain_label("", "caption", name="export:kind-help")
        row = FlowLayout(spacing=Space.MEDIUM)
        for kind in kinds:
            radio = QRadioButton(KIND_NAMES[kind])
            radio.setObjectName(f"export:kind:{kind}")
            radio.setAccessibleName(f"{title} {KIND_NAMES[kind]}")
            radio.setAccessibleDescription(KIND_HELP[kind])
            radio.setProperty("kind", kind)
            self._group.addButton(radio)
            self.buttons[kind] = radio
            row.addWidget(radio)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        layout.addWidget(plain_label(title, "strong"))
        layout.addLayout(row)
        layout.addWidget(self._help)
        self._help.setVisible(helps)
        self.buttons[self._kind].setChecked(True)
        self._help.setText(KIND_HELP[self._kind])

        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def kind(self) -> ExportKind:
        """The kind that is chosen."""
        return self._kind

    def _on_toggled(self, radio: QAbstractButton, is_on: bool) -> None:
        if is_on:
            self._kind = cast("ExportKind", radio.property("kind"))
            self._help.setText(KIND_HELP[self._kind])
            self.chosen.emit(self._kind)
