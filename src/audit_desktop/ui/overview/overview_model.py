"""The overview of a folder as a table model, and what of it is shown in which order."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from audit_desktop.exchange import document_wording
from audit_desktop.exchange.tables.overview_table import remarks, standing_text
from audit_desktop.ui.exchange_wording import OVERVIEW
from audit_desktop.ui.fault_wording import sentence_for
from audit_desktop.ui.parts.labels import plain_tool_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from audit_desktop.core.overview import AuditLine, SectionStanding

    Index: TypeAlias = QModelIndex | QPersistentModelIndex

SORT_ROLE = Qt.ItemDataRole.UserRole
STANDING_ROLE = Qt.ItemDataRole.UserRole + 1
LINE_ROLE = Qt.ItemDataRole.UserRole + 2
_FIRST = len(document_wording.OVERVIEW_HEADINGS)

SHOWN: dict[str, Callable[[AuditLine], bool]] = {
    OVERVIEW.show_all: lambda _line: True,
    OVERVIEW.show_signed: lambda line: line.is_signed,
    OVERVIEW.show_unsigned: lambda line: line.fault is None and not line.is_signed,
    OVERVIEW.show_stale: lambda line: line.is_stale,
    OVERVIEW.show_twins: lambda line: line.twin is not None,
    OVERVIEW.show_conflicts: lambda line: line.conflicts > 0,
    OVERVIEW.show_faulty: lambda line: line.fault is not None,
}
"""What can be shown, by the words for it."""


class OverviewModel(QAbstractTableModel):
    """A row for each audit; the columns of sections are those that any of the audits has."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[AuditLine, ...] = ()
        self.sections: list[str] = []

    def show_lines(self, lines: tuple[AuditLine, ...]) -> None:
        """Show `lines`."""
        self.beginResetModel()
        self.lines = lines
        self.sections = list(dict.fromkeys(section.section_id for line in lines for section in line.sections))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        standing = self._standing(line, index.column())
        if role == STANDING_ROLE:
            return standing
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column(), standing)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings()[index.column()]}: {self._text(line, index.column(), standing)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(self._tip(line, index.column(), standing))
        return self._sort_key(line, index.column(), standing) if role == SORT_ROLE else None

    def is_standing(self, column: int) -> bool:
        """Return whether `column` shows how something stands, by colour and word."""
        return _FIRST - 1 <= column < _FIRST + len(self.sections)

    def _headings(self) -> list[str]:
        return [*document_wording.OVERVIEW_HEADINGS, *self.sections, *document_wording.OVERVIEW_MORE]

    def _standing(self, line: AuditLine, column: int) -> SectionStanding | None:
        if not self.is_standing(column):
            return None
        if column == _FIRST - 1:
            return line.overall
        own_id = self.sections[column - _FIRST]
        return next((section for section in line.sections if section.section_id == own_id), None)

    def _text(self, line: AuditLine, column: int, standing: SectionStanding | None) -> str:
        if self.is_standing(column):
            return standing_text(standing) if standing is not None else ""
        if column < _FIRST:
            if line.fault is not None:
                return (PurePath(line.place).name, "", "")[column]
            share = f"{line.progress.answered} / {line.progress.of}"
            return (line.school, f"{line.framework_title} {line.framework_version}", share)[column]
        return self._last(line)[column - _FIRST - len(self.sections)]

    def _last(self, line: AuditLine) -> tuple[str, ...]:
        if line.fault is not None:
            # The file's name stands in the row already, and its folder above the table.
            said = sentence_for(line.fault).replace(line.place, PurePath(line.place).name)
            return ("", "", "", said, line.place)
        signed = document_wording.SIGNED if line.is_signed else document_wording.NOT_SIGNED
        return (str(line.conflicts or ""), _day(line.last_change), signed, remarks(line), line.place)

    def _tip(self, line: AuditLine, column: int, standing: SectionStanding | None) -> str:
        text = self._text(line, column, standing)
        return f"{standing.title}\n{text}" if standing is not None and standing.title else text

    def _sort_key(self, line: AuditLine, column: int, standing: SectionStanding | None) -> float | str:
        if self.is_standing(column):
            return _worth(standing)
        if column == _FIRST - 2:
            return line.progress.answered / line.progress.of if line.progress.of else -1.0
        if column == _FIRST + len(self.sections):
            return float(line.conflicts)
        if column == _FIRST + len(self.sections) + 1:
            return line.last_change
        return self._text(line, column, standing).casefold()


class OverviewFilter(QSortFilterProxyModel):
    """Shows the audits of a school, of a framework or of a state, in the order of any column."""

    def __init__(self, model: OverviewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._words = ""
        self._framework_id = ""
        self._shown = OVERVIEW.show_all
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)

    def restrict(self, *, words: str, framework_id: str, shown: str) -> None:
        """Show what holds all of `words`, is on `framework_id` (empty for any), and is among `shown`."""
        self.beginResetModel()
        self._words, self._framework_id, self._shown = words.casefold(), framework_id, shown
        self.endResetModel()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        line = self._model.lines[source_row]
        said = f"{line.school} {line.place}".casefold()
        return (
            all(word in said for word in self._words.split())
            and self._framework_id in ("", line.framework_id)
            and SHOWN[self._shown](line)
        )

    def shown_lines(self) -> list[AuditLine]:
        """Return the lines that are shown, in their order."""
        return [self.data(self.index(row, 0), LINE_ROLE) for row in range(self.rowCount())]


def frameworks_of(lines: Sequence[AuditLine]) -> dict[str, str]:
    """Return the titles of the frameworks of `lines` by their ids."""
    return {line.framework_id: line.framework_title for line in lines if line.fault is None}


def _worth(standing: SectionStanding | None) -> float:
    """Return what a standing is ordered by: its status, then the mean of its ratings; nothing rated comes first."""
    if standing is None:
        return -2.0
    rated = sum(standing.counts)
    highest = max(len(standing.counts) - 1, 1)
    mean = sum(place * count for place, count in enumerate(standing.counts)) / (rated * highest) if rated else -1.0
    return standing.status_rank + 2 + mean if standing.status is not None else mean


def _day(iso: str) -> str:
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{day.day}/{day.month}/{day.year}"
