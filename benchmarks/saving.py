"""A whole verified save beside the bare writing of the same bytes, a file with 50 MB in it, and ten thousand edits."""

from __future__ import annotations

import os
import sys
import time
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.storage.audit_container import Snapshot
from audit_desktop.storage.audit_files import read_audit, write_audit
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.container import Container
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.manifest import EntryMark
from audit_desktop.storage.zip_format import pack
from benchmarks.measuring import Ratio, cost_of, in_turn, own_home
from tests.torture.soak import FRAMEWORK, WORDS, soak, workspace_in

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit

SAVE_TARGET = 25.0
SAVES_PER_RUN = 5
DOCUMENT_BYTES = 200_000
LARGE_BYTES = 50_000_000
MOST_MEGABYTES = 150
MOST_FILE_MEGABYTES = 1.0
MOST_GROWTH_MEGABYTES = 15
CARRY_OPTION = "--carry"
SCHOOL = Author("Sam Reed", Role.SCHOOL)


def measure(runs: int) -> list[Ratio]:
    """Return how a save compares with bare writing, and how file and memory compare with what they may be."""
    with own_home() as (folder, environment):
        ratios = [whole_save(folder, environment, runs)]
        command = [sys.executable, "-m", "benchmarks.saving", CARRY_OPTION, str(folder / "large.audit")]
        cost_of(command, environment)  # makes the file
        large = cost_of(command, environment)
        ratios.append(
            Ratio(
                "opening and saving 50 MB in a file: peak memory, beside what it may be",
                large.megabytes,
                MOST_MEGABYTES,
                "MB",
                1.0,
            )
        )
        figures = soak(folder, os.environ | environment)
    ratios.append(
        Ratio("the file after 10,000 edits, beside 1 MB", figures.file_size / 1e6, MOST_FILE_MEGABYTES, "MB", 1.0)
    )
    growth = max(figures.growth, 1) / 1e6
    ratios.append(Ratio("memory grown after 1,000 edits, beside 15 MB", growth, MOST_GROWTH_MEGABYTES, "MB", 1.0))
    return ratios


def whole_save(folder: Path, environment: dict[str, str], runs: int) -> Ratio:
    """Return how `write_audit` compares with one `write`, `fsync` and `replace` of the bytes that it writes."""
    filesystem, clock = RealFilesystem(), SystemClock()
    path, bare, new = folder / "whole.audit", folder / "bare", folder / "new"
    audit = filled(environment)
    revision = write_audit(filesystem, clock, path, Snapshot.of(audit), None, is_known_good=lambda _: True).revision
    number = 0

    def ours() -> float:
        nonlocal number, revision
        number += 1
        edit = audit.state.make_edit(
            "audit/school-name", f"Hill {number}", at=f"2026-11-22T09:00:00.{number:06}Z", author=SCHOOL, sitting="s"
        )
        audit.record(edit)
        snapshot = Snapshot.of(audit)
        started = time.perf_counter()
        revision = write_audit(filesystem, clock, path, snapshot, revision, is_known_good=lambda _: True).revision
        return time.perf_counter() - started

    def theirs() -> float:
        data = path.read_bytes()
        started = time.perf_counter()
        file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(file, data)
        os.fsync(file)
        os.close(file)
        new.replace(bare)
        return time.perf_counter() - started

    our_times, their_times = in_turn(ours, theirs, runs * SAVES_PER_RUN)
    said = sum(len(Container.open(path.read_bytes(), "").content(name)) for name in ("document.json", "history.jsonl"))
    what = f"a whole verified save ({said / 1e3:.0f} kB of answers and history, a file of {revision.size / 1e3:.0f} kB)"
    return Ratio(what, median(our_times) * 1e3, median(their_times) * 1e3, "ms", SAVE_TARGET)


def filled(environment: dict[str, str]) -> Audit:
    """Return an audit with 200 kB of answers and history, in words as people use them."""
    from audit_desktop.core.audit import Audit

    entry = workspace_in(environment).catalogue.find(FRAMEWORK)
    audit = Audit.new("audit-1", entry.framework(), entry.read())
    random = Random(1)
    written = 0
    addresses = [
        f"statement/{statement.id}/{name}"
        for section in audit.framework.sections
        for statement in section.statements
        for name in ("evidence", "areas-for-development")
    ]
    while written < DOCUMENT_BYTES:
        address = random.choice(addresses)
        text = " ".join(random.choices(WORDS, k=60))
        edit = audit.state.make_edit(address, text, at=f"2026-11-21T09:00:00.{written:06}Z", author=SCHOOL, sitting="s")
        audit.record(edit)
        # The newest answers stand in the summary besides.
        written += len(text) + 400
    return audit


def carry(path: Path) -> None:
    """Make a file with 50 MB that were put into it, open it, give an answer and save it."""
    filesystem, clock = RealFilesystem(), SystemClock()
    audit = filled(dict(os.environ))
    data = Random(1).randbytes(LARGE_BYTES)
    digest = sha256(data).hexdigest()
    audit.extra[f"entry:att/{digest}"] = (pack(f"att/{digest}", data, level=0), EntryMark(digest, len(data)))
    write_audit(filesystem, clock, path, Snapshot.of(audit), None, is_known_good=lambda _: True)


def open_and_save(path: Path) -> None:
    """Open the file, give an answer and save it: what a person does with such a file."""
    filesystem, clock = RealFilesystem(), SystemClock()
    opened = read_audit(filesystem, clock, path, lambda _: True)
    audit = opened.audit
    edit = audit.state.make_edit("audit/school-name", "Hill", at="2026-11-22T09:00:00Z", author=SCHOOL, sitting="s")
    audit.record(edit)
    write_audit(filesystem, clock, path, Snapshot.of(audit), opened.revision, is_known_good=lambda _: True)


def main() -> int:
    """Carry 50 MB, as `measure` asks a process of its own to; returns the exit status."""
    option, path = sys.argv[1], Path(sys.argv[2])
    if option == CARRY_OPTION and not path.exists():
        carry(path)
    else:
        open_and_save(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
