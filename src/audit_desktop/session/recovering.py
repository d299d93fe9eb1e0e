"""Recovering: work that journals hold and no file does, offered as a list before anything is done with it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_desktop.core.addresses import audit_address
from audit_desktop.core.common_fields import SCHOOL_NAME
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge import merge_audits
from audit_desktop.core.merge_preview import FieldChange, MergePreview, preview_merge
from audit_desktop.storage.audit_container import decode_audit
from audit_desktop.storage.audit_files import read_audit, read_audit_bytes
from audit_desktop.storage.container import MANIFEST_WITHIN, peek_manifest
from audit_desktop.storage.recovery import LostWork, Recovery, merge_lost_work, missing_from
from audit_desktop.storage.salvage import salvage_audit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.storage.backups import Backups
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem


@dataclass(frozen=True, slots=True)
class FoundWork:
    """Work that the journals hold and an audit lacks: `preview` says what taking it in changes, `audit` is with it."""

    work: LostWork
    audit: Audit
    preview: MergePreview

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """The answers that would become others, in the order in which they were given."""
        preview = self.preview
        found = (*preview.new, *preview.changed, *preview.taken_back)
        return tuple(sorted(found, key=lambda change: (change.at, change.address)))

    @property
    def count(self) -> int:
        """How many answers are concerned."""
        return len(self.changes) + len(self.preview.conflicts)

    @property
    def last_at(self) -> str:
        """When the last of it was written, as its author's clock said."""
        return self.work.edits[-1].at


@dataclass(frozen=True, slots=True)
class HomelessWork:
    """Work whose file was never saved, or is not there any more, put together from all that this computer has."""

    found: FoundWork
    school: str

    @property
    def path(self) -> Path | None:
        """Where the file was; `None` if there was none."""
        return self.found.work.path


@dataclass(frozen=True, slots=True)
class Rescued:
    """What could still be had of an audit whose file is damaged; `lost` edits of it are nowhere."""

    audit: Audit
    lost: int


class Recovering:
    """Looks through the journals of this computer. Nothing is ever thrown away here: it is put away for 30 days."""

    def __init__(
        self,
        filesystem: Filesystem,
        clock: Clock,
        recovery: Recovery,
        backups: Backups,
        is_known_good: Callable[[str], bool],
    ) -> None:
        self._filesystem = filesystem
        self._clock = clock
        self._recovery = recovery
        self._backups = backups
        self._is_known_good = is_known_good

    def for_audit(self, audit: Audit) -> FoundWork | None:
        """Return what journals hold and `audit` lacks, or `None`; a journal that helps no more is put away."""
        work = self._recovery.of_audit(audit.id)
        if work is None:
            return None
        if not missing_from(audit, work):
            self._recovery.forget(work)
            return None
        return _found(audit, work)

    def put_away(self, audit: Audit) -> FoundWork | None:
        """Return what journals that were set aside in the last 30 days hold and `audit` lacks."""
        work = self._recovery.of_audit(audit.id, put_away=True)
        return _found(audit, work) if work is not None and missing_from(audit, work) else None

    def homeless(self) -> tuple[HomelessWork, ...]:
        """Return the work that no file can take in: it was never saved, or its file is not there any more.

        Nor is it if another audit is in its place.
        """
        homeless: list[HomelessWork] = []
        for work in self._recovery.all():
            if self._is_at_home(work):
                continue
            with suppress(AuditDesktopError):
                found = _found(self._base(work), work)
                school = found.audit.state.value(audit_address(SCHOOL_NAME.id)) or ""
                homeless.append(HomelessWork(found, school))
        return tuple(homeless)

    def files_with_work(self) -> tuple[Path, ...]:
        """Return the files for which there is work in journals that may not be in them; opening them tells."""
        return tuple(work.path for work in self._recovery.all() if work.path is not None and self._is_at_home(work))

    def set_aside(self, found: FoundWork) -> None:
        """Offer `found` no more; it stays on this computer for 30 days."""
        self._recovery.set_aside(found.work)

    def forget_if_kept(self, found: FoundWork, path: Path) -> bool:
        """Put the journals of `found` away if the file at `path` is proven to hold all of it; returns whether it is."""
        try:
            audit = read_audit(self._filesystem, self._clock, path, self._is_known_good).audit
            if audit.id != found.work.audit_id or missing_from(audit, found.work):
                return False
        except AuditDesktopError:
            return False
        self._recovery.forget(found.work)
        return True

    def rescue(self, path: Path) -> Rescued:
        """Return what the damaged file at `path`, the versions on this computer and the journals hold together.

        The file is only read. Raises `AuditDesktopError` if nothing of the audit is to be had.
        """
        data, _ = read_audit_bytes(self._filesystem, self._clock, path)
        parts: list[Audit] = []
        audit_id, announced, fault = "", 0, None
        try:
            salvaged = salvage_audit(data, str(path), self._is_known_good)
            parts.append(salvaged.audit)
            audit_id, announced = salvaged.audit.id, salvaged.announced
        except AuditDesktopError as error:
            fault = error
            manifest = peek_manifest(data)
            if manifest is not None:
                audit_id, announced = manifest.audit_id, manifest.history_count
        version = self.newest_version(audit_id) if audit_id else None
        if version is not None:
            parts.append(version)
        audit = None
        for part in parts:
            audit = merge_audits(audit, part).audit if audit is not None else part
        work = self._recovery.of_audit(audit_id) if audit_id else None
        if audit is None and work is not None:
            with suppress(AuditDesktopError):
                audit = self._base(work)
        if audit is None:
            raise fault or AuditDesktopError(FaultCode.AUDIT_DAMAGED, str(path), problem="nothing to salvage")
        if work is not None:
            audit = merge_lost_work(audit, work).audit
        return Rescued(audit, max(0, announced - len(audit.log)))

    def attached_digests(self, audit_id: str) -> set[str]:
        """Return the SHA-256 of the attached files that the journals of an audit name; raises as `Recovery` does."""
        return self._recovery.attached_digests(audit_id)

    def sweep(self) -> None:
        """Remove what was put away more than 30 days ago."""
        self._recovery.sweep()

    def _is_at_home(self, work: LostWork) -> bool:
        if work.path is None or not self._filesystem.exists(work.path):
            return False
        manifest = None
        # One that cannot be read or is damaged tells of the work when it is opened.
        with suppress(OSError):
            manifest = peek_manifest(self._filesystem.read_start(work.path, MANIFEST_WITHIN))
        return manifest is None or manifest.audit_id == work.audit_id

    def newest_version(self, audit_id: str) -> Audit | None:
        """Return the newest version of an audit that this computer put by and that is whole, or `None`."""
        for backup in self._backups.of_audit(audit_id):
            with suppress(AuditDesktopError, OSError):
                data = self._filesystem.read_bytes(backup.path)
                audit = decode_audit(data, str(backup.path), self._is_known_good).audit
                audit.log.all()
                return audit
        return None

    def _base(self, work: LostWork) -> Audit:
        """Return the newest version of the audit that this computer still has, without the work itself."""
        version = self.newest_version(work.audit_id)
        if version is not None:
            return version
        from audit_desktop.core.audit import Audit

        framework, source = self._recovery.framework_of(work, self._is_known_good)
        return Audit.new(work.audit_id, framework, source)


def take_in(audit: Audit, found: FoundWork) -> Audit:
    """Return `audit`, which may have changed since, together with `found`."""
    return merge_audits(audit, found.audit).audit


def _found(audit: Audit, work: LostWork) -> FoundWork:
    merge = merge_lost_work(audit, work)
    return FoundWork(work, merge.audit, preview_merge(audit, merge.audit))
