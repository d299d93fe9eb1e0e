"""A message in the page itself: what happened, what was kept, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from audit_desktop.core.record import Record
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import BANNERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

Tone = Literal["info", "warning", "error"]
_WIDEST_ACTIONS = 0.4
"""The share of the banner's width that buttons may take beside the words; wider ones stand below."""


class BannerAction(Record):
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
        words.setSpacing(Space.TINY)
        if tone_word:
            words.addWidget(plain_label(tone_word, "strong"))
        words.addWidget(message)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(Space.SMALL)
        self._body.addLayout(words, 1)
        self._actions = FlowLayout()
        if actions:
            for action in actions:
                self._actions.addWidget(button(action.text, on_click=action.do))
            self._body.addLayout(self._actions)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.MEDIUM, Space.SMALL)
        layout.addLayout(self._body, 1)
        if can_dismiss:
            dismiss = button(BANNERS.dismiss, "quiet", name="banner:dismiss", on_click=self._on_dismiss)
            layout.addWidget(dismiss, 0, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits_beside = self._actions.sizeHint().width() <= event.size().width() * _WIDEST_ACTIONS
        side_by_side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(side_by_side if fits_beside else below)

    def _on_dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
