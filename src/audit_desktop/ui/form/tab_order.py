"""The order of the tab key through a column of cards of which not all are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout

    from audit_desktop.ui.form.card_column import CardColumn


def stops(card: QWidget) -> list[QWidget]:
    """Return where the tab key stops in `card`, in order."""
    return [widget for widget in _focusable(card) if _is_stop(widget)]


def following(column: CardColumn, focused: QWidget, index: int | None, *, forward: bool) -> QWidget | None:
    """Return where the tab key goes from `focused`, in card `index`, within `column`, or `None` if it leaves it.

    Without an index the column itself has the focus, and the key goes to the current card. Cards are built on the way.
    """
    if index is None:
        return next(iter(stops(column.need(column.current))), None)
    card = column.need(index)
    chain = _focusable(card)
    at = chain.index(focused) if focused in chain else -1
    rest = chain[at + 1 :] if forward else chain[:at][::-1]
    step = 1 if forward else -1
    while True:
        for widget in rest:
            if _is_stop(widget):
                return widget
        index += step
        if not 0 <= index < column.count():
            return None
        rest = stops(column.need(index))[::step]


def outside(column: QWidget, focused: QWidget, *, forward: bool) -> QWidget | None:
    """Return the next stop of the window's own order that is not in `column`, or `None`."""
    widget = _neighbour(focused, forward=forward)
    while widget is not None and widget is not focused:
        if not column.isAncestorOf(widget) and widget is not column and _is_stop(widget) and widget.isVisible():
            return widget
        widget = _neighbour(widget, forward=forward)
    return None


def _neighbour(widget: QWidget, *, forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if forward else widget.previousInFocusChain()


def _focusable(card: QWidget) -> list[QWidget]:
    """Return what can take the focus in `card`, in the order in which it was built, which is the order of reading."""
    return [
        widget
        for widget in card.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisibleTo(card) and widget.isEnabled()
    ]


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None


def place_before(layout: QBoxLayout, row: QWidget, other: QWidget | None) -> None:
    """Put `row`, the last of `layout`, before `other`, if there is one; an `other` elsewhere stands for the top."""
    if other is not None:
        layout.removeWidget(row)
        layout.insertWidget(max(0, layout.indexOf(other)), row)
        # The order of the children is the order of the tab key.
        row.stackUnder(other)
