"""One save of an audit file: rounds of reading what is there, merging what is news, and swapping the new file in."""

from __future__ import annotations

from contextlib import closing, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import replace
from audit_desktop.storage.attachment_store import FOLDER, digest_of
from audit_desktop.storage.audit_container import Revision, Snapshot
from audit_desktop.storage.audit_files import SavedAudit, read_audit, reading
from audit_desktop.storage.container import MANIFEST_WITHIN, peek_manifest, version_to_put_by
from audit_desktop.storage.container_writing import ContainerWriting
from audit_desktop.storage.faults import patiently
from audit_desktop.storage.file_writing import aside_for_damaged, temporary_name, write_verified
from audit_desktop.storage.manifest import FORMAT
from audit_desktop.storage.zip_format import ZipFormatError, read_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.storage.attachment_store import AttachmentStore
    from audit_desktop.storage.audit_container import Layout
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem

_SPARE: Final = 64 * 1024 * 1024
_MOST_ROUNDS: Final = 100


class OneSave:
    """One save: rounds of reading what is there, merging it if it is news, and swapping the new file in."""

    def __init__(
        self,
        filesystem: Filesystem,
        clock: Clock,
        target: Path,
        is_known_good: Callable[[str], bool],
        keep_backup: Callable[[bytes, Revision], None] | None,
        store: AttachmentStore | None,
    ) -> None:
        self._filesystem = filesystem
        self._clock = clock
        self._target = target
        self._is_known_good = is_known_good
        self._keep_backup = keep_backup
        self._store = store
        self._writing = ContainerWriting(filesystem, clock, store, target)
        self._displaced: list[Path] = []
        self._parents: set[str] = set()
        self._merged: Audit | None = None

    def run(self, snapshot: Snapshot, base: Revision | None, *, may_replace_other: bool) -> SavedAudit:
        """Return what the save did, as `write_audit` does."""
        for _ in range(_MOST_ROUNDS):
            found = self._look()
            if found is not None and not may_replace_other:
                self._require_changeable()
            if found is not None and (base is None or found.sha256 != base.sha256):
                try:
                    snapshot, base = self._merge(snapshot, self._target)
                except AuditDesktopError as error:
                    if error.code is FaultCode.FILE_MISSING:
                        continue
                    if not may_replace_other:
                        raise
                    base = found
            if base is not None and base.doc_rev:
                self._parents.add(base.doc_rev)
            written = self._write_out(snapshot, found if base is not None else None)
            if isinstance(written, Revision):
                return self._finish(written)
            temporary, revision = written
            try:
                if found is None:
                    displaced = self._put(temporary)
                else:
                    assert base is not None
                    if self._keep_backup is not None and base.doc_rev:
                        self._put_by(self._keep_backup, base)
                    displaced = self._swap(temporary)
            except BaseException:
                # Not if it is the displaced file by now: that may be a version nobody has seen.
                self._discard(temporary, revision.sha256)
                raise
            if displaced is None:
                continue
            if displaced == temporary and found is None:
                return self._finish(revision)
            assert base is not None
            self._displaced.append(displaced)
            if self._digest(displaced) == base.sha256:
                return self._finish(revision)
            # Somebody wrote a version between our look and the swap: it is in `displaced`, and comes in now.
            self._writing.bytes.also_in(displaced)
            try:
                snapshot, _ = self._merge(snapshot, displaced)
            except AuditDesktopError:
                self._put_back(displaced, revision.sha256)
                raise
            base = revision
        raise AuditDesktopError(FaultCode.WRITE_FAILED, str(self._target), reason="others keep writing")

    def _write_out(self, snapshot: Snapshot, found: Revision | None) -> tuple[Path, Revision] | Revision:
        """Write the file under another name and prove it, unless `found`, the file that is there, is that already."""

        def put(layout: Layout, pieces: Iterator[bytes]) -> tuple[Path, Revision] | Revision:
            self._require_space(layout.size)
            if found is not None and found.size == layout.size:
                if self._is_there(pieces):
                    return replace(found, doc_rev=layout.doc_rev)
                return self._writing.write(snapshot, tuple(self._parents), put_new)
            return put_new(layout, pieces)

        def put_new(layout: Layout, pieces: Iterator[bytes]) -> tuple[Path, Revision]:
            temporary = temporary_name(self._target)
            digest = write_verified(self._filesystem, self._clock, temporary, pieces)
            return temporary, Revision(digest, layout.doc_rev, layout.size)

        return self._writing.write(snapshot, tuple(self._parents), put)

    def _is_there(self, pieces: Iterator[bytes]) -> bool:
        """Return whether the file that is there consists of just these `pieces`."""
        position = 0
        try:
            with reading(self._filesystem, self._clock, self._target) as file:
                for piece in pieces:
                    if file.read_at(position, len(piece)) != piece:
                        return False
                    position += len(piece)
        except AuditDesktopError as error:
            if error.place == str(self._target):
                return False
            raise
        return True

    def _look(self) -> Revision | None:
        """Return which version the file is that is there; what it says is not known yet."""
        try:
            with closing(patiently(self._clock, lambda: self._filesystem.open_read(self._target))) as file:
                return Revision(digest_of(file), "", file.size)
        except FileNotFoundError:
            return None

    def _digest(self, path: Path) -> str:
        with closing(patiently(self._clock, lambda: self._filesystem.open_read(path))) as file:
            return digest_of(file)

    def _merge(self, snapshot: Snapshot, path: Path) -> tuple[Snapshot, Revision]:
        from audit_desktop.core.merge import merge_audits

        ours = sha256(snapshot.framework_source).hexdigest()
        theirs = read_audit(
            self._filesystem, self._clock, path, lambda digest: digest == ours or self._is_known_good(digest)
        )
        if theirs.is_read_only:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_NEW, str(self._target), app="")
        self._merged = merge_audits(snapshot.to_audit(), theirs.audit).audit
        self._parents.add(theirs.revision.doc_rev)
        return Snapshot.of(self._merged), theirs.revision

    def _put_by(self, keep_backup: Callable[[bytes, Revision], None], base: Revision) -> None:
        """Put the version that is about to be replaced by, its attached files once each. A failure stops no save."""
        with suppress(AuditDesktopError, ZipFormatError), reading(self._filesystem, self._clock, self._target) as file:
            keep_backup(version_to_put_by(file, self._store), base)

    def _require_changeable(self) -> None:
        """Raise `AUDIT_TOO_NEW` if only a newer version of the program may write this file."""
        with suppress(FileNotFoundError):
            manifest = peek_manifest(self._filesystem.read_start(self._target, MANIFEST_WITHIN))
            if manifest is not None and manifest.min_reader > FORMAT:
                raise AuditDesktopError(FaultCode.AUDIT_TOO_NEW, str(self._target), app=manifest.app)

    def _require_space(self, size: int) -> None:
        free = self._filesystem.free_space(self._target.parent)
        if free is not None and free < 2 * size + _SPARE:
            raise AuditDesktopError(FaultCode.DISK_FULL, str(self._target), free=free, needed=2 * size + _SPARE)

    def _put(self, temporary: Path) -> Path | None:
        """Give `temporary` its name; `None` if a file of that name has appeared."""
        try:
            patiently(self._clock, lambda: self._filesystem.move_without_overwrite(temporary, self._target))
        except FileExistsError:
            self._filesystem.remove(temporary)
            return None
        return temporary

    def _swap(self, temporary: Path) -> Path | None:
        """Swap `temporary` in and return where the displaced file is; `None` if there is no file any more."""
        try:
            return patiently(self._clock, lambda: self._filesystem.exchange(temporary, self._target))
        except FileNotFoundError:
            self._filesystem.remove(temporary)
            return None

    def _put_back(self, displaced: Path, digest: str) -> None:
        """Give the displaced file, which is no version of this audit, its name again."""
        with suppress(OSError):
            ours = self._filesystem.exchange(displaced, self._target)
            self._discard(ours, digest)

    def _finish(self, revision: Revision) -> SavedAudit:
        self._filesystem.fsync_folder(self._target.parent)
        for displaced in self._displaced:
            # One that cannot be removed now is swept up later.
            with suppress(OSError):
                if self._holds_what_is_missing(displaced):
                    self._put_aside(displaced)
                else:
                    self._filesystem.remove(displaced)
        with suppress(OSError):
            # Back after a power cut, it would be offered as another copy: it may hold a merge that was undone.
            self._filesystem.fsync_folder(self._target.parent)
        return SavedAudit(
            self._target, revision, self._merged, attached=self._writing.attached, missing=self._writing.missing
        )

    def _holds_what_is_missing(self, displaced: Path) -> bool:
        """Return whether `displaced` has attached files that the new file lacks: it may be the last that has.

        They are damaged, or could not be read for a moment.
        """
        if not self._writing.missing:
            return False
        try:
            with closing(patiently(self._clock, lambda: self._filesystem.open_read(displaced))) as file:
                names = read_directory(file)
        except ZipFormatError:
            return False
        except OSError:
            return True
        return any(FOLDER + digest in names for digest in self._writing.missing)

    def _put_aside(self, displaced: Path) -> None:
        aside = aside_for_damaged(self._filesystem, self._clock, self._target)
        self._filesystem.move_without_overwrite(displaced, aside)

    def _discard(self, temporary: Path, digest: str) -> None:
        with suppress(OSError):
            if self._digest(temporary) == digest:
                self._filesystem.remove(temporary)
