"""A column of cards of which only those near the viewport exist, so that ten thousand scroll as well as ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from audit_desktop.ui.form import tab_order
from audit_desktop.ui.form.card_heights import CardHeights
from audit_desktop.ui.form.revealing import distance_to_reveal
from audit_desktop.ui.parts.viewport import give_viewport
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QResizeEvent

    from audit_desktop.ui.form.card_source import CardSource

_GAP = Space.MEDIUM
_MARGIN = Space.LARGE
_KEPT = 12  # So many cards above and below the visible ones are kept once they were built.
_MOST_ROUNDS = 8  # Building a card can bring the next into view; after so many the heights do not settle.


class CardColumn(QAbstractScrollArea):
    """Cards one below the other, as wide as can be read well.

    Signals:
        current_changed: another card is the one that the person looks at; carries its index.
    """

    current_changed = Signal(int)

    def __init__(self, source: CardSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._heights = CardHeights(source.estimates(), gap=_GAP, margin=_MARGIN)
        self._cards: dict[int, QWidget] = {}
        self._current = self._begin = 0
        self._was_shown = self._was_idle = self._is_placing = self._must_measure = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_viewport(self, QPalette.ColorRole.Window)
        self._idle, self._measure_soon = QTimer(self), QTimer(self)
        for timer, slot in ((self._idle, self._on_idle), (self._measure_soon, self._on_measure)):
            timer.setSingleShot(True)
            timer.timeout.connect(slot)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    # What is there

    @property
    def current(self) -> int:
        """The index of the card that the person looks at."""
        return self._current

    def card(self, index: int) -> QWidget | None:
        """Return card `index` if it exists now."""
        return self._cards.get(index)

    def count(self) -> int:
        """Return how many cards there are, built or not."""
        return len(self._heights)

    def index_of(self, widget: QWidget | None) -> int | None:
        """Return the index of the card that `widget` is in, or `None`."""
        viewport = self.viewport()
        while widget is not None and widget.parentWidget() is not viewport:
            widget = widget.parentWidget()
        return next((index for index, card in self._cards.items() if card is widget), None) if widget else None

    def built(self) -> Iterator[tuple[int, QWidget]]:
        """Yield the cards that exist now, with their index."""
        yield from tuple(self._cards.items())

    def need(self, index: int) -> QWidget:
        """Return card `index`, built if it does not exist yet."""
        if index not in self._cards:
            self._build(index)
            self._settle()
            self._move_cards()
        return self._cards[index]

    # Where it is

    def show_card(self, index: int) -> None:
        """Scroll so that card `index` begins at the top, as far as that goes."""
        for _ in range(_MOST_ROUNDS):
            before = self._heights.top(index)
            self.verticalScrollBar().setValue(before - _GAP)
            self._place()
            if self._heights.top(index) == before:
                break
        self._set_current(index)

    def begin_at(self, index: int) -> None:
        """Begin with card `index` at the top when the column is first shown."""
        self._begin = index

    def reveal(self, widget: QWidget) -> None:
        """Scroll as little as shows `widget`, or the line with the caret if it is a high box."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + distance_to_reveal(widget, self.viewport()))

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._must_measure |= event.oldSize().width() != event.size().width()
        self._place()

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        # Lets the scroll bar take its room before cards are measured for what is left.
        if self._heights.total > self.viewport().height():
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # Only now, or the resizing before would build the cards at the top, however far down it begins.
        self._was_shown = True
        if self._begin:
            self._current, self._begin = self._begin, 0
            self._scroll_silently(self._heights.top(self._current) - _GAP)
            self.current_changed.emit(self._current)
        self._place()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        focused = QApplication.focusWidget()
        index = self.index_of(focused)
        if focused is None or (index is None and not (focused is self and forward)):
            return super().focusNextPrevChild(forward)
        following = tab_order.following(self, focused, index, forward=forward)
        target = following or tab_order.outside(self, focused, forward=forward)
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    # Inside

    def _card_width(self) -> int:
        # About ninety letters of a line can be read well.
        most = self.fontMetrics().averageCharWidth() * 118
        return max(120, min(self.viewport().width() - 2 * _MARGIN, most))

    def _visible(self) -> tuple[int, int]:
        return self._heights.within(self.verticalScrollBar().value(), self.viewport().height())

    def _build(self, index: int) -> None:
        card = self._source.build(index, self.viewport())
        self._cards[index] = card
        self._measure(index)
        card.show()

    def _measure(self, index: int) -> bool:
        card = self._cards[index]
        width = self._card_width()
        if card.width() != width:
            card.adapt(width)  # type: ignore[attr-defined]
            card.resize(width, card.height())
        height = card.heightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height()
        return self._heights.set(index, height)

    def _place(self) -> None:
        """Build what is visible, keep what is seen where it is, and put every card in its place."""
        if self._is_placing or not len(self._heights) or not self._was_shown or not self.isVisible():
            return
        self._is_placing = True
        try:
            for _ in range(_MOST_ROUNDS):
                first, last = self._visible()
                missing = [index for index in range(first, last + 1) if index not in self._cards]
                if not missing and not self._must_measure:
                    break
                for index in missing:
                    self._build(index)
                if self._must_measure:
                    self._must_measure = False
                    for index in self._cards:
                        self._measure(index)
                self._settle(keep=missing)
            self._move_cards()
        finally:
            self._is_placing = False
        # The neighbours come after the first painting.
        self._idle.start(0 if self._was_idle else 60)

    def _settle(self, keep: list[int] | tuple[int, ...] = ()) -> None:
        """Sum the heights up again, and scroll so that the current card stays where it is, or else the first seen."""
        bar = self.verticalScrollBar()
        first, last = self._visible()
        seen = [index for index in range(first, last + 1) if index in self._cards and index not in keep]
        anchor = seen[0] if seen else first
        if self._current in seen and self._heights.top(self._current) >= bar.value():
            anchor = self._current
        offset = self._heights.top(anchor) - bar.value()
        self._heights.sum_up()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.fontMetrics().lineSpacing() * 2)
        self._scroll_silently(self._heights.top(anchor) - offset if anchor else bar.value())

    def _scroll_silently(self, value: int) -> None:
        bar = self.verticalScrollBar()
        with QSignalBlocker(bar):
            bar.setRange(0, max(0, self._heights.total - self.viewport().height()))
            bar.setValue(value)

    def _move_cards(self) -> None:
        width = self._card_width()
        left = (self.viewport().width() - width) // 2
        top = self.verticalScrollBar().value()
        for index, card in self._cards.items():
            card.setGeometry(left, self._heights.top(index) - top, width, self._heights[index])

    def request_measure(self) -> None:
        """Measure the cards again soon, because what is in one of them changed."""
        if not self._is_placing and not self._measure_soon.isActive():
            self._measure_soon.start(0)

    @Slot()
    def _on_measure(self) -> None:
        changed = [index for index in self._cards if self._measure(index)]
        if changed:
            self._settle()
            self._place()
            self._move_cards()
            focused = QApplication.focusWidget()
            if focused is not None and self.index_of(focused) in changed:
                self.reveal(focused)

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self._place()
        self._move_cards()
        first, last = self._visible()
        is_gone = self._heights.bottom(self._current) < self.verticalScrollBar().value() + 40
        if is_gone or not first <= self._current <= last:
            line = self.verticalScrollBar().value() + self.viewport().height() // 4
            self._set_current(max(first, min(self._heights.at(line), last)))

    @Slot()
    def _on_idle(self) -> None:
        """Build one neighbour at a time while nothing else is to be done, and drop what is far away."""
        self._was_idle = True
        if not self.isVisible():
            return
        first, last = self._visible()
        used = self.index_of(QApplication.focusWidget())
        for index in tuple(self._cards):
            if (index < first - _KEPT or index > last + _KEPT) and index != used:
                card = self._cards.pop(index)
                card.hide()
                card.deleteLater()
        for index in (last + 1, first - 1, last + 2):
            if 0 <= index < len(self._heights) and index not in self._cards:
                self._build(index)
                self._settle()
                self._move_cards()
                self._idle.start(0)
                return

    @Slot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            index = self.index_of(new)
            if index is not None:
                self._set_current(index)
                self.reveal(new)

    def _set_current(self, index: int) -> None:
        if index != self._current:
            self._current = index
            self.current_changed.emit(index)
