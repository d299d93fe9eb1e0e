"""The line at the bottom that always tells the truth about saving, and who is working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from audit_desktop.session.events import SaveChanged, SaveState
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import ElidedLabel
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import SAVING, WHO, sentence_for

if TYPE_CHECKING:
    from datetime import datetime

    from audit_desktop.core.edits import Author

_NOTE_MILLISECONDS = 6_000
# Shape as well as colour: filled when the file holds everything, hollow on the way, a cross when it failed.
_SIGNS = {
    SaveState.SAVED: "✓",
    SaveState.TYPING: "…",
    SaveState.KEPT_LOCALLY: "○",
    SaveState.SAVING: "○",
    SaveState.FAILED: "✕",
    SaveState.READ_ONLY: "–",
}
_ROLES = {SaveState.SAVED: "success", SaveState.FAILED: "error"}


class StatusArea(QFrame):
    """The status line.

    Signals:
        who_clicked: the person wants to say who is working.
    """

    who_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status-bar")
        self.setObjectName("status-area")
        self.save_label = ElidedLabel(name="status:save")
        self.note_label = ElidedLabel(role="muted", name="status:note")
        self.who_button = button("", "quiet", name="status:who", on_click=self.who_clicked.emit)
        self._note_ends = QTimer(self)
        self._note_ends.setSingleShot(True)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.TINY, Space.SMALL, Space.TINY)
        layout.setSpacing(Space.LARGE)
        layout.addWidget(self.save_label, 3)
        layout.addWidget(self.note_label, 2)
        layout.addWidget(self.who_button)
        self.note_label.hide()
        self.show_who(None)

        self._note_ends.timeout.connect(self._on_note_ends)

    def show_who(self, who: Author | None) -> None:
        """Show who is working."""
        self.who_button.setText(WHO.shown(who).replace("&", "&&"))
        self.who_button.setAccessibleName(WHO.spoken(who))
        self.who_button.setToolTip(WHO.change)

    def show_saving(self, event: SaveChanged | None, at: datetime | None) -> None:
        """Show how safe the work is, `None` if no audit is open; `at` is the local time of the event, if known."""
        text = _saving_text(event, at) if event is not None else SAVING.not_open
        sign = _SIGNS[event.state] if event is not None else ""
        self.save_label.set_text(f"{sign} {text}".strip())
        self.save_label.setAccessibleName(text)
        set_role(self.save_label, _ROLES.get(event.state, "") if event is not None else "")

    def show_note(self, text: str) -> None:
        """Show `text` for a few seconds."""
        self.note_label.set_text(text)
        self.note_label.show()
        self._note_ends.start(_NOTE_MILLISECONDS)

    def _on_note_ends(self) -> None:
        self.note_label.hide()


def _saving_text(event: SaveChanged, at: datetime | None) -> str:
    match event.state:
        case SaveState.SAVED:
            return SAVING.saved(at, event.place)
        case SaveState.TYPING:
            return SAVING.typing
        case SaveState.KEPT_LOCALLY:
            return SAVING.kept_for_longer if event.is_slow else SAVING.kept
        case SaveState.SAVING:
            return SAVING.saving
        case SaveState.READ_ONLY:
            return SAVING.read_only
        case SaveState.FAILED:
            return SAVING.failed(sentence_for(event.fault) if event.fault is not None else "")
