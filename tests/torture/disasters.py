"""The disasters: each runs a day's work, lets it go wrong in one way, and tells what was lost."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.merge import merge_audits
from audit_desktop.storage.audit_container import Snapshot, encode_audit
from audit_desktop.storage.audit_files import SavedAudit, read_audit, write_audit
from audit_desktop.storage.file_writing import temporary_name, write_verified
from tests.storage.simulated_filesystem import Fault, KilledError, SimulatedFilesystem
from tests.torture.sitting import Sitting, always_known, what_is_found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audit_desktop.core.edits import Edit
    from audit_desktop.storage.audit_container import Revision
    from audit_desktop.storage.clock import Clock

PATH = Path("/desk/hill.audit")
JOURNALS = Path("/home/journals")
ADDRESSES = tuple(f"statement/{section}.{number}/evidence" for section in (1, 2) for number in range(1, 7))
FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EINTR, "short-write", "kill-before", "kill-after")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one disaster did: how many acknowledged edits were looked for and how many were lost."""

    acknowledged: int
    lost: int
    is_unreadable: bool

    @property
    def is_bad(self) -> bool:
        """Whether anything was lost or cannot be read."""
        return bool(self.lost) or self.is_unreadable


def new_filesystem() -> SimulatedFilesystem:
    """Return a file system with the folders that a computer has on which the program was never used."""
    filesystem = SimulatedFilesystem()
    filesystem.furnish(PATH.parent, JOURNALS.parent)
    return filesystem


def days_work(sitting: Sitting, random: Random, *, edits: int = 7, every: int = 3) -> Iterator[None]:
    """Give `edits` answers, saving after `every` of them; yields after each step."""
    for number in range(1, edits + 1):
        sitting.answer(random.choice(ADDRESSES), f"{sitting.name} {number} {random.getrandbits(64):x}")
        yield
        if number % every == 0:
            sitting.save()
            yield


def power_cut(seed: int, write: Callable[..., SavedAudit] = write_audit, **promises: bool) -> Outcome:
    """Cut the power at a random change; `promises` switch off what the disk honours."""
    random = Random(seed)
    filesystem = new_filesystem()
    for promise, is_kept in promises.items():
        setattr(filesystem, promise, is_kept)
    filesystem.fault = Fault(random.randint(1, 60), random.choice(("kill-before", "kill-after")))
    sitting = Sitting(filesystem, filesystem.clock, PATH, JOURNALS, "monday", write)
    try:
        for _ in days_work(sitting, random, edits=9):
            pass
    except KilledError:
        pass
    return outcome(filesystem.after_power_cut(random), sitting.acknowledged)


def fault_at(at: int, kind: int | str, *, is_sticky: bool = False) -> tuple[Outcome, int]:
    """Let the `at`-th change go wrong and go on working; returns also how many changes there were."""
    filesystem = new_filesystem()
    filesystem.fault = Fault(at, kind, is_sticky)
    random = Random(at)
    sitting = Sitting(filesystem, filesystem.clock, PATH, JOURNALS, "tuesday")
    work = sitting_that_goes_on(sitting, random)
    try:
        for _ in work:
            pass
    except KilledError:
        pass
    after = filesystem.after_kill()
    result = outcome(after, sitting.acknowledged)
    # What was acknowledged must also survive the power cut that follows a fault.
    cut = outcome(filesystem.after_power_cut(random), sitting.acknowledged)
    return Outcome(result.acknowledged, max(result.lost, cut.lost), result.is_unreadable or cut.is_unreadable), (
        filesystem.changes
    )


def sitting_that_goes_on(sitting: Sitting, random: Random) -> Iterator[None]:
    """Work as `days_work` does, and go on after every fault that a person is told of."""
    for number in range(1, 8):
        try:
            sitting.answer(random.choice(ADDRESSES), f"{number} {random.getrandbits(64):x}")
        except AuditDesktopError:
            yield
        if number % 3 == 0:
            try:
                sitting.save()
            except AuditDesktopError:
                yield
    yield


def two_writers(seed: int, write: Callable[..., SavedAudit] = write_audit) -> Outcome:
    """Let two people save the same file, one at a random step of the other's save."""
    random = Random(seed)
    filesystem = new_filesystem()
    first = Sitting(filesystem, filesystem.clock, PATH, JOURNALS, "first", write)
    first.answer(ADDRESSES[0], "there already")
    if random.random() < 0.8:
        first.save()
    second = Sitting(filesystem, filesystem.clock, PATH, Path("/home/other"), "second", write)
    for round_number in range(3):
        first.answer(random.choice(ADDRESSES), f"first {round_number} {random.getrandbits(64):x}")
        second.answer(random.choice(ADDRESSES), f"second {round_number} {random.getrandbits(64):x}")
        interrupt_at = filesystem.changes + random.randint(1, 6)

        def interrupt(_what: str, _path: Path, at: int = interrupt_at) -> None:
            if filesystem.changes >= at:
                filesystem.before_change = None
                second.save()

        filesystem.before_change = interrupt
        first.save()
        if filesystem.before_change is not None:
            filesystem.before_change = None
            second.save()
    # No journals here: everything must be in the file itself.
    return outcome(filesystem.after_kill(), [*first.acknowledged, *second.acknowledged], Path("/none"))


def outcome(filesystem: SimulatedFilesystem, acknowledged: list[Edit], journals: Path = JOURNALS) -> Outcome:
    """Return what the next start finds of what was acknowledged."""
    try:
        found = what_is_found(filesystem, filesystem.clock, PATH, journals)
    except AuditDesktopError:
        return Outcome(len(acknowledged), 0, is_unreadable=True)
    return Outcome(len(acknowledged), sum(edit.id not in found for edit in acknowledged), is_unreadable=False)


# Protocols that are wrong on purpose: a test that does not catch them proves nothing.


def write_in_place(
    filesystem: SimulatedFilesystem, clock: Clock, path: Path, snapshot: Snapshot, base: Revision | None, **_: object
) -> SavedAudit:
    """Write over the file itself."""
    data, revision = encode_audit(snapshot)
    if filesystem.exists(path):
        filesystem.names[path].data = filesystem.names[path].durable = b""
        file = filesystem.open_append(path)
    else:
        file = filesystem.create_exclusive(path)
    file.write(data[:100])
    file.write(data[100:])
    file.fsync()
    filesystem.fsync_folder(path.parent)
    return SavedAudit(path, revision)


def write_blindly(
    filesystem: SimulatedFilesystem, clock: Clock, path: Path, snapshot: Snapshot, base: Revision | None, **_: object
) -> SavedAudit:
    """Replace whatever is there."""
    data, revision = encode_audit(snapshot)
    temporary = temporary_name(path)
    write_verified(filesystem, clock, temporary, (data,))
    filesystem.replace(temporary, path)
    filesystem.fsync_folder(path.parent)
    return SavedAudit(path, revision)


def write_after_a_look(
    filesystem: SimulatedFilesystem, clock: Clock, path: Path, snapshot: Snapshot, base: Revision | None, **_: object
) -> SavedAudit:
    """Compare with what was loaded, merge, and replace, without a look at what was displaced."""
    merged = None
    if filesystem.exists(path) and (base is None or sha256(filesystem.read_bytes(path)).hexdigest() != base.sha256):
        theirs = read_audit(filesystem, clock, path, always_known)
        merged = merge_audits(snapshot.to_audit(), theirs.audit).audit
        snapshot = Snapshot.of(merged)
    saved = write_blindly(filesystem, clock, path, snapshot, base)
    return SavedAudit(saved.path, saved.revision, merged)
