"""The order of semantic versions."""

from __future__ import annotations

Precedence = tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]
"""What versions are sorted by."""


def precedence(version: str) -> Precedence:
    """Return what sorts `version` among others: `1.9.0` before `1.10.0-draft` before `1.10.0`.

    `version` is valid, as the framework check makes sure; build metadata does not count.
    """
    numbers, _, draft = version.partition("+")[0].partition("-")
    parts = tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in draft.split(".") if draft)
    return tuple(int(number) for number in numbers.split(".")), not draft, parts


def is_draft(version: str) -> bool:
    """Return whether `version` comes before its release, as `2.0.0-draft` does."""
    return "-" in version.partition("+")[0]
