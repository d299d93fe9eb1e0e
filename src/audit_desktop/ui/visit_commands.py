"""What happens when something of the visit is asked for: copies that leave and come back, the meeting, its pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from audit_desktop.ui.form.section_model import PLAN, SIGN_OFF, VISIT
from audit_desktop.ui.parts.message_banner import BannerAction
from audit_desktop.ui.wording import WINDOW

if TYPE_CHECKING:
    from audit_desktop.ui.audit_view import AuditView
    from audit_desktop.ui.main_window import MainWindow


class VisitCommands:
    """One method for each handler of the visit that the table of actions names."""

    _window: MainWindow

    def prepare(self, view: AuditView) -> None:
        """Give the form of an audit that was opened what its pages of the visit need of the window."""
        from audit_desktop.ui.sign_off.signing_desk import SigningDesk

        folders = self._window.folders
        view.pages.signing = SigningDesk(self._window.desk.workspace.filesystem, folders.data, folders.resources)
        view.pages.meeting_wanted.connect(self.open_meeting)

    def send_to_visitor(self) -> None:
        """Show the dialog that writes a copy for the visitor."""
        open_audit, view = self._window.desk.open_audit, self._window.audit_view
        if open_audit is None or view is None:
            return
        from audit_desktop.ui.handing_over.send_dialog import SendDialog

        dialog = SendDialog(open_audit, self._window.desk.workspace, self._window.folders.resources, self._window)
        dialog.address_wanted.connect(view.show_address)
        dialog.open()

    def take_in_copy(self) -> None:
        """Ask for a copy that came back, and show what it would bring."""
        path = self._window.desk.path
        if path is None:
            return
        from audit_desktop.ui.visit_wording import MERGING

        chosen, _ = QFileDialog.getOpenFileName(self._window, MERGING.choose, str(path.parent), WINDOW.openable_files)
        if chosen:
            self.merge(Path(chosen))

    def merge(self, path: Path) -> None:
        """Show what the copy at `path` would bring."""
        open_audit = self._window.desk.open_audit
        if open_audit is None:
            return
        from audit_desktop.ui.merging.merge_dialog import MergeDialog

        theme = self._window.appearance.theme
        dialog = MergeDialog(open_audit, path, self._window.desk.workspace, theme, self._window)
        dialog.merged.connect(self._on_merged)
        dialog.open()

    def open_protected(self, path: Path) -> None:
        """Ask for the passphrase of the protected copy at `path`, and open what is in it."""
        from audit_desktop.ui.handing_over.open_protected_dialog import OpenProtectedDialog

        dialog = OpenProtectedDialog(path, self._window.desk.workspace, self._window)
        dialog.opened.connect(self._window.open_path)
        dialog.open()

    def open_meeting(self) -> None:
        """Show one statement on the whole screen."""
        open_audit, bridge, view = self._window.desk.open_audit, self._window.desk.bridge, self._window.audit_view
        if open_audit is None or bridge is None or view is None:
            return
        from audit_desktop.ui.meeting.meeting_window import MeetingWindow

        view.commit()
        current = view.pages.current_statement()
        meeting = MeetingWindow(open_audit.session, bridge, current.id if current is not None else None, self._window)
        self._window.desk.closed.connect(meeting.close)
        # Where no window manager does it, the size has to be given.
        meeting.setGeometry(self._window.screen().geometry())
        meeting.showFullScreen()

    def show_visit(self) -> None:
        """Show the page of the visit."""
        self._show_page(VISIT)

    def show_plan(self) -> None:
        """Show the action plan."""
        self._show_page(PLAN)

    def show_sign_off(self) -> None:
        """Show the page on which the audit is signed off."""
        self._show_page(SIGN_OFF)

    def _on_merged(self, sentence: str) -> None:
        from audit_desktop.ui.visit_wording import MERGING

        open_audit, view = self._window.desk.open_audit, self._window.audit_view
        conflicts = sorted(open_audit.session.audit.state.conflicts()) if open_audit is not None else []
        actions: tuple[BannerAction, ...] = ()
        if conflicts and view is not None:
            actions = (BannerAction(MERGING.settle, lambda: view.show_address(conflicts[0])),)
        self._window.notifier.tell(sentence, "info", actions)

    def _show_page(self, key: str) -> None:
        if self._window.audit_view is not None:
            self._window.audit_view.show_page(key)
