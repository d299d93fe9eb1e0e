"""One fault at one step of one scenario, chosen by a seed, in the file system in memory; then a kill or a power cut."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.storage.simulated_filesystem import Fault, KilledError, SimulatedFilesystem
from tests.torture.disasters import FAULTS
from tests.torture.scenarios import SCENARIOS, Desk, told_or_done

if TYPE_CHECKING:
    from tests.torture.scenarios import Scenario

FOLDER = Path("/desk")


@dataclass(frozen=True, slots=True)
class FaultOutcome:
    """What one fault did. `was_reached` says whether the scenario got as far as the fault."""

    what: str
    was_reached: bool
    told: int
    kept: int
    problem: str


def fault_point(seed: int, **promises: bool) -> FaultOutcome:
    """Let the fault of `seed` happen and return what it cost; `promises` switch off what the disk honours."""
    random = Random(seed)
    scenario = random.choice(SCENARIOS)
    desk, steps = deepcopy(_prepared(scenario))
    filesystem = desk.filesystem
    assert isinstance(filesystem, SimulatedFilesystem)
    for promise, is_kept in promises.items():
        setattr(filesystem, promise, is_kept)
    at = random.randint(1, steps)
    fault = Fault(at, random.choice(FAULTS), is_sticky=random.random() < 0.5)
    filesystem.fault = fault
    problem = ""
    with suppress(KilledError):
        scenario.act(desk)
        filesystem.fault = None
        problem = told_or_done(desk)
    for after in (filesystem.after_kill(), filesystem.after_power_cut(random)):
        problem = problem or _check(scenario, desk, after)
    what = f"{scenario.name}: {fault.kind} at {at}{' and on' if fault.is_sticky else ''}"
    return FaultOutcome(what, filesystem.changes >= at, len(desk.told), len(desk.kept), problem)


@cache
def _prepared(scenario: Scenario) -> tuple[Desk, int]:
    """Return the desk before the scenario, and how many changes the scenario makes where nothing goes wrong."""
    filesystem = SimulatedFilesystem()
    filesystem.furnish(FOLDER)
    desk = Desk(filesystem, filesystem.clock, FOLDER)
    scenario.prepare(desk)
    desk.leave()
    filesystem.new_folders.clear()
    filesystem.changes = 0
    trial = deepcopy(desk)
    scenario.act(trial)
    assert isinstance(trial.filesystem, SimulatedFilesystem)
    return desk, trial.filesystem.changes


def _check(scenario: Scenario, desk: Desk, filesystem: SimulatedFilesystem) -> str:
    return scenario.check(replace(desk, filesystem=filesystem))
