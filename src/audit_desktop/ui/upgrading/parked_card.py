"""Answers to what an earlier version of the framework asked and this one does not: to be read, and kept."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.exchange.report_earlier import answer_text
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.theme import Space
from audit_desktop.ui.upgrading.wording import UPGRADING

if TYPE_CHECKING:
    from audit_desktop.core.upgrade import Parked


class ParkedCard(QFrame):
    """Each statement that is not asked any more, in the words that it had, with its answers below."""

    def __init__(self, answers: tuple[Parked, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers = answers
        set_role(self, "card")
        self.setAccessibleName(UPGRADING.parked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(heading(UPGRADING.parked, "subheading"))
        layout.addWidget(plain_label(UPGRADING.parked_lead, "muted"))
        for (reference, text), parked in groupby(answers, key=lambda one: (one.reference, one.text)):
            words = " ".join(block.text for block in blocks_of(text))
            layout.addWidget(plain_label(f"{reference} {words}".strip(), "strong", selectable=True))
            for one in parked:
                layout.addWidget(plain_label(UPGRADING.author(one), "caption"))
                layout.addWidget(plain_label(answer_text(one), selectable=True))
