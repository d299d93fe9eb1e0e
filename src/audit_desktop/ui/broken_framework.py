"""A framework that cannot be used, in the list of those that can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import NEW_AUDIT, sentence_for

if TYPE_CHECKING:
    from audit_desktop.core.errors import AuditDesktopError
    from audit_desktop.storage.catalogue import CatalogueEntry


class BrokenFramework(QFrame):
    """A framework that cannot be used, with all its faults a button away."""

    def __init__(self, entry: CatalogueEntry) -> None:
        super().__init__()
        self.setProperty("role", "banner-warning")
        name = f"{entry.id} {entry.version}".strip()
        lines = [f"{_place(fault)}{sentence_for(fault)}" for fault in entry.faults]
        self._faults = plain_label("\n".join(lines), selectable=True, name="framework:faults")
        self._faults.hide()
        self._toggle = button(
            NEW_AUDIT.what_is_wrong,
            "quiet",
            name=f"broken:{name}",
            accessible_name=f"{NEW_AUDIT.what_is_wrong}: {name}",
            on_click=self._on_toggle,
        )
        top = QHBoxLayout()
        top.addWidget(plain_label(NEW_AUDIT.broken_entry(name, len(entry.faults))), 1)
        top.addWidget(self._toggle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.SMALL)
        layout.addLayout(top)
        layout.addWidget(self._faults)

    def _on_toggle(self) -> None:
        self._faults.setVisible(self._faults.isHidden())


def _place(fault: AuditDesktopError) -> str:
    return f"{fault.place}: " if fault.place and fault.place not in sentence_for(fault) else ""
