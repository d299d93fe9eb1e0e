"""How far a viewport has to be scrolled to show what has the focus in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt

from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def distance_to_reveal(widget: QWidget, viewport: QWidget) -> int:
    """Return how many pixels further down `viewport` has to look to show `widget` with some room around it.

    Negative is up; nought if it is in view. Of a box that is too high the line with the caret counts.
    """
    area = widget.rect()
    if widget.height() > viewport.height() // 2:
        caret = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        caret = caret.toRect() if isinstance(caret, QRectF) else caret
        if isinstance(caret, QRect):
            area = QRect(0, caret.top(), 1, caret.height())
    top = widget.mapTo(viewport, area.topLeft()).y()
    bottom = top + area.height()
    if top < Space.WIDE:
        return top - Space.WIDE
    return max(0, min(bottom - viewport.height() + Space.WIDE, top - Space.WIDE))
