"""The one crossing from session events to Qt signals; events of other threads arrive on the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from audit_desktop.session.events import AnswersChanged, AuditReplaced, SaveChanged, UndoChanged, WhoChanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.session.events import Event


class Bridge(QObject):
    """Re-emits the events of one session.

    Signals:
        answers_changed: the addresses, and who asked for it.
        audit_replaced: everything may have changed, and every place is still there.
        framework_replaced: the audit stands on another version of its framework: other places, other words.
        who_changed: the author who works from now on.
        undo_changed: whether something can be undone, and redone.
        save_changed: the `SaveChanged` event.
    """

    answers_changed = Signal(object, object)
    audit_replaced = Signal()
    framework_replaced = Signal()
    who_changed = Signal(object)
    undo_changed = Signal(bool, bool)
    save_changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, session: AuditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # From the window's own thread this is a plain call; from another one Qt queues it.
        self._arrived.connect(self._on_arrived)
        self._session = session
        self._version = session.audit.framework.version
        self._unsubscribe = session.events.subscribe(self._arrived.emit)

    def close(self) -> None:
        """Hear no more of the session."""
        self._unsubscribe()

    @Slot(object)
    def _on_arrived(self, event: Event) -> None:
        match event:
            case AnswersChanged(addresses, initiator):
                self.answers_changed.emit(addresses, initiator)
            case AuditReplaced():
                version, self._version = self._version, self._session.audit.framework.version
                (self.audit_replaced if version == self._version else self.framework_replaced).emit()
            case WhoChanged(who):
                self.who_changed.emit(who)
            case UndoChanged(can_undo, can_redo):
                self.undo_changed.emit(can_undo, can_redo)
            case SaveChanged():
                self.save_changed.emit(event)


class WindowThread(QObject):
    """Runs functions on the thread that it was made on, whatever thread hands them over."""

    _handed_over = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handed_over.connect(self._on_handed_over)

    def deliver(self, job: Callable[[], None]) -> None:
        """Run `job` on the window's thread: at once if this is it, otherwise as soon as it is free."""
        self._handed_over.emit(job)

    @Slot(object)
    def _on_handed_over(self, job: Callable[[], None]) -> None:
        job()
