"""The introduction of a framework, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.ui.form.guidance_list import guidance_labels
from audit_desktop.ui.form.rich_text import rich_label
from audit_desktop.ui.form.scroll_page import ScrollPage
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from audit_desktop.core.framework import Framework


class IntroductionPage(ScrollPage):
    """Each part of the introduction under its heading."""

    def __init__(self, framework: Framework, parent: QWidget | None = None) -> None:
        super().__init__(FORM.introduction, parent)
        card = QFrame()
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(heading(framework.title))
        edition = " · ".join(text for text in (framework.publisher, framework.revised) if text)
        layout.addWidget(plain_label(edition, "muted"))
        for part in framework.introduction:
            if part.heading:
                layout.addSpacing(Space.MEDIUM)
                layout.addWidget(heading(part.heading, "subheading"))
            if part.text:
                layout.addWidget(rich_label(part.text))
            for label in guidance_labels(part.guidance):
                layout.addWidget(label)
        self.cards.addWidget(card)
        self.cards.addStretch(1)
