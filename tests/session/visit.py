"""What a test of a visit needs: two laptops with a folder each, and their people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from audit_desktop.core.edits import Author, Role
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.workspace import LocalFolders, OpenAudit, Workspace
from audit_desktop.storage.catalogue import Catalogue
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.known_good import KnownGood
from audit_desktop.storage.signing_keys import SigningKey
from tests.builders import make_audit

SCHOOL = Author("Sam Reed", Role.SCHOOL, "Hill Primary School")
VISITOR = Author("Alex Moss", Role.VISITOR)
KEY = SigningKey.from_private(bytes(32))
FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
PASSPHRASE = "acorn bridge candle dune"


class VisitClock:
    """A clock that goes on a second each time it is asked."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()

    def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


class Laptop:
    """A computer with its own folder and its own memory of frameworks."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.filesystem = RealFilesystem()
        known = KnownGood(self.filesystem, FRAMEWORKS / "checked.json", folder / "checked.json", "1.0")
        catalogue = Catalogue(self.filesystem, [FRAMEWORKS], known)
        local = LocalFolders(folder / "own" / "journals", folder / "own" / "backups")
        self.workspace = Workspace(self.filesystem, VisitClock(), catalogue, known, local)

    def new_audit(self, name: str = "audit.audit", framework: str = "attendance-standards-rag") -> Path:
        path = self.folder / name
        entry = self.workspace.catalogue.find(framework)
        self.workspace.create(path, entry, [(SCHOOL, {"audit/school-name": "Hill Primary School"})])
        return path

    def open(self, path: Path, who: Author) -> OpenAudit:
        return self.workspace.open(path, who)


def session_of(answers: dict[str, object] | None = None, who: Author = SCHOOL) -> AuditSession:
    return AuditSession(make_audit(answers or {}), who, VisitClock())
