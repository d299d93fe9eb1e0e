"""The table of the plan: as wide as the page and as high as its rows, up to a part of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from audit_desktop.ui.parts.row_table import make_row_table
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit_wording import PLAN

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent

    from audit_desktop.ui.plan.plan_model import PlanModel

_SHARES = (22, 38, 13, 14, 13)
_MOST_LINES = 16
_WRAP = int(Qt.TextFlag.TextWordWrap)


class PlanTable(QTableView):
    """Chosen by row, sorted by its headings."""

    def __init__(self, model: PlanModel) -> None:
        super().__init__()
        make_row_table(self, "plan", PLAN.table)
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        model.modelReset.connect(self.fit)
        model.layoutChanged.connect(self.fit)

    def fit(self) -> None:
        """Give the columns and rows the room that they need."""
        width = self.viewport().width()
        for column, share in enumerate(_SHARES[:-1]):
            self.setColumnWidth(column, width * share // 100)
        last = len(_SHARES) - 1
        self.setColumnWidth(last, width - sum(self.columnWidth(column) for column in range(last)))
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self.model().rowCount()))
        most = self.fontMetrics().lineSpacing() * _MOST_LINES
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + min(rows, most) + 2 * self.frameWidth() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the columns as wide as the table."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page at either end."""
        bar = self.verticalScrollBar()
        is_up = event.angleDelta().y() > 0
        if bar.value() == (bar.minimum() if is_up else bar.maximum()):
            event.ignore()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave digits and Ctrl to the window."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Draws what is overdue in bold and in the colour of faults; the words say it as well."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        table = self.parent()
        assert isinstance(table, QTableView)
        font = QFont(option.font)
        font.setBold(index.column() == 0)
        width = table.columnWidth(index.column()) - 2 * Space.MEDIUM
        bounds = QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 10_000), _WRAP, index.data())
        return QSize(width, bounds.height() + Space.LARGE)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.column() == 0 and index.data(Qt.ItemDataRole.UserRole):
            option.font.setBold(True)
            option.palette.setColor(QPalette.ColorRole.Text, option.palette.color(QPalette.ColorRole.BrightText))
