"""Writes tables as an Excel workbook: filters, a header that stays in sight, colours of ratings, and no formulas."""

from __future__ import annotations

import io
import re
from datetime import UTC, date
from typing import TYPE_CHECKING, Any, Final, cast

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - its types are in its source

from audit_desktop.exchange.word.colours import ACCENT, fill_of, ink_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit_desktop.exchange.tables.sheets import Cell, Sheet, WorkbookProperties

LONGEST_CELL: Final = 32_000
"""A little less than Excel's limit for the text of a cell; what is longer runs on in the row below."""
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_A3, _A4 = 8, 9
_WIDEST_ON_A4: Final = 200
_LINE_HEIGHT: Final = 15
_HIGHEST: Final = 409
"""The highest row that Excel allows, in points."""
_TITLE_ROWS: Final = 1
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "d mmmm yyyy",
}


def workbook_bytes(sheets: Sequence[Sheet], properties: WorkbookProperties) -> bytes:
    """Return `sheets` as the bytes of an Excel workbook; the same sheets and properties give the same bytes."""
    buffer = io.BytesIO()
    book: Any = cast("Any", xlsxwriter).Workbook(buffer, _OPTIONS)
    book.set_properties(
        {
            "title": properties.title[:255],
            "subject": properties.subject[:255],
            "author": properties.author[:255],
            "created": properties.created.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        }
    )
    drawing = _Drawing(book)
    for sheet in sheets:
        drawing.draw(sheet, f"{properties.title} · {properties.author}" if properties.author else properties.title)
    book.close()
    return buffer.getvalue()


class _Drawing:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def draw(self, sheet: Sheet, title: str) -> None:
        page = self._book.add_worksheet(self._name(sheet.name))
        head = self._format(bold=True, bg_color=f"#{ACCENT}", font_color="#FFFFFF", text_wrap=True, valign="vcenter")
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.width)
            page.write_string(0, index, column.heading, head)
        row = _TITLE_ROWS
        for cells in sheet.rows:
            for line in _lines(cells, sheet.frozen):
                for index, cell in enumerate(line):
                    self._write(page, row, index, cell)
                page.set_row(row, _height(line, [column.width for column in sheet.columns]))
                row += 1
        last = max(row - 1, 0)
        page.freeze_panes(_TITLE_ROWS, sheet.frozen)
        page.autofilter(0, 0, last, len(sheet.columns) - 1)
        page.repeat_rows(0)
        page.set_landscape()
        page.set_paper(_A3 if sum(column.width for column in sheet.columns) > _WIDEST_ON_A4 else _A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        # An ampersand begins a code in Excel's headers.
        page.set_header(f"&L&9{title.replace('&', '&&')[:200]}&R&9&A")
        page.set_footer("&R&9&P / &N")

    def _write(self, page: Any, row: int, index: int, cell: Cell) -> None:
        content = cell.content
        if isinstance(content, str):
            if content or cell.level is not None:
                page.write_string(row, index, content, self._cell_format(cell, {}))
            else:
                page.write_blank(row, index, None, self._cell_format(cell, {}))
        elif isinstance(content, date):
            page.write_datetime(
                row, index, content, self._cell_format(cell, {"num_format": "d mmm yyyy", "align": "left"})
            )
        else:
            page.write_number(row, index, content, self._cell_format(cell, {}))

    def _cell_format(self, cell: Cell, look: dict[str, object]) -> Any:
        if cell.level is not None:
            fill = fill_of(cell.level.colour)
            look = {**look, "bg_color": f"#{fill}", "font_color": f"#{ink_on(fill)}", "bold": True}
        return self._format(text_wrap=True, valign="top", border=1, border_color="#CCD6DB", **look)

    def _format(self, **look: object) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def _name(self, wanted: str) -> str:
        name = _NOT_IN_NAMES.sub(" ", wanted).strip(" '")[:_LONGEST_NAME] or "Sheet"
        number = 2
        while name.casefold() in self._names:
            name = f"{name[: _LONGEST_NAME - 3]} {number}"
            number += 1
        self._names.add(name.casefold())
        return name


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """Return how high a row must be, since not every program works that out for wrapped text."""
    most = 1
    for cell, width in zip(cells, widths, strict=True):
        lines = sum(1 + int(len(line) * 1.1) // width for line in cell.text.split("\n"))
        most = max(most, lines)
    return min(most * _LINE_HEIGHT, _HIGHEST)


def _lines(cells: tuple[Cell, ...], keys: int) -> Iterator[tuple[Cell, ...]]:
    """Yield `cells` as one row, and as many more as their texts need; each further row has the same first cells."""
    from audit_desktop.exchange.tables.sheets import Cell

    while True:
        yield tuple(
            Cell(cell.content[:LONGEST_CELL], cell.level) if isinstance(cell.content, str) else cell for cell in cells
        )
        rest = tuple(Cell(cell.content[LONGEST_CELL:]) if isinstance(cell.content, str) else Cell() for cell in cells)
        if not any(cell.content for cell in rest):
            return
        cells = (*cells[:keys], *rest[keys:])
