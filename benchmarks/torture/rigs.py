"""The rigs beside kills, power cuts and races: each runs a number of cases from a seed on and says what it found."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.torture.characters import ALL, sample, travel
from tests.torture.clocks import strange_day
from tests.torture.copier import copies
from tests.torture.fault_points import fault_point
from tests.torture.full_disk import full_disks, small_disk
from tests.torture.kill_worker import write_really_in_place
from tests.torture.locks import LockOutcome, contend
from tests.torture.merging import merge_history, newest_wins
from tests.torture.soak import soak
from tests.torture.system_faults import SystemFaults, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PULSE = 10_000
CONTROL_SHARE = 20
LOCK_ROUND = 250
COPIES_OF_ONE_FILE = 50
AUDIT_READER = "audit-file"
MOST_BYTES = 1_000_000
MOST_GROWTH = 15_000_000


@dataclass(frozen=True, slots=True)
class Rig:
    """A rig: its option, what its number counts, and what runs it (count and seed).

    `share` is how many CI runs at every change, `whole` how many every change should get. `run` returns whether nothing
    was found. `parts` says into how many programs the number is divided when rigs run side by side.
    """

    option: str
    counts: str
    share: int
    whole: int
    run: Callable[[int, int], bool]
    parts: int = 1


def say(text: str) -> None:
    """Print a line that a pipe gets at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def count(name: str, unit: str, cases: Iterable[tuple[str, str, int]], note: str) -> bool:
    """Go through `cases` (which it was, what is wrong, how many of `unit` it looked at) and print what they came to."""
    runs = looked_at = 0
    bad: list[str] = []
    for case, problem, amount in cases:
        runs += 1
        looked_at += amount
        if problem:
            bad.append(f"{case}: {problem}")
        if runs % PULSE == 0:
            say(f"  {name}: {runs} so far, {len(bad)} bad")
    say(f"{name}: {runs} runs, {looked_at} {unit}, {len(bad)} bad, {note}")
    for line in bad[:20]:
        say(f"  {line}")
    return not bad


def not_run(name: str, why: str) -> bool:
    """Say `why` a rig cannot be run here; returns whether that will do: in CI, where `CI` is set, it is a fault."""
    say(f"{name}: not run, {why}")
    return not os.environ.get("CI")


