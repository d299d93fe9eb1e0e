"""The overview of many audits as a table: a row for each, with the status of each section in its colour."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.tables.sheets import Cell, Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit_desktop.core.errors import AuditDesktopError
    from audit_desktop.core.overview import AuditLine, SectionStanding


def overview_sheet(lines: Sequence[AuditLine], explain: Callable[[AuditDesktopError], str]) -> Sheet:
    """Return the table of `lines`; `explain` puts a fault into a sentence.

    Audits of several frameworks stand in one table: the columns of sections are those that any of them has.
    """
    sections = list(dict.fromkeys(section.section_id for line in lines for section in line.sections))
    return Sheet(
        wording.OVERVIEW,
        (
            Column(wording.OVERVIEW_HEADINGS[0], 34),
            Column(wording.OVERVIEW_HEADINGS[1], 34),
            Column(wording.OVERVIEW_HEADINGS[2], 12),
            Column(wording.OVERVIEW_HEADINGS[3], 18),
            *(Column(section_id, 18) for section_id in sections),
            *(
                Column(heading, width)
                for heading, width in zip(wording.OVERVIEW_MORE, (11, 15, 11, 34, 50), strict=True)
            ),
        ),
        tuple(_row(line, sections, explain) for line in lines),
    )


def standing_text(standing: SectionStanding) -> str:
    """Return a status as a word, or how many statements stand at each level where there is none."""
    if standing.status is not None:
        return f"{standing.status.label} ({wording.PROVISIONAL})" if standing.is_provisional else standing.status.label
    said = [f"{level.label} {count}" for level, count in zip(standing.levels, standing.counts, strict=True) if count]
    if standing.unrated:
        said.append(f"{wording.NOT_YET_RATED} {standing.unrated}")
    return "; ".join(said)


def remarks(line: AuditLine) -> str:
    """Return what is remarkable about an audit."""
    said = [wording.STALE] if line.is_stale else []
    if line.twin is not None:
        said.append(wording.TWINS[line.twin.value])
    return "; ".join(said)


def _row(line: AuditLine, sections: Sequence[str], explain: Callable[[AuditDesktopError], str]) -> tuple[Cell, ...]:
    if line.fault is not None:
        blank = (Cell(),) * (len(sections) + 6)
        return (Cell(), *blank, Cell(explain(line.fault)), Cell(line.place))
    own = {section.section_id: section for section in line.sections}
    return (
        Cell(line.school),
        Cell(f"{line.framework_title} ({line.framework_id} {line.framework_version})"),
        Cell(wording.share(line.progress.answered, line.progress.of)),
        _cell(line.overall),
        *(_cell(own.get(section_id)) for section_id in sections),
        Cell(line.conflicts or ""),
        _day(line.last_change),
        Cell(wording.SIGNED if line.is_signed else wording.NOT_SIGNED),
        Cell(remarks(line)),
        Cell(line.place),
    )


def _cell(standing: SectionStanding | None) -> Cell:
    return Cell(standing_text(standing), standing.status) if standing is not None else Cell()


def _day(iso: str) -> Cell:
    try:
        return Cell(date.fromisoformat(iso[:10]))
    except ValueError:
        return Cell(iso)
