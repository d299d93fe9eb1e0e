"""The dialog that lists work which is not in the audit, and asks what shall become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.history.change_table import ChangeRow, ChangeTable
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.safety_wording import HISTORY, RECOVERY
from audit_desktop.ui.wording import BUTTONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class ChangesDialog(DialogFrame):
    """A list of changed answers, to look at."""

    def __init__(
        self, title: str, lead: str, rows: Sequence[ChangeRow], parent: QWidget | None = None, *, characters: int = 130
    ) -> None:
        super().__init__(title, lead, parent)
        self.setObjectName("dialog:changes")
        self.table = ChangeTable(title, HISTORY.before, HISTORY.after)
        self.table.show_rows(rows)
        self.body.addWidget(self.table, 1)
        self._add_buttons()
        self.fit(characters)
        self.table.view.setFocus()

    def _add_buttons(self) -> None:
        self.add_button(button(BUTTONS.close, "primary", name="changes:close", on_click=self.close), is_default=True)


class FoundWorkDialog(ChangesDialog):
    """Work found in the journals.

    Signals:
        kept: it shall be taken into the audit.
        set_aside: it shall be offered no more.
    """

    kept = Signal()
    set_aside = Signal()

    def __init__(
        self, rows: Sequence[ChangeRow], damaged_lines: int, parent: QWidget | None = None, *, keep: str = RECOVERY.keep
    ) -> None:
        self._keep_text = keep
        lead = " ".join(part for part in (RECOVERY.lead, RECOVERY.damaged_lines(damaged_lines)) if part)
        super().__init__(RECOVERY.title, lead, rows, parent)
        self.setObjectName("dialog:found-work")

    def _add_buttons(self) -> None:
        self.add_button(button(RECOVERY.set_aside, name="found:set-aside", on_click=self._on_set_aside))
        self.add_button(button(RECOVERY.close, name="found:later", on_click=self.close))
        self.add_button(button(self._keep_text, "primary", name="found:keep", on_click=self._on_keep), is_default=True)

    def _on_keep(self) -> None:
        self.kept.emit()
        self.accept()

    def _on_set_aside(self) -> None:
        self.set_aside.emit()
        self.accept()
