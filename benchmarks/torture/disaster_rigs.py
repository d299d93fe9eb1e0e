"""The rigs in which programs are killed, the power fails, and several save one file at once."""

from __future__ import annotations

import sys
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from benchmarks.torture.rigs import Rig, own_folder
from tests.torture.disasters import FAULTS, Outcome, fault_at, power_cut, two_writers, write_blindly, write_in_place
from tests.torture.kills import kill
from tests.torture.races import race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


def kills(number: int, seed: int) -> bool:
    """Kill so many programs while they work."""
    return report("kills", ((str(each), in_own_folder(partial(kill, seed=each))) for each in seeds(number, seed)))


def windows(number: int, seed: int) -> bool:
    """Kill so many whole windows; what was typed more than a second before counts as acknowledged."""
    # Loads the window, which nothing else here needs.
    from tests.journeys.ui.killed_window import kill_window

    def outcomes() -> Iterator[tuple[str, Outcome]]:
        for each in seeds(number, seed):
            with own_folder() as folder:
                killed = kill_window(folder, each)
            yield str(each), Outcome(killed.safe_letters, killed.lost, is_unreadable=False)

    return report("windows", outcomes())


def power_cuts(number: int, seed: int) -> bool:
    """Let the power fail so often, in the file system in memory."""
    chosen = seeds(number, seed)
    is_good = report("power cuts", ((str(each), power_cut(each)) for each in chosen))
    tried = chosen[: max(100, number // 10)]
    control("power cuts, no fsync", (power_cut(each, honours_fsync=False) for each in tried))
    control("power cuts, no fsync of folders", (power_cut(each, honours_folder_fsync=False) for each in tried))
    control("power cuts, written in place", (power_cut(each, write_in_place) for each in tried))
    return is_good


def faults(_number: int, _seed: int) -> bool:
    """Let every change of a day's work fail in every way."""

    def outcomes() -> Iterator[tuple[str, Outcome]]:
        for kind in FAULTS:
            for is_sticky in (False, True):
                for at in count(1):
                    result, changes = fault_at(at, kind, is_sticky=is_sticky)
                    if changes < at:
                        break
                    yield f"{kind} at {at}{' and on' if is_sticky else ''}", result

    return report("faults", outcomes())


def races(number: int, seed: int) -> bool:
    """Let two people save one file at once, so often."""
    chosen = seeds(number, seed)
    is_good = report("races", ((str(each), two_writers(each)) for each in chosen))
    control("races, saved blindly", (two_writers(each, write_blindly) for each in chosen))
    return is_good


def program_races(number: int, _seed: int) -> bool:
    """Let two real programs save one file, so often."""
    is_good = report("program races", ((str(each), in_own_folder(race)) for each in range(number)))
    tried = range(max(3, number // 10))
    control("program races, saved blindly", (in_own_folder(partial(race, protocol="blind")) for _ in tried))
    return is_good


def seeds(number: int, seed: int) -> range:
    """Return `number` seeds from `seed` on."""
    return range(seed, sys.maxsize)[:number]


def in_own_folder(disaster: Callable[[Path], Outcome]) -> Outcome:
    """Return what `disaster` did in a folder of its own, which is removed."""
    with own_folder() as folder:
        return disaster(folder / "desk")


def report(name: str, outcomes: Iterable[tuple[str, Outcome]]) -> bool:
    """Print the counts of `outcomes` and the seeds of those that lost anything; returns whether there were none."""
    runs = acknowledged = lost = unreadable = 0
    first = ""
    bad: list[str] = []
    for seed, outcome in outcomes:
        first = first or seed
        runs += 1
        acknowledged += outcome.acknowledged
        lost += outcome.lost
        unreadable += outcome.is_unreadable
        if outcome.is_bad:
            bad.append(seed)
    sys.stdout.write(
        f"{name}: {runs} runs, {acknowledged} acknowledged edits, {lost} lost, {unreadable} unreadable, from {first}\n"
    )
    if bad:
        sys.stdout.write(f"  seeds: {', '.join(bad[:20])}\n")
    sys.stdout.flush()
    return not bad


def control(name: str, outcomes: Iterator[Outcome]) -> None:
    """Print how often a protocol that is wrong on purpose was caught."""
    caught = [outcome.is_bad for outcome in outcomes]
    sys.stdout.write(f"  control: {name}: caught in {sum(caught)} of {len(caught)}\n")
    sys.stdout.flush()


DISASTER_RIGS = (
    Rig("kills", "programs killed while they work", 500, 500, kills, parts=4),
    Rig("windows", "whole windows killed while somebody types", 0, 0, windows),
    Rig("power-cuts", "power cuts in the simulated file system", 5_000, 5_000, power_cuts),
    Rig("faults", "1 for every fault at every change of a day's work", 1, 1, faults),
    Rig("races", "two people saving the same file at once", 500, 500, races),
    Rig("program-races", "two real programs saving the same file", 50, 50, program_races),
)
