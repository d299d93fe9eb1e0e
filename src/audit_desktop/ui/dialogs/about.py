"""The dialog that says what this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion

from audit_desktop import __version__
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.wording import ABOUT, BUTTONS

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


class AboutDialog(DialogFrame):
    """Says what this program is, and where it keeps things."""

    def __init__(self, data: Path, logs: Path, parent: QWidget | None = None) -> None:
        super().__init__(ABOUT.title, ABOUT.lead, parent)
        self.setObjectName("dialog:about")
        self.body.addWidget(plain_label(ABOUT.version(__version__, qVersion()), selectable=True))
        self.body.addWidget(plain_label(ABOUT.privacy))
        self.body.addSpacing(8)
        for label, folder in ((ABOUT.data_folder, data), (ABOUT.log_folder, logs)):
            self.body.addWidget(plain_label(label, "strong"))
            shown = plain_label(str(folder), selectable=True)
            shown.setAccessibleName(f"{label}: {folder}")
            self.body.addWidget(shown)
        self.body.addWidget(plain_label(ABOUT.licence, "caption"))
        self.add_button(button(BUTTONS.close, "primary", name="about:close", on_click=self.accept), is_default=True)
        self.fit(76)
