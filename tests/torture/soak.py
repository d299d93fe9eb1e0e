"""Ten thousand edits in twenty sittings: how large the file and the memory become, and how long an edit takes."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from audit_desktop import __version__
from audit_desktop.core.edits import Author, Role
from audit_desktop.locations import Locations
from audit_desktop.session.workspace import LocalFolders, Workspace
from audit_desktop.storage.audit_container import rebuild_if_different
from audit_desktop.storage.catalogue import Catalogue
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.known_good import KnownGood

if TYPE_CHECKING:
    from collections.abc import Mapping

FRAMEWORK = "norfolk-attendance-self-assessment"
WARM_AFTER = 1_000
EDITS_BETWEEN_SAVES = 25
WORDS = [
    "register",
    "daily",
    "letter",
    "home",
    "attendance",
    "governors",
    "panel",
    "review",
    "spring",
    "support",
    "plan",
    "meeting",
    "call",
    "agreed",
]


@dataclass(frozen=True, slots=True)
class SoakFigures:
    """What the soak came to. Sizes in bytes, times in seconds, memory as this process holds it."""

    edits: int
    history: int
    file_size: int
    growth: int
    edit_times: tuple[float, ...]
    save_times: tuple[float, ...]
    lost: int


def soak(folder: Path, environment: Mapping[str, str], *, edits: int = 10_000, sittings: int = 20) -> SoakFigures:
    """Work on one audit below `folder` for so many `edits`, closing and opening it between the `sittings`."""
    workspace = workspace_in(environment)
    path = folder / "soaked.audit"
    author = Author("Sam Reed", Role.SCHOOL)
    entry = workspace.catalogue.find(FRAMEWORK)
    workspace.create(path, entry, [(author, {"audit/school-name": "Hill"})])
    random = Random(7)
    addresses = [
        f"statement/{statement.id}/{name}"
        for section in entry.framework().sections
        for statement in section.statements
        for name in ("evidence", "areas-for-development")
    ]
    wanted: dict[str, str] = {}
    edit_times: list[float] = []
    save_times: list[float] = []
    warm = 0
    history = 0
    for sitting in range(sittings):
        opened = workspace.open(path, author)
        session, keeper = opened.session, opened.keeper
        for number in range(edits // sittings):
            address = random.choice(addresses)
            # People add to what they wrote, and write it anew now and then.
            text = f"{wanted.get(address, '')} {' '.join(random.choices(WORDS, k=random.randint(1, 6)))}"
            if len(text) > 200:
                text = " ".join(random.choices(WORDS, k=5))
            text = text.strip()
            started = time.perf_counter()
            session.set_answer(address, text)
            edit_times.append(time.perf_counter() - started)
            wanted[address] = text
            if number % EDITS_BETWEEN_SAVES == EDITS_BETWEEN_SAVES - 1:
                started = time.perf_counter()
                keeper.save()
                save_times.append(time.perf_counter() - started)
            if sitting * (edits // sittings) + number == WARM_AFTER:
                warm = resident()
        history = len(session.audit.log)
        keeper.close()
    growth = resident() - (warm or resident())
    again = workspace.read(path)
    assert rebuild_if_different(again) is None
    lost = sum(again.audit.state.value(address) != text for address, text in wanted.items())
    return SoakFigures(
        len(edit_times), history, path.stat().st_size, growth, tuple(edit_times), tuple(save_times), lost
    )


def workspace_in(environment: Mapping[str, str]) -> Workspace:
    """Return a workspace whose folders `environment` names."""
    locations = Locations.find(environment=dict(environment))
    filesystem = RealFilesystem()
    known_good = KnownGood(filesystem, locations.checked_frameworks, locations.remembered_frameworks, __version__)
    catalogue = Catalogue(filesystem, (locations.frameworks,), known_good)
    return Workspace(
        filesystem, SystemClock(), catalogue, known_good, LocalFolders(locations.journals, locations.backups)
    )


def resident() -> int:
    """Return the bytes of memory that this process holds, 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
