"""The list of an import's preview: every answer of the document in groups, with what becomes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from audit_desktop.ui.exchange_wording import IMPORT, found_at
from audit_desktop.ui.importing.lines import PreviewGroup, PreviewLine
from audit_desktop.ui.parts.ticks import clear_ticks

if TYPE_CHECKING:
    from audit_desktop.core.addresses import Addresses
    from audit_desktop.exchange.word_import.import_plan import ImportPlan
    from audit_desktop.exchange.word_import.import_result import FoundText

_CONTENT = Qt.ItemDataRole.UserRole
_TICKED, _UNTICKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PreviewTree(QTreeWidget):
    """The groups and their lines; the tick of a line takes the document's answer.

    Signals:
        line_shown: a line, or a `FoundText`, is the current one now; carries it.
        choices_changed: another way was chosen for some line.
    """

    line_shown = Signal(object)
    choices_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import:table")
        self.setAccessibleName(IMPORT.table)
        clear_ticks(self)
        self.setHeaderLabels(list(IMPORT.headings))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        # Qt's own lines stand so close that a tick is easily missed.
        self.setStyleSheet("QTreeView::item { padding: 3px 2px; }")
        header = self.header()
        header.setStretchLastSection(False)
        for column in range(4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._items: dict[str, QTreeWidgetItem] = {}

        self.currentItemChanged.connect(self._on_current)
        self.itemChanged.connect(self._on_changed)

    def sizeHint(self) -> QSize:
        """Return a size at which a dozen lines can be seen."""
        return QSize(self.fontMetrics().averageCharWidth() * 100, self.fontMetrics().lineSpacing() * 14)

    def show_plan(
        self, groups: list[PreviewGroup], plan: ImportPlan, addresses: Addresses, *, is_new: bool = False
    ) -> None:
        """Fill the list; an audit that `is_new` says nothing yet."""
        self.setColumnHidden(1, is_new)
        self.blockSignals(True)
        for group in groups:
            head = self._head(group.heading)
            for line in group.lines:
                head.addChild(self._line_item(line))
        if plan.unrecognised:
            head = self._head(IMPORT.group(IMPORT.not_recognised, len(plan.unrecognised)))
            for found in plan.unrecognised:
                item = QTreeWidgetItem([found_at(addresses, found.place), "", _one_line(found.text), ""])
                item.setData(0, _CONTENT, found)
                head.addChild(item)
        self.expandAll()
        self.blockSignals(False)
        head = self.topLevelItem(0)
        first = head.child(0) if head is not None else None
        if first is not None:
            self.setCurrentItem(first)

    def refresh(self, line: PreviewLine) -> None:
        """Show what was chosen for `line`."""
        item = self._items[line.planned.address]
        self.blockSignals(True)
        item.setText(3, line.outcome)
        item.setCheckState(0, _TICKED if line.is_taken else _UNTICKED)
        self.blockSignals(False)

    def _head(self, text: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem([text])
        font = self.font()
        font.setBold(True)
        head.setFont(0, font)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.addTopLevelItem(head)
        head.setFirstColumnSpanned(True)
        return head

    def _line_item(self, line: PreviewLine) -> QTreeWidgetItem:
        item = QTreeWidgetItem([line.where, _one_line(line.ours), _one_line(line.theirs), line.outcome])
        item.setData(0, _CONTENT, line)
        if len(line.ways) > 1:
            item.setCheckState(0, _TICKED if line.is_taken else _UNTICKED)
        self._items[line.planned.address] = item
        return item

    def _on_current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        content = cast("PreviewLine | FoundText | None", item.data(0, _CONTENT) if item is not None else None)
        if content is not None:
            self.line_shown.emit(content)

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        line = item.data(0, _CONTENT)
        if column != 0 or not isinstance(line, PreviewLine) or len(line.ways) < 2:
            return
        is_ticked = item.checkState(0) == _TICKED
        if is_ticked != line.is_taken:
            line.chosen = 1 if is_ticked else 0
            self.refresh(line)
            self.choices_changed.emit()


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
