"""Bringing a completed Word document in, against exporting the same audit.

`python -m benchmarks.word_import [RUNS]` prints ratios of the sample audit, each side in turn, the best of the runs.
In the window, where the reading process gets ready while the file is chosen: the processor time of both processes from
the document's bytes to the plan of what would change, against the export call; what getting ready takes, measured with
an empty file, is printed by itself. And the elapsed time of the whole command `import` against that of `export`.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.exchange.exporters import export_audit
from audit_desktop.exchange.word_import.sandbox import read_word_apart
from audit_desktop.locations import Locations
from audit_desktop.session.importing import SCHOOL_FIRST, WordForm, plan_into
from audit_desktop.session.sample import create_sample
from audit_desktop.session.workspace import Workspace
from benchmarks.measuring import Ratio, cost_of, table

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit

RUNS = 9
TARGET = 3.0
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def main() -> int:
    """Measure and print; the exit status is 1 if a target was missed."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    locations = Locations.find()
    workspace = Workspace.on_this_computer(locations)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "sample.audit")
        create_sample(workspace, locations.resources, path)
        ratios = [
            *in_window(workspace.read(path).audit, locations.resources / "word" / "template.docx", runs),
            whole_commands(path, runs),
        ]
    print(table(ratios))
    return int(any(ratio.is_missed for ratio in ratios))


def in_window(audit: Audit, template: Path, runs: int) -> list[Ratio]:
    """Return how long the window takes to import, beside its export."""
    imports: list[float] = []
    exports: list[float] = []
    ready: list[float] = []
    for _ in range(runs):
        started = processor_time()
        data = export_audit(audit, "word", template=template, now=NOW)
        exports.append(processor_time() - started)
        started = processor_time()
        plan = plan_into(audit, WordForm(read_word_apart(data, "sample.docx"), "sample.docx"), SCHOOL_FIRST)
        imports.append(processor_time() - started)
        if plan.answers or plan.missing_statements:
            raise RuntimeError("the document came back otherwise than it left")
        started = processor_time()
        with suppress(AuditDesktopError):
            read_word_apart(b"", "empty.docx")
        ready.append(processor_time() - started)
    export, getting_ready = min(exports) * 1000, min(ready) * 1000
    reading = min(imports) * 1000 - getting_ready
    return [
        Ratio("import / export in the window", reading, export, "ms", TARGET),
        Ratio("the reading process getting ready / export", getting_ready, export, "ms"),
    ]


def processor_time() -> float:
    """Return how long the processor worked for this process and for those of its children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def whole_commands(audit: Path, runs: int) -> Ratio:
    """Return how long the command `import` takes, beside the command `export`."""
    imports: list[float] = []
    exports: list[float] = []
    program = (sys.executable, "-m", "audit_desktop")
    for run in range(runs):
        document, out = audit.with_name(f"{run}.docx"), audit.with_name(f"{run}.audit")
        exports.append(cost_of([*program, "export", audit, "--to", "word", "--out", document], os.environ).seconds)
        imports.append(cost_of([*program, "import", document, "--out", out], os.environ).seconds)
    return Ratio("import / export, whole commands, elapsed", min(imports) * 1000, min(exports) * 1000, "ms", TARGET)


if __name__ == "__main__":
    sys.exit(main())
