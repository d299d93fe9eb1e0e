"""The undo stack: steps of answer changes. Undoing makes new edits; no edit is ever taken out of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.record import Record, replace

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import JsonValue

_MOST_STEPS = 1_000


class Change(Record):
    """What one address held before and after. `conflict` holds the answers that stood side by side before."""

    address: str
    before: JsonValue | None
    after: JsonValue | None
    conflict: tuple[JsonValue | None, ...] = ()


class Step(Record):
    """Changes that are undone together. `typing` marks text that grows while one box is written in.

    A merge has the audits before and after it instead: what the other role wrote cannot be taken back by edits.
    """

    changes: tuple[Change, ...]
    typing: bool = False
    audits: tuple[Audit, Audit] | None = None


class UndoStack:
    """Steps that can be undone and redone."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._is_closed = True

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._undone)

    @property
    def is_merge_last(self) -> bool:
        """Whether the step to undo is a merge."""
        return bool(self._done) and self._done[-1].audits is not None

    def push(self, step: Step) -> None:
        """Add `step`; one that goes on typing in the box of the last step joins it."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if (
            step.typing
            and not self._is_closed
            and last is not None
            and last.typing
            and last.changes[0].address == step.changes[0].address
        ):
            self._done[-1] = Step((replace(last.changes[0], after=step.changes[0].after),), typing=True)
        else:
            self._done.append(step)
            del self._done[:-_MOST_STEPS]
        self._is_closed = False

    def close_step(self) -> None:
        """End the growing of the last step: what is typed from now on is a step of its own."""
        self._is_closed = True

    def undo(self) -> Step | None:
        """Return the step to take back, or `None`."""
        if not self._done:
            return None
        self._is_closed = True
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        """Return the step to do again, or `None`."""
        if not self._undone:
            return None
        self._is_closed = True
        self._done.append(self._undone.pop())
        return self._done[-1]

    def forget_merges(self) -> None:
        """Forget every merge and what came before it: the audits in it lack what came in since."""
        for steps in (self._done, self._undone):
            last = max((index for index, step in enumerate(steps) if step.audits is not None), default=-1)
            del steps[: last + 1]
        self._is_closed = True

    def clear(self) -> None:
        """Forget every step."""
        self._done.clear()
        self._undone.clear()
        self._is_closed = True
