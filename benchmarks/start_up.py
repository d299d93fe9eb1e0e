"""Start to a usable window with the sample audit open, beside a bare window with a label."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks import start_up_modules
from benchmarks.measuring import ROOT, Ratio, compare_processes, own_home, screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TARGET = 1.6
_PROGRAM = (sys.executable, "-m", "audit_desktop")


def measure(runs: int) -> list[Ratio]:
    """Return the time and the memory that a start takes, off screen and on a virtual screen."""
    with _sample() as (audit, environment):
        ours = [*_PROGRAM, audit, "--exit-when-ready"]
        theirs = [sys.executable, ROOT / "benchmarks" / "bare_window.py"]
        ratios = compare_processes(
            "start, off screen", ours, theirs, environment, runs, target=TARGET, memory_target=TARGET
        )
        with screen(environment) as on_screen:
            if on_screen is not None:
                ratios += compare_processes(
                    "start, on a virtual screen", ours, theirs, on_screen, runs, target=TARGET, memory_target=TARGET
                )
    return ratios


def measure_modules(runs: int) -> list[Ratio]:
    """Print what each module and each phase of a start takes, and return how the modules keep their budgets."""
    with _sample() as (audit, environment):
        return start_up_modules.measure(runs, audit, environment)


@contextmanager
def _sample() -> Iterator[tuple[Path, Mapping[str, str]]]:
    with own_home() as (folder, environment):
        subprocess.run([*_PROGRAM, "sample", folder], check=True, env=environment, stdout=subprocess.DEVNULL)
        yield next(folder.glob("*.audit")), environment
