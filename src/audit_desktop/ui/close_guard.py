"""What is said and offered when an audit cannot be closed, since its file could not be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.ui.parts.message_banner import BannerAction, MessageBanner
from audit_desktop.ui.wording import WINDOW, sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.session.events import SaveChanged
    from audit_desktop.ui.audit_desk import AuditDesk
    from audit_desktop.ui.notify import Notifier


class CloseGuard:
    """Shows one banner with the ways out, and takes it away when it is settled."""

    def __init__(
        self,
        desk: AuditDesk,
        notifier: Notifier,
        *,
        save_now: Callable[[], object],
        save_copy: Callable[[], object],
    ) -> None:
        self._desk = desk
        self._notifier = notifier
        self._save_now = save_now
        self._save_copy = save_copy
        self._banner: MessageBanner | None = None
        desk.close_blocked.connect(self._on_close_blocked)
        desk.closed.connect(self._withdraw)

    def _on_close_blocked(self, event: SaveChanged) -> None:
        self._withdraw()
        sentence = sentence_for(event.fault) if event.fault is not None else ""
        actions = (
            BannerAction(WINDOW.try_again, self._save_now),
            BannerAction(WINDOW.save_copy, self._save_copy),
            BannerAction(WINDOW.leave, self._desk.abandon),
            BannerAction(WINDOW.stay, self._on_stay),
        )
        self._banner = self._notifier.tell(WINDOW.leave_text(sentence), "error", actions)

    def _on_stay(self) -> None:
        self._desk.stay()
        self._withdraw()

    def _withdraw(self) -> None:
        if self._banner is not None:
            self._notifier.withdraw(self._banner)
            self._banner = None
