"""Which column of a table holds which answer, told by its heading, or by its place where headings are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.framework import FieldKind
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.word_import.plain_text import added_words, comparable, similarity

if TYPE_CHECKING:
    from audit_desktop.core.framework import Column
    from audit_desktop.exchange.word_import.document import Cell
    from audit_desktop.exchange.word_import.framework_text import FrameworkText

_ALIKE: Final = 0.85
_GRADE_HEADINGS: Final = ("grading", "grade", "rating", "score", "judgement")
_EVIDENCE_HEADINGS: Final = ("how do we know", "evidence")


class ColumnHeadings:
    """Recognises the header rows of one framework's tables of statements."""

    def __init__(self, words: FrameworkText) -> None:
        self._columns = words.framework.layout.columns
        self._names = tuple(self._names_of(column, words) for column in self._columns)
        self._profile = {comparable(wording.NOT_YET_RATED), comparable(wording.NOT_APPLICABLE)}
        self._answers = {
            index
            for index, column in enumerate(self._columns)
            if column.marks or any(shown not in _STATIC for shown in column.shows)
        }

    def read_header(self, cells: tuple[Cell, ...]) -> ColumnUse | None:
        """Return what the columns below the row `cells` hold, or `None` if it is no header row."""
        if len(cells) < min(2, len(self._answers)):
            return None
        found: list[tuple[int, int, int]] = []
        open_columns = list(range(len(self._columns)))
        for cell in cells:
            said = comparable(cell.text)
            index = next((index for index in open_columns if said and self._is_heading(said, index)), None)
            if index is not None:
                found.append((cell.column, cell.column + cell.span, index))
                open_columns.remove(index)
        named = sum(index in self._answers for _, _, index in found)
        # One may be missing or renamed, but a single word is no header.
        if named < max(2, len(self._answers) - 1) and named != len(self._answers):
            return None
        return ColumnUse(self._columns, tuple(found), len(cells)) if named else None

    def added_to(self, cells: tuple[Cell, ...]) -> list[str]:
        """Return what the cells of a header row say besides their headings."""
        names = [name for names in self._names for name in names]
        added: list[str] = []
        for cell in cells:
            said = comparable(cell.text)
            if said not in names:
                nearest = max(names, key=lambda name: similarity(said, name))
                added.append(added_words(cell.text, nearest) if similarity(said, nearest) else cell.text)
        return added

    def is_profile(self, cells: tuple[Cell, ...]) -> bool:
        """Return whether `cells` head a table that counts statements, whose levels look like columns of marks."""
        return self._profile <= {comparable(cell.text) for cell in cells}

    def by_place(self, cells: tuple[Cell, ...]) -> ColumnUse | None:
        """Return what the cells of a statement's row hold in a table without a header; `None` if it cannot be told."""
        surplus = len(cells) - len(self._columns)
        if surplus not in (0, 1):
            return None
        # Where there is one cell more, the printed number has a cell of its own.
        found = [(cell.column, cell.column + cell.span, max(0, index - surplus)) for index, cell in enumerate(cells)]
        return ColumnUse(self._columns, tuple(found), len(cells))

    def _is_heading(self, said: str, index: int) -> bool:
        return any(
            said == name or said.startswith(f"{name} ") or similarity(said, name, _ALIKE) > _ALIKE
            for name in self._names[index]
        )

    def _names_of(self, column: Column, words: FrameworkText) -> tuple[str, ...]:
        names = [comparable(column.heading)]
        rating = words.addresses.rating_field
        if column.marks and rating is not None:
            level = words.framework.scale(rating.scale).level(column.marks)
            if level is not None:
                label, colour = comparable(level.label), comparable(level.colour_name)
                names += [label, colour, f"{colour} {label}", *([colour[:1]] if colour else [])]
        elif not names[0]:
            names += words.section_by_heading
        for field in words.framework.fields.statement:
            if field.id in column.shows:
                names.append(comparable(field.label))
                if field.kind is FieldKind.RATING:
                    names += _GRADE_HEADINGS
                elif field.id == "evidence":
                    names += _EVIDENCE_HEADINGS
        return tuple(dict.fromkeys(filter(None, names)))


_STATIC: Final = frozenset({"reference", "text", "guidance", "considerations", "numbers"})


class ColumnUse:
    """What the columns of a table hold, by the columns of its grid that each heading covers."""

    def __init__(self, columns: tuple[Column, ...], found: tuple[tuple[int, int, int], ...], cells: int) -> None:
        self._columns = columns
        self._found = found
        self._cells = cells

    def of(self, cells: tuple[Cell, ...]) -> list[tuple[Cell, Column | None]]:
        """Return each of `cells` with the column it stands in; `None` where there was no heading that is known."""
        return [(cell, self._column_of(cell)) for cell in cells]

    def _column_of(self, cell: Cell) -> Column | None:
        end = cell.column + cell.span
        best, best_overlap = None, 0
        for start, stop, index in self._found:
            overlap = min(end, stop) - max(cell.column, start)
            if overlap > best_overlap:
                best, best_overlap = index, overlap
        return None if best is None else self._columns[best]
