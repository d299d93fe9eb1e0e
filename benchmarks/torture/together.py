"""Runs rigs side by side, each in a program of its own, so that every core is busy."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from benchmarks.measuring import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.torture.rigs import Rig

LONGEST = 60 * 60
"""Seconds that a rig may take; what CI runs takes minutes. What takes longer hangs, and that is a fault as well."""


def run_together(wanted: Sequence[tuple[Rig, int]], seed: int) -> bool:
    """Run each rig with its number from `seed` on, and print what each said; returns whether all found nothing."""
    jobs = [job for rig, number in wanted for job in _parts(rig, number, seed)]
    started = time.monotonic()
    is_good = True
    # One more than there are cores, since some of them wait for a disk or for a program to be killed.
    with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as pool:
        for done in as_completed([pool.submit(_run, job) for job in jobs]):
            code, said, seconds = done.result()
            is_good &= code == 0
            sys.stdout.write(f"{said}  ({seconds:.0f} s)\n")
            sys.stdout.flush()
    sys.stdout.write(f"{'nothing found' if is_good else 'FAILED'}: {time.monotonic() - started:.0f} s, seed {seed}\n")
    return is_good


def _parts(rig: Rig, number: int, seed: int) -> list[tuple[str, ...]]:
    share = -(-number // rig.parts)
    starts = range(0, number, share) if share else ()
    return [(f"--{rig.option}", str(min(share, number - start)), "--seed", str(seed + start)) for start in starts]


def _run(job: tuple[str, ...]) -> tuple[int, str, float]:
    started = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.torture", *job]
    # Killed with all that it started, each of which would keep the pipe open.
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as rig:
        try:
            said, _ = rig.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(rig.pid, signal.SIGKILL)
            said = f"{rig.communicate()[0]}{' '.join(job)}: FAILED, not done after {LONGEST} s\n"
    return rig.returncode, said, time.monotonic() - started
