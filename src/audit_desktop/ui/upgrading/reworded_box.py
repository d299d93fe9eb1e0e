"""What stands at a rating that was given to other words: what they were, and a button for whoever looked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.core.word_difference import SegmentKind, word_difference
from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.ui.merging.difference_label import DifferenceLabel
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.theme import Space
from audit_desktop.ui.upgrading.wording import UPGRADING

if TYPE_CHECKING:
    from audit_desktop.core.upgrade import Rewording


class RewordedBox(QFrame):
    """Shows the older words with those marked that the statement has no more.

    Signals:
        confirmed: the person says that the rating is right for the words of today.
    """

    confirmed = Signal()

    def __init__(
        self, rewording: Rewording, text: str, name: str, *, can_confirm: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rewording = rewording
        self.can_confirm = can_confirm
        said = UPGRADING.reworded(rewording.version)
        self.setAccessibleName(said)
        layout = QVBoxLayout(self)
        set_role(self, "banner-warning")
        layout.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        layout.setSpacing(Space.TINY)
        layout.addWidget(plain_label(said, "strong"))
        layout.addWidget(plain_label(UPGRADING.words_before, "caption"))
        segments = word_difference(_plain(rewording.text), _plain(text))
        layout.addWidget(DifferenceLabel(segments, SegmentKind.REMOVED))
        if can_confirm:
            self.confirm_button = button(
                UPGRADING.still_right,
                name="still-right",
                accessible_name=f"{name}: {UPGRADING.still_right}",
                on_click=self.confirmed.emit,
            )
            layout.addWidget(self.confirm_button, 0, Qt.AlignmentFlag.AlignLeft)


def _plain(text: str) -> str:
    return "\n".join(block.text for block in blocks_of(text))
