"""The form in which a person says who they are: name, role and organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.text import one_line
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.roles import set_invalid
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import WHO

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel


class WhoForm(QWidget):
    """Asks who is working.

    Signals:
        edited: the person changed something.
    """

    edited = Signal()

    def __init__(self, who: Author | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name_box = QLineEdit()
        self.name_box.setObjectName("who:name")
        self.name_box.setMaxLength(200)
        self.school_button = QRadioButton(WHO.school)
        self.visitor_button = QRadioButton(WHO.visitor)
        self.organisation_box = QLineEdit()
        self.organisation_box.setObjectName("who:organisation")
        self.organisation_box.setMaxLength(200)
        self.fault_label = plain_label("", "error", name="who:fault")
        self.fault_label.hide()
        roles = QButtonGroup(self)
        for choice, help_text in ((self.school_button, WHO.school_help), (self.visitor_button, WHO.visitor_help)):
            roles.addButton(choice)
            choice.setAccessibleName(choice.text())
            choice.setAccessibleDescription(help_text)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        layout.addWidget(_label(WHO.name, self.name_box))
        layout.addWidget(self.name_box)
        layout.addWidget(self.fault_label)
        layout.addSpacing(Space.SMALL)
        layout.addWidget(plain_label(WHO.role, "strong"))
        for choice, help_text in ((self.school_button, WHO.school_help), (self.visitor_button, WHO.visitor_help)):
            layout.addWidget(choice)
            help_label = plain_label(help_text, "caption")
            # Below the words of the choice, whose disc is as large as the text.
            help_label.setIndent(self.fontMetrics().height() + Space.MEDIUM)
            layout.addWidget(help_label)
        layout.addSpacing(Space.SMALL)
        layout.addWidget(_label(WHO.organisation, self.organisation_box))
        layout.addWidget(self.organisation_box)

        self.name_box.textEdited.connect(self._on_edited)
        self.organisation_box.textEdited.connect(self._on_edited)
        roles.buttonClicked.connect(self._on_edited)
        roles.buttonToggled.connect(self._on_role)
        self.show_who(who)

    def show_who(self, who: Author | None) -> None:
        """Fill the form in with `who`."""
        self.name_box.setText(who.name if who else "")
        self.organisation_box.setText(who.organisation if who else "")
        is_visitor = who is not None and who.role is Role.VISITOR
        (self.visitor_button if is_visitor else self.school_button).setChecked(True)
        self._on_role()

    def who(self) -> Author | None:
        """Return who the person says they are; `None`, with the fault shown, while the name is missing."""
        name = one_line(self.name_box.text())
        self._show_fault("" if name else WHO.name_missing)
        if not name:
            return None
        role = Role.VISITOR if self.visitor_button.isChecked() else Role.SCHOOL
        return Author(name, role, one_line(self.organisation_box.text()))

    def _show_fault(self, text: str) -> None:
        self.fault_label.setText(text)
        self.fault_label.setVisible(bool(text))
        set_invalid(self.name_box, invalid=bool(text))
        self.name_box.setAccessibleDescription(text)

    @Slot()
    def _on_edited(self) -> None:
        if one_line(self.name_box.text()):
            self._show_fault("")
        self.edited.emit()

    @Slot()
    def _on_role(self) -> None:
        is_visitor = self.visitor_button.isChecked()
        self.organisation_box.setPlaceholderText(WHO.organisation_visitor if is_visitor else WHO.organisation_school)


def _label(text: str, box: QWidget) -> QLabel:
    label = plain_label(text, "strong")
    label.setBuddy(box)
    box.setAccessibleName(text)
    return label
