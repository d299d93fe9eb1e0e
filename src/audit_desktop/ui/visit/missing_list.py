"""What is still missing, by its kind, each entry a button that goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.ui.history.place_names import place_name
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit_wording import VISIT

if TYPE_CHECKING:
    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.completeness import Missing, MissingKind

_MOST_SHOWN = 18


class MissingList(QWidget):
    """Says that nothing is missing, or what is.

    Signals:
        address_wanted: the person wants to go to an address.
    """

    address_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Missing, ...] | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Space.SMALL)
        self._parts: list[QWidget] = []
        self.setAccessibleName(VISIT.missing)

    def show_missing(self, addresses: Addresses, missing: tuple[Missing, ...], complete: str) -> None:
        """Show what is `missing`; the sentence `complete` if nothing is."""
        if missing == self._shown:
            return
        self._shown = missing
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        if not missing:
            self._add(plain_label(complete, "success"))
        kinds: dict[MissingKind, list[Missing]] = {}
        for one in missing:
            kinds.setdefault(one.kind, []).append(one)
        for kind, entries in kinds.items():
            self._add(plain_label(VISIT.kind(kind, len(entries)), "strong"))
            line = QWidget()
            flow = FlowLayout(line)
            for entry in entries[:_MOST_SHOWN]:
                flow.addWidget(self._jump(addresses, entry.address))
            if len(entries) > _MOST_SHOWN:
                flow.addWidget(plain_label(VISIT.more(len(entries) - _MOST_SHOWN), "muted", wrap=False))
            self._add(line)

    def _jump(self, addresses: Addresses, address: str) -> QWidget:
        name = place_name(addresses, address)
        kind, _, rest = address.partition("/")
        text = addresses.statements[rest.partition("/")[0]].reference if kind == "statement" else name
        return button(
            text,
            "card-link",
            accessible_name=VISIT.jump.format(place=name),
            on_click=lambda: self.address_wanted.emit(address),
        )

    def _add(self, part: QWidget) -> None:
        self._layout.addWidget(part)
        part.show()
        self._parts.append(part)
