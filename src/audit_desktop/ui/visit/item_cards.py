"""Cards for the items of a list, one below the other, kept in step with the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from audit_desktop.ui.form.form_card import FormCard


class ItemCards(QWidget):
    """A card for each own id that `wanted` names, made by `make` when it is first needed."""

    def __init__(
        self,
        wanted: Callable[[], Sequence[str]],
        make: Callable[[str], FormCard],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._make = make
        self.cards: dict[str, FormCard] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Space.MEDIUM)
        self.show_items()

    def show_items(self) -> None:
        """Make the cards that are missing, put them in order, and take away those whose items are gone."""
        wanted = list(self._wanted())
        for own_id in tuple(self.cards):
            if own_id not in wanted:
                card = self.cards.pop(own_id)
                card.hide()
                card.deleteLater()
        for at, own_id in enumerate(wanted):
            card = self.cards.get(own_id)
            if card is None:
                card = self.cards[own_id] = self._make(own_id)
            if self._layout.indexOf(card) != at:
                self._layout.insertWidget(at, card)
                # At once, so that the focus can go there.
                card.show()
        self.setVisible(bool(wanted))

    def refresh(self, addresses: Collection[str] | None, initiator: object) -> None:
        """Show what changed; `None` for everything."""
        self.show_items()
        for card in self.cards.values():
            card.refresh(addresses, initiator)
