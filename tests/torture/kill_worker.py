"""A program to be killed: it works on an audit without end and says which edits it was told are kept."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from random import Random

from audit_desktop.storage.attachment_store import AttachmentStore
from audit_desktop.storage.audit_files import write_audit
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from tests.torture.disasters import days_work
from tests.torture.sitting import Sitting

STEPS_BETWEEN_FILES = 5
FILE_SIZE = 60_000


def main(folder: Path, seed: int, protocol: str) -> None:
    """Work in `folder` until killed."""
    filesystem, clock, random = RealFilesystem(), SystemClock(), Random(seed)
    store = AttachmentStore(filesystem, clock, folder / "attachments")
    write = {"safe": partial(write_audit, store=store), "in-place": write_really_in_place}[protocol]
    sitting = Sitting(filesystem, clock, folder / "hill.audit", folder / "journals", "kill", write)
    said = 0
    for number, _ in enumerate(days_work(sitting, random, edits=1_000_000)):
        if number % STEPS_BETWEEN_FILES == 0:
            content = random.randbytes(FILE_SIZE)
            sitting.attach(f"file{number}", store.put((content[:1000], content[1000:])), f"plan {number}.pdf")
        for edit in sitting.acknowledged[said:]:
            sys.stdout.write(f"{edit.id}\n")
        said = len(sitting.acknowledged)
        sys.stdout.flush()


def write_really_in_place(
    filesystem: RealFilesystem, _clock: object, path: Path, snapshot: object, _base: object, **_: object
) -> object:
    """Write over the file itself, in two pieces: the protocol that must be caught."""
    from audit_desktop.storage.audit_container import encode_audit
    from audit_desktop.storage.audit_files import SavedAudit

    data, revision = encode_audit(snapshot)  # type: ignore[arg-type]
    with path.open("wb", buffering=0) as file:
        file.write(data[:500])
        filesystem.fsync_folder(path.parent)
        file.write(data[500:])
    return SavedAudit(path, revision)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
