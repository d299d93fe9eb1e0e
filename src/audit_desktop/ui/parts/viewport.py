"""A viewport that PySide6 knows from the beginning."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def give_viewport(area: QAbstractScrollArea, background: QPalette.ColorRole = QPalette.ColorRole.Base) -> QWidget:
    """Give `area` a viewport with `background`, in the place of the one that Qt made, and return it.

    When Python first asks for a widget that Qt made, PySide6 makes the classes of all of Qt's widgets, to find out
    which of them it is; that costs as much as building two cards.
    """
    viewport = QWidget()
    viewport.setBackgroundRole(background)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)
    return viewport
