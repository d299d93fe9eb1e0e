"""Files that other programs hold for a while, as on Windows virus scanners, indexers and cloud programs do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.storage import faults
from tests.storage.simulated_filesystem import Hold, SimulatedFilesystem
from tests.torture.sitting import Sitting, what_is_found

DESK, PATH, JOURNALS = Path("/desk"), Path("/desk/hill.audit"), Path("/own/journals")
LONGEST_HOLD = 5.0
PATIENCE = 2.8
"""Seconds for which a save tries again; a file held for longer is saved beside."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """What came of the saves of a file that is held again and again.

    `saved` and `beside` count where they went; `short` counts holds that were shorter than the program's patience.
    """

    saved: int
    beside: int
    problem: str


def held_file(seed: int, *, is_patient: bool = True) -> HeldFile:
    """Save a file several times while others hold it and whatever is new; returns what came of it."""
    random = Random(seed)
    filesystem = SimulatedFilesystem()
    for folder in (DESK, JOURNALS):
        filesystem.make_folder(folder)
    clock = filesystem.clock

    def look_into(path: Path) -> None:
        # A scanner looks into each new file, and shares it with readers most of the time.
        if path.name.endswith(".tmp") and random.random() < 0.5:
            filesystem.holds[path] = Hold(clock.seconds + random.expovariate(20), stops_reading=random.random() < 0.2)

    sitting = Sitting(filesystem, clock, PATH, JOURNALS, "Sam Reed")
    sitting.answer("section/1/evidence", "first")
    sitting.save()
    filesystem.after_create = look_into
    waits, saved, beside = faults._WAITS, 0, 0
    problem = ""
    try:
        if not is_patient:
            faults._WAITS = ()  # type: ignore[misc]
        for number in range(5):
            hold = random.choice((0.0, 0.05, 0.5, 2.0, random.uniform(0, LONGEST_HOLD)))
            filesystem.holds[PATH] = Hold(clock.seconds + hold, stops_reading=random.random() < 0.3)
            sitting.answer("section/1/evidence", f"answer {number}")
            try:
                place = sitting.save().path
            except AuditDesktopError:
                place = None
            saved += place == PATH
            beside += place != PATH
            if hold <= PATIENCE / 3 and place != PATH:
                problem = f"held for {hold:.2f} s and not saved in its place"
            clock.sleep(LONGEST_HOLD)
    finally:
        faults._WAITS = waits  # type: ignore[misc]
    clock.sleep(10 * LONGEST_HOLD)
    found = what_is_found(filesystem.after_kill(), clock, PATH, JOURNALS)
    lost = [edit for edit in sitting.acknowledged if edit.id not in found]
    return HeldFile(saved, beside, f"{len(lost)} answers lost" if lost else problem)
