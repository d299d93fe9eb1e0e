"""Which row of a document is which statement: by control, bookmark, printed number or text, and never one twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from audit_desktop.exchange.word_import.plain_text import comparable, similarity, split_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audit_desktop.exchange.word_import.document import Cell, Table
    from audit_desktop.exchange.word_import.framework_text import FrameworkText

SIMILAR: Final = 0.85
"""From this similarity on a text is taken for a statement's."""
CLEARLY_BETTER: Final = 0.08
"""By how much the most similar statement must surpass the second."""
SAME_ANYWHERE: Final = 0.97
"""From this similarity on a text is taken for a statement's in another section too."""
_STILL_THE_SAME: Final = 0.6
"""How similar a text must be for a printed number to be believed."""
_SHARED_WORDS: Final = 0.3
"""Share of common words below which two texts are not compared at all."""
_SHORTEST: Final = 12
"""Letters below which a text is no statement's: a mark, or the start of a comment."""
_MOST_COMPARISONS: Final = 100_000
"""Pairs of a row and a statement that are compared by text; a form of 50 statements needs a tenth of it."""

RowPlace = tuple[int, int]
"""A table's number and a row's index."""


class MatchedBy(StrEnum):
    """What told which statement a row is."""

    TAG = "tag"
    BOOKMARK = "bookmark"
    REFERENCE = "reference"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Match:
    """The statement that a row is."""

    statement_id: str
    by: MatchedBy


class _Row:
    """What a row says about which statement it is."""

    def __init__(self, place: RowPlace, cells: tuple[Cell, ...], words: FrameworkText) -> None:
        self.place = place
        self._words = words
        self._ratios: dict[str, float] = {}
        tags = (control.tag for cell in cells for control in cell.controls)
        tagged = (words.address_of_tag.get(tag, "") for tag in tags if tag)
        self.tagged = next((address.split("/")[1] for address in tagged if address), "")
        marks = (words.anchors.statement_of.get(name, "") for cell in cells for name in cell.bookmarks)
        self.bookmarked = next(filter(None, marks), "")
        filled = [cell.text for cell in cells[:3] if cell.text.strip()]
        self.reference, rest = split_reference(filled[0]) if filled else ("", "")
        if self.reference and not rest.strip() and len(filled) > 1:
            rest = filled[1]
        self.text = comparable(rest)

    @cached_property
    def ranked(self) -> list[tuple[float, str]]:
        """The statements whose texts are like this row's, with their similarities, the most similar first."""
        if len(self.text) < _SHORTEST:
            return []
        own_words = Counter(self.text.split())
        found: list[tuple[float, str]] = []
        for statement_id, words in self._words.word_counts.items():
            shared = 2 * (own_words & words).total() / (own_words.total() + words.total())
            if shared >= _SHARED_WORDS:
                found.append((self.likeness(statement_id), statement_id))
        found.sort(key=lambda entry: -entry[0])
        return found

    def likeness(self, statement_id: str) -> float:
        """Return how like the statement's text this row's is."""
        ratio = self._ratios.get(statement_id)
        if ratio is None:
            ratio = self._ratios[statement_id] = similarity(self.text, self._words.statements[statement_id])
        return ratio


def match_rows(tables: Iterable[Table], words: FrameworkText) -> dict[RowPlace, Match]:
    """Return which statement each row of `tables` is; rows that are none, or not surely one, are left out.

    Each statement is found once at most: of several rows that claim it, the one with most in its favour.
    """
    rows = [_Row((table.number, index), cells, words) for table in tables for index, cells in enumerate(table.rows)]
    matches: dict[RowPlace, Match] = {}
    _claim(rows, matches, MatchedBy.TAG, lambda row: row.tagged)
    _claim(rows, matches, MatchedBy.BOOKMARK, lambda row: row.bookmarked)
    if len(matches) < len(words.statements):
        _claim(rows, matches, MatchedBy.REFERENCE, lambda row: _by_reference(row, words))
    if len(matches) < len(words.statements):
        most = _MOST_COMPARISONS // max(1, len(words.statements))
        open_rows = [row for row in rows if row.place not in matches and row.text][:most]
        sections = _sections_around(rows, matches, words)
        _claim(open_rows, matches, MatchedBy.TEXT, lambda row: _by_text(row, words, sections[row.place]))
    return matches


def _claim(rows: Iterable[_Row], matches: dict[RowPlace, Match], by: MatchedBy, claimed: Callable[[_Row], str]) -> None:
    """Give each statement that no row has yet to the best of the rows that `claimed` says are it."""
    taken = {match.statement_id for match in matches.values()}
    claims: dict[str, list[_Row]] = {}
    for row in rows:
        if row.place not in matches:
            statement_id = claimed(row)
            if statement_id and statement_id not in taken:
                claims.setdefault(statement_id, []).append(row)
    for statement_id, claimants in claims.items():
        best = claimants[0]
        if len(claimants) > 1:
            # A copied row brings its control along, but neither its bookmark nor, once retyped, its text.
            best = max(
                claimants,
                key=lambda row: (row.bookmarked == statement_id, row.likeness(statement_id), row.place[0] * -1),
            )
        matches[best.place] = Match(statement_id, by)


def _by_reference(row: _Row, words: FrameworkText) -> str:
    """Return the statement that the row's printed number means, if its text does not gainsay it."""
    candidates = words.by_reference.get(row.reference, ())
    if not candidates:
        return ""
    if len(row.text) < _SHORTEST:
        # The number alone, and only where it means one statement.
        return candidates[0] if len(candidates) == 1 else ""
    best = max(candidates, key=row.likeness)
    likeness = row.likeness(best)
    if likeness < _STILL_THE_SAME:
        return ""
    if likeness > SIMILAR:
        return best
    # There may be none: a few letters make words alike that are not the same.
    is_another = any(
        ratio > likeness + CLEARLY_BETTER and most_alike not in candidates for ratio, most_alike in row.ranked[:1]
    )
    return "" if is_another else best


def _by_text(row: _Row, words: FrameworkText, sections: frozenset[str]) -> str:
    if not row.ranked:
        return ""
    ratio, best = row.ranked[0]
    second = row.ranked[1][0] if len(row.ranked) > 1 else 0.0
    if ratio <= SIMILAR or ratio - second < CLEARLY_BETTER:
        return ""
    if sections and words.addresses.section_of_statement[best].id not in sections and ratio < SAME_ANYWHERE:
        return ""
    return best


def _sections_around(
    rows: list[_Row], matches: dict[RowPlace, Match], words: FrameworkText
) -> dict[RowPlace, frozenset[str]]:
    """Return for each row the sections of the nearest matched rows before and after it; none where there is neither."""
    of_statement = words.addresses.section_of_statement
    around: dict[RowPlace, frozenset[str]] = {row.place: frozenset() for row in rows}
    for ordered in (rows, rows[::-1]):
        nearest: frozenset[str] = frozenset()
        for row in ordered:
            match = matches.get(row.place)
            if match is not None:
                nearest = frozenset({of_statement[match.statement_id].id})
            around[row.place] |= nearest
    return around
