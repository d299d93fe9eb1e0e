"""One of several programs that save the same file at the same time, without any lock."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from tests.torture.disasters import ADDRESSES, write_after_a_look, write_blindly
from tests.torture.sitting import Sitting

PROTOCOLS = {"safe": {}, "blind": {"write": write_blindly}, "look": {"write": write_after_a_look}}


def main(folder: Path, name: str, edits: int, protocol: str) -> None:
    """Save `edits` answers, one by one, and say which; start when told to."""
    sitting = Sitting(
        RealFilesystem(), SystemClock(), folder / "hill.audit", folder / f"journals-{name}", name, **PROTOCOLS[protocol]
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    random = Random(name)
    for number in range(edits):
        edit = sitting.answer(random.choice(ADDRESSES), f"{name} {number}")
        sitting.save()
        sys.stdout.write(f"{edit.id}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4])
