"""Going on to a newer version of the framework: the offer, the look at what it does, and doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.edits import Role
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.upgrade import reworded_ratings
from audit_desktop.session.upgrading import newer_version, preview_upgrade, upgrade
from audit_desktop.ui.parts.message_banner import BannerAction
from audit_desktop.ui.upgrading.upgrade_dialog import UpgradeDialog
from audit_desktop.ui.upgrading.wording import UPGRADING

if TYPE_CHECKING:
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.storage.catalogue import CatalogueEntry
    from audit_desktop.ui.main_window import MainWindow
    from audit_desktop.ui.parts.message_banner import Tone


class UpgradeDesk:
    """Shows what the newest installed version would do to the open audit, and does it once a person agrees."""

    def __init__(self, window: MainWindow, session: AuditSession) -> None:
        self._window = window
        self._session = session

    def look(self) -> None:
        """Show what the newest version that is installed would do, or say that there is none."""
        self._window.desk.workspace.catalogue.refresh()
        entry = newer_version(self._window.desk.workspace.catalogue, self._session.audit.framework)
        if entry is None:
            self._window.notifier.note(UPGRADING.is_newest(self._session.audit.framework.version))
            return
        try:
            plan = preview_upgrade(self._session, entry)
        except AuditDesktopError as fault:
            self._window.notifier.fault(fault)
            return
        session = self._session
        can_change = not session.is_read_only and session.who is not None and not session.sign_offs
        dialog = UpgradeDialog(plan, can_change=can_change, parent=self._window)
        dialog.agreed.connect(lambda: self._go_on(entry))
        dialog.open()

    def _go_on(self, entry: CatalogueEntry) -> None:
        try:
            plan = upgrade(self._session, entry)
        except AuditDesktopError as fault:
            self._window.notifier.fault(fault)
            return
        self._window.notifier.tell(UPGRADING.done(plan.version, len(reworded_ratings(self._session.audit.state))))


def offer(window: MainWindow, session: AuditSession, version: str) -> tuple[str, Tone, tuple[BannerAction, ...]] | None:
    """Return what a banner says of a newer `version`; `None` to a visitor and where the audit is signed off."""
    if session.sign_offs or (session.who is not None and session.who.role is not Role.SCHOOL):
        return None
    return UPGRADING.offer(version), "info", (BannerAction(UPGRADING.look, window.commands.upgrade),)
