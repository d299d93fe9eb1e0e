"""The first pages of a printed report: title, standing, what is not settled, what changed, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.word.colours import ACCENT, TINT, fill_of
from audit_desktop.ui.pdf_report.boxes import Row
from audit_desktop.ui.pdf_report.rows import DARK_RED, Rows
from audit_desktop.ui.pdf_report.texts import QUIET, SMALL, Line, Span, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.exchange.report_model import Report
    from audit_desktop.exchange.report_summary import Changes, NextAction, ReportSummary, Standing

_TITLE, _SCHOOL = 20, 13


class SummaryRows:
    """Makes the rows of a summary."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._texts = rows.texts

    def all(self, report: Report, summary: ReportSummary) -> Iterator[Row]:
        """Yield the rows of the title and of `summary`."""
        texts = self._texts
        yield Row([texts.cell([line(report.title, bold=True, colour=ACCENT)], size=_TITLE)], is_bordered=False)
        if report.school:
            yield Row([texts.cell([line(report.school)], size=_SCHOOL)], is_bordered=False)
        about = " · ".join(text for text in (report.subtitle, summary.dated, summary.progress) if text)
        yield Row([texts.cell([line(about, colour=QUIET)])], is_bordered=False, before=texts.points(3))
        yield self._rows.heading(1, wording.SUMMARY)
        yield from self._standings(summary)
        if summary.conflicts:
            yield self._rows.heading(2, wording.CONFLICTS)
            yield self._rows.plain([line(wording.conflict_count(len(summary.conflicts)))])
            for conflict in summary.conflicts:
                yield Row(
                    [
                        texts.cell([line(conflict.place, bold=True)], 3, fill=TINT),
                        texts.cell(self._rows.answer_lines(conflict.answer), 7),
                    ]
                )
        if summary.changes is not None:
            yield self._rows.heading(2, wording.CHANGES)
            yield from self._changes(summary.changes)
        yield self._rows.heading(2, wording.NEXT_ACTIONS)
        yield from self._actions(summary)

    def _standings(self, summary: ReportSummary) -> Iterator[Row]:
        headings = (wording.AT_A_GLANCE, wording.RATING, *((wording.STATUS,) if summary.names_status else ()))
        shares = (30, 34, 36)
        head = self._rows.head(headings, shares)
        standings = (*summary.standings, summary.overall) if summary.overall else summary.standings
        for standing in standings:
            yield self._standing(standing, head, names_status=summary.names_status)
        spans: list[Span] = []
        for level in summary.levels:
            spans += [Span("■ ", colour=fill_of(level.colour)), Span(f"{level.label}     ")]
        spans += [Span("□ "), Span(f"{wording.NOT_YET_RATED}, {wording.NOT_APPLICABLE.lower()}")]
        yield Row([self._texts.cell([Line(tuple(spans))], size=SMALL)], is_bordered=False, before=self._texts.points(4))

    def _standing(self, standing: Standing, head: Row, *, names_status: bool) -> Row:
        cells = [
            self._texts.cell([line(standing.name, bold=True)], 30),
            self._texts.bar(standing.bars, 34),
        ]
        if names_status:
            lines = [self._rows.status_line(standing.status, standing.status_text)]
            if standing.earlier is not None and standing.earlier != standing.status:
                lines.append(line(f"{wording.CHANGE_HEADINGS[1]} {standing.earlier.label}", colour=QUIET))
            if standing.reason:
                lines.append(line(standing.reason, colour=QUIET))
            cells.append(self._texts.cell(lines, 36, size=SMALL))
        return Row(cells, (head,))

    def _changes(self, changes: Changes) -> Iterator[Row]:
        yield self._rows.plain([line(wording.changes_since(changes.since, changes.better, changes.worse))])
        if changes.new_statements:
            yield self._rows.plain([line(wording.new_statements(", ".join(changes.new_statements)))])
        if not changes.changes:
            yield self._rows.plain([line(wording.NO_CHANGES)])
            return
        head = self._rows.head(wording.CHANGE_HEADINGS, (3, 3, 3, 2))
        for change in changes.changes:
            cells = [
                self._texts.cell([line(change.what, bold=True)], 3),
                self._texts.level(change.was_level, change.was, 3),
                self._texts.level(change.now_level, change.now, 3),
                self._texts.cell([line(wording.DIRECTIONS[change.direction])], 2),
            ]
            yield Row(cells, (head,))

    def _actions(self, summary: ReportSummary) -> Iterator[Row]:
        if not summary.actions:
            yield self._rows.plain([line(wording.NO_ACTIONS, colour=QUIET)])
            return
        head = self._rows.head(wording.ACTION_HEADINGS, (7, 5, 3, 3, 3))
        for action in summary.actions:
            yield Row(self._action(action), (head,))
        if summary.more_actions:
            yield self._rows.plain([line(wording.more_actions(summary.more_actions))])

    def _action(self, action: NextAction) -> list:
        due = [Span(action.due)]
        if action.is_overdue:
            due.append(Span(f" {wording.OVERDUE}", bold=True, colour=DARK_RED))
        return [
            self._texts.cell([line(action.what)], 7),
            self._texts.cell([line(action.about)], 5, size=SMALL),
            self._texts.cell([line(action.owner)], 3),
            self._texts.cell([Line(tuple(due))], 3),
            self._texts.cell([line(action.status)], 3),
        ]
