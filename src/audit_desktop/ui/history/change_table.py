"""A table of changed answers: as many rows as there are, each cell plain text, the chosen row in full below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.page_column import PageColumn
from audit_desktop.ui.parts.row_table import make_row_table
from audit_desktop.ui.safety_wording import HISTORY
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_CELL = 200
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change, as texts. `who` is the name alone and `by` says more; `note` is shown when the row is chosen.

    `subject` is what the caller made the row of.
    """

    where: str
    before: str
    after: str
    when: str = ""
    who: str = ""
    by: str = ""
    note: str = ""
    subject: object = None


class ChangeModel(QAbstractTableModel):
    """The rows of the table. Columns without a single text are left out."""

    def __init__(self, headings: tuple[str, str, str, str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._columns: tuple[int, ...] = ()
        self.rows: tuple[ChangeRow, ...] = ()

    def show_rows(self, rows: Sequence[ChangeRow]) -> None:
        """Show `rows`."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self._columns = tuple(at for at in range(5) if at in (2, 3, 4) or any(_texts(row)[at] for row in rows))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._headings[self._columns[section]] if section < len(self._columns) else None
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        text = _texts(self.rows[index.row()])[self._columns[index.column()]]
        shown = " ".join(text[:_LONGEST_CELL].split())
        return f"{shown}…" if len(text) > _LONGEST_CELL else shown


class ChangeTable(QWidget):
    """The table with the whole of the chosen row below it.

    Signals:
        chosen: another row is the current one; carries its `ChangeRow`, or `None`.
    """

    chosen = Signal(object)

    def __init__(self, name: str, before: str, after: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ChangeModel((HISTORY.when, HISTORY.who, HISTORY.where, before, after), self)
        self.view = QTableView()
        make_row_table(self.view, "changes", name)
        self.view.setModel(self.model)
        self.view.setWordWrap(False)
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + Space.MEDIUM)
        self.view.setMinimumHeight(self.fontMetrics().height() * 6)
        self._before_name, self._after_name = before, after
        self._where = plain_label("", "strong")
        self._note = plain_label("", "muted")
        self._before_head = plain_label(before, "caption")
        self._after_head = plain_label(after, "caption")
        self._before = plain_label("", selectable=True)
        self._after = plain_label("", selectable=True)
        whole = PageColumn(200)
        whole.setAccessibleName(HISTORY.change)
        whole.rows.setContentsMargins(0, Space.SMALL, 0, 0)
        for label in (self._where, self._before_head, self._before, self._after_head, self._after, self._note):
            whole.rows.addWidget(label)
        whole.rows.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.view, 3)
        layout.addWidget(whole, 2)
        self.view.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def show_rows(self, rows: Sequence[ChangeRow]) -> None:
        """Show `rows`, the first of them in full."""
        self.model.show_rows(rows)
        header = self.view.horizontalHeader()
        for column in range(self.model.columnCount()):
            is_last = column >= self.model.columnCount() - 2
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if is_last else QHeaderView.ResizeMode.Interactive
            )
            if not is_last:
                widest = self.fontMetrics().averageCharWidth() * 24
                self.view.resizeColumnToContents(column)
                self.view.setColumnWidth(column, min(widest, self.view.columnWidth(column)))
        if rows:
            self.view.selectRow(0)
        else:
            self._show(None)

    def current(self) -> ChangeRow | None:
        """Return the row that is chosen."""
        at = self.view.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._show(self.model.rows[current.row()] if current.isValid() else None)

    def _show(self, row: ChangeRow | None) -> None:
        self._where.setText("" if row is None else " · ".join(part for part in (row.where, row.by, row.when) if part))
        self._before.setText("" if row is None else row.before)
        self._after.setText("" if row is None else row.after)
        self._note.setText("" if row is None else row.note)
        for label in (self._before_head, self._after_head):
            label.setVisible(row is not None)
        self._note.setVisible(row is not None and bool(row.note))
        self.chosen.emit(row)


def _texts(row: ChangeRow) -> tuple[str, str, str, str, str]:
    return row.when, row.who, row.where, row.before, row.after
