"""A real disk that is full: a small one in memory, filled so far that nothing, or one block more, or two … fit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from tests.torture.scenarios import SCENARIOS, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.scenarios import Scenario

BLOCK = 4096
DISK = 2 * 1024 * 1024


class SilentFilesystem(RealFilesystem):
    """A file system that does not say how much room it has, as network drives do: the look beforehand finds nothing."""

    def free_space(self, path: Path) -> int | None:
        """Return that nobody knows."""
        return None


@contextmanager
def small_disk(folder: Path) -> Iterator[str]:
    """Mount a small disk at `folder`; gives why that cannot be done here, or an empty text."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        yield "mounting a small disk needs Linux and its administrator"
        return
    folder.mkdir(parents=True, exist_ok=True)
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], check=False, capture_output=True, text=True
    )
    if mount.returncode:
        yield f"no disk can be mounted: {mount.stderr.strip()}"
        return
    try:
        yield ""
    finally:
        subprocess.run(["umount", folder], check=True)


def fill_and_work(disk: Path, scenario: Scenario, free_blocks: int, *, says_free: bool = False) -> tuple[str, int]:
    """Play `scenario` on `disk` with room for `free_blocks` more; returns what is wrong, and how often it was told."""
    filesystem = RealFilesystem() if says_free else SilentFilesystem()
    folder = disk / "desk"
    folder.mkdir()
    ballast = disk / "ballast"
    desk = Desk(filesystem, SystemClock(), folder)
    try:
        # Whoever prepares is on a disk with room, and one that does not say so is a large one.
        scenario.prepare(replace(desk, filesystem=SilentFilesystem()))
        desk.leave()
        room = os.statvfs(disk).f_bavail * BLOCK
        with ballast.open("wb") as file:
            file.write(b"\0" * max(0, room - free_blocks * BLOCK))
        problem = ""
        try:
            scenario.act(desk)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            problem = f"{type(error).__name__}: {error}"
        return problem or scenario.check(desk), len(desk.told)
    finally:
        desk.leave()
        ballast.unlink(missing_ok=True)
        shutil.rmtree(folder)


def full_disks(disk: Path, steps: range) -> Iterator[tuple[str, str, int]]:
    """Yield for every scenario and every room of `steps` blocks which it was, what is wrong and how often was told."""
    for scenario in SCENARIOS:
        for free_blocks in steps:
            problem, told = fill_and_work(disk, scenario, free_blocks)
            yield f"{scenario.name}, {free_blocks} blocks free", problem, told
