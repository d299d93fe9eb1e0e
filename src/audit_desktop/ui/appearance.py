"""Which theme and text size are in use, and changing them while the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from audit_desktop.preferences import LARGEST_TEXT, SMALLEST_TEXT
from audit_desktop.ui.theme import Theme, ThemeChoice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_STEP: Final = 1.1
_SMALLEST_POINTS: Final = 10.0


class Appearance(QObject):
    """The look of the application.

    Signals:
        changed: the `Theme` from now on.
    """

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: ThemeChoice, text_scale: float) -> None:
        super().__init__()
        self._app = app
        self._choice = choice
        self._text_scale = text_scale
        # The system's own size counts, unless it is smaller than is comfortable in a form.
        self._points = max(app.font().pointSizeF(), _SMALLEST_POINTS)
        self.theme: Theme = self._chosen()
        self.theme.apply(app)
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def choice(self) -> ThemeChoice:
        """The theme that the person chose."""
        return self._choice

    @property
    def text_scale(self) -> float:
        """How many times the usual size text has."""
        return self._text_scale

    def set_choice(self, choice: ThemeChoice) -> None:
        """Use the theme `choice` from now on."""
        self._choice = choice
        self._refresh()

    def set_text_scale(self, text_scale: float) -> None:
        """Show text at `text_scale` times its usual size, within what the window can bear."""
        self._text_scale = round(min(max(text_scale, SMALLEST_TEXT), LARGEST_TEXT), 2)
        self._refresh()

    def larger(self) -> None:
        """Show text one step larger."""
        self.set_text_scale(self._text_scale * _STEP)

    def smaller(self) -> None:
        """Show text one step smaller."""
        self.set_text_scale(self._text_scale / _STEP)

    @Slot()
    def _on_system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._refresh()

    def _chosen(self) -> Theme:
        return Theme.chosen(self._choice, self._app, points=self._points, text_scale=self._text_scale)

    def _refresh(self) -> None:
        theme = self._chosen()
        if theme != self.theme:
            self.theme = theme
            theme.apply(self._app)
            self.changed.emit(theme)
