"""Asks before a file is opened that somebody else attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.ui.attaching.wording import ATTACHING
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from audit_desktop.core.attachments import Attachment


class StrangerDialog(DialogFrame):
    """Names the file with its kind and whose it is; it is opened only by a button that is not the default."""

    def __init__(self, attachment: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(ATTACHING.stranger_title, ATTACHING.stranger(attachment), parent)
        self.setObjectName("dialog:stranger")
        self.open_button = button(ATTACHING.open_anyway, name="stranger:open", on_click=self.accept)
        self.cancel_button = button(ATTACHING.cancel, "primary", name="stranger:cancel", on_click=self.reject)
        self.add_button(self.open_button)
        self.add_button(self.cancel_button, is_default=True)
        self.cancel_button.setFocus()
        self.fit(70)
