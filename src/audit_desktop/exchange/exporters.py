"""Exports an audit: one function for the window and the command line alike.

What a kind of document needs is imported only when one is made.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, assert_never

from audit_desktop.core.errors import AuditDesktopError, FaultCode

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from datetime import datetime
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.exchange.report_model import Report
    from audit_desktop.exchange.report_summary import ReportSummary
    from audit_desktop.exchange.tables.sheets import WorkbookProperties

ExportKind = Literal["word", "html", "pdf", "xlsx", "csv", "json"]
SUFFIXES: Final[dict[ExportKind, str]] = {
    "word": ".docx",
    "html": ".html",
    "pdf": ".pdf",
    "xlsx": ".xlsx",
    "csv": ".csv",
    "json": ".json",
}
"""What can be exported, and how the names of such files end."""

WRITING_STEPS: Final = 2
"""Steps of progress after the last statement: the document is written, and checked."""


def _never() -> bool:
    return False


def _unseen(_done: int, _total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the reports to read, HTML and PDF, need besides the audit.

    `templates` is the folder of the report's template; `print_pdf` makes a PDF of a report and its summary, and comes
    from whoever may draw; `earlier` is the audit that the report says the changes since.
    """

    templates: Path
    print_pdf: Callable[[Report, ReportSummary], bytes] | None = None
    earlier: Audit | None = None


@contextmanager
def _without_looking_for_cycles() -> Generator[None]:
    """Keep the collector of reference cycles still.

    An export makes many objects at once and no cycles; looking through them again and again took a third of the time
    of the largest.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def export_audit(
    audit: Audit,
    to: ExportKind,
    *,
    template: Path,
    now: datetime,
    reading: ReadingOptions | None = None,
    as_form: bool = False,
    comments_as_word_comments: bool = False,
    progress: Callable[[int, int], None] = _unseen,
    is_cancelled: Callable[[], bool] = _never,
) -> bytes:
    """Return `audit` as the bytes of a document; it has been read back and found complete.

    `template` is the Word template of the program's resources, and `reading` what HTML and PDF need. `now` is aware of
    its time zone; the same audit and `now` give the same bytes. In a Word
    document, `as_form` makes a blank form of an empty audit, and `comments_as_word_comments` puts what visitors said
    about statements in the margin besides. `progress` is told how many steps of how many are
    done. Raises `AuditDesktopError` with `EXPORT_STOPPED` soon after `is_cancelled` says so, with `EXPORT_INCOMPLETE`
    if the document lacks anything, and with `PDF_UNAVAILABLE` where nobody can draw a PDF.
    """
    total = sum(len(section.statements) for section in audit.framework.sections) + WRITING_STEPS
    done = 0

    def step() -> None:
        nonlocal done
        if is_cancelled():
            raise AuditDesktopError(FaultCode.EXPORT_STOPPED)
        done += 1
        progress(done, total)

    match to:
        case "json":
            from audit_desktop.exchange.json_export import json_bytes

            data = json_bytes(audit)
        case "word":
            with _without_looking_for_cycles():
                data = _word(audit, template, now, step, as_form=as_form, with_comments=comments_as_word_comments)
        case "html" | "pdf":
            data = _report_to_read(audit, to, now, reading, step)
        case "xlsx":
            from audit_desktop.exchange.tables.audit_tables import audit_sheets
            from audit_desktop.exchange.tables.workbook import workbook_bytes

            data = workbook_bytes(audit_sheets(audit, step=step), workbook_properties(audit, now))
        case "csv":
            from audit_desktop.exchange.tables.audit_tables import answers_sheet
            from audit_desktop.exchange.tables.comma_separated import csv_bytes

            data = csv_bytes(answers_sheet(audit))
        case _ as never:
            assert_never(never)
    progress(total, total)
    return data


def _word(
    audit: Audit, template: Path, now: datetime, step: Callable[[], None], *, as_form: bool, with_comments: bool
) -> bytes:
    from audit_desktop.exchange.report_builder import build_report
    from audit_desktop.exchange.word.anchors import Anchors
    from audit_desktop.exchange.word.check import check_document
    from audit_desktop.exchange.word.writer import word_document

    report = build_report(audit, now, step=step, as_form=as_form, with_comments=with_comments)
    anchors = Anchors(audit.framework)
    data = word_document(report, anchors, template)
    step()
    check_document(data, report, anchors)
    step()
    return data


def _report_to_read(
    audit: Audit,
    to: Literal["html", "pdf"],
    now: datetime,
    reading: ReadingOptions | None,
    step: Callable[[], None],
) -> bytes:
    from audit_desktop.exchange.report_builder import build_report
    from audit_desktop.exchange.report_summary import summarise

    if reading is None:
        raise ValueError(to)  # a caller that asks for a report to read says with what
    report = build_report(audit, now, step=step)
    summary = summarise(audit, now, earlier=reading.earlier)
    if to == "html":
        from audit_desktop.exchange.html_report.writer import html_document

        data = html_document(report, summary, reading.templates)
    elif reading.print_pdf is None:
        raise AuditDesktopError(FaultCode.PDF_UNAVAILABLE)
    else:
        data = reading.print_pdf(report, summary)
    step()
    return data


def workbook_properties(audit: Audit, now: datetime) -> WorkbookProperties:
    """Return what the workbook of `audit` says about itself."""
    from audit_desktop.core.addresses import audit_address
    from audit_desktop.core.common_fields import SCHOOL_NAME
    from audit_desktop.exchange.tables.sheets import WorkbookProperties

    school = audit.state.value(audit_address(SCHOOL_NAME.id)) or ""
    subject = f"{audit.framework.id} {audit.framework.version}"
    return WorkbookProperties(audit.framework.title, subject, school, now)
