"""Exports the overview of a folder: to Excel, Word or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from audit_desktop.exchange import document_wording as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from audit_desktop.core.errors import AuditDesktopError
    from audit_desktop.core.overview import AuditLine


def export_overview(
    lines: Sequence[AuditLine],
    to: Literal["word", "xlsx", "csv"],
    *,
    template: Path,
    now: datetime,
    explain: Callable[[AuditDesktopError], str],
) -> bytes:
    """Return the overview of `lines`, in their order, as a document; the same lines and `now` give the same bytes.

    `template` is the Word template of the program's resources; `explain` puts a fault into a sentence.
    """
    from audit_desktop.exchange.tables.overview_table import overview_sheet
    from audit_desktop.exchange.tables.sheets import WorkbookProperties

    sheet = overview_sheet(lines, explain)
    properties = WorkbookProperties(wording.OVERVIEW, "", "", now)
    match to:
        case "xlsx":
            from audit_desktop.exchange.tables.workbook import workbook_bytes

            return workbook_bytes((sheet,), properties)
        case "csv":
            from audit_desktop.exchange.tables.comma_separated import csv_bytes

            return csv_bytes(sheet)
        case "word":
            from audit_desktop.exchange.word.plain_table import table_document

            good = [line for line in lines if line.fault is None]
            schools = len({line.school.casefold() for line in good})
            summary = wording.overview_count(len(good), schools, len(lines) - len(good))
            return table_document(sheet, summary, properties, template, "en-GB")
        case _ as never:
            assert_never(never)
