"""Runs two things in turn and compares their medians, so that a busy machine troubles both alike."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ratio:
    """How `ours` compares with `theirs`, in `unit`, and how much more it may be at most."""

    what: str
    ours: float
    theirs: float
    unit: str
    target: float | None = None

    @property
    def ratio(self) -> float:
        """How many times theirs ours is."""
        return self.ours / self.theirs

    @property
    def is_missed(self) -> bool:
        """Whether ours is more than the target allows."""
        return self.target is not None and self.ratio > self.target


def table(ratios: Sequence[Ratio]) -> str:
    """Return `ratios` as a Markdown table."""
    lines = ["| what | ours | compared with | ratio | target |", "|---|---|---|---|---|"]
    for entry in ratios:
        target = f"≤ {entry.target:g} {'MISSED' if entry.is_missed else 'met'}" if entry.target is not None else ""
        lines.append(
            f"| {entry.what} | {entry.ours:,.4g} {entry.unit} | {entry.theirs:,.4g} {entry.unit} "
            f"| {entry.ratio:.2f} | {target} |"
        )
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: seconds from its start to its end, seconds of processor, and its peak memory in MB."""

    seconds: float
    processor: float
    megabytes: float


def cost_of(command: Sequence[str | Path], environment: Mapping[str, str]) -> Cost:
    """Run `command` and return what it cost; raises `RuntimeError` with what it said if it fails."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise RuntimeError(f"{command} failed: {output.read().decode(errors='replace')}")
    # Linux counts in KB, macOS in bytes.
    unit = 1024 if sys.platform == "darwin" else 1
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / unit / 1024)


def in_turn(ours: Callable[[], T], theirs: Callable[[], T], runs: int) -> tuple[list[T], list[T]]:
    """Return what `runs` of each give, one after the other; the first of each warms up and is not counted."""
    pairs = [(ours(), theirs()) for _ in range(runs + 1)][1:]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def compare_processes(
    what: str,
    ours: Sequence[str | Path],
    theirs: Sequence[str | Path],
    environment: Mapping[str, str],
    runs: int,
    *,
    target: float,
    memory_target: float | None,
) -> list[Ratio]:
    """Return how the commands `ours` and `theirs` compare in time and in peak memory."""
    our_costs, their_costs = in_turn(lambda: cost_of(ours, environment), lambda: cost_of(theirs, environment), runs)

    def ratio(name: str, attribute: str, unit: str, target: float | None) -> Ratio:
        medians = [median(getattr(cost, attribute) for cost in costs) for costs in (our_costs, their_costs)]
        return Ratio(f"{what}: {name}", medians[0], medians[1], unit, target)

    return [
        ratio("time", "seconds", "s", target),
        # What a machine that is busy with other things leaves alone; it has no target of its own.
        ratio("processor time", "processor", "s", None),
        ratio("peak memory", "megabytes", "MB", memory_target),
    ]


@contextmanager
def own_home() -> Iterator[tuple[Path, dict[str, str]]]:
    """Give a folder on a real disk and an environment in which the program keeps everything of its own there."""
    with tempfile.TemporaryDirectory(dir="/var/tmp" if Path("/var/tmp").is_dir() else None) as folder:
        # Without a cache of compiled modules every start would compile our files, and not those of Qt.
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        yield (
            Path(folder),
            {
                **inherited,
                "AUDIT_DESKTOP_HOME": str(Path(folder, "home")),
                "PYTHONPATH": str(ROOT / "src"),
                "PYTHONPYCACHEPREFIX": str(Path(folder, "compiled")),
                "QT_QPA_PLATFORM": "offscreen",
            },
        )


@contextmanager
def screen(environment: Mapping[str, str]) -> Iterator[dict[str, str] | None]:
    """Give an environment with a virtual screen, or nothing where Xvfb is not installed."""
    program = shutil.which("Xvfb")
    if program is None:
        yield None
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            display = number.readline().strip()
        yield {**environment, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{display}"} if display else None
    finally:
        server.terminate()
        server.wait()
