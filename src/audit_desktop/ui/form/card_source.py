"""What a column of cards asks of its cards and of whoever builds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Card(Protocol):
    """What the column asks of a card besides being a widget."""

    def adapt(self, width: int) -> None:
        """Arrange the card for `width`."""
        ...


class CardSource(Protocol):
    """Where the column takes its cards from."""

    def count(self) -> int:
        """Return how many cards there are."""
        ...

    def estimate(self, index: int) -> int:
        """Return about how high card `index` will be."""
        ...

    def build(self, index: int, parent: QWidget) -> QWidget:
        """Return card `index`, newly built; it has `adapt`."""
        ...
