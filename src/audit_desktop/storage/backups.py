"""Backups on this computer: versions of each audit's file, many of the last days and few of the last months."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.record import Record
from audit_desktop.storage.attachment_store import FOLDER
from audit_desktop.storage.audit_files import SUFFIX
from audit_desktop.storage.container import MANIFEST_WITHIN, is_attached, peek_manifest
from audit_desktop.storage.faults import writing_fault
from audit_desktop.storage.file_writing import temporary_name, write_verified
from audit_desktop.storage.filesystem import make_lasting_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from audit_desktop.storage.audit_container import Revision
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem

BETWEEN_BACKUPS: Final = timedelta(minutes=10)
ALL_KEPT_FOR: Final = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_DIGEST_LENGTH: Final = 12
_SPOILT_SUFFIX: Final = ".damaged"


class Backup(Record):
    """One version of an audit's file, and when it was put by."""

    path: Path
    at: datetime
    digest: str
    """The beginning of the SHA-256 of its bytes."""


class Backups:
    """The backups of every audit, in one folder of this computer, by the audit's id and not by its file's name."""

    def __init__(self, filesystem: Filesystem, clock: Clock, folder: Path) -> None:
        self._filesystem = filesystem
        self._clock = clock
        self._folder = folder

    def of_audit(self, audit_id: str) -> tuple[Backup, ...]:
        """Return the backups of one audit, the newest first."""
        try:
            return self._listed(audit_id)
        except OSError:
            return ()

    def keep(self, audit_id: str, data: bytes, *, now: bool = False) -> bool:
        """Put the file `data` by if ten minutes have passed since the last time, or at once if `now`.

        Returns whether it was put by; a version that is there already is not put by twice. Raises
        `AuditDesktopError` if it could not be written.
        """
        at = self._clock.now()
        existing = self.of_audit(audit_id)
        digest = sha256(data).hexdigest()[:_DIGEST_LENGTH]
        if any(backup.digest == digest for backup in existing):
            return False
        # A clock that was set back makes the newest one lie in the future; then nothing can be said, and it is kept.
        if existing and not now and timedelta() <= at - existing[0].at < BETWEEN_BACKUPS:
            return False
        folder = self._folder / audit_id
        path = folder / f"{at.strftime(_STAMP)}-{digest}{SUFFIX}"
        try:
            make_lasting_folder(self._filesystem, folder)
            temporary = temporary_name(path)
            write_verified(self._filesystem, self._clock, temporary, (data,), is_private=True)
            self._filesystem.replace(temporary, path)
            self._filesystem.fsync_folder(folder)
        except OSError as error:
            raise writing_fault(error, path) from error
        self._thin((*existing, Backup(path, at, digest)), at)
        return True

    def keeper(self, audit_id: str) -> Callable[[bytes, Revision], None]:
        """Return what `write_audit` calls with the version that it replaces; a failure never stops a save."""

        def keep(data: bytes, _revision: Revision) -> None:
            with suppress(AuditDesktopError):
                self.keep(audit_id, data)

        return keep

    def all(self) -> tuple[Backup, ...]:
        """Return the backups of every audit."""
        try:
            audits = self._filesystem.list_folder(self._folder)
        except OSError:
            return ()
        return tuple(backup for audit_id in audits for backup in self.of_audit(audit_id))

    def find_spoilt(self, chance: int) -> Backup | None:
        """Read one of all backups again, which one `chance` decides, and return it if it is not what was written.

        It is put away then, so that nobody relies on it and its version can be put by anew.
        """
        every = self.all()
        if not every:
            return None
        backup = every[chance % len(every)]
        try:
            if self.is_whole(backup):
                return None
            self._filesystem.replace(backup.path, backup.path.with_name(f"{backup.path.name}{_SPOILT_SUFFIX}"))
        except FileNotFoundError:
            # It was thinned out meanwhile.
            return None
        except OSError:
            pass
        return backup

    def is_whole(self, backup: Backup) -> bool:
        """Return whether `backup` is still what was written; raises `OSError` if it cannot be read."""
        return sha256(self._filesystem.read_bytes(backup.path)).hexdigest().startswith(backup.digest)

    def attached_digests(self, audit_id: str) -> set[str]:
        """Return the SHA-256 of the attached files that the versions of an audit need; they are kept beside them.

        Raises `OSError` if a version cannot be read: what it needs is not known then.
        """
        needed: set[str] = set()
        with suppress(FileNotFoundError):
            for backup in self._listed(audit_id):
                # One may be thinned out meanwhile.
                with suppress(FileNotFoundError):
                    manifest = peek_manifest(self._filesystem.read_start(backup.path, MANIFEST_WITHIN))
                    for name in manifest.entries if manifest is not None else ():
                        if is_attached(name):
                            needed.add(name.removeprefix(FOLDER))
        return needed

    def files(self, audit_id: str) -> tuple[Path, ...]:
        """Return every file that is kept of one audit, versions that were found damaged too."""
        folder = self._folder / audit_id
        try:
            return tuple(folder / name for name in self._filesystem.list_folder(folder))
        except OSError:
            return ()

    def _listed(self, audit_id: str) -> tuple[Backup, ...]:
        folder = self._folder / audit_id
        found = [backup for name in self._filesystem.list_folder(folder) if (backup := _backup(folder / name))]
        return tuple(sorted(found, key=lambda backup: backup.at, reverse=True))

    def _thin(self, backups: tuple[Backup, ...], now: datetime) -> None:
        kept = to_keep((backup.at for backup in backups), now)
        for backup in backups:
            if backup.at not in kept:
                with suppress(OSError):
                    self._filesystem.remove(backup.path)


def to_keep(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Return which of `times` are kept: all of the last two days, then the last of 12 days, 10 weeks and 9 months.

    Times in the future are kept.
    """
    newest_first = sorted(set(times), reverse=True)
    kept = {at for at in newest_first if now - at <= ALL_KEPT_FOR}
    older = [at for at in newest_first if at not in kept]
    for count, key in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        last_of: dict[str, datetime] = {}
        for at in older:
            last_of.setdefault(at.strftime(key), at)
        kept.update(list(last_of.values())[:count])
    return frozenset(kept)


def _backup(path: Path) -> Backup | None:
    stamp, _, digest = path.name.removesuffix(SUFFIX).partition("-")
    if not path.name.endswith(SUFFIX) or len(digest) != _DIGEST_LENGTH:
        return None
    try:
        return Backup(path, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC), digest)
    except ValueError:
        return None
