"""Colours as `#rrggbb` text: contrast, mixtures, and which text can be read on a fill. No Qt."""

from __future__ import annotations

from typing import Final

INK: Final = "#14242e"
WHITE: Final = "#ffffff"
BLACK: Final = "#000000"
ENOUGH: Final = 4.5
"""The contrast that text needs, after WCAG 2.2, 1.4.3."""


def readable_on(colour: str) -> str:
    """Return the text colour for a fill of `colour`: ink, white or, where neither is enough, black."""
    for text in (INK, WHITE):
        if contrast(text, colour) >= ENOUGH:
            return text
    return BLACK


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Return `one` with `share` (0 to 1) of `other` mixed in."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def is_dark(colour: str) -> bool:
    """Return whether `colour` is nearer to black than to white for the eye."""
    return _luminance(colour) < 0.18


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if (part := channel / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
