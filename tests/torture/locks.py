"""Four programs that want one lock, and whether two of them ever held it at once."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.torture.kills import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class LockOutcome:
    """How often the lock was taken, how often after its holder was gone, and how often two held it."""

    acquisitions: int
    take_overs: int
    double_holders: int


def contend(folder: Path, acquisitions: int, seed: int, *, programs: int = 4, protocol: str = "safe") -> LockOutcome:
    """Let `programs` take the lock in `folder` `acquisitions` times each."""
    folder.mkdir(parents=True)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    workers = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.torture.lock_worker"),
                *(str(folder), f"w{number}", str(acquisitions), str(seed * programs + number), protocol),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment,
        )
        for number in range(programs)
    ]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    counts = [[int(count) for count in worker.communicate()[0].split()] for worker in workers]
    return LockOutcome(*(sum(column) for column in zip(*counts, strict=True)))
