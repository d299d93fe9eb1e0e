"""What is found out about the file of an open audit, and that a person should know of. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.errors import AuditDesktopError
    from audit_desktop.session.recovering import FoundWork
    from audit_desktop.storage.lock import LockHolder
    from audit_desktop.storage.places import PlaceProblem


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """The file lies where it should not be worked on; `stops_changes` says that nothing can be changed there."""

    problem: PlaceProblem
    stops_changes: bool


@dataclass(frozen=True, slots=True)
class HeldByOther:
    """Somebody else has the file open. `is_stale` says that they seem to be gone, so that it can be taken over."""

    holder: LockHolder
    is_stale: bool


@dataclass(frozen=True, slots=True)
class HoldFree:
    """Nobody else has the file open any more."""


@dataclass(frozen=True, slots=True)
class SummaryRebuilt:
    """The summary in the file did not agree with its history; what is shown now is what the history says."""


@dataclass(frozen=True, slots=True)
class HistoryDamaged:
    """The history in the file is damaged. `lost` edits of it are nowhere any more; `copy` is the damaged file."""

    fault: AuditDesktopError
    lost: int
    copy: Path | None


@dataclass(frozen=True, slots=True)
class WorkFound:
    """Journals hold work that the file lacks."""

    found: FoundWork


@dataclass(frozen=True, slots=True)
class CopiesFound:
    """Other copies of the audit lie beside the file and hold something that it lacks."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class FileTrouble:
    """The file is gone, or is something else by now; `fault` says which."""

    fault: AuditDesktopError


@dataclass(frozen=True, slots=True)
class FileWellAgain:
    """The file is there again and is this audit."""


@dataclass(frozen=True, slots=True)
class AttachmentsMissing:
    """The file was saved without the bytes of attached files, by their SHA-256: they are nowhere on this computer."""

    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewerVersionFound:
    """A newer version of the audit's framework is installed here."""

    version: str


Notice: TypeAlias = (
    PlaceFound
    | HeldByOther
    | HoldFree
    | SummaryRebuilt
    | HistoryDamaged
    | WorkFound
    | CopiesFound
    | FileTrouble
    | FileWellAgain
    | AttachmentsMissing
    | NewerVersionFound
)
