"""Killing the whole program while somebody types, and looking at what the next start finds."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import IO

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.record import replace
from audit_desktop.locations import Locations
from audit_desktop.preferences import PreferencesFile
from audit_desktop.session.workspace import Workspace, school_name_answer
from audit_desktop.storage.clock import SystemClock
from tests.journeys.ui.typing_program import LETTERS

ROOT = Path(__file__).parents[3]
SCHOOL = Author("A. Sample", Role.SCHOOL)
ADDRESS = "statement/1.1/evidence"
FRAMEWORK = "norfolk-attendance-self-assessment"
PROMISED = 1.0
"""Seconds of typing that a crash may cost."""
LEEWAY = 1.0
"""Seconds that a busy machine may take besides, for a timer and a disk."""


@dataclass(frozen=True, slots=True)
class KilledWindow:
    """What was typed, how long before the end each letter was, and what stood in the journals and the file."""

    letters: int
    safe_letters: int
    found: str
    in_file: str

    @property
    def text(self) -> str:
        """What stood in the box."""
        return (LETTERS * (self.letters // len(LETTERS) + 1))[: self.letters]

    @property
    def lost(self) -> int:
        """How many letters are missing that were promised to be safe."""
        return max(0, self.safe_letters - len(self.found)) if self.text.startswith(self.found) else self.letters


def new_audit(home: Path, path: Path) -> Workspace:
    """Make an audit file, and a home in which it is known who works."""
    locations = Locations.find({"AUDIT_DESKTOP_HOME": str(home)})
    workspace = Workspace.on_this_computer(locations)
    path.parent.mkdir(parents=True, exist_ok=True)
    workspace.create(path, workspace.catalogue.find(FRAMEWORK), [(SCHOOL, school_name_answer("Hill"))])
    move_in(home)
    return workspace


def move_in(home: Path) -> None:
    """Make it known in `home` who works there."""
    preferences = PreferencesFile(Locations.find({"AUDIT_DESKTOP_HOME": str(home)}).preferences / "preferences.json")
    preferences.save(replace(preferences.current, who=SCHOOL))


def start(
    home: Path, path: Path, seed: int, *, letters: int = 1_000_000, address: str = ADDRESS, how: str = ""
) -> subprocess.Popen[str]:
    """Start the program with somebody typing in it."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "AUDIT_DESKTOP_HOME": str(home),
        "TMPDIR": str(home / "tmp"),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.ui.typing_program", str(path), str(seed), address, str(letters)]
        + [how] * bool(how),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )


def kill_window(folder: Path, seed: int, *, least: float = 0.0, longest: float = 4.0, how: str = "") -> KilledWindow:
    """Let somebody type, kill the program at a random moment, and return what the next start finds."""
    clock = SystemClock()
    home, path = folder / "home", folder / "desk" / "hill.audit"
    workspace = new_audit(home, path)
    typed: list[tuple[float, int]] = []
    with start(home, path, seed, how=how) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        assert first, "the program to be killed did not start"
        typed.append(_letter(first))
        reader = threading.Thread(target=_read_all, args=(program.stdout, typed))
        reader.start()
        clock.sleep(Random(seed).uniform(least, longest))
        killed_at = clock.monotonic()
        program.kill()
        reader.join()
    safe = [count for at, count in typed if at <= killed_at - PROMISED - LEEWAY]
    audit = workspace.read(path).audit
    in_file = audit.state.value(ADDRESS) or ""
    recovering = workspace.recovering()
    assert recovering is not None
    found = recovering.for_audit(audit)
    recovered = found.audit.state.value(ADDRESS) if found is not None else None
    return KilledWindow(typed[-1][1], max(safe, default=0), recovered or in_file, in_file)


def _letter(line: str) -> tuple[float, int]:
    at, count = line.split()
    return float(at), int(count)


def _read_all(pipe: IO[str], typed: list[tuple[float, int]]) -> None:
    typed += [_letter(line) for line in pipe if line.endswith("\n")]
