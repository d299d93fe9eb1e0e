"""The banner that says why nothing can be changed while a sign-off stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from audit_desktop.ui.parts.message_banner import BannerAction, MessageBanner

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.bridge import Bridge
    from audit_desktop.ui.notify import Notifier


class SignedBanner(QObject):
    """Shows the banner as long as the audit is signed off; `parent` is the form that it speaks of."""

    def __init__(
        self,
        session: AuditSession,
        bridge: Bridge,
        notifier: Notifier,
        show_sign_off: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._notifier = notifier
        self._show_sign_off = show_sign_off
        self._banner: MessageBanner | None = None
        bridge.audit_replaced.connect(self._on_replaced)
        self._on_replaced()

    @Slot()
    def _on_replaced(self) -> None:
        if self._banner is not None:
            self._notifier.withdraw(self._banner)
            self._banner = None
        if self._session.sign_offs:
            from audit_desktop.ui.visit_wording import SIGN_OFF

            sign_off = self._session.sign_offs[-1]
            text = SIGN_OFF.closed(sign_off.name, sign_off.date)
            self._banner = self._notifier.tell(text, "info", (BannerAction(SIGN_OFF.go, self._show_sign_off),))
