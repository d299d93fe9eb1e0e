"""A fault at a real system call of a real program, by a library that stands between the two. Linux alone."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from tests.torture.kills import ROOT
from tests.torture.scenarios import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.scenarios import Scenario

SHORT_WRITE, KILL_BEFORE, KILL_AFTER = -1, -2, -3
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EINTR)
KINDS = (
    *((kind, is_sticky) for kind in ERRORS for is_sticky in (False, True)),
    *((kind, False) for kind in (SHORT_WRITE, KILL_BEFORE, KILL_AFTER)),
)


@dataclass(frozen=True, slots=True)
class SystemFault:
    """Which call of which scenario fails, counted from 1, and how."""

    scenario: str
    at: int
    kind: int
    is_sticky: bool

    def __str__(self) -> str:
        names = {SHORT_WRITE: "short write", KILL_BEFORE: "kill before", KILL_AFTER: "kill after"}
        name = names.get(self.kind) or errno.errorcode[self.kind]
        return f"{self.scenario}: {name} at {self.at}{' and on' if self.is_sticky else ''}"


def why_not() -> str:
    """Return why there can be no such test here, or an empty text."""
    if sys.platform != "linux":
        return "libraries are put before the system's on Linux alone"
    return "" if shutil.which("cc") else "there is no C compiler (cc)"


class SystemFaults:
    """A program that plays scenarios with faults; use it as a context."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def __enter__(self) -> Self:
        """Build the library and start the program below it."""
        library = self._folder / "failing_calls.so"
        source = ROOT / "tests" / "torture" / "failing_calls.c"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "LD_PRELOAD": str(library),
        }
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.system_worker", str(self._folder / "prepared")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment,
        )
        self._answer()
        return self

    def __exit__(self, *_: object) -> None:
        """End the program."""
        assert self._program.stdin is not None
        self._program.stdin.close()
        self._program.wait()
        assert self._program.stdout is not None
        self._program.stdout.close()

    def play(self, fault: SystemFault) -> dict[str, Any]:
        """Return what `fault` did: `problem` (empty if nothing was lost), `told`, `kept` and `calls`."""
        self._count += 1
        request = {
            "scenario": fault.scenario,
            "at": fault.at,
            "kind": fault.kind,
            "is_sticky": fault.is_sticky,
            "folder": str(self._folder / f"desk-{self._count}"),
        }
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps(request) + "\n")
        self._program.stdin.flush()
        return self._answer()

    def all_faults(self, scenarios: tuple[Scenario, ...] = SCENARIOS) -> Iterator[SystemFault]:
        """Yield every kind of fault at every call of every scenario."""
        for scenario in scenarios:
            calls = self.play(SystemFault(scenario.name, 0, 0, is_sticky=False))["calls"]
            for at in range(1, calls + 1):
                for kind, is_sticky in KINDS:
                    yield SystemFault(scenario.name, at, kind, is_sticky)

    def _answer(self) -> dict[str, Any]:
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        assert line, "the program with failing calls has ended"
        return json.loads(line)
