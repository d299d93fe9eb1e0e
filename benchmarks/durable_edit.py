"""One answer, from being given until it is safe from a power cut, beside one `write` and `fsync` of the same bytes."""

from __future__ import annotations

import os
import time
from statistics import median
from typing import TYPE_CHECKING

from audit_desktop import __version__
from audit_desktop.core.edits import Author, Role
from audit_desktop.locations import Locations
from audit_desktop.session.events import SaveState
from audit_desktop.session.workspace import LocalFolders, Workspace
from audit_desktop.storage.catalogue import Catalogue
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.known_good import KnownGood
from benchmarks.measuring import Ratio, in_turn, own_home

if TYPE_CHECKING:
    from pathlib import Path

TARGET = 2.0
TURNS_PER_RUN = 8
EDITS_PER_TURN = 15
EDITS_BETWEEN_SAVES = 5


def measure(runs: int) -> list[Ratio]:
    """Return how long an answer takes to be durable, the whole way through session, keeper and journal."""
    with own_home() as (folder, environment):
        locations = Locations.find(environment=environment)
        filesystem = RealFilesystem()
        known_good = KnownGood(filesystem, locations.checked_frameworks, locations.remembered_frameworks, __version__)
        catalogue = Catalogue(filesystem, (locations.frameworks,), known_good)
        local = LocalFolders(locations.journals, locations.backups)
        workspace = Workspace(filesystem, SystemClock(), catalogue, known_good, local)
        path = folder / "edited.audit"
        author = Author("Sam Reed", Role.SCHOOL)
        workspace.create(path, catalogue.find("attendance-standards-rag"), [(author, {"audit/school-name": "Hill"})])
        open_audit = workspace.open(path, author)
        session, keeper = open_audit.session, open_audit.keeper
        session.set_answer("section/1/evidence", "0")  # starts the journal
        before = size_of(locations.journals)
        session.set_answer("section/1/evidence", "1")
        line = size_of(locations.journals) - before
        file = os.open(locations.journals / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        number = 1

        def ours() -> float:
            nonlocal number
            number += 1
            if number % EDITS_BETWEEN_SAVES == 0:
                session.snapshot()  # as a save would take it: edits made before are absorbed no longer
            started = time.perf_counter()
            session.set_answer("section/1/evidence", str(number))
            seconds = time.perf_counter() - started
            assert keeper.state.state is SaveState.KEPT_LOCALLY, keeper.state
            return seconds

        def theirs() -> float:
            data = b"x" * line
            started = time.perf_counter()
            os.write(file, data)
            os.fsync(file)
            return time.perf_counter() - started

        our_times: list[float] = []
        their_times: list[float] = []
        for turn in range(runs * TURNS_PER_RUN):
            # Whoever comes second may find the disk awake: each does in every other turn.
            first, second = (ours, theirs) if turn % 2 else (theirs, ours)
            ahead, behind = in_turn(first, second, EDITS_PER_TURN)
            our_times += ahead if first is ours else behind
            their_times += behind if first is ours else ahead
        os.close(file)
        keeper.close()
    return [Ratio(f"one durable edit ({line} bytes)", median(our_times) * 1e3, median(their_times) * 1e3, "ms", TARGET)]


def size_of(folder: Path) -> int:
    """Return how many bytes the files below `folder` hold."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
