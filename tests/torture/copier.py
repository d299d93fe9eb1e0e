"""A cloud program that copies the file, slowly, while it is being saved: every copy must be one of the versions."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.storage.audit_container import decode_audit, rebuild_if_different
from audit_desktop.storage.audit_files import write_audit
from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from tests.torture.disasters import ADDRESSES
from tests.torture.sitting import Sitting, always_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audit_desktop.storage.audit_files import SavedAudit

SLICES = 40


def copies(
    folder: Path, count: int, seed: int, write: Callable[..., SavedAudit] = write_audit
) -> Iterator[tuple[str, int]]:
    """Yield, for each of `count` copies, what is wrong with it and how many saves happened while it was made."""
    random = Random(seed)
    sitting = Sitting(RealFilesystem(), SystemClock(), folder / "hill.audit", folder / "journals", "copied", write)
    versions: set[str] = set()

    def save() -> None:
        sitting.answer(random.choice(ADDRESSES), f"{random.getrandbits(8 * random.randint(1, 200)):x}")
        sitting.save()
        versions.add(sha256(sitting.path.read_bytes()).hexdigest())

    save()
    for _ in range(count):
        saves = 0
        step = sitting.path.stat().st_size // SLICES + 1
        parts: list[bytes] = []
        with sitting.path.open("rb", buffering=0) as file:
            while part := file.read(step):
                parts.append(part)
                if random.random() < 0.1:
                    save()
                    saves += 1
        yield _what_is_wrong(b"".join(parts), versions), saves


def _what_is_wrong(data: bytes, versions: set[str]) -> str:
    try:
        opened = decode_audit(data, "copy", always_known)
        if rebuild_if_different(opened) is not None:
            return "its summary and its history differ"
    except AuditDesktopError as fault:
        return f"unreadable: {fault.code}"
    return "" if sha256(data).hexdigest() in versions else "no version that was ever saved"
