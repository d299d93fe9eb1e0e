"""Two people at two computers, with one audit file between them; nothing happens on a thread of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.session.workspace import LocalFolders, Workspace
from audit_desktop.storage.audit_container import Snapshot
from audit_desktop.storage.audit_files import write_audit
from audit_desktop.storage.catalogue import Catalogue
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.known_good import KnownGood
from tests.builders import framework_document, make_audit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.session.events import Event
    from audit_desktop.session.worker import Worker

RATING = "statement/1.1/rating"
EVIDENCE = "section/1/evidence"
COMMENT = "statement/1.1/visitor-comment"
SCHOOL = Author("Sam Reed", Role.SCHOOL)
VISITOR = Author("Alex Moss", Role.VISITOR)


class DeskClock:
    """A clock that moves when told, the same for everybody."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime(2026, 9, 1, 14, 2, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class PatientWorker:
    """Keeps jobs until `run` is called, as a thread that is slow."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []

    def submit(self, job: Callable[[], None]) -> None:
        self.jobs.append(job)

    def run(self) -> None:
        while self.jobs:
            self.jobs.pop(0)()

    def finish(self) -> None:
        self.run()


class Desk:
    """One person with the audit open, on a computer with folders of its own."""

    def __init__(
        self,
        home: Path,
        path: Path,
        who: Author | None = SCHOOL,
        *,
        clock: DeskClock | None = None,
        filesystem: RealFilesystem | None = None,
        worker: Worker | None = None,
        temporary: Path | None = None,
    ) -> None:
        self.clock = clock or DeskClock()
        self.filesystem = filesystem or RealFilesystem()
        self.local = LocalFolders(home / "journals", home / "backups", temporary)
        known_good = KnownGood(self.filesystem, home / "published.json", home / "remembered.json", "1")
        self.workspace = Workspace(
            self.filesystem, self.clock, Catalogue(self.filesystem, (), known_good), known_good, self.local
        )
        self.open = self.workspace.open(path, who, worker, lambda job: job())
        self.session, self.keeper = self.open.session, self.open.keeper
        self.events: list[Event] = []
        self.session.events.subscribe(self.events.append)
        attendance = self.workspace.attend(self.open)
        self.watch = attendance.watch
        assert attendance.after_opening is not None
        self.after_opening = attendance.after_opening

    def settle(self) -> Desk:
        """Do what is done after opening."""
        self.after_opening.start()
        return self

    def told(self, kind: type) -> list[Event]:
        """Return the events of one kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def wait(self, seconds: float) -> None:
        """Let time pass, and do what is due then."""
        self.clock.seconds += seconds
        self.watch.tick()

    def close(self) -> None:
        """Close the audit in order."""
        self.watch.end()
        self.keeper.close()


def new_file(path: Path) -> None:
    """Write an empty audit to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    snapshot = Snapshot.of(make_audit(framework=framework_document()))
    write_audit(RealFilesystem(), DeskClock(), path, snapshot, None, is_known_good=lambda _: True)
