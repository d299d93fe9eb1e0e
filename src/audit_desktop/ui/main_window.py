"""The window's frame: its pages, its banners, its status line and its menus. What the pages do is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from audit_desktop.core.addresses import audit_address
from audit_desktop.core.common_fields import SCHOOL_NAME
from audit_desktop.core.record import replace
from audit_desktop.ui.actions import Actions, WindowState
from audit_desktop.ui.audit_desk import AuditDesk
from audit_desktop.ui.close_guard import CloseGuard
from audit_desktop.ui.focus_keeper import FocusKeeper
from audit_desktop.ui.notify import BannerStack, Notifier
from audit_desktop.ui.parts.dropped_files import dropped_files
from audit_desktop.ui.status_area import StatusArea
from audit_desktop.ui.window_commands import WindowCommands
from audit_desktop.ui.window_geometry import geometry_of, restore_geometry
from audit_desktop.ui.wording import WINDOW

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from audit_desktop.core.edits import Author
    from audit_desktop.core.errors import AuditDesktopError
    from audit_desktop.preferences import PreferencesFile
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.ui.appearance import Appearance
    from audit_desktop.ui.audit_view import AuditView
    from audit_desktop.ui.bridge import Bridge
    from audit_desktop.ui.new_audit_page import NewAudit, NewAuditPage
    from audit_desktop.ui.start_page import StartPage
    from audit_desktop.ui.theme import Theme
    from audit_desktop.ui.window_folders import WindowFolders

_SETTLED_MILLISECONDS = 100


class MainWindow(QMainWindow):
    """The one window. It shows the start page, the page for a new audit, or the open audit."""

    def __init__(
        self,
        workspace: Workspace,
        preferences: PreferencesFile,
        appearance: Appearance,
        folders: WindowFolders,
    ) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.folders = folders
        self.appearance = appearance
        self.audit_view: AuditView | None = None
        self.desk = AuditDesk(workspace, self)
        self._preferences = preferences
        self._start_page: StartPage | None = None
        self._new_page: NewAuditPage | None = None
        self._is_leaving = False

        banners = BannerStack()
        self._stack = QStackedWidget()
        self.status_area = StatusArea()
        self.notifier = Notifier(banners, self.status_area.show_note)
        self.commands = WindowCommands(self)
        self.actions_by_id = Actions(self, self.commands)

        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(banners)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.status_area)
        self.setCentralWidget(centre)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        restore_geometry(self, preferences.current.geometry)
        self.status_area.show_who(self.who)
        self.refresh_actions()

        self.status_area.who_clicked.connect(self.commands.change_who)
        self.desk.opened.connect(self._on_opened)
        self.desk.closed.connect(self._on_closed)
        self.desk.failed.connect(self._on_failed)
        now, commands = workspace.clock.now, self.commands
        self.desk.save_changed.connect(lambda event: self.status_area.show_saving(event, now().astimezone()))
        FocusKeeper(self)
        self._guard = CloseGuard(self.desk, self.notifier, save_now=commands.save_now, save_copy=commands.save_copy)
        self.desk.copy_saved.connect(lambda path: self.notifier.tell(WINDOW.copy_saved(str(path))))
        appearance.changed.connect(self._on_theme_changed)

    # Who is working, and what is remembered

    @property
    def who(self) -> Author | None:
        """Who is working."""
        return self._preferences.current.who

    def set_who(self, who: Author) -> None:
        """Say who is working from now on."""
        self.remember(who=who)
        self.notifier.take_back(WINDOW.nobody_working)
        self.status_area.show_who(who)
        if self.desk.open_audit is not None:
            self.desk.open_audit.session.set_who(who)

    def remember(self, **changes: object) -> None:
        """Keep `changes` in the preferences."""
        self._preferences.save(replace(self._preferences.current, **changes))

    # Pages

    def open_path(self, path: Path) -> None:
        """Open the audit in the file at `path`, or say why not; for a protected copy, ask for its passphrase."""
        if path.suffix.lower() == ".age":
            self.commands.open_protected(path)
        else:
            self.desk.open(path, self.who)

    def show_start(self) -> None:
        """Show the start page."""
        from audit_desktop.ui.start_page import StartPage

        if self._start_page is None:
            page = self._start_page = StartPage(self.desk.workspace.filesystem.exists)
            page.new_clicked.connect(self.commands.new_audit)
            page.open_clicked.connect(self.commands.open_audit)
            page.sample_clicked.connect(self.commands.sample)
            page.recent_clicked.connect(self.open_path)
            page.recent_removed.connect(self.forget)
            self._stack.addWidget(page)
        self._start_page.show_recent(self._preferences.current.recent)
        self._show(self._start_page)
        self._start_page.new_tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_new_audit(self) -> None:
        """Show the page for a new audit, empty."""
        from audit_desktop.ui.new_audit_page import NewAuditPage

        exists, frameworks = self.desk.workspace.filesystem.exists, self.desk.workspace.catalogue.entries()
        page = self._new_page = NewAuditPage(self.folders.documents, exists, self.who, frameworks)
        page.create_requested.connect(self._on_create_requested)
        page.cancelled.connect(self.show_start)
        self._stack.addWidget(page)
        self._show(page)
        page.focus_first()

    def refresh_actions(self) -> None:
        """Enable the actions that can be used now."""
        open_audit = self.desk.open_audit
        state = WindowState.of(open_audit.session) if open_audit is not None else WindowState()
        self.actions_by_id.refresh(state, theme=self.appearance.choice.value)

    def _show(self, page: QWidget) -> None:
        shown = self._stack.currentWidget()
        self._stack.setCurrentWidget(page)
        # The pages for a new audit and for an audit are made anew each time.
        if page is not self._new_page:
            self._new_page = None
        if shown is not None and shown is not page and shown is not self._start_page:
            self._stack.removeWidget(shown)
            shown.deleteLater()
        self._refresh_title()
        self.refresh_actions()

    def _refresh_title(self) -> None:
        parts = ("", "", "")
        if (open_audit := self.desk.open_audit) is not None:
            school = open_audit.session.value(audit_address(SCHOOL_NAME.id)) or ""
            parts = (school, open_audit.session.audit.framework.title, open_audit.keeper.path.stem)
        self.setWindowTitle(WINDOW.title(*parts))

    # Qt's events

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything is saved; until then say what is in the way."""
        if self.desk.open_audit is not None and not self._is_leaving:
            event.ignore()
            # Not from inside the event, since closing calls it again.
            QTimer.singleShot(0, self, lambda: self.desk.close(self.leave))
            return
        self.desk.wait_for_copies()
        self.desk.abandon()
        self.remember(geometry=geometry_of(self), text_scale=self.appearance.text_scale)
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that may be audits."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped."""
        for path in (paths := dropped_files(event))[:1]:
            event.acceptProposedAction()
            self.open_path(path)
        if len(paths) > 1:
            self.notifier.note(WINDOW.only_one_file)

    # What the desk says

    @Slot()
    def _on_opened(self) -> None:
        open_audit, bridge = self.desk.open_audit, self.desk.bridge
        assert open_audit is not None
        assert bridge is not None
        self.notifier.clear()
        bridge.undo_changed.connect(self.refresh_actions)
        bridge.answers_changed.connect(self._on_answers_changed)
        bridge.who_changed.connect(self.status_area.show_who)
        bridge.who_changed.connect(self.refresh_actions)
        bridge.framework_replaced.connect(self._on_framework_replaced)
        self._show_form(open_audit.session, bridge)
        self.status_area.show_saving(open_audit.keeper.state, None)
        if self.isVisible():
            QTimer.singleShot(_SETTLED_MILLISECONDS, self, self.settle)

    @Slot()
    def _on_framework_replaced(self) -> None:
        if self.desk.open_audit is not None and self.desk.bridge is not None:
            self._show_form(self.desk.open_audit.session, self.desk.bridge)
            self.commands.offer_history()

    def _show_form(self, session: AuditSession, bridge: Bridge) -> None:
        from audit_desktop.ui.audit_view import AuditView

        self.audit_view = AuditView(session, bridge, self.appearance.theme)
        self.commands.prepare(self.audit_view)
        self.actions_by_id.show_sections(session.audit.framework, self.commands.go_to_section)
        self._stack.addWidget(self.audit_view)
        self._show(self.audit_view)

    @Slot()
    def settle(self) -> None:
        """Do what can wait until the audit is on the screen: call it once the first one is."""
        if (path := self.desk.path) is None:
            return
        self._preferences.save(self._preferences.current.with_recent(path.absolute()))
        from audit_desktop.ui.recovery.safety import look_after

        look_after(self)
        self.commands.offer_history()
        self.commands.ask_who()

    @Slot()
    def _on_closed(self) -> None:
        self.audit_view = None
        # Soon, since mostly the window closes with its audit, or another audit comes.
        QTimer.singleShot(0, self, self._show_that_nothing_is_open)

    def _show_that_nothing_is_open(self) -> None:
        if self.desk.open_audit is None and self.isVisible():
            self.actions_by_id.show_sections(None, self.commands.go_to_section)
            self.status_area.show_saving(None, None)
            self.refresh_actions()

    @Slot(object)
    def _on_failed(self, fault: AuditDesktopError) -> None:
        if self._new_page is not None and self._stack.currentWidget() is self._new_page:
            self._new_page.show_fault(fault)
            return
        from audit_desktop.ui.recovery.at_start import fault_actions

        self.notifier.fault(fault, fault_actions(self, fault))
        if self.desk.open_audit is None:
            self.show_start()

    # What pages and people do

    @Slot(object)
    def _on_create_requested(self, new: NewAudit) -> None:
        self.set_who(new.who)
        self.desk.create(new)

    @Slot(object)
    def forget(self, path: Path) -> None:
        """Take `path` out of the list of recent audits, and show the start page."""
        self._preferences.save(self._preferences.current.without_recent(path))
        self.show_start()

    @Slot(object, object)
    def _on_answers_changed(self, addresses: frozenset[str], _initiator: object) -> None:
        if audit_address(SCHOOL_NAME.id) in addresses:
            self._refresh_title()

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        if self.audit_view is not None:
            self.audit_view.set_theme(theme)

    def leave(self) -> None:
        """Close the window without asking; what the file does not hold is written if that still works."""
        self._is_leaving = True
        self.close()
