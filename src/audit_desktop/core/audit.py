"""An audit: its identity, its framework, the log of its edits and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from audit_desktop.core.addresses import Addresses
from audit_desktop.core.audit_state import AuditState
from audit_desktop.core.edits import edits_by_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audit_desktop.core.edits import Edit
    from audit_desktop.core.framework import Framework


class EditLog:
    """Every edit of an audit. Those that a file holds are read only when somebody asks for them."""

    def __init__(self, earlier: Callable[[], Iterable[Edit]] = tuple, earlier_count: int = 0) -> None:
        self._load_earlier = earlier
        self._earlier_count = earlier_count
        self._earlier: dict[str, Edit] | None = None if earlier_count else {}
        self._later: dict[str, Edit] = {}

    def __len__(self) -> int:
        return self._earlier_count + len(self._later)

    def add(self, edit: Edit) -> None:
        """Add an edit made after those that the file holds."""
        if not (edit.withheld and edit.id in self._later):
            self._later[edit.id] = edit

    def drop(self, edit_id: str) -> None:
        """Leave out an edit that was never saved to the file and that a later one of the same sitting replaced."""
        self._later.pop(edit_id, None)

    def later(self) -> tuple[Edit, ...]:
        """Return the edits that the file does not hold, in the order they were made."""
        return tuple(self._later.values())

    @property
    def earlier(self) -> Callable[[], Iterable[Edit]]:
        """What reads the edits that the file holds; any thread may call it."""
        return self._load_earlier

    def all(self) -> dict[str, Edit]:
        """Return every edit by its id, in the order of the log."""
        if self._earlier is None:
            self._earlier = {edit.id: edit for edit in self._load_earlier()}
        return edits_by_id(self._earlier.values(), self._later.values())


class Audit:
    """One school's audit. `framework_source` is the exact text of the framework file that it was made with."""

    def __init__(
        self,
        audit_id: str,
        framework: Framework,
        framework_source: bytes,
        log: EditLog,
        state: AuditState,
        extra: dict[str, object] | None = None,
    ) -> None:
        self.id = audit_id
        self.framework = framework
        self.framework_source = framework_source
        self.log = log
        self.state = state
        self.extra = {} if extra is None else extra

    @classmethod
    def new(cls, audit_id: str, framework: Framework, framework_source: bytes) -> Self:
        """Return an audit in which nothing is answered."""
        return cls(audit_id, framework, framework_source, EditLog(), AuditState(Addresses(framework)))

    @classmethod
    def from_edits(cls, audit_id: str, framework: Framework, framework_source: bytes, edits: Iterable[Edit]) -> Self:
        """Return the audit that `edits` make."""
        audit = cls.new(audit_id, framework, framework_source)
        for edit in edits:
            audit.record(edit)
        return audit

    def record(self, edit: Edit) -> None:
        """Take a new `edit` into the log and the state."""
        self.log.add(edit)
        self.state.apply(edit)
