"""Killing a working program at a random moment, and looking at what the next start finds."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from random import Random
from typing import IO, TYPE_CHECKING

from audit_desktop.core.attachments import attachments
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.storage.attached_bytes import AttachedBytes
from audit_desktop.storage.attachment_store import AttachmentStore
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.zip_format import OutsideEntry
from tests.torture.disasters import Outcome
from tests.torture.sitting import audit_found

if TYPE_CHECKING:
    from audit_desktop.storage.clock import Clock

ROOT = Path(__file__).parents[2]


def kill(folder: Path, seed: int, protocol: str = "safe") -> Outcome:
    """Start a program working in `folder`, kill it at a random moment, and return what became of its edits."""
    random = Random(seed)
    clock: Clock = SystemClock()
    (folder / "journals").mkdir(parents=True)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    acknowledged: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-m", "tests.torture.kill_worker", str(folder), str(seed), protocol],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as worker:
        assert worker.stdout is not None
        first = worker.stdout.readline()
        assert first, "the program to be killed did not start"
        acknowledged.append(first.strip())
        reader = threading.Thread(target=_read_all, args=(worker.stdout, acknowledged))
        reader.start()
        clock.sleep(random.random() * 0.1)
        worker.kill()
        reader.join()
    path, filesystem = folder / "hill.audit", RealFilesystem()
    try:
        audit = audit_found(filesystem, clock, path, folder / "journals")
        found = audit.log.all() if audit is not None else {}
        # Whatever is listed, told or not, has its bytes: they were safe before anything mentioned them.
        store = AttachmentStore(filesystem, clock, folder / "attachments")
        places = AttachedBytes(filesystem, clock, store, path)
        for one in attachments(audit.state) if audit is not None else ():
            for _ in places.pieces(OutsideEntry(f"att/{one.digest}", None, one.size)):
                pass
    except AuditDesktopError:
        return Outcome(len(acknowledged), 0, is_unreadable=True)
    return Outcome(len(acknowledged), sum(edit_id not in found for edit_id in acknowledged), is_unreadable=False)


def _read_all(pipe: IO[str], lines: list[str]) -> None:
    # The last line may be cut off by the kill: it was not acknowledged.
    lines += [line.strip() for line in pipe if line.endswith("\n")]
