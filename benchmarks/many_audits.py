"""A folder of 1,000 audits to Word: on every core, beside the rate of one process, and how memory goes.

Run it with `python -m benchmarks.many_audits [AUDITS]`. It fails if the rate is below 0.8 × cores × the single rate, or
if any process holds more memory at the end than after the first quarter of its work, a tenth aside.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from audit_desktop.exchange.many.export_many import Many, export_many
from audit_desktop.exchange.many.names import BY_SCHOOL
from audit_desktop.locations import Locations
from audit_desktop.session.sample import create_sample
from audit_desktop.session.workspace import Workspace
from audit_desktop.ui.exporting.export_work import ExportWork

AUDITS = 1000
SINGLE = 100
TARGET = 0.8
MOST_GROWTH = 1.1
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def main() -> int:
    """Measure and print; the exit status is 1 if a target was missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else AUDITS
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory(dir="/var/tmp" if Path("/var/tmp").is_dir() else None) as name:
        folder = Path(name)
        sources = copies(folder, count)
        before = rate(folder / "before", sources[:SINGLE], 1)[0]
        many, memory = rate(folder / "many", sources, cores)
        # Before and after, so that what else the machine does troubles both alike.
        single = (before + rate(folder / "after", sources[:SINGLE], 1)[0]) / 2
    efficiency = many / (single * cores)
    growth = memory[-1] / memory[len(memory) // 4] if len(memory) > 3 else 1.0
    print("| what | measured | target |")
    print("|---|---|---|")
    print(f"| one process | {single:.1f} audits a second | |")
    print(f"| {cores} processes, {count} audits | {many:.1f} audits a second | |")
    print(
        f"| beside cores × one process | {efficiency:.2f} | ≥ {TARGET} {'met' if efficiency >= TARGET else 'MISSED'} |"
    )
    print(f"| memory at the end beside that after a quarter | {growth:.3f} | ≤ {MOST_GROWTH} |")
    print(f"| memory over time, MB | {' '.join(f'{sample:.0f}' for sample in memory)} | |")
    return int(efficiency < TARGET or growth > MOST_GROWTH)


def copies(folder: Path, count: int) -> list[Path]:
    """Return so many audits, the sample again and again."""
    workspace = Workspace.on_this_computer(Locations.find())
    first = folder / "sample.audit"
    create_sample(workspace, Locations.find().resources, first)
    data = first.read_bytes()
    audits = [folder / f"{number:04}.audit" for number in range(count)]
    for path in audits:
        path.write_bytes(data)
    return audits


def rate(folder: Path, sources: list[Path], processes: int) -> tuple[float, list[float]]:
    """Return how many audits a second are exported, starting the processes included, and the memory of all of them."""
    folder.mkdir()
    memory: list[float] = []
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(memory, ended))

    watch.start()
    started = time.perf_counter()
    outcomes = export_many(
        Many(sources, folder, ".docx", BY_SCHOOL, processes),
        ExportWork("word", NOW),
        note=lambda _line: None,
        lost_reason="lost",
        stopped_reason="stopped",
    )
    seconds = time.perf_counter() - started
    ended.set()
    watch.join()
    if not all(outcome.is_good for outcome in outcomes):
        raise RuntimeError(next(outcome.reason for outcome in outcomes if not outcome.is_good))
    return len(sources) / seconds, memory


def _watch(memory: list[float], ended: threading.Event) -> None:
    """Note twice a second how much memory this process and those that it started use, in MB."""
    while not ended.wait(0.5):
        memory.append(sum(map(_megabytes, _own_processes())))


def _own_processes() -> list[int]:
    own = os.getpid()
    found = [own]
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text("utf-8", "replace").rpartition(")")[2].split()[1]) == own:
                found.append(int(path.parent.name))
        except (OSError, IndexError, ValueError):
            continue
    return found


def _megabytes(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20
    except (OSError, ValueError):
        return 0.0


if __name__ == "__main__":
    sys.exit(main())
