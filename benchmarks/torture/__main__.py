"""Run the torture tests in large numbers and print counts and seeds: `python -m benchmarks.torture --kills 1000`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.torture.rigs import RIGS
from tests.torture.disasters import FAULTS, Outcome, fault_at, power_cut, two_writers, write_blindly, write_in_place
from tests.torture.kills import kill
from tests.torture.races import race

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def main() -> int:
    """Run what the command line asks for; returns 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=0, help="programs killed while they work")
    parser.add_argument("--windows", type=int, default=0, help="whole windows killed while somebody types")
    parser.add_argument("--power-cuts", type=int, default=0, help="power cuts in the simulated file system")
    parser.add_argument("--faults", action="store_true", help="every fault at every change of a day's work")
    parser.add_argument("--races", type=int, default=0, help="two people saving the same file at once")
    parser.add_argument("--program-races", type=int, default=0, help="two real programs saving the same file")
    for rig in RIGS:
        parser.add_argument(f"--{rig.option}", type=int, default=0, metavar="N", help=rig.counts)
    parser.add_argument("--every-change", action="store_true", help="a share of everything, from a fresh seed")
    parser.add_argument("--whole", action="store_true", help="the same in the numbers of before a publication: an hour")
    parser.add_argument("--seed", type=int, help="the first seed; each run takes the next one (0; fresh for a share)")
    options = parser.parse_args()
    if options.every_change or options.whole:
        take_of_everything(options)
    options.seed = options.seed or 0
    seeds = range(options.seed, sys.maxsize)
    is_good = True
    if options.kills:
        is_good &= report("kills", kills(seeds[: options.kills]))
    if options.windows:
        is_good &= report("windows", windows(seeds[: options.windows]))
    if options.power_cuts:
        chosen = seeds[: options.power_cuts]
        is_good &= report("power cuts", ((str(seed), power_cut(seed)) for seed in chosen))
        control("power cuts, no fsync", (power_cut(seed, honours_fsync=False) for seed in chosen))
        control("power cuts, no fsync of folders", (power_cut(seed, honours_folder_fsync=False) for seed in chosen))
        control("power cuts, written in place", (power_cut(seed, write_in_place) for seed in chosen))
    if options.faults:
        is_good &= report("faults", faults())
    if options.races:
        chosen = seeds[: options.races]
        is_good &= report("races", ((str(seed), two_writers(seed)) for seed in chosen))
        control("races, saved blindly", (two_writers(seed, write_blindly) for seed in chosen))
    if options.program_races:
        numbers = range(options.program_races)
        is_good &= report("program races", ((str(number), in_own_folder(race)) for number in numbers))
        control("program races, saved blindly", (in_own_folder(partial(race, protocol="blind")) for _ in numbers))
    for rig in RIGS:
        number = getattr(options, rig.option.replace("-", "_"))
        if number:
            is_good &= rig.run(number, options.seed)
    return 0 if is_good else 1


def take_of_everything(options: argparse.Namespace) -> None:
    """Ask for some of everything, from a seed that nobody has seen, and print it."""
    if options.seed is None:
        options.seed = int.from_bytes(os.urandom(4))
    sys.stdout.write(f"some of everything: seed {options.seed}\n")
    share, whole = (60, 1_000, 200, 3), (500, 5_000, 500, 50)
    counts = whole if options.whole else share
    options.kills, options.power_cuts, options.races, options.program_races = counts
    options.faults = options.whole
    for rig in RIGS:
        setattr(options, rig.option.replace("-", "_"), rig.whole if options.whole else rig.share)


def in_own_folder(disaster: Callable[[Path], Outcome]) -> Outcome:
    """Return what `disaster` did in a folder of its own, which is removed."""
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    try:
        return disaster(folder / "desk")
    finally:
        shutil.rmtree(folder)


def kills(seeds: range) -> Iterator[tuple[str, Outcome]]:
    """Yield what each kill did."""
    for seed in seeds:
        yield str(seed), in_own_folder(partial(kill, seed=seed))


def windows(seeds: range) -> Iterator[tuple[str, Outcome]]:
    """Yield what each kill of a window did; what was typed more than a second before counts as acknowledged."""
    # Loads the window, which nothing else here needs.
    from tests.journeys.ui.killed_window import kill_window

    for seed in seeds:
        folder = Path(tempfile.mkdtemp(prefix="torture-"))
        try:
            killed = kill_window(folder, seed)
        finally:
            shutil.rmtree(folder)
        yield str(seed), Outcome(killed.safe_letters, killed.lost, is_unreadable=False)


def faults() -> Iterator[tuple[str, Outcome]]:
    """Yield what each fault at each change did."""
    for kind in FAULTS:
        for is_sticky in (False, True):
            for at in count(1):
                result, changes = fault_at(at, kind, is_sticky=is_sticky)
                if changes < at:
                    break
                yield f"{kind} at {at}{' and on' if is_sticky else ''}", result


def report(name: str, outcomes: Iterator[tuple[str, Outcome]]) -> bool:
    """Print the counts of `outcomes` and the seeds of those that lost anything; returns whether there were none."""
    runs = acknowledged = lost = unreadable = 0
    bad: list[str] = []
    for seed, outcome in outcomes:
        runs += 1
        acknowledged += outcome.acknowledged
        lost += outcome.lost
        unreadable += outcome.is_unreadable
        if outcome.is_bad:
            bad.append(seed)
    sys.stdout.write(f"{name}: {runs} runs, {acknowledged} acknowledged edits, {lost} lost, {unreadable} unreadable\n")
    if bad:
        sys.stdout.write(f"  seeds: {', '.join(bad[:20])}\n")
    return not bad


def control(name: str, outcomes: Iterator[Outcome]) -> None:
    """Print how often a protocol that is wrong on purpose was caught."""
    caught = [outcome.is_bad for outcome in outcomes]
    sys.stdout.write(f"  control: {name}: caught in {sum(caught)} of {len(caught)}\n")


if __name__ == "__main__":
    raise SystemExit(main())
