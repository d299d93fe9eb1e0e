"""Where the statements of a section stand, counted once and then moved by each edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.addresses import statement_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.framework import Statement

# No id of a level has a space in it.
UNRATED: Final = "not rated"
NOT_APPLICABLE: Final = "not applicable"
NOT_ASKED: Final = "not asked"


class Tally:
    """How many of some things stand where: each at a level, or `UNRATED`, `NOT_APPLICABLE` or `NOT_ASKED`."""

    def __init__(self, levels: Sequence[str], standings: Iterable[str]) -> None:
        self.standings = list(standings)
        """Where each stands, in order."""
        self._counts = dict.fromkeys((*levels, UNRATED, NOT_APPLICABLE, NOT_ASKED), 0)
        for standing in self.standings:
            self._counts[standing] += 1
        self._levels = levels

    def move(self, place: int, standing: str) -> None:
        """Say that the thing at `place` stands at `standing` now."""
        self._counts[self.standings[place]] -= 1
        self._counts[standing] += 1
        self.standings[place] = standing

    def count(self, *standings: str) -> int:
        """Return how many stand at any of `standings`."""
        return sum(self._counts[standing] for standing in standings)

    @property
    def by_level(self) -> dict[str, int]:
        """How many stand at each level, lowest level first."""
        return {level: self._counts[level] for level in self._levels}

    @property
    def rated(self) -> int:
        """How many stand at a level."""
        return self.count(*self._levels)

    @property
    def unrated(self) -> int:
        """How many are still to be rated."""
        return self._counts[UNRATED]

    def places(self, *standings: str) -> list[int]:
        """Return the places of those that stand at any of `standings`, in the order of `standings`."""
        return [place for wanted in standings for place, found in enumerate(self.standings) if found == wanted]


def standing_of(state: AuditState, statement: Statement) -> str:
    """Return where `statement` stands. A rating in conflict, or one that the scale does not know, is none yet."""
    if state.not_applicable(statement.id) is not None:
        return NOT_APPLICABLE
    rating = state.addresses.rating_field
    if rating is None or rating.id in statement.without:
        return NOT_ASKED
    value = state.value(statement_address(statement.id, rating.id))
    return value if value in state.addresses.levels else UNRATED
