"""Opening a filled audit of 10,000 statements beside one of 50: reading the file, and the whole way to the window."""

from __future__ import annotations

import json
import sys
import time
from hashlib import sha256
from statistics import median
from typing import TYPE_CHECKING, Any

from audit_desktop import __version__
from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Author, Role
from audit_desktop.core.framework import Framework
from audit_desktop.locations import Locations
from audit_desktop.session.workspace import Workspace
from audit_desktop.storage.catalogue import Catalogue
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.known_good import KnownGood
from benchmarks.measuring import Ratio, compare_processes, in_turn, own_home
from tests.builders import RATING, framework_document

if TYPE_CHECKING:
    from pathlib import Path

SMALL, LARGE = (10,) * 5, (500,) * 20
TARGET = 1.3
SCHOOL = Author("Sam Reed", Role.SCHOOL)


def measure(runs: int) -> list[Ratio]:
    """Return how opening the large audit compares with opening the small one."""
    with own_home() as (folder, environment):
        locations = Locations.find(environment=environment)
        filesystem = RealFilesystem()
        known_good = KnownGood(filesystem, locations.checked_frameworks, locations.remembered_frameworks, __version__)
        catalogue = Catalogue(filesystem, (locations.frameworks,), known_good)
        workspace = Workspace(filesystem, SystemClock(), catalogue, known_good)
        small, large = folder / "small.audit", folder / "large.audit"
        for path, statements in ((small, SMALL), (large, LARGE)):
            document = framework_document(statements, framework_id=path.stem)
            known_good.remember(sha256(source_of(document)).hexdigest())
            workspace.save_new(path, filled(document))

        def seconds_to_read(path: Path) -> float:
            started = time.perf_counter()
            workspace.read(path)
            return time.perf_counter() - started

        ours, theirs = in_turn(lambda: seconds_to_read(large), lambda: seconds_to_read(small), runs)
        program = [sys.executable, "-m", "audit_desktop"]
        whole = compare_processes(
            "opening 10,000 statements instead of 50, to the window",
            [*program, large, "--exit-when-ready"],
            [*program, small, "--exit-when-ready"],
            environment,
            runs,
            target=TARGET,
            memory_target=None,
        )
        return [*whole, Ratio("of that, reading the file", median(ours) * 1e3, median(theirs) * 1e3, "ms")]


def source_of(document: dict[str, Any]) -> bytes:
    """Return the framework file that `document` makes."""
    return json.dumps(document).encode("utf-8")


def filled(document: dict[str, Any]) -> Audit:
    """Return an audit of the framework `document` in which every statement is rated and every tenth explained."""
    audit = Audit.new("benchmark", Framework.build(document), source_of(document))
    clock = SystemClock()
    for number, statement in enumerate(audit.state.addresses.statements):
        answers = {"rating": RATING[number % 3]}
        if number % 10 == 0:
            answers["evidence"] = "The register of the last term, seen by governors in the autumn. " * 5
        for field, value in answers.items():
            audit.record(
                audit.state.make_edit(
                    f"statement/{statement}/{field}",
                    value,
                    at=clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                    author=SCHOOL,
                    sitting="benchmark",
                )
            )
    return audit
