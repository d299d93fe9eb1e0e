"""What every table of rows shares: how it is read, chosen from and looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize


def make_row_table(table: QTableView, name: str, accessible_name: str) -> None:
    """Make `table` one that is read and chosen from by rows, and that the tab key passes through."""
    table.setObjectName(name)
    table.setAccessibleName(accessible_name)
    table.setProperty("role", "rows")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)


class _Wrapped(QStyledItemDelegate):
    """Wraps text where it is painted: Qt measures it as if the style left nothing free around it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        option.rect.adjust(0, 0, -2 * Space.SMALL, 0)
        return super().sizeHint(option, index)


def wrap_rows(table: QTableView, stretched: Collection[int]) -> None:
    """Let the columns `stretched` share what the others leave, and make each row as high as its text is then."""
    table.setWordWrap(True)
    table.setItemDelegate(_Wrapped(table))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column in stretched:
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    soon = QTimer(table)
    soon.setSingleShot(True)
    soon.timeout.connect(table.resizeRowsToContents)
    # Rows know nothing of columns that become narrower.
    header.sectionResized.connect(lambda *_: soon.start(0))
    table.model().rowsInserted.connect(lambda *_: soon.start(0))
