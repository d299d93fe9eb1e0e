"""A page of cards that are all there, for the parts of the form that are short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from audit_desktop.ui.parts.reading_area import ReadingArea
from audit_desktop.ui.parts.viewport import give_viewport
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QResizeEvent

    from audit_desktop.core.scoring import Scores


class ScrollPage(ReadingArea):
    """Cards one below the other, no wider than can be read well."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_viewport(self, QPalette.ColorRole.Window)
        inner = QWidget()
        inner.setProperty("role", "page")
        # Else it is never lower than its texts would be if they were wrapped as narrowly as they can be.
        inner.setMinimumHeight(1)
        row = QHBoxLayout(inner)
        row.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        self._column = QWidget(inner)
        row.addWidget(self._column, 1)
        self.cards = QVBoxLayout(self._column)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(Space.MEDIUM)
        self._row = row
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short enough to be read well."""
        super().resizeEvent(event)
        most = self.fontMetrics().averageCharWidth() * 118
        side = max(Space.LARGE, (self.viewport().width() - most) // 2)
        self._row.setContentsMargins(side, Space.LARGE, side, Space.LARGE)

    def refresh(self, addresses: Collection[str] | None, initiator: object) -> None:
        """Show what changed; `None` for everything."""

    def prepare(self, address: str) -> None:
        """Build what shows the field at `address`, where that is not there all the time."""

    def reveal(self, widget: QWidget) -> None:
        """Scroll to `widget`, which may have been built a moment ago."""

        def scroll() -> None:
            self.ensureWidgetVisible(widget, Space.WIDE, Space.HUGE)

        # Its place is known once the layouts have had their turn.
        QTimer.singleShot(0, widget, scroll)

    def show_scores(self, scores: Scores) -> None:
        """Show how the audit stands, where the page says so."""
