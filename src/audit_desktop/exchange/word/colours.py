"""Colours of documents, and which text is readable on a fill."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

ACCENT: Final = "1F4E5F"
TINT: Final = "EEF3F5"
LIGHTER_TINT: Final = "F7F9FA"
WARNING: Final = "8A2B12"
WARNING_TINT: Final = "FBEFEA"


def fill_of(colour: str) -> str:
    """Return the `#rrggbb` of a framework as Word writes it."""
    return colour.lstrip("#").upper()


@lru_cache(maxsize=64)
def ink_on(fill: str) -> str:
    """Return black or white, whichever contrasts more with `fill`; it is at least 4.5:1 on any fill."""
    return "FFFFFF" if contrast(fill, "FFFFFF") > contrast(fill, "000000") else "000000"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
