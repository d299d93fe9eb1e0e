"""The dialog with earlier versions: named snapshots, and the copies that this computer put by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from audit_desktop.core.edits import edits_by_id
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.session.history import Difference, differences, restore
from audit_desktop.session.recovering import FoundWork
from audit_desktop.session.snapshots import NamedSnapshot, snapshots, state_of, take_snapshot
from audit_desktop.storage.backups import Backup
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.history.change_rows import rows_of_differences
from audit_desktop.ui.history.change_table import ChangeTable
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.safety_wording import HISTORY, VERSIONS
from audit_desktop.ui.tasks import Task
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import BUTTONS, sentence_for

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.workspace import Workspace

_VERSION = Qt.ItemDataRole.UserRole


class VersionsDialog(DialogFrame):
    """Earlier versions of one audit: look at them, give their answers again, or save one as a copy.

    Signals:
        told: a sentence about what was done.
        copy_wanted: a version shall be saved; carries its `Audit`.
    """

    told = Signal(str)
    copy_wanted = Signal(object)

    def __init__(self, session: AuditSession, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(VERSIONS.title, VERSIONS.lead, parent)
        self.setObjectName("dialog:versions")
        self._session = session
        self._workspace = workspace
        self._found: tuple[Difference, ...] = ()
        self._task: Task | None = None
        self.name_box = QLineEdit()
        self.name_box.setPlaceholderText(VERSIONS.name)
        self.name_box.setAccessibleName(VERSIONS.name)
        self.name_box.setMaxLength(80)
        self.take_button = button(VERSIONS.take, name="versions:take", on_click=self._on_take)
        self.list = QListWidget()
        self.list.setObjectName("versions")
        self.list.setAccessibleName(VERSIONS.list_name)
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.state_label = plain_label("", "muted")
        self.table = ChangeTable(VERSIONS.title, HISTORY.then, HISTORY.now)
        self.restore_button = button(VERSIONS.restore, name="versions:restore", on_click=self._on_restore)
        self.copy_button = button(VERSIONS.save_copy, name="versions:copy", on_click=self._on_copy)

        top = QHBoxLayout()
        top.setSpacing(Space.SMALL)
        top.addWidget(self.name_box, 1)
        top.addWidget(self.take_button)
        right = QVBoxLayout()
        right.setSpacing(Space.SMALL)
        right.addWidget(self.state_label)
        right.addWidget(self.table, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(Space.LARGE)
        self._halves.addWidget(self.list, 2)
        self._halves.addLayout(right, 5)
        self.body.addLayout(top)
        self.body.addSpacing(Space.SMALL)
        self.body.addLayout(self._halves, 1)
        self.add_button(self.restore_button)
        self.add_button(self.copy_button)
        self.add_button(button(BUTTONS.close, "primary", name="versions:close", on_click=self.close))
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.name_box.returnPressed.connect(self._on_take)
        can_write = not session.is_read_only and session.who is not None and not session.sign_offs
        self.name_box.setEnabled(can_write)
        self.take_button.setEnabled(can_write)
        self._fill()
        self.fit(130)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list above the table where text is large."""
        super().resizeEvent(event)
        letters = self.width() // max(1, self.fontMetrics().averageCharWidth())
        way = QBoxLayout.Direction.LeftToRight if letters >= 90 else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(way)

    def done(self, result: int) -> None:
        """Wait for the reading, which is short."""
        self.wait()
        super().done(result)

    def wait(self) -> None:
        """Return once the chosen version is read."""
        if self._task is not None:
            self._task.wait()

    def _fill(self) -> None:
        self.list.clear()
        for snapshot in snapshots(self._session.audit.state):
            text = VERSIONS.snapshot(snapshot.name, snapshot.recorded.author.name, snapshot.recorded.at)
            self._add(text, snapshot)
        backups = self._workspace.backups()
        for backup in backups.of_audit(self._session.audit.id) if backups is not None else ():
            self._add(VERSIONS.backup(backup.at.isoformat()), backup)
        recovering = self._workspace.recovering()
        found = recovering.put_away(self._session.snapshot().to_audit()) if recovering is not None else None
        if found is not None:
            self._add(VERSIONS.set_aside(found.last_at), found)
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            self._show_nothing(VERSIONS.none)

    def _add(self, text: str, version: NamedSnapshot | Backup | FoundWork) -> None:
        item = QListWidgetItem(text)
        item.setData(_VERSION, version)
        self.list.addItem(item)

    def _on_current_changed(self, current: QListWidgetItem | None, _before: object) -> None:
        if current is None:
            return
        version = current.data(_VERSION)
        self._show_nothing(VERSIONS.loading)
        snapshot, state = self._session.snapshot(), self._session.audit.state

        def read(_progress: object, _stopped: object) -> object:
            if isinstance(version, NamedSnapshot):
                log = edits_by_id(snapshot.earlier(), snapshot.later)
                return version, state_of(version, state, log)
            if not isinstance(version, Backup):
                return version, version.audit.state
            data = self._workspace.filesystem.read_bytes(version.path)
            return version, self._workspace.decode(data, str(version.path)).audit.state

        self.wait()
        self._task = Task(read, self)
        self._task.succeeded.connect(self._on_read)
        self._task.failed.connect(lambda fault: self._show_nothing(sentence_for(fault)))
        self._task.broke.connect(lambda _error: self._show_nothing(VERSIONS.unreadable))
        self._task.start()

    def _on_read(self, result: tuple[object, AuditState]) -> None:
        version, then = result
        item = self.list.currentItem()
        if item is None or (item.data(_VERSION) is not version and item.data(_VERSION) != version):
            return
        self._found = differences(then, self._session.audit.state)
        addresses = self._session.audit.state.addresses
        rows = rows_of_differences(addresses, self._found)
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.state_label.setText(VERSIONS.differs(len(rows)) if rows else VERSIONS.same)
        self.restore_button.setEnabled(any(self._session.can_change(one.address) for one in self._found))
        self.copy_button.setEnabled(True)

    def _show_nothing(self, text: str) -> None:
        self._found = ()
        self.table.show_rows(())
        self.table.hide()
        self.state_label.setText(text)
        self.restore_button.setEnabled(False)
        self.copy_button.setEnabled(False)

    def _on_take(self) -> None:
        name = self.name_box.text().strip()
        if not name:
            self.state_label.setText(VERSIONS.name_missing)
            self.name_box.setFocus()
            return
        try:
            take_snapshot(self._session, name)
        except AuditDesktopError as fault:
            self.state_label.setText(sentence_for(fault))
            return
        self.name_box.clear()
        self.told.emit(VERSIONS.taken(name))
        self._fill()

    def _on_restore(self) -> None:
        found = self._found
        try:
            refused = restore(self._session, found)
        except AuditDesktopError as fault:
            self.state_label.setText(sentence_for(fault))
            return
        self.told.emit(VERSIONS.restored(len(found) - len(refused), len(refused)))
        self.accept()

    def _on_copy(self) -> None:
        audit = self._chosen_audit()
        if audit is not None:
            self.copy_wanted.emit(audit)

    def _chosen_audit(self) -> Audit | None:
        """Return the chosen version as an audit of its own."""
        from audit_desktop.core.audit import Audit

        item = self.list.currentItem()
        version = item.data(_VERSION) if item is not None else None
        try:
            if isinstance(version, Backup):
                data = self._workspace.filesystem.read_bytes(version.path)
                return self._workspace.decode(data, str(version.path)).audit
            if isinstance(version, FoundWork):
                return version.audit
            if isinstance(version, NamedSnapshot):
                mine = self._session.audit
                log = mine.log.all()
                then = state_of(version, mine.state, log)
                wanted = {edit.id for edits in then.all_heads().values() for edit in edits}
                waiting = list(wanted)
                while waiting:
                    for earlier in log[waiting.pop()].replaces:
                        if earlier in log and earlier not in wanted:
                            wanted.add(earlier)
                            waiting.append(earlier)
                edits = [edit for edit in log.values() if edit.id in wanted]
                return Audit.from_edits(mine.id, mine.framework, mine.framework_source, edits)
        except (AuditDesktopError, OSError):
            self._show_nothing(VERSIONS.unreadable)
        return None
