"""A program to be killed: it works on an audit without end and says which edits it was told are kept."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from tests.torture.disasters import days_work
from tests.torture.sitting import Sitting


def main(folder: Path, seed: int, protocol: str) -> None:
    """Work in `folder` until killed."""
    write = {"safe": None, "in-place": write_really_in_place}[protocol]
    options = {"write": write} if write else {}
    sitting = Sitting(RealFilesystem(), SystemClock(), folder / "hill.audit", folder / "journals", "kill", **options)
    for _ in days_work(sitting, Random(seed), edits=1_000_000):
        sys.stdout.write(f"{sitting.acknowledged[-1].id}\n")
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
