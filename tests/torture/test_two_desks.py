"""Two people with one file on slow disks: in whatever order things happen, it ends with what both wrote."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.edits import Author, Role
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.file_keeping import FileKeeping
from audit_desktop.session.file_watch import FileWatch
from audit_desktop.session.keeper import AuditKeeper
from audit_desktop.storage.audit_container import Snapshot
from audit_desktop.storage.audit_files import read_audit, write_audit
from tests.builders import framework_document, make_audit
from tests.session.two_desks import PatientWorker
from tests.storage.simulated_filesystem import SimulatedFilesystem

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = Path("/share/hill.audit")
SCHOOL, VISITOR = Author("Sam Reed", Role.SCHOOL), Author("Alex Moss", Role.VISITOR)
ADDRESSES = {
    SCHOOL: ("statement/1.1/evidence", "statement/1.2/evidence", "section/1/evidence"),
    VISITOR: ("statement/1.1/visitor-comment", "statement/1.2/visitor-comment"),
}


class SlowDesk:
    """One person whose jobs and whose news wait until they are let through, one at a time."""

    def __init__(self, filesystem: SimulatedFilesystem, who: Author, random: Random) -> None:
        self.who, self.random, self.clock = who, random, filesystem.clock
        self.worker = PatientWorker()
        self.news: list[Callable[[], None]] = []
        self.said: dict[str, str] = {}
        self.answers = random.randint(0, 2)
        """How many more are given: much that goes wrong is put right by the save of the next."""
        opened = read_audit(filesystem, filesystem.clock, PATH, lambda _: True)
        self.session = AuditSession(opened.audit, who, filesystem.clock)
        files = FileKeeping(filesystem, filesystem.clock, lambda _: True)
        self.keeper = AuditKeeper(self.session, PATH, opened.revision, files, self.worker, self.news.append)
        self.watch = FileWatch(self.session, self.keeper)

    def do_something(self) -> None:
        if self.answers and self.random.random() < 0.2:
            self.answers -= 1
            self.answer()
        else:
            self.random.choice((self.save, self.watch.look, self.wait, *[self.go_on] * 4))()

    def answer(self) -> None:
        address = self.random.choice(ADDRESSES[self.who])
        self.said[address] = f"{self.who.name} {self.random.getrandbits(40):x}"
        self.session.set_answer(address, self.said[address])

    def save(self) -> None:
        self.keeper.save()

    def wait(self) -> None:
        self.clock.sleep(61)
        self.keeper.tick()
        self.watch.tick()

    def go_on(self) -> None:
        waiting = [queue for queue in (self.worker.jobs, self.news) if queue]
        if waiting:
            self.random.choice(waiting).pop(0)()

    def close(self) -> None:
        while self.worker.jobs or self.news:
            self.go_on()
        self.keeper.close()
        while self.news:
            self.news.pop(0)()


def day(seed: int) -> tuple[dict[str, str], dict[str, object]]:
    """Let two people work at once; returns what both said last, and what the file says in the end."""
    random = Random(seed)
    filesystem = SimulatedFilesystem()
    filesystem.furnish(PATH.parent)
    audit = make_audit(framework=framework_document())
    write_audit(filesystem, filesystem.clock, PATH, Snapshot.of(audit), None, is_known_good=lambda _: True)
    desks = [SlowDesk(filesystem, who, random) for who in (SCHOOL, VISITOR)]
    random.shuffle(desks)
    said: dict[str, str] = {}
    while desks:
        for _ in range(random.randint(5, 25)):
            random.choice(desks).do_something()
        leaving = desks.pop()
        leaving.close()
        said |= leaving.said
    return said, dict(read_audit(filesystem, filesystem.clock, PATH, lambda _: True).audit.state.answers())


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_what_both_wrote_is_in_the_file_in_whatever_order_their_disks_answer(first: int) -> None:
    for seed in range(first, first + 50):
        said, found = day(seed)
        assert found == said, f"seed {seed}"
