"""Drives a form the way a person does: by what is on the screen, with keys and the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from audit_desktop.ui.form.field_row import FieldRow
from audit_desktop.ui.form.statement_card import StatementCard

if TYPE_CHECKING:
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.audit_view import AuditView
    from audit_desktop.ui.bridge import Bridge


@dataclass
class Form:
    """An open form."""

    session: AuditSession
    bridge: Bridge
    view: AuditView

    def row(self, address: str) -> FieldRow:
        """Return the row of the field at `address`, which has to be built."""
        rows = self.view.findChildren(FieldRow, f"row:{address}")
        assert rows, f"{address} is not there"
        return next((row for row in rows if row.isVisible()), rows[-1])

    def shows_row(self, address: str) -> bool:
        """Return whether the row of the field at `address` is there to be seen."""
        return any(row.isVisible() for row in self.view.findChildren(FieldRow, f"row:{address}"))

    def card(self, statement_id: str) -> StatementCard:
        """Return the card of a statement, which has to be built."""
        card = self.view.findChild(StatementCard, f"statement:{statement_id}")
        assert card is not None, f"{statement_id} is not there"
        return card

    def box(self, address: str) -> QWidget:
        """Return the first box of the field at `address`."""
        return self.row(address).editor.boxes()[0]

    def click(self, widget: QWidget) -> None:
        """Press `widget` with the mouse."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def click_level(self, statement_id: str, level: str, field: str = "rating") -> None:
        """Press a level of a rating."""
        self.click(self.row(f"statement/{statement_id}/{field}").editor.findChild(QWidget, f"level:{level}"))

    def type_into(self, address: str, text: str) -> None:
        """Put the focus into a box and type."""
        self.row(address).editor.focus()
        QTest.keyClicks(QApplication.focusWidget(), text)
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.view, key, modifier)
        QApplication.processEvents()

    def button(self, text: str, within: QWidget | None = None) -> QPushButton:
        """Return the visible button that says `text`."""
        buttons = (within or self.view).findChildren(QPushButton)
        return next(button for button in buttons if button.text() == text and button.isVisible())

    def texts(self, within: QWidget | None = None) -> str:
        """Return what the visible labels say."""
        labels = (within or self.view).findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())
