"""Puts rows on pages: repeats the heads of tables, keeps together what belongs together, and cuts only what must be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit_desktop.ui.pdf_report.boxes import Cell, NewPage, Row

if TYPE_CHECKING:
    from collections.abc import Sequence


_MOST_LEFT_EMPTY = 0.3
"""A page that is filled less than this is not left for the next."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """The room between the margins."""

    width: float
    height: float


@dataclass(slots=True)
class Placed:
    """A row, or a part of it, on a page."""

    row: Row
    top: float
    height: float
    starts: list[float]
    ends: list[float]


@dataclass(slots=True)
class Page:
    """A page and what stands on it."""

    is_landscape: bool
    placed: list[Placed] = field(default_factory=list[Placed])


class Pagination:
    """Fills pages of two sizes; `padding` is that of every cell with a border."""

    def __init__(self, portrait: PageSize, landscape: PageSize, padding: float) -> None:
        self._sizes = {False: portrait, True: landscape}
        self._padding = padding
        self.pages: list[Page] = [Page(is_landscape=False)]
        self._top = 0.0

    def fill(self, rows: Sequence[Row | NewPage]) -> list[Page]:
        """Put `rows` on pages and return these."""
        for index, row in enumerate(rows):
            if isinstance(row, NewPage):
                self._begin(row.is_landscape)
            else:
                self._place(row, rows[index + 1 :])
        return self.pages

    @property
    def _page(self) -> Page:
        return self.pages[-1]

    @property
    def _size(self) -> PageSize:
        return self._sizes[self._page.is_landscape]

    def _begin(self, is_landscape: bool | None) -> None:
        if is_landscape is None:
            is_landscape = self._page.is_landscape
        if self._page.placed:
            self.pages.append(Page(is_landscape))
        else:
            self._page.is_landscape = is_landscape
        self._top = 0.0

    def _height(self, row: Row) -> float:
        return row.height(self._size.width, self._padding)

    def _place(self, row: Row, following: Sequence[Row | NewPage]) -> None:
        before = row.before if self._page.placed else 0
        needed = self._together(row, following)
        head = sum(self._height(one) for one in row.head)
        whole_page = self._size.height - head
        if self._top + before + min(needed, whole_page) > self._size.height and self._page.placed:
            fits_elsewhere = min(needed, self._height(row)) <= whole_page
            # What only a heading stands above is rather cut than moved, or the heading would stand alone.
            is_worth_it = self._top > self._size.height * _MOST_LEFT_EMPTY
            if (fits_elsewhere and is_worth_it) or self._size.height - self._top < self._size.height / 4:
                self._next_page(row)
                before = 0
        self._top += before
        self._put(row)

    def _together(self, row: Row, following: Sequence[Row | NewPage]) -> float:
        """Return the height of `row` and of those that it keeps with it; only of `row` if a page is too small."""
        total = own = self._height(row)
        last = row
        for other in following:
            if not last.keeps or isinstance(other, NewPage):
                break
            total += other.before + self._height(other)
            last = other
            if total > self._size.height:
                # The head of something long goes with its beginning.
                return own + self._size.height / 5
        return total

    def _next_page(self, row: Row) -> None:
        self.pages.append(Page(self._page.is_landscape))
        self._top = 0.0
        for head in row.head:
            self._put(head)

    def _put(self, row: Row) -> None:
        starts = [0.0] * len(row.cells)
        first = True
        while True:
            room = self._size.height - self._top
            whole = [cell.content.height(own - self._inset(row)) for cell, own in self._cells(row)]
            rest = max(end - start for start, end in zip(starts, whole, strict=True)) + self._inset(row)
            if first:
                rest = max(rest, row.least)
            if rest <= room + 0.5 or (not self._page.placed and self._inset(row) >= room):
                self._add(row, rest, starts, whole)
                return
            ends = row.cut(starts, self._size.width, self._padding, room)
            used = max(end - start for start, end in zip(starts, ends, strict=True))
            if used > 0:
                self._add(row, used + self._inset(row), starts, ends)
                starts, first = ends, False
            elif self._is_fresh(row):
                # Not even a line fits on an empty page: rather cut it than never end.
                self._add(row, rest, starts, whole)
                return
            self._next_page(row)

    def _is_fresh(self, row: Row) -> bool:
        return len(self._page.placed) <= len(row.head)

    def _inset(self, row: Row) -> float:
        return 2 * self._padding if row.is_bordered else 0

    def _cells(self, row: Row) -> list[tuple[Cell, float]]:
        return list(zip(row.cells, row.widths(self._size.width), strict=True))

    def _add(self, row: Row, height: float, starts: list[float], ends: list[float]) -> None:
        self._page.placed.append(Placed(row, self._top, height, list(starts), list(ends)))
        self._top += height
