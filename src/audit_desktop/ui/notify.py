"""Messages to the person: the one place that chooses between a banner in the page and a note in the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.ui.parts.message_banner import BannerAction, MessageBanner, Tone
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import sentence_for, sentences_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.core.errors import AuditDesktopError

_MOST_FAULTS = 6


class BannerStack(QWidget):
    """The banners above the page, newest first; the same text is not shown twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banners")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.SMALL)
        self._layout.setSpacing(Space.SMALL)
        self.hide()

    def banners(self) -> tuple[MessageBanner, ...]:
        """Return the banners, newest first."""
        items = (self._layout.itemAt(index) for index in range(self._layout.count()))
        widgets = (item.widget() for item in items if item is not None)
        return tuple(widget for widget in widgets if isinstance(widget, MessageBanner))

    def add(self, banner: MessageBanner) -> None:
        """Show `banner`."""
        for shown in self.banners():
            if shown.text == banner.text:
                self.take_away(shown)
        banner.dismissed.connect(lambda: self.take_away(banner))
        self._layout.insertWidget(0, banner)
        self.show()

    def take_away(self, banner: MessageBanner) -> None:
        """Show `banner` no more."""
        self._layout.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self.setVisible(bool(self.banners()))

    def clear(self) -> None:
        """Take every banner away."""
        for banner in self.banners():
            self.take_away(banner)


class Notifier:
    """Tells the person something: `note` for what may be missed, a banner for what may not."""

    def __init__(self, banners: BannerStack, show_note: Callable[[str], None]) -> None:
        self._banners = banners
        self._show_note = show_note

    def note(self, text: str) -> None:
        """Say `text` for a few seconds in the status line."""
        self._show_note(text)

    def tell(self, text: str, tone: Tone = "info", actions: tuple[BannerAction, ...] = ()) -> MessageBanner:
        """Show `text` in a banner until it is dismissed; returns the banner."""
        banner = MessageBanner(text, tone, actions)
        self._banners.add(banner)
        return banner

    def fault(self, fault: AuditDesktopError, actions: tuple[BannerAction, ...] = ()) -> MessageBanner:
        """Show the sentence for `fault`, and the first of those that it gathers."""
        sentences = sentences_for(fault)
        more = len(sentences) - _MOST_FAULTS
        shown = [*sentences[:_MOST_FAULTS], *([f"… and {more} more."] if more > 0 else [])]
        return self.tell("\n".join(shown) if len(shown) > 1 else sentence_for(fault), "error", actions)

    def withdraw(self, banner: MessageBanner) -> None:
        """Take `banner` away if it is still shown."""
        if banner in self._banners.banners():
            self._banners.take_away(banner)

    def take_back(self, text: str) -> None:
        """Take the banner that says `text` away, if there is one: it is no longer true."""
        for banner in self._banners.banners():
            if banner.text == text:
                self._banners.take_away(banner)

    def clear(self) -> None:
        """Take every banner away."""
        self._banners.clear()
