"""How the three columns of the form share the window, and which of them become drawers where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from audit_desktop.ui.form.view_bar import ViewBar

# Widths in letters, so that they grow with the text.
_CONTENTS, _MIDDLE, _GUIDANCE = 36, 76, 46
_LEAST_MIDDLE = 46


class Columns:
    """Contents, cards and guidance. A column without room of its own is shown above the cards when it is asked for."""

    def __init__(self, view: QWidget, contents: QWidget, middle: QWidget, guidance: QWidget, bar: ViewBar) -> None:
        self._view = view
        self._contents = contents
        self._middle = middle
        self._guidance = guidance
        self._bar = bar
        self._offers_guidance = True
        self._wants_guidance = True
        """Whether the person wants the guidance where it has room."""
        self._opened: QWidget | None = None
        """The drawer that is open."""
        self.guidance_has_room = True
        self.contents_has_room = True

    def offer_guidance(self, *, offered: bool) -> None:
        """Say whether the page that is shown has any guidance."""
        if offered != self._offers_guidance:
            self._offers_guidance = offered
            self.arrange()

    def toggle_guidance(self) -> None:
        """Show the guidance, or put it away."""
        if self.guidance_has_room:
            self._wants_guidance = self._guidance.isHidden()
        else:
            self._opened = None if self._opened is self._guidance else self._guidance
        self.arrange()

    def toggle_contents(self) -> None:
        """Show the contents, or put them away, where they have no room."""
        self._opened = None if self._opened is self._contents else self._contents
        self.arrange()

    def close_drawer(self) -> bool:
        """Put away the drawer that is open; returns whether there was one."""
        was_open = self._opened is not None
        self._opened = None
        self.arrange()
        return was_open

    def arrange(self) -> None:
        """Give each column its place for the size that the view has now."""
        letter = self._view.fontMetrics().averageCharWidth()
        width, height = self._view.width(), self._view.height()
        contents = min(letter * _CONTENTS, int(width * 0.3))
        guidance = min(letter * _GUIDANCE, int(width * 0.9))
        self.contents_has_room = width - contents >= letter * _LEAST_MIDDLE
        self.guidance_has_room = width - contents - guidance >= letter * _MIDDLE
        if (self._opened is self._guidance and (self.guidance_has_room or not self._offers_guidance)) or (
            self._opened is self._contents and self.contents_has_room
        ):
            self._opened = None
        guidance_beside = self.guidance_has_room and self._wants_guidance and self._offers_guidance
        self._contents.setVisible(self.contents_has_room or self._opened is self._contents)
        self._guidance.setVisible(guidance_beside or self._opened is self._guidance)
        left = contents if self.contents_has_room else 0
        right = guidance if guidance_beside else 0
        self._middle.setGeometry(left, 0, width - left - right, height)
        top = self._bar.sizeHint().height()
        if self.contents_has_room:
            self._contents.setGeometry(0, 0, contents, height)
        else:
            self._contents.setGeometry(0, top, min(letter * _CONTENTS, int(width * 0.85)), height - top)
        guidance_top = 0 if guidance_beside else top
        self._guidance.setGeometry(width - guidance, guidance_top, guidance, height - guidance_top)
        if self._opened is not None:
            self._opened.raise_()
        self._bar.show_contents_button(offered=not self.contents_has_room, checked=self._opened is self._contents)
        self._bar.show_guidance_button(offered=self._offers_guidance, checked=not self._guidance.isHidden())
