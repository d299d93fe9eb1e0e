"""What happens when an action of the window is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.ui.exchange_commands import ExchangeCommands
from audit_desktop.ui.theme import ThemeChoice
from audit_desktop.ui.visit_commands import VisitCommands
from audit_desktop.ui.wording import WINDOW

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.ui.main_window import MainWindow

SUFFIX = ".audit"


class WindowCommands(ExchangeCommands, VisitCommands):
    """One method for each handler that the table of actions names; those about documents are inherited."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)

    # Audits

    def new_audit(self) -> None:
        """Show the page for a new audit."""
        self._window.desk.close(self._window.show_new_audit)

    def open_audit(self) -> None:
        """Ask for a file and open it."""
        path = self._window.desk.path
        start = str(path.parent if path is not None else self._window.folders.documents)
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(self._window, WINDOW.open_title, start, WINDOW.openable_files)
        if chosen:
            self._window.open_path(Path(chosen))

    def sample(self) -> None:
        """Make the sample anew and open it."""
        folders = self._window.folders
        self._window.desk.make_sample(folders.resources, folders.samples, self._window.who)

    def save_now(self) -> None:
        """Write the file now."""
        if self._window.desk.open_audit is not None:
            self._window.desk.open_audit.keeper.save()

    def save_copy(self) -> None:
        """Ask for a place and write a copy there."""
        path = self._window.desk.path
        if path is None:
            return
        proposed = path.with_name(f"{path.stem} (copy){path.suffix}")
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(self._window, WINDOW.copy_title, str(proposed), WINDOW.audit_files)
        if not chosen:
            return
        copy = Path(chosen)
        self._window.desk.save_copy(copy if copy.suffix.lower() == SUFFIX else copy.with_name(copy.name + SUFFIX))

    def history(self) -> None:
        """Show the history of every answer."""
        self.show_history_of("")

    def answer_history(self) -> None:
        """Show the history of the answer that has the focus."""
        view = self._window.audit_view
        address = view.focused_address() if view is not None else ""
        if address:
            self.show_history_of(address)
        else:
            from audit_desktop.ui.safety_wording import HISTORY

            self._window.notifier.note(HISTORY.no_field)

    def versions(self) -> None:
        """Show the snapshots and the versions that this computer put by."""
        open_audit = self._window.desk.open_audit
        if open_audit is None:
            return
        from audit_desktop.ui.history.versions_dialog import VersionsDialog

        dialog = VersionsDialog(open_audit.session, self._window.desk.workspace, self._window)
        dialog.told.connect(self._window.notifier.tell)
        dialog.copy_wanted.connect(self._save_version)
        dialog.open()

    def erase(self) -> None:
        """Ask whether what this computer keeps of the audit shall go, and erase it."""
        path = self._window.desk.path
        if path is not None:
            from audit_desktop.ui.recovery.erasing import Erasing

            Erasing(self._window, path).ask()

    def upgrade(self) -> None:
        """Show what the newest version of the audit's framework would do to it."""
        open_audit = self._window.desk.open_audit
        if open_audit is not None:
            from audit_desktop.ui.upgrading.upgrade_desk import UpgradeDesk

            UpgradeDesk(self._window, open_audit.session).look()

    def offer_history(self) -> None:
        """Offer the history of each answer at the answer itself from now on."""
        from audit_desktop.ui.history.at_the_answer import AtTheAnswer

        desk, view = self._window.desk, self._window.audit_view
        if desk.open_audit is not None and desk.bridge is not None and view is not None:
            AtTheAnswer(view, desk.open_audit.session, desk.bridge, self.show_history_of)

    def show_history_of(self, address: str) -> None:
        """Show the history of the answer at `address`, or of every answer if it is empty."""
        open_audit = self._window.desk.open_audit
        if open_audit is None:
            return
        from audit_desktop.ui.history.history_dialog import HistoryDialog
        from audit_desktop.ui.safety_wording import HISTORY

        dialog = HistoryDialog(open_audit.session, address, self._window)
        dialog.restored.connect(lambda: self._window.notifier.note(HISTORY.restored))
        dialog.open()

    def _save_version(self, audit: Audit) -> None:
        from audit_desktop.ui.safety_wording import VERSIONS

        path = self._window.desk.path
        if path is None:
            return
        proposed = path.with_name(f"{path.stem} (earlier version){path.suffix}")
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(self._window, VERSIONS.save_title, str(proposed), WINDOW.audit_files)
        if not chosen:
            return
        copy = Path(chosen)
        copy = copy if copy.suffix.lower() == SUFFIX else copy.with_name(copy.name + SUFFIX)
        try:
            self._window.desk.workspace.save_new(copy, audit, may_replace=copy != path)
        except AuditDesktopError as fault:
            self._window.notifier.fault(fault)
        else:
            self._window.notifier.tell(WINDOW.copy_saved(str(copy)))

    def close_audit(self) -> None:
        """Close the audit and go back to the start."""
        self._window.desk.close(self._window.show_start)

    def quit(self) -> None:
        """Close the window, and with it the program."""
        self._window.close()

    # Changing the audit

    def undo(self) -> None:
        """Take the last step back, and show where it was."""
        self._replay("undo")

    def redo(self) -> None:
        """Do the last step again, and show where it was."""
        self._replay("redo")

    def next_statement(self) -> None:
        """Go to the next statement."""
        if self._window.audit_view is not None:
            self._window.audit_view.next_statement()

    def previous_statement(self) -> None:
        """Go to the statement before."""
        if self._window.audit_view is not None:
            self._window.audit_view.previous_statement()

    def next_unanswered(self) -> None:
        """Go to the next statement without a rating."""
        if self._window.audit_view is not None and not self._window.audit_view.next_unanswered():
            self._window.notifier.note(WINDOW.nothing_to_jump_to)

    def go_to_section(self, section_id: str) -> None:
        """Show the section called `section_id`."""
        if self._window.audit_view is not None:
            self._window.audit_view.show_section(section_id)

    def rate_1(self) -> None:
        """Rate the current statement at the first level."""
        self._rate(0)

    def rate_2(self) -> None:
        """Rate the current statement at the second level."""
        self._rate(1)

    def rate_3(self) -> None:
        """Rate the current statement at the third level."""
        self._rate(2)

    def rate_4(self) -> None:
        """Rate the current statement at the fourth level."""
        self._rate(3)

    # The look

    def larger_text(self) -> None:
        """Show text one step larger."""
        self._window.appearance.larger()

    def smaller_text(self) -> None:
        """Show text one step smaller."""
        self._window.appearance.smaller()

    def usual_text(self) -> None:
        """Show text at its usual size."""
        self._window.appearance.set_text_scale(1.0)

    def theme_system(self) -> None:
        """Use the colours of this computer."""
        self._set_theme(ThemeChoice.SYSTEM)

    def theme_light(self) -> None:
        """Use the light colours."""
        self._set_theme(ThemeChoice.LIGHT)

    def theme_dark(self) -> None:
        """Use the dark colours."""
        self._set_theme(ThemeChoice.DARK)

    def theme_high_contrast(self) -> None:
        """Use few and strong colours."""
        self._set_theme(ThemeChoice.HIGH_CONTRAST)

    # People and help

    def ask_who(self) -> None:
        """Say that nobody works here yet, if nobody does, with the way to say who does."""
        if self._window.who is not None:
            return
        from audit_desktop.ui.parts.message_banner import BannerAction

        action = BannerAction(WINDOW.say_who, self.change_who)
        self._window.notifier.tell(WINDOW.nobody_working, "warning", (action,))

    def change_who(self) -> None:
        """Ask who is working."""
        from audit_desktop.ui.dialogs.who import WhoDialog

        WhoDialog.ask(self._window, self._window.who, self._window.set_who)

    def show_keys(self) -> None:
        """Show the keys."""
        from audit_desktop.ui.dialogs.keyboard_help import KeyboardHelpDialog

        KeyboardHelpDialog(self._window).open()

    def show_about(self) -> None:
        """Show what this program is."""
        from audit_desktop.ui.dialogs.about import AboutDialog

        AboutDialog(self._window.folders.data, self._window.folders.logs, self._window).open()

    def _replay(self, what: str) -> None:
        open_audit = self._window.desk.open_audit
        if open_audit is None:
            return
        addresses = open_audit.session.undo() if what == "undo" else open_audit.session.redo()
        # Another form may be shown now.
        if self._window.audit_view is not None:
            self._window.audit_view.show_addresses(addresses)

    def _rate(self, index: int) -> None:
        if self._window.audit_view is not None:
            self._window.audit_view.rate_current(index)

    def _set_theme(self, choice: ThemeChoice) -> None:
        self._window.appearance.set_choice(choice)
        self._window.refresh_actions()
        self._window.remember(theme=choice.value)
