"""Asks what an attached file shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from audit_desktop.ui.attaching.wording import ATTACHING
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from audit_desktop.core.attachments import Attachment


class DescribeDialog(DialogFrame):
    """One box for a sentence about the file; `text` is what stands in it."""

    def __init__(self, attachment: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(ATTACHING.describe_title, ATTACHING.describe_lead, parent)
        self.setObjectName("dialog:describe")
        self.box = QLineEdit(attachment.description)
        self.box.setObjectName("describe:box")
        self.box.setAccessibleName(ATTACHING.shows(attachment.name))
        label = plain_label(ATTACHING.shows(attachment.name), "strong")
        label.setBuddy(self.box)
        self.body.addWidget(label)
        self.body.addWidget(self.box)
        self.cancel_button = button(ATTACHING.cancel, name="describe:cancel", on_click=self.reject)
        self.keep_button = button(ATTACHING.keep, "primary", name="describe:keep", on_click=self.accept)
        self.add_button(self.cancel_button)
        self.add_button(self.keep_button, is_default=True)
        self.box.setFocus()
        self.fit(70)

    @property
    def text(self) -> str:
        """What the person wrote."""
        return self.box.text()
