"""What happens when something of the visit is asked for: copies that leave and come back, the meeting, its pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from audit_desktop.ui.form.section_model import PLAN, SIGN_OFF, VISIT
from audit_desktop.ui.parts.message_banner import BannerAction
from audit_desktop.ui.wording import WINDOW

if TYPE_CHECKING:
    from audit_desktop.ui.attaching.attaching_desk import AttachingDesk
    from audit_desktop.ui.attaching.card_files import FileWish
    from audit_desktop.ui.audit_view import AuditView
    from audit_desktop.ui.main_window import MainWindow


class VisitCommands:
    """One method for each handler of the visit that the table of actions names."""

    _window: MainWindow

    def prepare(self, view: AuditView) -> None:
        """Give the form of an audit that was opened what its pages of the visit need of the window."""
        from audit_desktop.ui.sign_off.signed_banner import SignedBanner
        from audit_desktop.ui.sign_off.signing_desk import SigningDesk

        folders = self._window.folders
        view.pages.signing = SigningDesk(self._window.desk.workspace.filesystem, folders.data, folders.resources)
        view.pages.meeting_wanted.connect(self.open_meeting)
        view.pages.file_wanted.connect(self._on_file_wanted)
        open_audit, bridge = self._window.desk.open_audit, self._window.desk.bridge
        if open_audit is not None and bridge is not None:
            SignedBanner(open_audit.session, bridge, self._window.notifier, self.show_sign_off, view)

    def show_files(self) -> None:
        """Show every file that is attached to the audit."""
        desk = self._attaching()
        if desk is not None:
            desk.show_all()

    def _on_file_wanted(self, wish: object) -> None:
        desk = self._attaching()
        if desk is not None:
            desk.on_wish(cast("FileWish", wish))

    def _attaching(self) -> AttachingDesk | None:
        """Return what attaches files to the open audit, made when it is first asked for."""
        open_audit, view = self._window.desk.open_audit, self._window.audit_view
        if open_audit is None or view is None:
            return None
        from audit_desktop.ui.attaching.attaching_desk import AttachingDesk

        desk = view.findChild(AttachingDesk)
        if desk is None:
            opened = self._window.folders.data / "opened"
            desk = AttachingDesk(open_audit, self._window.desk.workspace, self._window.notifier, opened, view)
            self._window.desk.closed.connect(desk.wait)
        return desk

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
        from PySide6.QtWidgets import QFileDialog

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

    def next_audit(self) -> None:
        """Ask for a place, make a new audit of the same school there with what is still open, and open it."""
        open_audit, path = self._window.desk.open_audit, self._window.desk.path
        if open_audit is None or path is None:
            return
        from audit_desktop.core.file_names import free_path
        from audit_desktop.session.visiting import next_audit
        from audit_desktop.ui.visit_wording import NEXT_AUDIT

        exists = self._window.desk.workspace.filesystem.exists
        proposed = free_path(path.parent, NEXT_AUDIT.file_stem(path.stem), path.suffix, exists)
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(self._window, NEXT_AUDIT.choose, str(proposed), WINDOW.audit_files)
        if not chosen:
            return
        new = Path(chosen)
        new = new if new.suffix.lower() == ".audit" else new.with_name(f"{new.name}.audit")
        audit = next_audit(open_audit.session)
        # A chosen name may be replaced, as the question says; the audit that is open never.
        self._window.desk.save_new_and_open(new, audit, self._window.who, may_replace=new != path)

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
        bridge.framework_replaced.connect(meeting.close)
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
        banner = self._window.notifier.tell(sentence, "info", actions)
        bridge = self._window.desk.bridge
        if not conflicts or bridge is None or open_audit is None:
            return
        session, notifier = open_audit.session, self._window.notifier

        def on_change() -> None:
            if next(session.audit.state.conflicts(), None) is None:
                notifier.withdraw(banner)

        bridge.answers_changed.connect(on_change)
        bridge.audit_replaced.connect(on_change)

    def _show_page(self, key: str) -> None:
        if self._window.audit_view is not None:
            self._window.audit_view.show_page(key)
