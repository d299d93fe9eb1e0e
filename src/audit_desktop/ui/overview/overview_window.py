"""The window that shows every audit of a folder beside the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QTableView,
    QWidget,
)

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.exchange_wording import OVERVIEW
from audit_desktop.ui.fault_wording import sentence_for
from audit_desktop.ui.overview.heat_delegate import HeatDelegate
from audit_desktop.ui.overview.overview_model import LINE_ROLE, SHOWN, OverviewFilter, OverviewModel, frameworks_of
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import ElidedLabel, plain_label
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.parts.row_table import make_row_table
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import BUTTONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.core.overview import AuditLine
    from audit_desktop.session.workspace import Workspace

_CHARACTERS = 190
_LINES = 40
_WIDEST_COLUMN = 34
_MARGIN = 4


class OverviewWindow(DialogFrame):
    """Shows the audits of a folder; the table can be sorted, filtered and exported.

    Signals:
        open_requested: an audit is to be opened; carries its path.
    """

    open_requested = Signal(object)

    def __init__(self, workspace: Workspace, resources: Path, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(OVERVIEW.title, "", parent)
        self.setObjectName("dialog:overview")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._workspace = workspace
        self._resources = resources
        self._folder = folder
        self._task: Task | None = None
        self.model = OverviewModel(self)
        self.filter = OverviewFilter(self.model, self)
        self.folder_label = ElidedLabel(middle=True, name="overview:folder", role="muted")
        self.filter_box = QLineEdit()
        self.filter_box.setObjectName("overview:filter")
        self.filter_box.setPlaceholderText(OVERVIEW.filter)
        self.filter_box.setAccessibleName(OVERVIEW.filter)
        self.filter_box.setClearButtonEnabled(True)
        self.framework_box = _combo("overview:framework", OVERVIEW.filter_framework)
        self.shown_box = _combo("overview:shown", OVERVIEW.show)
        for words in SHOWN:
            self.shown_box.addItem(words)
        self.progress = QProgressBar()
        self.progress.setObjectName("overview:progress")
        self.progress.setAccessibleName(OVERVIEW.progress)
        self.message = plain_label("", name="overview:message")
        self.table = QTableView()
        self.stop_button = button(OVERVIEW.stop, name="overview:stop", on_click=self._on_stop)
        self.table_button = button(OVERVIEW.export_table, name="overview:export-table", on_click=self.export_table)
        self.documents_button = button(
            OVERVIEW.export_documents, name="overview:export-documents", on_click=self.export_documents
        )
        self.open_button = button(OVERVIEW.open, "primary", name="overview:open", on_click=self._on_open)
        self._assemble()
        self._show_filters()

        self.filter_box.textChanged.connect(self._on_filter)
        self.framework_box.currentIndexChanged.connect(self._on_filter)
        self.shown_box.currentIndexChanged.connect(self._on_filter)
        self.table.doubleClicked.connect(self._on_activated)
        self.read()

    def _assemble(self) -> None:
        make_row_table(self.table, "overview:table", OVERVIEW.table)
        self.table.setModel(self.filter)
        self.table.setItemDelegate(HeatDelegate(self.table))
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.setWordWrap(False)
        # A title ends with its version, and a path with the file's name.
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        top = QHBoxLayout()
        top.addWidget(self.folder_label, 1)
        top.addWidget(button(OVERVIEW.choose_button, name="overview:choose", on_click=self._on_choose))
        top.addWidget(button(OVERVIEW.refresh, name="overview:refresh", on_click=self.read))
        filters = FlowLayout(spacing=Space.SMALL)
        self.filter_box.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)
        for one in (self.filter_box, self.framework_box, self.shown_box):
            filters.addWidget(one)
        self.body.addLayout(top)
        self.body.addLayout(filters)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.message)
        self.body.addWidget(self.table, 1)
        for one in (
            self.stop_button,
            self.table_button,
            self.documents_button,
            button(BUTTONS.close, name="overview:close", on_click=self.close),
        ):
            self.add_button(one)
        self.add_button(self.open_button, is_default=True)
        self.fit(_CHARACTERS)
        self.resize(
            self.width(), min(self.fontMetrics().lineSpacing() * 40, self.screen().availableGeometry().height())
        )

    def read(self) -> None:
        """Read the audits of the folder, those that are shown being left in place until then."""
        if self._task is not None and self._task.is_running:
            return
        from audit_desktop.session.overview import audits_below, read_overview

        workspace, folder = self._workspace, self._folder

        def job(progress: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> tuple[AuditLine, ...]:
            paths = list(audits_below(workspace.filesystem, folder))
            return read_overview(workspace, paths, progress=progress, is_cancelled=is_stopped)

        self.folder_label.set_text(str(folder))
        self._task = Task(job, self)
        self._task.progressed.connect(self._on_progressed)
        self._task.succeeded.connect(self._on_read)
        self._task.failed.connect(self._on_failed)
        self._task.broke.connect(self._on_broke)
        self._show_working(is_working=True)
        self._task.start()

    def export_table(self) -> None:
        """Export the table as it is shown."""
        from audit_desktop.ui.overview.table_dialog import TableDialog

        path = self._folder / OVERVIEW.title
        TableDialog(self.filter.shown_lines(), self._workspace, self._resources, path, self).open()

    def export_documents(self) -> None:
        """Export the audits that are shown as documents."""
        from audit_desktop.ui.exporting.many_dialog import ManyDialog

        given = [Path(line.place) for line in self.filter.shown_lines() if line.fault is None]
        if given:
            ManyDialog(self._workspace, self._folder, given=given, parent=self).open()

    def done(self, result: int) -> None:
        """Stop reading."""
        if self._task is not None and self._task.is_running:
            self._task.stop()
            self._task.wait()
        super().done(result)

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, OVERVIEW.choose, str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self.read()

    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.message.setText(OVERVIEW.reading(done, total))

    @Slot(object)
    def _on_read(self, lines: tuple[AuditLine, ...]) -> None:
        self._show_working(is_working=False)
        self.model.show_lines(lines)
        self._show_filters()
        self._on_filter()
        self._fit_columns()
        self.table.setFocus()

    @Slot(object)
    def _on_failed(self, fault: AuditDesktopError) -> None:
        self._show_working(is_working=False)
        set_role(self.message, "error")
        self.message.setText(sentence_for(fault))

    @Slot(object)
    def _on_broke(self, error: Exception) -> None:
        self._on_failed(AuditDesktopError(FaultCode.FILE_UNREADABLE, str(self._folder)))
        raise error

    @Slot()
    def _on_filter(self) -> None:
        self.filter.restrict(
            words=self.filter_box.text(),
            framework_id=self.framework_box.currentData() or "",
            shown=self.shown_box.currentText(),
        )
        lines = self.filter.shown_lines()
        faulty = sum(line.fault is not None for line in lines)
        total = len(self.model.lines)
        set_role(self.message, "")
        self.message.setText(OVERVIEW.shown(len(lines), total, faulty) if total else OVERVIEW.empty)
        for one in (self.table_button, self.documents_button, self.open_button):
            one.setEnabled(bool(lines))
        if lines:
            self.table.selectRow(0)

    def _on_open(self) -> None:
        self._on_activated(self.table.currentIndex())

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.open_requested.emit(Path(index.data(LINE_ROLE).place))

    def _show_filters(self) -> None:
        chosen = self.framework_box.currentData()
        self.framework_box.blockSignals(True)
        self.framework_box.clear()
        self.framework_box.addItem(OVERVIEW.all_frameworks, "")
        for framework_id, title in sorted(frameworks_of(self.model.lines).items()):
            self.framework_box.addItem(title, framework_id)
        self.framework_box.setCurrentIndex(max(0, self.framework_box.findData(chosen)))
        self.framework_box.blockSignals(False)

    def _fit_columns(self) -> None:
        self.table.resizeColumnsToContents()
        widest = self.fontMetrics().averageCharWidth() * _WIDEST_COLUMN
        for column in range(self.model.columnCount()):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column) + _MARGIN, widest))

    def _show_working(self, *, is_working: bool) -> None:
        self.progress.setRange(0, 0)
        self.progress.setVisible(is_working)
        self.stop_button.setVisible(is_working)
        for one in (self.table_button, self.documents_button, self.open_button):
            one.setEnabled(not is_working)


def _combo(name: str, accessible_name: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(accessible_name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box
