"""The geometry of a profile's bar, which the page draws as SVG and the printed report with a pen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit_desktop.exchange.report_summary import Bar

WIDTH: Final = 320
HEIGHT: Final = 24
_ROOM_FOR_A_COUNT: Final = 13


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a bar: where it starts, how wide it is, and whether its count fits in."""

    bar: Bar
    left: float
    width: float

    @property
    def shows_count(self) -> bool:
        """Whether the count has room inside."""
        return self.width >= _ROOM_FOR_A_COUNT * len(str(self.bar.count))

    @property
    def middle(self) -> float:
        """Where the count stands."""
        return round(self.left + self.width / 2, 2)


def stretches(bars: Sequence[Bar], width: float = WIDTH) -> tuple[Stretch, ...]:
    """Return the stretches of a bar that is `width` wide; levels at which nothing stands have none."""
    total = sum(bar.count for bar in bars)
    found: list[Stretch] = []
    left = 0.0
    for bar in bars:
        if bar.count:
            share = width * bar.count / total
            found.append(Stretch(bar, round(left, 2), round(share, 2)))
            left += share
    return tuple(found)
