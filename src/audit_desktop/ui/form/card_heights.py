"""Where the cards of a column stand, from their heights; no widgets."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class CardHeights:
    """The heights of cards that stand one below the other with a `gap` between them and a `margin` around them."""

    def __init__(self, heights: Iterable[int], *, gap: int, margin: int) -> None:
        self._heights = list(heights)
        self._gap = gap
        self._margin = margin
        self._tops: list[int] = []
        self.sum_up()

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def set(self, index: int, height: int) -> bool:
        """Say how high card `index` is; returns whether that is new. What stands below it moves with `sum_up`."""
        if self._heights[index] == height:
            return False
        self._heights[index] = height
        return True

    def sum_up(self) -> None:
        """Work out anew where each card stands."""
        self._tops = list(accumulate(self._heights, lambda top, height: top + height + self._gap, initial=self._margin))

    def top(self, index: int) -> int:
        """Return where card `index` begins."""
        return self._tops[index]

    def bottom(self, index: int) -> int:
        """Return where card `index` ends."""
        return self._tops[index] + self._heights[index]

    @property
    def total(self) -> int:
        """How high everything is, with the margins."""
        return self._tops[-1] - self._gap + self._margin

    def at(self, y: int) -> int:
        """Return the index of the card at `y`, or the nearest above it."""
        return max(0, min(bisect_right(self._tops, y) - 1, len(self._heights) - 1))

    def within(self, top: int, height: int) -> tuple[int, int]:
        """Return the first and the last card of which something can be seen in `height` pixels from `top` on."""
        first = self.at(top)
        if self.bottom(first) <= top and first + 1 < len(self):
            first += 1
        return first, self.at(top + height)
