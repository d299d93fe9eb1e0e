"""Dates as people in Britain write them. No Qt."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_FIGURES = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})\Z")
_WORDS = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-]*(?:of\s+)?([a-z]{3,9})\.?[\s,\-]*(\d{4}|\d{2})\Z")


def understood_date(text: str, *, short_years: bool = True) -> str | None:
    """Return the date that `text` says as `YYYY-MM-DD`, or `None` if it says none.

    Understood are "12/9/2026", "12.9.26", "12 Sept 2026", "Saturday 12th September 2026" and "2026-09-12".
    Without `short_years` a year of two figures is none yet: while it is typed, 2026 is 20 for a moment.
    """
    text = " ".join(text.split()).lower()
    if found := _ISO.match(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _FIGURES.match(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _WORDS.match(text):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    else:
        return None
    if year < 100:
        if not short_years:
            return None
        year += 2000
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def long_date(iso: str) -> str:
    """Return the date `iso`, `YYYY-MM-DD`, as "12 September 2026"."""
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def _month(word: str) -> int:
    return next((number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(word[:3])
                 and (name.lower().startswith(word) or word == "sept")), 0)  # fmt: skip
