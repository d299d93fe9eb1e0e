"""The dialog that exports many audits into a folder, with what became of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHeaderView, QLineEdit, QProgressBar, QTreeWidget, QTreeWidgetItem, QWidget

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.many.names import BY_SCHOOL
from audit_desktop.ui.dialogs.scrolling_frame import ScrollingFrame
from audit_desktop.ui.exchange_wording import KIND_NAMES, MANY
from audit_desktop.ui.exporting.kind_choice import KindChoice
from audit_desktop.ui.exporting.path_row import PathRow
from audit_desktop.ui.fault_wording import sentence_for
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label, plain_tool_tip
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.parts.ticks import clear_ticks
from audit_desktop.ui.show_file import open_file
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.wording import BUTTONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit_desktop.exchange.many.export_many import Standing
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.exporting.many_run import ManyResult

_CHARACTERS = 96
_FAILURE_LINES = 5


class ManyDialog(ScrollingFrame):
    """Exports the audits of a folder, or those that are given; the window stays usable meanwhile."""

    def __init__(
        self,
        workspace: Workspace,
        documents: Path,
        *,
        given: Sequence[Path] = (),
        folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(MANY.title, MANY.lead, parent)
        self.setObjectName("dialog:export-many")
        self._workspace = workspace
        self._given = tuple(given)
        self._task: Task | None = None
        self._standing: Standing | None = None
        self._result: ManyResult | None = None
        self.sources = PathRow(MANY.sources, MANY.sources_choose, name="many:sources", start=documents)
        self.target = PathRow(MANY.target, MANY.target_choose, name="many:target", start=documents)
        self.kinds = KindChoice(MANY.kind, tuple(KIND_NAMES))
        self.template_box = QLineEdit(BY_SCHOOL)
        self.template_box.setObjectName("many:template")
        self.template_box.setAccessibleName(MANY.template)
        self.template_box.setAccessibleDescription(MANY.template_help)
        self.resume_box = QCheckBox(MANY.resume)
        clear_ticks(self.resume_box)
        self.resume_box.setObjectName("many:resume")
        self.resume_box.setAccessibleName(MANY.resume)
        self.progress = QProgressBar()
        self.progress.setObjectName("many:progress")
        self.progress.setAccessibleName(MANY.progress)
        self.message = plain_label("", name="many:message", selectable=True)
        self.failures = QTreeWidget()
        self.stop_button = button(MANY.stop, name="many:stop", on_click=self._on_stop)
        self.record_button = button(MANY.record, name="many:record", on_click=self._on_record)
        self.show_button = button(MANY.show, "primary", name="many:show", on_click=self._on_show)
        self.close_button = button(BUTTONS.close, name="many:close", on_click=self.close)
        self.start_button = button(MANY.start, "primary", name="many:start", on_click=self._on_start)
        self._choices: tuple[QWidget, ...] = (self.sources, self.target, self.kinds, self.template_box, self.resume_box)
        self._assemble()
        self.sources.path, self.target.path = folder, None

        self.target.changed.connect(self._show_resume)
        self.kinds.chosen.connect(self._show_resume)
        self.resume_box.toggled.connect(self._name_start)

    def _assemble(self) -> None:
        label = plain_label(MANY.template, "strong")
        label.setBuddy(self.template_box)
        self.failures.setObjectName("many:failures")
        self.failures.setAccessibleName(MANY.failures)
        self.failures.setHeaderLabels(list(MANY.headings))
        self.failures.setRootIsDecorated(False)
        self.failures.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.failures.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.failures.setFixedHeight(self.fontMetrics().lineSpacing() * _FAILURE_LINES)
        listed = plain_label(MANY.listed(len(self._given)), "strong", name="many:listed")
        listed.setVisible(bool(self._given))
        self.sources.setVisible(not self._given)
        for one in (
            self.sources,
            listed,
            self.target,
            self.kinds,
            label,
            self.template_box,
            plain_label(MANY.template_help, "caption"),
            self.resume_box,
        ):
            self.body.addWidget(one)
        self.body.addStretch(1)
        for one in (self.progress, self.message, self.failures):
            self.foot.addWidget(one)
        for one in (self.stop_button, self.close_button, self.record_button, self.show_button):
            self.add_button(one)
        self.add_button(self.start_button, is_default=True)
        for one in (
            self.resume_box,
            self.progress,
            self.message,
            self.failures,
            self.stop_button,
            self.record_button,
            self.show_button,
        ):
            one.hide()
        self.fit(_CHARACTERS)

    def done(self, result: int) -> None:
        """Stop what is under way; documents that are being written are finished first."""
        if self._task is not None and self._task.is_running:
            self._task.stop()
            self._task.wait()
        super().done(result)

    @Slot()
    def _show_resume(self) -> None:
        from audit_desktop.ui.exporting.many_run import has_record

        target = self.target.path
        is_there = target is not None and has_record(self._workspace, self.kinds.kind, target)
        self.resume_box.setVisible(is_there)
        self.resume_box.setChecked(is_there)
        if is_there:
            self.grow()
            self.scroll_to(self.resume_box)

    @Slot(bool)
    def _name_start(self, goes_on: bool) -> None:
        self.start_button.setText(MANY.go_on if goes_on else MANY.start)

    def _on_start(self) -> None:
        source, target = self.sources.path, self.target.path
        if source is None and not self._given:
            self.sources.complain(lambda: self._say(MANY.no_source, "error"))
            return
        if target is None:
            self.target.complain(lambda: self._say(MANY.no_target, "error"))
            return
        from audit_desktop.ui.exporting.many_run import ManyOptions, audits_at, export_into_folder

        workspace, kind = self._workspace, self.kinds.kind
        paths = self._given or (cast("Path", source),)
        options = ManyOptions(self.template_box.text().strip() or None, self.resume_box.isChecked())

        def job(progress: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> ManyResult:
            if not workspace.filesystem.is_folder(target):
                raise AuditDesktopError(FaultCode.FOLDER_MISSING, str(target))
            sources = audits_at(workspace, paths)
            if not sources:
                raise AuditDesktopError(FaultCode.NO_AUDITS_FOUND, str(paths[0]))

            def tell(standing: Standing) -> None:
                self._standing = standing
                progress(standing.done, standing.total)

            return export_into_folder(workspace, sources, kind, target, options, progress=tell, is_cancelled=is_stopped)

        self._task = Task(job, self)
        self._task.progressed.connect(self._on_progressed)
        self._task.succeeded.connect(self._on_succeeded)
        self._task.failed.connect(self._on_failed)
        self._task.broke.connect(self._on_broke)
        self._task.stopped.connect(self._on_stopped)
        self._show_working(is_working=True)
        self._say(MANY.looking, "")
        self._task.start()

    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.stop()
            self.stop_button.setEnabled(False)
            self._say(MANY.stopping, "")

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        standing = self._standing
        if standing is not None and self.stop_button.isEnabled():
            self._say(MANY.standing(done, total, standing.failed, standing.seconds_left), "")

    @Slot(object)
    def _on_succeeded(self, result: ManyResult) -> None:
        from audit_desktop.exchange.many.record import Result

        self._result = result
        self._show_working(is_working=False)
        total = len(result.outcomes)
        was_stopped = any(outcome.result is Result.STOPPED for outcome in result.outcomes)
        if was_stopped:
            self._say(MANY.stopped(result.good, total), "")
        else:
            said = MANY.done(result.good, total, str(result.record.parent), result.record.name)
            self._say(said, "success" if result.good == total else "error")
        failed = [outcome for outcome in result.outcomes if outcome.result is Result.FAILED]
        self.failures.clear()
        for outcome in failed:
            name = Path(outcome.source).name
            item = QTreeWidgetItem([name, outcome.reason.replace(outcome.source, name)])
            item.setToolTip(0, plain_tool_tip(outcome.source))
            item.setToolTip(1, plain_tool_tip(outcome.reason))
            self.failures.addTopLevelItem(item)
        self.failures.setVisible(bool(failed))
        self.grow()
        self.record_button.show()
        self.show_button.show()
        set_role(self.start_button, "")
        self.show_button.setFocus()
        self._show_resume()

    @Slot(object)
    def _on_failed(self, fault: AuditDesktopError) -> None:
        self._show_working(is_working=False)
        self._say(sentence_for(fault), "error")
        if fault.code in (FaultCode.FOLDER_MISSING, FaultCode.NO_AUDITS_FOUND):
            row = self.target if fault.code is FaultCode.FOLDER_MISSING else self.sources
            row.box.setFocus()

    @Slot(object)
    def _on_broke(self, error: Exception) -> None:
        self._on_failed(AuditDesktopError(FaultCode.EXPORT_INCOMPLETE))
        raise error

    @Slot()
    def _on_stopped(self) -> None:
        self._show_working(is_working=False)
        self._show_resume()

    def _on_record(self) -> None:
        if self._result is not None:
            open_file(self._result.record)

    def _on_show(self) -> None:
        if self._result is not None:
            open_file(self._result.record.parent)

    def _show_working(self, *, is_working: bool) -> None:
        self.progress.setRange(0, 0)
        self.progress.setVisible(is_working)
        self.stop_button.setVisible(is_working)
        self.stop_button.setEnabled(True)
        for one in self._choices:
            one.setEnabled(not is_working)
        self.start_button.setVisible(not is_working)
        self.record_button.hide()
        self.show_button.hide()
        if is_working:
            self.failures.hide()
        (self.stop_button if is_working else self.start_button).setFocus()

    def _say(self, text: str, role: str) -> None:
        self.message.setText(text)
        self.message.setAccessibleName(text)
        set_role(self.message, role)
        self.message.show()
        self.grow()
