"""The dialog that asks who is working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.who_form import WhoForm
from audit_desktop.ui.wording import BUTTONS, WHO

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from audit_desktop.core.edits import Author


class WhoDialog(DialogFrame):
    """Asks who is working.

    Signals:
        answered: the `Author` that the person says they are.
    """

    answered = Signal(object)

    def __init__(self, who: Author | None, parent: QWidget | None = None) -> None:
        super().__init__(WHO.title, WHO.lead, parent)
        self.setObjectName("dialog:who")
        self.form = WhoForm(who)
        self.body.addWidget(self.form)
        self.confirm_button = button(WHO.confirm, "primary", name="who:confirm", on_click=self._on_confirm)
        self.add_button(button(BUTTONS.cancel, name="who:cancel", on_click=self.reject))
        self.add_button(self.confirm_button, is_default=True)
        self.fit(64)
        self.form.name_box.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, who: Author | None, on_answer: Callable[[Author], object]) -> WhoDialog:
        """Ask without holding the program up; `on_answer` is called if the person answers."""
        dialog = cls(who, parent)
        dialog.answered.connect(on_answer)
        dialog.open()
        return dialog

    def _on_confirm(self) -> None:
        who = self.form.who()
        if who is None:
            self.form.name_box.setFocus()
            return
        self.answered.emit(who)
        self.accept()
