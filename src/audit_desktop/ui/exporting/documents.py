"""One audit as a document, for the window and the command line alike; Qt is loaded for a PDF alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audit_desktop.exchange.exporters import ExportKind, ReadingOptions, export_audit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.exchange.report_model import Report
    from audit_desktop.exchange.report_summary import ReportSummary

STATEMENTS_SUFFIX: Final = " statements.csv"
"""The ending of the second table of a CSV export into a folder."""


def _unseen(_done: int, _total: int) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class DocumentChoices:
    """What a person chose about a document.

    `earlier` is the audit that a report to read says the changes since. `comments_in_margin` puts what visitors said
    also into the margin of a Word document, and `as_form` makes one of an empty audit a blank form.
    """

    earlier: Audit | None = None
    comments_in_margin: bool = False
    as_form: bool = False


def document_of(
    resources: Path,
    audit: Audit,
    kind: ExportKind,
    now: datetime,
    choices: DocumentChoices | None = None,
    *,
    progress: Callable[[int, int], None] = _unseen,
    is_cancelled: Callable[[], bool] = _never,
) -> bytes:
    """Return `audit` as a document, with our `resources`; raises `AuditDesktopError` as `export_audit` does."""
    choices = choices or DocumentChoices()
    return export_audit(
        audit,
        kind,
        template=word_template(resources),
        now=now,
        reading=ReadingOptions(resources / "report", _print, choices.earlier),
        as_form=choices.as_form,
        comments_as_word_comments=choices.comments_in_margin,
        progress=progress,
        is_cancelled=is_cancelled,
    )


def word_template(resources: Path) -> Path:
    """Return where the template of Word documents is."""
    return resources / "word" / "template.docx"


def statements_of(audit: Audit) -> bytes:
    """Return the statements of `audit` as a CSV table of their own."""
    from audit_desktop.exchange.tables.audit_tables import statements_sheet
    from audit_desktop.exchange.tables.comma_separated import csv_bytes

    return csv_bytes(statements_sheet(audit))


def _print(report: Report, summary: ReportSummary) -> bytes:
    from audit_desktop.ui.pdf_report.printing import print_report

    return print_report(report, summary)
