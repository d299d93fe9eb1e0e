"""What happened in a session, as events, and a small publisher of them. No Qt."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from audit_desktop.core.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.core.edits import Author, Edit
    from audit_desktop.core.errors import AuditDesktopError
    from audit_desktop.session.notices import Notice
    from audit_desktop.storage.audit_container import Snapshot
    from audit_desktop.storage.places import Place


class SaveState(StrEnum):
    """How safe the work is: the truth that the window shows."""

    SAVED = "saved"
    """The file holds everything."""
    TYPING = "typing"
    """Something was typed that is not written anywhere yet; it will be within a second or so."""
    KEPT_LOCALLY = "kept-locally"
    """Everything is on this laptop's disk, and the file will have it at the next save."""
    SAVING = "saving"
    """The file is being written."""
    FAILED = "failed"
    """The last attempt to write failed; what was typed is still in memory and, if possible, in the journal."""
    READ_ONLY = "read-only"
    """Nothing can be changed, so there is nothing to save."""


class AnswersChanged(Record):
    """Answers at `addresses` changed; `initiator` is whoever asked for it, so that it can ignore its own echo."""

    addresses: frozenset[str]
    initiator: object = None


class TypingStarted(Record):
    """Something is being typed that is not an edit yet."""


class TypingGoesOn(Record):
    """Somebody has been typing for a second since this or `TypingStarted` was said last."""


class TypingCameToNothing(Record):
    """What was being typed made no edit: it was taken back again, or is nothing that its field can hold."""


class AuditReplaced(Record):
    """The audit was merged with another copy: everything may have changed.

    `needs_saving` says that the file does not hold it in this form yet; `taken_out` are the edits that left it with
    a merge that was undone, and that nobody is to be offered again; `left_behind` is the audit as it was with them.
    `came_in` are the newest edits that somebody else wrote into the file meanwhile.
    """

    needs_saving: bool = False
    taken_out: tuple[Edit, ...] = ()
    left_behind: Snapshot | None = None
    came_in: tuple[Edit, ...] = ()


class WhoChanged(Record):
    """Somebody else is working now."""

    who: Author


class UndoChanged(Record):
    """What can be undone or redone changed."""

    can_undo: bool
    can_redo: bool


class SaveChanged(Record):
    """How safe the work is changed; `path` is the file, `fault` says why a save failed.

    `place` is what kind of place the file lies in, once that is known. `is_slow` says that the file follows what is
    kept on this computer after ten minutes and not after one.
    """

    state: SaveState
    path: Path | None
    fault: AuditDesktopError | None = None
    place: Place | None = None
    is_slow: bool = False


Typing: TypeAlias = TypingStarted | TypingGoesOn | TypingCameToNothing
Event: TypeAlias = "AnswersChanged | Typing | AuditReplaced | WhoChanged | UndoChanged | SaveChanged | Notice"


class Publisher:
    """Hands each event to everybody who subscribed, in the order in which they did."""

    def __init__(self) -> None:
        self._handlers: list[Callable[[Event], None]] = []

    def subscribe(self, handler: Callable[[Event], None]) -> Callable[[], None]:
        """Call `handler` with every event from now on; returns what ends that."""
        self._handlers.append(handler)

        def unsubscribe() -> None:
            if handler in self._handlers:
                self._handlers.remove(handler)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Hand `event` to every subscriber."""
        for handler in tuple(self._handlers):
            handler(event)
