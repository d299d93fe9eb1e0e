"""Prints a report and its summary as a PDF."""

from __future__ import annotations

import os
import sys
from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange import document_wording as wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QGuiApplication

    from audit_desktop.exchange.report_model import Report
    from audit_desktop.exchange.report_summary import ReportSummary
    from audit_desktop.ui.pdf_report.boxes import NewPage, Row
    from audit_desktop.ui.pdf_report.pages import Page
    from audit_desktop.ui.pdf_report.rows import Rows

RESOLUTION: Final = 600
_MARGIN_MM: Final = 15
_HEADER_POINTS: Final = 24
_PADDING_POINTS: Final = 4


def print_report(report: Report, summary: ReportSummary) -> bytes:
    """Return `report` as the bytes of a PDF, with `summary` first; any thread of a running window may call it.

    Raises `AuditDesktopError` with `PDF_UNAVAILABLE` where Qt cannot be loaded.
    """
    try:
        from PySide6.QtGui import QGuiApplication
    except ImportError as error:
        raise AuditDesktopError(FaultCode.PDF_UNAVAILABLE, reason=str(error)) from error
    if QGuiApplication.instance() is None:
        _application_without_a_window()
    return _Printing(report).data(summary)


@lru_cache(maxsize=1)
def _application_without_a_window() -> QGuiApplication:
    """Return Qt's application, without which there are no fonts; held here, since Qt does not hold it."""
    from PySide6.QtGui import QGuiApplication

    if sys.platform.startswith("linux"):
        # Asking for a screen where there is none would end the process.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication(["audit-desktop"])


class _Printing:
    def __init__(self, report: Report) -> None:
        from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUuid
        from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

        from audit_desktop.ui.pdf_report.texts import Texts

        self._report = report
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = writer = QPdfWriter(self._buffer)
        writer.setResolution(RESOLUTION)
        writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_1_6)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(*(_MARGIN_MM,) * 4), QPageLayout.Unit.Millimeter)
        writer.setTitle(f"{report.title}: {report.school}" if report.school else report.title)
        writer.setCreator("Audit Desktop")
        identity = f"{report.title}/{report.school}/{report.exported_at}"
        writer.setDocumentId(QUuid.createUuidV5(QUuid(), identity.encode("utf-8", "replace")))
        self._texts = Texts(writer)

    def data(self, summary: ReportSummary) -> bytes:
        """Return the finished document."""
        from audit_desktop.ui.pdf_report.finishing import finished
        from audit_desktop.ui.pdf_report.pages import PageSize, Pagination
        from audit_desktop.ui.pdf_report.rows import Rows

        rows = list(self._rows(Rows(self._texts), summary))
        frame = self._texts.points(_HEADER_POINTS) * 2
        width, height = self._writer.width(), self._writer.height()
        margins = self._writer.pageLayout().marginsPixels(RESOLUTION)
        long, short = height + margins.top() + margins.bottom(), width + margins.left() + margins.right()
        across = PageSize(long - margins.left() - margins.right(), short - margins.top() - margins.bottom() - frame)
        pages = Pagination(PageSize(width, height - frame), across, self._texts.points(_PADDING_POINTS)).fill(
            self._with_heads(rows)
        )
        bookmarks = self._draw(pages)
        moment = self._report.exported_at.astimezone(UTC)
        return finished(bytes(self._buffer.data().data()), self._report.language, bookmarks, moment)

    def _rows(self, rows: Rows, summary: ReportSummary) -> Iterator[Row | NewPage]:
        from audit_desktop.ui.pdf_report.boxes import NewPage
        from audit_desktop.ui.pdf_report.summary_rows import SummaryRows

        yield from SummaryRows(rows).all(self._report, summary)
        for index, part in enumerate(self._report.parts):
            if index or part.orientation == "landscape":
                yield NewPage(part.orientation == "landscape")
            for piece in part.pieces:
                yield from rows.of(piece)

    def _with_heads(self, rows: list[Row | NewPage]) -> list[Row | NewPage]:
        """Return `rows` with the head of each table before its first row, and room before each table."""
        from audit_desktop.ui.pdf_report.boxes import NewPage, Row

        result: list[Row | NewPage] = []
        before: Row | NewPage | None = None
        for row in rows:
            if isinstance(row, Row) and row.is_bordered:
                is_first = not isinstance(before, Row) or not before.is_bordered
                if is_first and not row.before:
                    (row.head[0] if row.head else row).before = self._texts.points(6)
                shown = before.head if isinstance(before, Row) else ()
                if row.head and row.head != shown:
                    result.extend(row.head)
            result.append(row)
            before = row if not isinstance(row, NewPage) else None
        return result

    def _draw(self, pages: list[Page]) -> list:
        from PySide6.QtCore import QPointF
        from PySide6.QtGui import QPageLayout, QPainter

        from audit_desktop.ui.pdf_report.finishing import Bookmark

        bookmarks: list[Bookmark] = []
        top = self._texts.points(_HEADER_POINTS)
        padding = self._texts.points(_PADDING_POINTS)
        painter = QPainter()
        for number, page in enumerate(pages):
            self._writer.setPageOrientation(
                QPageLayout.Orientation.Landscape if page.is_landscape else QPageLayout.Orientation.Portrait
            )
            if number:
                self._writer.newPage()
            else:
                painter.begin(self._writer)
            self._frame(painter, number + 1, len(pages))
            width = float(self._writer.width())
            for placed in page.placed:
                at = QPointF(0, top + placed.top)
                placed.row.draw(painter, at, (width, placed.height), padding, (placed.starts, placed.ends))
                if placed.row.outline is not None:
                    level, text = placed.row.outline
                    up = self._writer.height() - at.y()
                    margin = self._writer.pageLayout().marginsPoints().bottom()
                    bookmarks.append(Bookmark(level, text, number, up * 72 / RESOLUTION + margin))
        painter.end()
        self._buffer.close()
        return bookmarks

    def _frame(self, painter: object, page: int, pages: int) -> None:
        """Draw the running header and the foot of a page."""
        from PySide6.QtCore import QRectF, Qt
        from PySide6.QtGui import QColor, QPainter

        from audit_desktop.ui.pdf_report.texts import QUIET, SMALL

        assert isinstance(painter, QPainter)
        painter.setFont(self._texts.font(SMALL))
        painter.setPen(QColor(f"#{QUIET}"))
        width, height = self._writer.width(), self._writer.height()
        line = self._texts.points(12)
        title = " · ".join(text for text in (self._report.title, self._report.school.replace("\n", " ")) if text)
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(0, 0, width, line), Qt.AlignmentFlag.AlignLeft, shown)
        foot = QRectF(0, height - line, width, line)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, wording.long_date(self._report.exported_at))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, wording.page_of(page, pages))
