"""Clocks that stand still, run backwards or jump by years, at every look: what is kept must not depend on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.file_keeping import FileKeeping
from audit_desktop.session.keeper import AuditKeeper
from audit_desktop.session.worker import InlineWorker
from audit_desktop.storage.audit_container import Snapshot, rebuild_if_different
from audit_desktop.storage.audit_files import read_audit, write_audit
from audit_desktop.storage.backups import Backups
from audit_desktop.storage.journal import Journal, JournalHeader
from audit_desktop.storage.lock import Lock
from audit_desktop.storage.process import ProcessMark
from audit_desktop.storage.recovery import Recovery
from tests.builders import make_audit
from tests.storage.simulated_filesystem import SimulatedFilesystem
from tests.torture.readers import ANSWERS, DOCUMENT

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue

TEN_YEARS = timedelta(days=3653)
KINDS = ("frozen", "backwards", "ten years", "summer time")
FOLDER, PATH = Path("/desk"), Path("/desk/hill.audit")
ADDRESSES = [address for address in ANSWERS if "visit" not in address]


@dataclass(slots=True)
class StrangeClock:
    """A clock of one of `KINDS`; the other clock, which counts seconds, goes on as it must."""

    random: Random
    kind: str
    at: datetime = field(default=datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
    seconds: float = 0.0

    def now(self) -> datetime:
        """Return whatever the clock says now."""
        self.seconds += 0.5
        match self.kind:
            case "backwards":
                self.at -= timedelta(seconds=self.random.random() * 7200)
            case "ten years":
                return self.at + self.random.uniform(-1, 1) * TEN_YEARS
            case "summer time":
                self.at += timedelta(minutes=self.random.choice((1, 60, -60)))
            case _:
                pass
        return self.at

    def monotonic(self) -> float:
        """Return seconds since some moment."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Return at once."""
        self.seconds += seconds


def strange_day(seed: int) -> str:
    """Work a day by a strange clock, with a keeper, backups, a lock and a sweep; returns what is wrong afterwards."""
    random = Random(seed)
    clock = StrangeClock(random, random.choice(KINDS))
    filesystem = SimulatedFilesystem()
    filesystem.make_folder(FOLDER)
    audit = make_audit(framework=DOCUMENT)
    backups = Backups(filesystem, clock, FOLDER / "backups")
    expected: dict[str, JsonValue] = {}
    revision = write_audit(filesystem, clock, PATH, Snapshot.of(audit), None, is_known_good=lambda _: True).revision
    for number in range(2):
        audit = read_audit(filesystem, clock, PATH, lambda _: True).audit
        session = AuditSession(audit, Author("Sam Reed", Role.SCHOOL), clock)
        header = JournalHeader(
            audit.id,
            session.sitting,
            str(PATH),
            revision.doc_rev,
            audit.framework.id,
            audit.framework.version,
            sha256(audit.framework_source).hexdigest(),
            clock.now().isoformat(),
            ProcessMark("", 1, ""),
        )
        journal = Journal(filesystem, FOLDER / "journals", header, audit.framework_source)
        files = FileKeeping(filesystem, clock, lambda _: True, keep_backup=backups.keeper(audit.id))
        keeper = AuditKeeper(session, PATH, revision, files, InlineWorker(), lambda job: job(), journal)
        lock = Lock(filesystem, clock, PATH, "Sam Reed", ProcessMark("", 1, ""))
        if lock.acquire() is not None:
            return "the lock was not free"
        for step in range(random.randint(1, 6)):
            address = random.choice(ADDRESSES)
            value = ANSWERS[address] if random.random() < 0.7 else None
            if address.endswith("evidence"):
                value = f"{number}-{step}"
            session.set_answer(address, value)
            expected[address] = value
            lock.beat()
            keeper.tick()
            if random.random() < 0.3:
                session.undo()
                session.redo()
        lock.release()
        keeper.close()
        revision = keeper.revision or revision
    Recovery(filesystem, clock, FOLDER / "journals", is_gone=lambda _: True).sweep()
    opened = read_audit(filesystem, clock, PATH, lambda _: True)
    if rebuild_if_different(opened) is not None:
        return "the summary differs from the history"
    said = dict(opened.audit.state.answers())
    wanted = {address: value for address, value in expected.items() if value is not None}
    if said != wanted:
        return f"{said} instead of {wanted}"
    whole = [backup for backup in backups.of_audit(audit.id) if not backups.is_whole(backup)]
    return f"damaged backups: {whole}" if whole else ""
