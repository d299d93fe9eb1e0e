"""A whole verified save beside the bare writing of the same bytes, a file with 50 MB in it, and ten thousand edits."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from audit_desktop.core.attachments import attachments
from audit_desktop.core.edits import Author, Role
from audit_desktop.locations import Locations
from audit_desktop.session.attaching import AttachedFiles, attach, stage_file
from audit_desktop.session.workspace import Workspace
from audit_desktop.storage.audit_container import Snapshot
from audit_desktop.storage.audit_files import write_audit
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.container import Container
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.ui.exporting.documents import DocumentChoices, document_of
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
LARGE_STEPS = {
    "--attach": "attaching 50 MB to an audit and saving it",
    "--open-and-save": "opening an audit with 50 MB attached and saving it",
    "--export": "opening it and exporting it to Word",
    "--take-out": "writing the attached 50 MB out again",
}
"""What a person does with a large attached file, each in a process of its own."""
SCHOOL = Author("Sam Reed", Role.SCHOOL)


def measure(runs: int) -> list[Ratio]:
    """Return how a save compares with bare writing, and how file and memory compare with what they may be."""
    with own_home() as (folder, environment):
        ratios = [whole_save(folder, environment, runs)]
        for option, what in LARGE_STEPS.items():
            large = cost_of([sys.executable, "-m", "benchmarks.saving", option, str(folder)], environment)
            name = f"{what}: peak memory, beside what it may be"
            ratios.append(Ratio(name, large.megabytes, MOST_MEGABYTES, "MB", 1.0))
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


def large_step(option: str, folder: Path) -> None:
    """Do one of the `LARGE_STEPS` with the audit in `folder`; the first makes it."""
    workspace = Workspace.on_this_computer(Locations.find())
    path = folder / "large.audit"
    if option == "--attach":
        file = folder / "scan.pdf"
        with file.open("wb") as scan:
            scan.write(b"%PDF-1.7\n")
            for _ in range(LARGE_BYTES // 1_000_000):
                scan.write(os.urandom(1_000_000 - 1))
        workspace.save_new(path, filled(dict(os.environ)))
        opened = workspace.open(path, SCHOOL)
        store = workspace.attachment_store(opened.session.audit.id)
        assert store is not None
        attach(opened.session, stage_file(workspace.filesystem, workspace.clock, store, file), ["statement/1.1"])
        opened.keeper.close()
    elif option == "--open-and-save":
        opened = workspace.open(path, SCHOOL)
        opened.session.set_answer("audit/school-name", "Hill")
        opened.keeper.close()
    elif option == "--export":
        audit = workspace.read(path).audit
        document = document_of(Locations.find().resources, audit, "word", datetime.now(UTC), DocumentChoices())
        write_new_file(workspace.filesystem, workspace.clock, folder / "large.docx", document)
    else:
        audit = workspace.read(path).audit
        (attached,) = attachments(audit.state)
        AttachedFiles(workspace, audit, path).save(attached, folder / "out.pdf")
        assert (folder / "out.pdf").stat().st_size == attached.size


def main() -> int:
    """Do one step with a large attached file, as `measure` asks a process of its own to; returns the exit status."""
    large_step(sys.argv[1], Path(sys.argv[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
