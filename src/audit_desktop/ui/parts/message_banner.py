"""A message in the page itself: what happened, what was kept, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import BANNERS

if TYPE_CHECKING:
    from collections.abc import Callable

Tone = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class BannerAction:
    """A button of a banner."""

    text: str
    do: Callable[[], object]


class MessageBanner(QFrame):
    """A banner; its tone stands in words as well as in colour.

    Signals:
        dismissed: the person put the banner away.
    """

    dismissed = Signal()

    def __init__(
        self,
        text: str,
        tone: Tone = "info",
        actions: tuple[BannerAction, ...] = (),
        *,
        can_dismiss: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.text = text
        self.tone = tone
        self.setProperty("role", f"banner-{tone}")
        self.setObjectName(f"banner:{tone}")
        tone_word = BANNERS.tone_word(tone)
        self.setAccessibleName(f"{tone_word}: {text}" if tone_word else text)

        message = plain_label(text, selectable=True)
        message.setAccessibleName(self.accessibleName())
        words = QVBoxLayout()
        words.setSpacing(Space.SMALL)
        if tone_word:
            words.addWidget(plain_label(tone_word, "strong"))
        words.addWidget(message)
        if actions:
            row = FlowLayout()
            for action in actions:
                row.addWidget(button(action.text, on_click=action.do))
            words.addLayout(row)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        layout.addLayout(words, 1)
        if can_dismiss:
            dismiss = button(BANNERS.dismiss, "quiet", name="banner:dismiss", on_click=self._on_dismiss)
            layout.addWidget(dismiss, 0, Qt.AlignmentFlag.AlignTop)

    def _on_dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
