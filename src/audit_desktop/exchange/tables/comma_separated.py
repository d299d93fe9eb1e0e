"""Writes a table as CSV that Excel reads right and that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from audit_desktop.exchange.tables.sheets import Cell, Sheet

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def csv_bytes(sheet: Sheet) -> bytes:
    """Return `sheet` as CSV in UTF-8 with a byte order mark, without which Excel misreads other than English text.

    Text that a spreadsheet would run as a formula has an apostrophe before it.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([harmless(column.heading) for column in sheet.columns])
    writer.writerows([_content(cell) for cell in row] for row in sheet.rows)
    return lines.getvalue().encode("utf-8-sig", "replace")


def harmless(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and does not run it."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _content(cell: Cell) -> str:
    return harmless(cell.content) if isinstance(cell.content, str) else cell.text
