"""The texts of the marks and earlier comments on a statement's card: few, since the first window needs them. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from audit_desktop.core.visits import EarlierComment


class _Marks:
    group: str = "{name}: marks"
    is_set: str = "✓ {label}"
    conflict: str = "{label}: two answers"

    def spoken(self, name: str, label: str, *, is_set: bool) -> str:
        """Return what a screen reader says for a mark."""
        return f"{name}: {label}, {'set' if is_set else 'not set'}"


MARKS: Final = _Marks()


class _Earlier:
    title: str = "Earlier visits"

    def who(self, comment: EarlierComment, date: str) -> str:
        """Return when an earlier comment was made, and by whom."""
        return " · ".join(part for part in ("Visit of " + date if date else "Earlier visit", comment.people) if part)

    def marks(self, comment: EarlierComment) -> str:
        """Return what was ticked with an earlier comment."""
        seen = "Seen as evidence" if comment.seen_evidence else ""
        good = "Good practice" if comment.good_practice else ""
        return " · ".join(part for part in (seen, good) if part)

    def rating(self, label: str, reason: str) -> str:
        """Return the rating of an earlier visit with its reason."""
        return f"LAP rating: {label}" + (f". {reason}" if reason else "")


EARLIER: Final = _Earlier()
