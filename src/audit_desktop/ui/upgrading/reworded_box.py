"""What stands at a rating that was given to other words: what they were, and a button for whoever looked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.core.word_difference import SegmentKind, word_difference
from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.session.upgrading import confirm_rating
from audit_desktop.ui.merging.difference_label import DifferenceLabel
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.theme import Space
from audit_desktop.ui.upgrading.wording import UPGRADING

if TYPE_CHECKING:
    from audit_desktop.core.upgrade import Rewording
    from audit_desktop.ui.form.statement_card import StatementCard


class RewordedBox(QFrame):
    """Shows the older and the newer words, with those marked that the other lacks.

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
        segments = word_difference(_plain(rewording.text), _plain(text))
        for caption, own in ((UPGRADING.words_then, SegmentKind.REMOVED), (UPGRADING.words_now, SegmentKind.ADDED)):
            layout.addWidget(plain_label(caption, "caption"))
            layout.addWidget(DifferenceLabel(segments, own))
        if can_confirm:
            self.confirm_button = button(
                UPGRADING.still_right,
                name="still-right",
                accessible_name=f"{name}: {UPGRADING.still_right}",
                on_click=self.confirmed.emit,
            )
            layout.addWidget(self.confirm_button, 0, Qt.AlignmentFlag.AlignLeft)


def show_reworded(card: StatementCard, rewording: Rewording | None) -> None:
    """Say on `card` that its rating was given to other words, if it was, or no more."""
    row = card.rating_row
    can_confirm = row is not None and card.session.can_change(row.address)
    for box in card.findChildren(RewordedBox):
        if not box.isHidden():
            if (box.rewording, box.can_confirm) == (rewording, can_confirm):
                return
            box.hide()
            box.deleteLater()
    if rewording is not None and row is not None:
        box = RewordedBox(rewording, card.statement.text, card.name, can_confirm=can_confirm, parent=card)
        box.confirmed.connect(lambda: confirm_rating(card.session, card.statement.id))
        card.insert_below(row, box)
        box.show()


def _plain(text: str) -> str:
    return "\n".join(block.text for block in blocks_of(text))
