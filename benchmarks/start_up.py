"""Start to a usable window with the sample audit open, beside a bare window with a label."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measuring import ROOT, Ratio, compare_processes, own_home, screen

TARGET = 1.6


def measure(runs: int) -> list[Ratio]:
    """Return the time and the memory that a start takes, off screen and on a virtual screen."""
    with own_home() as (folder, environment):
        program = [sys.executable, "-m", "audit_desktop"]
        subprocess.run([*program, "sample", folder], check=True, env=environment, stdout=subprocess.DEVNULL)
        audit = next(folder.glob("*.audit"))
        ours = [*program, audit, "--exit-when-ready"]
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
