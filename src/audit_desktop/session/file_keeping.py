"""What keeping a file needs: how it is written, what is put by of it, and where it lies."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.storage.attachment_store import digest_of
from audit_desktop.storage.audit_container import encode_audit
from audit_desktop.storage.audit_files import SavedAudit, reading, write_audit, write_recovered_copy
from audit_desktop.storage.container import version_to_put_by
from audit_desktop.storage.zip_format import ZipFormatError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.storage.attachment_store import AttachmentStore
    from audit_desktop.storage.audit_container import Revision, Snapshot
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem
    from audit_desktop.storage.places import Place


class FileKeeping:
    """What keeping a file needs: the file system, the clock, and what is known of frameworks and backups."""

    def __init__(
        self,
        filesystem: Filesystem,
        clock: Clock,
        is_known_good: Callable[[str], bool],
        *,
        keep_backup: Callable[[bytes, Revision], None] | None = None,
        put_by: Callable[[bytes], object] | None = None,
        other_folders: tuple[Path, ...] = (),
        find_place: Callable[[Path], Place] | None = None,
        store: AttachmentStore | None = None,
    ) -> None:
        """`keep_backup` gets each version that is replaced; `put_by` keeps one at once, or raises.

        `other_folders` take a copy when the file's own folder does not. `find_place` says what kind of place a file
        lies in; without it every place counts as one of this computer. `store` has the attached files.
        """
        self.filesystem = filesystem
        self.clock = clock
        self.is_known_good = is_known_good
        self._keep_backup = keep_backup
        self._put_by = put_by
        self._other_folders = other_folders
        self._find_place = find_place
        self.store = store

    def write(self, path: Path, snapshot: Snapshot, base: Revision | None) -> SavedAudit:
        """Write `snapshot` to `path`, merging what others wrote there; see `write_audit`."""
        return write_audit(
            self.filesystem,
            self.clock,
            path,
            snapshot,
            base,
            is_known_good=self.is_known_good,
            keep_backup=self._keep_backup,
            store=self.store,
        )

    def put_by(self, snapshot: Snapshot) -> bool:
        """Put `snapshot` by among the versions on this computer; returns whether it is safe there."""
        if self._put_by is None:
            return False
        try:
            self._put_by(encode_audit(snapshot)[0])
        except AuditDesktopError:
            return False
        return True

    def put_by_file(self, path: Path, revision: Revision) -> None:
        """Put the file at `path`, which is that `revision`, by among the versions on this computer, if that works.

        A stick or a network drive may be gone tomorrow, and what was written there with it.
        """
        if self._put_by is None:
            return
        with suppress(AuditDesktopError, ZipFormatError), reading(self.filesystem, self.clock, path) as file:
            if digest_of(file) == revision.sha256:
                self._put_by(version_to_put_by(file, self.store))

    def write_copy_beside(self, path: Path, snapshot: Snapshot, fault: AuditDesktopError) -> SavedAudit:
        """Write `snapshot` under another name, since `path` cannot be written for the reason `fault`."""
        return write_recovered_copy(self.filesystem, self.clock, path, snapshot, fault, self._other_folders, self.store)

    def place_of(self, path: Path) -> Place | None:
        """Return what kind of place the file at `path` lies in, or `None` if nobody can say."""
        return self._find_place(path) if self._find_place is not None else None
