"""The line above the cards: where the person is, and buttons to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from audit_desktop.core.edits import Role
from audit_desktop.ui.parts.labels import ElidedLabel
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from audit_desktop.core.edits import Author
    from audit_desktop.core.framework import Section, Statement


class ViewBar(QFrame):
    """What can be done by key stands here too, for those who use a mouse.

    Signals:
        contents_wanted: the list of pages shall be shown or put away.
        guidance_wanted: the guidance shall be shown or put away.
        previous_wanted: to the statement before.
        next_wanted: to the next statement.
        unanswered_wanted: to the next statement without a rating, or for a visitor without a comment.
    """

    contents_wanted = Signal()
    guidance_wanted = Signal()
    previous_wanted = Signal()
    next_wanted = Signal()
    unanswered_wanted = Signal()

    def __init__(self, who: Author | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_statements = True
        self.setProperty("role", "view-bar")
        self._contents = self._button(FORM.sections, "contents", is_checkable=True)
        self._place = ElidedLabel(middle=True)
        self._previous = self._button(FORM.previous, "previous-statement", FORM.previous_help)
        self._next = self._button(FORM.next, "next-statement", FORM.next_help)
        self._unanswered = self._button(FORM.next_unanswered, "next-unanswered", FORM.next_unanswered_help)
        self.show_who(who)
        self._guidance = self._button(FORM.guidance, "guidance", FORM.guidance_help, is_checkable=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.TINY, Space.MEDIUM, Space.TINY)
        layout.setSpacing(Space.TINY)
        layout.addWidget(self._contents)
        layout.addWidget(self._place, 1)
        for button in (self._previous, self._next, self._unanswered, self._guidance):
            layout.addWidget(button)
        self._contents.hide()

        self._contents.clicked.connect(self._on_contents)
        self._guidance.clicked.connect(self._on_guidance)
        self._previous.clicked.connect(self._on_previous)
        self._next.clicked.connect(self._on_next)
        self._unanswered.clicked.connect(self._on_unanswered)

    def show_place(self, noun: str, section: Section, statement: Statement | None) -> None:
        """Show which statement of which section is the current one."""
        text = f"{noun} {section.id}: {section.title}"
        self._has_statements = True
        self._place.set_text(f"{text} · {statement.reference}" if statement is not None else text)
        self._offer_statements()

    def show_title(self, title: str) -> None:
        """Show the title of a page that has no statements."""
        self._place.set_text(title)
        self._has_statements = False
        self._offer_statements()

    def show_who(self, who: Author | None) -> None:
        """Offer to go to what is next for `who` is working."""
        is_visitor = who is not None and who.role is Role.VISITOR
        self._unanswered.setText(FORM.next_uncommented if is_visitor else FORM.next_unanswered)
        self._unanswered.setAccessibleName(self._unanswered.text())
        self._unanswered.setToolTip(FORM.next_uncommented_help if is_visitor else FORM.next_unanswered_help)

    def show_contents_button(self, *, offered: bool, checked: bool) -> None:
        """Show the button for the list of pages where it is `offered`, `checked` while the list is shown."""
        self._contents.setVisible(offered)
        self._contents.setChecked(checked)

    def show_guidance_button(self, *, offered: bool, checked: bool) -> None:
        """Show the button for the guidance where it is `offered`, `checked` while the guidance is shown."""
        self._guidance.setVisible(offered)
        self._guidance.setChecked(checked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the keys do as well where there is no room."""
        super().resizeEvent(event)
        self._offer_statements()

    def _offer_statements(self) -> None:
        letters = self.width() // max(1, self.fontMetrics().averageCharWidth())
        self._previous.setVisible(self._has_statements and letters >= 96)
        self._next.setVisible(self._has_statements and letters >= 96)
        self._unanswered.setVisible(letters >= 40)

    def _button(self, text: str, name: str, tool_tip: str = "", *, is_checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(tool_tip)
        button.setCheckable(is_checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @Slot()
    def _on_contents(self) -> None:
        self.contents_wanted.emit()

    @Slot()
    def _on_guidance(self) -> None:
        self.guidance_wanted.emit()

    @Slot()
    def _on_previous(self) -> None:
        self.previous_wanted.emit()

    @Slot()
    def _on_next(self) -> None:
        self.next_wanted.emit()

    @Slot()
    def _on_unanswered(self) -> None:
        self.unanswered_wanted.emit()
