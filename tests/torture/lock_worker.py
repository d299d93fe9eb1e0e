"""One of several programs that want the same lock, some of whose holders leave without giving it back."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.lock import Lock
from audit_desktop.storage.process import ProcessMark

if TYPE_CHECKING:
    from collections.abc import Callable

SHARE_LEFT_BEHIND = 0.03
GONE = "gone"


class OverwritingFilesystem(RealFilesystem):
    """A file system whose careful move is careless: the lock test must catch it."""

    def move_without_overwrite(self, source: Path, target: Path) -> None:
        """Move `source` to `target`, whatever is there."""
        source.replace(target)


def main(folder: Path, name: str, acquisitions: int, seed: int, protocol: str) -> None:
    """Take the lock so many times; say how often, how often over somebody gone, and how often it was held twice."""
    filesystem = {"safe": RealFilesystem, "careless": OverwritingFilesystem}[protocol]()
    clock, random = SystemClock(), Random(seed)
    inside = folder / "inside"
    done = takeovers = doubles = 0
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    while done < acquisitions:
        leaves = random.random() < SHARE_LEFT_BEHIND
        mark = ProcessMark(f"{name}-{done}", 1, "")
        was_gone: list[bool] = []
        lock = Lock(filesystem, clock, folder / "hill.audit", name, mark, _gone(folder, was_gone))
        if lock.acquire() is not None:
            clock.sleep(random.random() * 0.0005)
            continue
        if not lock.is_held:
            continue  # There was no deciding it: nobody is warned, and nobody holds it.
        done += 1
        takeovers += any(was_gone)
        doubles += not _enter(inside)
        clock.sleep(random.random() * 0.001)
        inside.unlink(missing_ok=True)
        if leaves:
            (folder / f"{GONE}-{mark.host}").touch()
        else:
            lock.release()
    sys.stdout.write(f"{done} {takeovers} {doubles}\n")


def _gone(folder: Path, seen: list[bool]) -> Callable[[ProcessMark], bool]:
    def is_gone(mark: ProcessMark) -> bool:
        seen.append((folder / f"{GONE}-{mark.host}").exists())
        return seen[-1]

    return is_gone


def _enter(inside: Path) -> bool:
    try:
        os.close(os.open(inside, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
