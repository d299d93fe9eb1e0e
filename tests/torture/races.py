"""Real programs that save one file at the same time, and whether the file holds everything in the end."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from tests.torture.disasters import Outcome
from tests.torture.kills import ROOT
from tests.torture.sitting import what_is_found

if TYPE_CHECKING:
    from pathlib import Path


def race(folder: Path, *, writers: int = 2, edits: int = 15, protocol: str = "safe") -> Outcome:
    """Let `writers` programs save `edits` answers each; the journals are not asked, only the file."""
    folder.mkdir(parents=True)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.torture.race_worker", str(folder), f"w{number}", str(edits), protocol],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment,
        )
        for number in range(writers)
    ]
    for program in programs:
        assert program.stdout is not None
        program.stdout.readline()
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    acknowledged = [line for program in programs for line in program.communicate()[0].splitlines()]
    try:
        found = what_is_found(RealFilesystem(), SystemClock(), folder / "hill.audit", folder / "none")
    except AuditDesktopError:
        return Outcome(len(acknowledged), 0, is_unreadable=True)
    return Outcome(len(acknowledged), sum(edit_id not in found for edit_id in acknowledged), is_unreadable=False)
