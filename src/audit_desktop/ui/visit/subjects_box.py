"""What an action or a recommendation is about: a line of numbers, and a dialog in which statements are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit.subject_words import subject_words
from audit_desktop.ui.visit_wording import VISIT
from audit_desktop.ui.wording import BUTTONS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from audit_desktop.core.framework import Option
    from audit_desktop.session.audit_session import AuditSession


class SubjectsBox(QWidget):
    """The answer at `address`, a field called `about`."""

    def __init__(self, address: str, name: str, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = address
        self._session = session
        self._words = plain_label("", selectable=True)
        self.choose_button = button(
            VISIT.choose,
            "card-link",
            name="choose-subjects",
            accessible_name=f"{name}: {VISIT.choose}",
            on_click=self._on_choose,
        )
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(Space.MEDIUM)
        across.addWidget(self._words, 1)
        across.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        layout.addWidget(plain_label(VISIT.subjects, "strong"))
        layout.addLayout(across)
        self.refresh()

    def refresh(self) -> None:
        """Show what the session says now; the two sides of a conflict together."""
        heads = self._session.audit.state.heads(self._address)
        about = dict.fromkeys(subject for head in heads for subject in head.value or ())
        self._words.setText(subject_words(self._session.audit.state.addresses, about) or VISIT.no_subjects)
        self.choose_button.setVisible(self._session.can_change(self._address))

    def _on_choose(self) -> None:
        heads = self._session.audit.state.heads(self._address)
        chosen = {subject for head in heads for subject in head.value or ()}
        dialog = SubjectsDialog(self._session.audit.state.addresses.subjects, chosen, self.window())
        dialog.answered.connect(self._on_answered)
        dialog.open()

    def _on_answered(self, about: list[str]) -> None:
        self._session.set_answer(self._address, about or None)


class SubjectsDialog(DialogFrame):
    """A list to tick, by space bar or mouse.

    Signals:
        answered: the ids that are ticked, in the order of the framework.
    """

    answered = Signal(object)

    def __init__(self, options: tuple[Option, ...], chosen: set[str], parent: QWidget | None = None) -> None:
        super().__init__(VISIT.subjects, VISIT.subjects_lead, parent)
        self.setObjectName("dialog:subjects")
        self.list = _TickList()
        self.list.setAccessibleName(VISIT.subjects)
        for option in options:
            item = QListWidgetItem(option.label)
            item.setData(Qt.ItemDataRole.UserRole, option.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if option.id in chosen else Qt.CheckState.Unchecked)
            if option.id.startswith("section/"):
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.body.addWidget(self.list, 1)
        self.add_button(button(BUTTONS.cancel, name="subjects:cancel", on_click=self.reject))
        self.add_button(button(VISIT.done, "primary", name="subjects:done", on_click=self._on_done), is_default=True)
        self.fit(80)
        self.resize(self.width(), min(560, self.screen().availableGeometry().height() - Space.HUGE))
        self.list.setFocus()

    def _on_done(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        self.answered.emit(
            [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
        )
        self.accept()


class _TickList(QListWidget):
    """A list in which a click anywhere on a line ticks it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._was_ticked = Qt.CheckState.Unchecked
        self.itemPressed.connect(self._on_pressed)
        self.itemClicked.connect(self._on_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return is for the dialog.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.doItemsLayout()

    def _on_pressed(self, item: QListWidgetItem) -> None:
        self._was_ticked = item.checkState()

    def _on_clicked(self, item: QListWidgetItem) -> None:
        # A click on the box itself has ticked it already.
        if item.checkState() == self._was_ticked:
            is_on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
