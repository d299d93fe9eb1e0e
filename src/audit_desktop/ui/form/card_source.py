"""What a column of cards asks of its cards and of whoever builds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget


class Card(Protocol):
    """What the column asks of a card besides being a widget."""

    def adapt(self, width: int) -> None:
        """Arrange the card for `width`."""
        ...


class CardSource(Protocol):
    """Where the column takes its cards from."""

    def estimates(self) -> Iterable[int]:
        """Return about how high each card will be."""
        ...

    def build(self, index: int, parent: QWidget) -> QWidget:
        """Return card `index`, newly built; it has `adapt`."""
        ...