def merges(number: int, seed: int) -> bool:
    """Merge histories of several people and hold them to every law."""

    def cases() -> Iterator[tuple[str, str, int]]:
        for each in range(seed, seed + number):
            outcome = merge_history(each)
            yield str(each), ", ".join(outcome.broken), outcome.edits

    is_good = count("merge histories", "edits", cases(), f"from seed {seed}")
    tried = range(seed, seed + number // CONTROL_SHARE)
    caught = sum(bool(merge_history(each, newest_wins).broken) for each in tried)
    say(f"  control: the newest wins: caught in {caught} of {len(tried)}")
    return is_good


def fault_points(number: int, seed: int) -> bool:
    """Reach so many fault points in the file system in memory."""

    def cases() -> Iterator[tuple[str, str, int]]:
        reached, each = 0, seed
        while reached < number:
            outcome = fault_point(each)
            if outcome.was_reached:
                reached += 1
                yield f"{each}, {outcome.what}", outcome.problem, outcome.kept
            each += 1

    is_good = count("fault points", "acknowledged edits", cases(), f"from seed {seed}")
    tried = range(seed, seed + number // CONTROL_SHARE)
    caught = sum(bool(fault_point(each, honours_fsync=False).problem) for each in tried)
    say(f"  control: no fsync: caught in {caught} of {len(tried)}")
    return is_good


def system_faults(number: int, seed: int) -> bool:
    """Let real system calls fail: of all calls and kinds `number`, spread evenly; all if there are no more."""
    from tests.torture.scenarios import WRONG

    if why_not():
        return not_run("faults of system calls", why_not())
    with own_folder() as folder, SystemFaults(folder) as program:
        faults = list(program.all_faults())
        step = max(1, len(faults) // number)
        chosen = faults[seed % step :: step]

        def cases() -> Iterator[tuple[str, str, int]]:
            for fault in chosen:
                answer = program.play(fault)
                yield str(fault), answer["problem"], answer["kept"]

        is_good = count("faults of system calls", "acknowledged edits", cases(), f"of {len(faults)} that there are")
        wrong = list(program.all_faults((WRONG,)))
        caught = sum(bool(program.play(fault)["problem"]) for fault in wrong)
        say(f"  control: written in place: caught in {caught} of {len(wrong)}")
    return is_good


def sync_copies(number: int, seed: int) -> bool:
    """Copy the file slowly while it is saved; a new one every so often, since it grows with each save."""

    def cases() -> Iterator[tuple[str, str, int]]:
        for start in range(0, number, COPIES_OF_ONE_FILE):
            with own_folder() as folder:
                made = copies(folder, min(COPIES_OF_ONE_FILE, number - start), seed + start)
                for each, (problem, saves) in enumerate(made, start):
                    yield str(each), problem, saves

    is_good = count("copies while saving", "saves meanwhile", cases(), f"from seed {seed}")
    with own_folder() as folder:
        tried = max(10, number // CONTROL_SHARE)
        caught = sum(bool(problem) for problem, _ in copies(folder, tried, seed, write_really_in_place))
        say(f"  control: written in place: caught in {caught} of {tried}")
    return is_good


def locks(number: int, seed: int) -> bool:
    """Let four programs take one lock `number` times in all."""
    total = LockOutcome(0, 0, 0)
    share = max(1, min(LOCK_ROUND, number // 4))
    with own_folder() as folder:
        for each in range(max(1, number // (4 * share))):
            outcome = contend(folder / str(each), share, seed + each)
            total = LockOutcome(
                total.acquisitions + outcome.acquisitions,
                total.take_overs + outcome.take_overs,
                total.double_holders + outcome.double_holders,
            )
        careless = contend(folder / "careless", 50, seed, protocol="careless")
    say(
        f"locks: {total.acquisitions} acquisitions by 4 programs, {total.take_overs} take-overs, "
        f"{total.double_holders} held twice, from seed {seed}"
    )
    say(f"  control: a careless move: held twice {careless.double_holders} times in {careless.acquisitions}")
    return not total.double_holders


def disks(number: int, _seed: int) -> bool:
    """Work on a small real disk with room for 0, 1, 2 … `number` blocks of 4 KiB more."""
    with own_folder() as folder, small_disk(folder / "disk") as why:
        if why:
            return not_run("full disks", why)
        return count("full disks", "faults told", full_disks(folder / "disk", range(number)), "each block of 4 KiB")


def characters(number: int, seed: int) -> bool:
    """Carry so many code points, or all, through a box, a file and Word."""
    points = list(ALL) if number >= len(ALL) else sample(seed, number)
    cases = ((f"round {each}", problem, carried) for each, (carried, problem) in enumerate(travel(points)))
    return count("characters", "code points", cases, "all there are" if number >= len(ALL) else f"seed {seed}")


def clocks(number: int, seed: int) -> bool:
    """Work so many days by strange clocks."""
    cases = ((str(each), strange_day(each), 1) for each in range(seed, seed + number))
    return count("strange clocks", "days", cases, f"from seed {seed}")


def long_work(number: int, _seed: int) -> bool:
    """Give so many answers in twenty sittings."""
    with own_folder() as folder:
        figures = soak(folder, os.environ | {"AUDIT_DESKTOP_HOME": str(folder / "home")}, edits=number)
    edits, saves = sorted(figures.edit_times), sorted(figures.save_times)
    say(
        f"soak: {figures.edits} edits in 20 sittings, history {figures.history}, file {figures.file_size} bytes, "
        f"memory grew by {figures.growth / 1e6:.1f} MB after the first 1,000, {figures.lost} lost; "
        f"an edit {edits[len(edits) // 2] * 1e3:.2f} ms, "
        f"99 of 100 within {edits[int(len(edits) * 0.99)] * 1e3:.2f} ms; "
        f"19 of 20 saves within {saves[int(len(saves) * 0.95)] * 1e3:.0f} ms"
    )
    return not figures.lost and figures.file_size <= MOST_BYTES and figures.growth <= MOST_GROWTH


def fuzzing(number: int, seed: int) -> bool:
    """Give each reader so many mutations; `python -m benchmarks.torture.fuzz` does more of it."""
    from benchmarks.torture.fuzz import fuzz
    from tests.torture.readers import READERS

    is_good = True
    for name, reader in READERS.items():
        if name != AUDIT_READER:
            is_good &= fuzz(reader, number, float("inf"), seed)
    return is_good


def audit_fuzzing(number: int, seed: int) -> bool:
    """Give the reader of audit files so many mutations."""
    from benchmarks.torture.fuzz import fuzz
    from tests.torture.readers import READERS

    return fuzz(READERS[AUDIT_READER], number, float("inf"), seed)


def desk_model(number: int, seed: int) -> bool:
    """Let hypothesis work at a desk in so many ways, beside a very simple model."""
    from tests.torture.desk_model import Careless, run_desk

    try:
        run_desk(number, seed)
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        say(f"desk model: FAILED, seed {seed}\n{traceback.format_exc()}")
        return False
    say(f"desk model: {number} ways of working, 0 bad, seed {seed}")
    try:
        run_desk(100, seed, Careless)
    except Exception:  # noqa: BLE001 - as it should be
        say("  control: no journal: caught")
    else:
        say("  control: no journal: NOT caught")
    return True


def forgeries(number: int, seed: int) -> bool:
    """Turn so many bits of signed files over, and exchange their entries as often."""
    from tests.torture.seal_forgery import exchange, flip, trusted_without_seals

    chosen = range(seed, seed + number)
    is_good = True
    for name, forge in (("turned bits", flip), ("exchanged entries", exchange)):
        is_good &= count(name, "forged files", ((str(each), forge(each), 1) for each in chosen), f"from seed {seed}")
        tried = range(seed, seed + max(100, number // CONTROL_SHARE))
        caught = sum(bool(forge(each, trusted_without_seals)) for each in tried)
        say(f"  control: no seal looked at: caught in {caught} of {len(tried)}")
    return is_good


def held_files(number: int, seed: int) -> bool:
    """Save files that other programs hold for a while, five times each."""
    from tests.torture.sharing import held_file

    chosen = range(seed, seed + number)

    def cases() -> Iterator[tuple[str, str, int]]:
        for each in chosen:
            outcome = held_file(each)
            yield str(each), outcome.problem, outcome.saved

    is_good = count("held files", "saves in their place", cases(), f"from seed {seed}")
    tried = chosen[: max(20, number // CONTROL_SHARE)]
    caught = sum(bool(held_file(each, is_patient=False).problem) for each in tried)
    say(f"  control: nobody waits: caught in {caught} of {len(tried)}")
    return is_good


@contextmanager
def own_folder() -> Iterator[Path]:
    """Give a folder on a real disk, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="torture-", dir="/var/tmp" if Path("/var/tmp").is_dir() else None) as name:
        yield Path(name)


RIGS = (
    Rig("fuzz-audit-file", "mutated inputs for the reader of audit files", 200_000, 200_000, audit_fuzzing, parts=2),
    Rig("fuzz", "mutated inputs for each other reader", 20_000, 20_000, fuzzing),
    Rig("merges", "merged histories of three to five people", 5_000, 5_000, merges),
    Rig("fault-points", "faults at a step of eight scenarios, in memory", 600, 2_000, fault_points),
    Rig("system-faults", "failing system calls of real programs", 200, 100_000, system_faults),
    Rig("desk-model", "ways of working at a desk beside a simple model", 300, 300, desk_model),
    Rig("forgeries", "turned bits and exchanged entries of signed files", 2_000, 2_000, forgeries),
    Rig("held-files", "files that other programs hold while they are saved", 200, 200, held_files),
    Rig("copies", "copies made while the file is saved", 50, 50, sync_copies),
    Rig("locks", "acquisitions of one lock by four programs", 500, 500, locks),
    Rig("full-disks", "steps of 4 KiB on a small real disk, for each of eight scenarios", 50, 50, disks),
    Rig("characters", "Unicode code points from the keyboard to Word (1114112 is all)", 5_000, 5_000, characters),
    Rig("clocks", "days worked by strange clocks", 500, 500, clocks),
    Rig("soak", "edits in twenty sittings", 1_000, 1_000, long_work),
)
