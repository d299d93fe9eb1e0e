"""Audit files: reading one, and writing one so that no power cut, full disk or other writer can cost an answer."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import Record, replace
from audit_desktop.storage.audit_container import (
    LARGEST_FILE,
    OpenedAudit,
    Revision,
    Snapshot,
    decode_audit,
    encode_audit,
    peek_manifest,
)
from audit_desktop.storage.faults import patiently, reading_fault, writing_fault
from audit_desktop.storage.manifest import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem

SUFFIX: Final = ".audit"
_SPARE: Final = 64 * 1024 * 1024
_LONGEST_STEM: Final = 40
_MOST_ROUNDS: Final = 100


class SavedAudit(Record):
    """What a save did.

    `path` is where the file really is. `merged` is the audit that was written if the file had been changed by
    somebody else: it holds everything of both. `fault` is set if the file could not be written in its place and
    `path` is a copy beside it or elsewhere.
    """

    path: Path
    revision: Revision
    merged: Audit | None = None
    fault: AuditDesktopError | None = None


def read_audit(filesystem: Filesystem, clock: Clock, path: Path, is_known_good: Callable[[str], bool]) -> OpenedAudit:
    """Return the audit in the file at `path`; the file is not kept open, and its history is left unread.

    `is_known_good` tells by the SHA-256 of a framework whether it passed the full check before. Raises
    `AuditDesktopError`: `FILE_MISSING`, `FILE_IS_FOLDER`, `FILE_UNREADABLE`, or what `decode_audit` finds.
    """
    return decode_audit(_read(filesystem, clock, path), str(path), is_known_good)


def read_audit_bytes(filesystem: Filesystem, clock: Clock, path: Path) -> tuple[bytes, str]:
    """Return the bytes of the file at `path` and their SHA-256; raises as `read_audit` does, whatever they mean."""
    data = _read(filesystem, clock, path)
    return data, sha256(data).hexdigest()


def write_audit(
    filesystem: Filesystem,
    clock: Clock,
    path: Path,
    snapshot: Snapshot,
    base: Revision | None,
    *,
    is_known_good: Callable[[str], bool],
    keep_backup: Callable[[bytes, Revision], None] | None = None,
    may_replace_other: bool = False,
) -> SavedAudit:
    """Write `snapshot` to `path` and return once the file is whole, proven and safe from a power cut.

    `base` is the revision that was read from or written to `path` last; `None` if there was no file. If the file
    is another revision by now, what it holds is merged in, however often that happens. `keep_backup` is given
    the version that is about to be replaced. `may_replace_other` says that a person agreed to replace whatever
    else is there.

    Raises `AuditDesktopError` if the file cannot be written, with nothing changed at `path`; `DIFFERENT_AUDIT`,
    `DIFFERENT_FRAMEWORK`, `NOT_AN_AUDIT`, `AUDIT_DAMAGED` or `AUDIT_TOO_NEW` if something is there that cannot be
    merged.
    """
    try:
        target = filesystem.resolve(path)
        if filesystem.is_folder(target):
            raise AuditDesktopError(FaultCode.FILE_IS_FOLDER, str(path))
        return _Write(filesystem, clock, target, is_known_good, keep_backup).run(
            snapshot, base, may_replace_other=may_replace_other
        )
    except OSError as error:
        raise writing_fault(error, path) from error


def write_recovered_copy(
    filesystem: Filesystem,
    clock: Clock,
    path: Path,
    snapshot: Snapshot,
    fault: AuditDesktopError,
    other_folders: tuple[Path, ...] = (),
) -> SavedAudit:
    """Write `snapshot` beside `path` under a name of its own, or else into the first of `other_folders` that takes it.

    This is for when `write_audit` raised `fault`; the file at `path` is left alone. Raises `fault` itself if no
    folder takes the copy.
    """
    at = clock.now().astimezone().strftime("%H-%M")
    for folder in (path.parent, *other_folders):
        for number in ("", *(f" {count}" for count in range(2, 100))):
            copy = folder / f"{path.stem} (recovered copy {at}{number}){path.suffix or SUFFIX}"
            try:
                if filesystem.exists(copy):
                    continue
                saved = write_audit(filesystem, clock, copy, snapshot, None, is_known_good=lambda _: False)
            except (AuditDesktopError, OSError):
                break
            return replace(saved, fault=fault)
    raise fault


def temporary_name(path: Path) -> Path:
    """Return a name beside `path` that no file ever had; cloud folders leave names of this form alone."""
    return path.with_name(f"{temporary_prefix(path)}{os.urandom(8).hex()}.tmp")


def temporary_prefix(path: Path) -> str:
    """Return how the temporary names for `path` begin; cut off, so that a long name does not get too long."""
    return f"~${path.stem.encode('utf-8')[:_LONGEST_STEM].decode('utf-8', 'ignore')}."


def write_verified(filesystem: Filesystem, clock: Clock, path: Path, data: bytes, *, is_private: bool = False) -> None:
    """Write `data` to the new file `path` and return once it was read back and is as it should be.

    The name in the folder is not safe from a power cut before `fsync_folder`. Raises `OSError`, or
    `AuditDesktopError` if what was read back differs; whatever was written is removed then.
    """
    try:
        file = filesystem.create_exclusive(path, is_private=is_private)
        try:
            file.write(data)
            file.fsync()
        finally:
            file.close()
        if patiently(clock, lambda: filesystem.read_bytes(path)) != data:
            raise AuditDesktopError(FaultCode.WRITE_FAILED, str(path), reason="verification")
    except FileExistsError:
        raise
    except BaseException:
        with suppress(OSError):
            filesystem.remove(path)
        raise


def write_new_file(filesystem: Filesystem, clock: Clock, path: Path, data: bytes, *, may_replace: bool = False) -> None:
    """Write any document, such as an export, whole or not at all; raises `AuditDesktopError` if that fails.

    `FILE_EXISTS` is raised if there is a file already, unless a person agreed that it `may_replace` it.
    """
    try:
        target = filesystem.resolve(path)
        if filesystem.is_folder(target):
            raise AuditDesktopError(FaultCode.FILE_IS_FOLDER, str(path))
        temporary = temporary_name(target)
        write_verified(filesystem, clock, temporary, data)
        try:
            if may_replace:
                patiently(clock, lambda: filesystem.replace(temporary, target))
            else:
                filesystem.move_without_overwrite(temporary, target)
        except BaseException:
            with suppress(OSError):
                filesystem.remove(temporary)
            raise
        filesystem.fsync_folder(target.parent)
    except OSError as error:
        raise writing_fault(error, path) from error


class _Write:
    """One save: rounds of reading what is there, merging it if it is news, and swapping the new file in."""

    def __init__(
        self,
        filesystem: Filesystem,
        clock: Clock,
        target: Path,
        is_known_good: Callable[[str], bool],
        keep_backup: Callable[[bytes, Revision], None] | None,
    ) -> None:
        self._filesystem = filesystem
        self._clock = clock
        self._target = target
        self._is_known_good = is_known_good
        self._keep_backup = keep_backup
        self._displaced: list[Path] = []
        self._parents: set[str] = set()
        self._merged: Audit | None = None

    def run(self, snapshot: Snapshot, base: Revision | None, *, may_replace_other: bool) -> SavedAudit:
        for _ in range(_MOST_ROUNDS):
            found = self._read_if_there()
            if found is not None and not may_replace_other:
                self._require_changeable(found)
            if found is not None and (base is None or sha256(found).hexdigest() != base.sha256):
                try:
                    snapshot, base = self._merge(snapshot, found)
                except AuditDesktopError:
                    if not may_replace_other:
                        raise
                    base = Revision(sha256(found).hexdigest(), "", len(found))
            if base is not None and base.doc_rev:
                self._parents.add(base.doc_rev)
            data, revision = encode_audit(snapshot, tuple(self._parents))
            self._require_space(len(data))
            if found is not None and base is not None and found == data:
                return self._finish(revision)
            temporary = temporary_name(self._target)
            write_verified(self._filesystem, self._clock, temporary, data)
            try:
                if found is None:
                    displaced = self._put(temporary)
                else:
                    assert base is not None
                    if self._keep_backup is not None and base.doc_rev:
                        self._keep_backup(found, base)
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
            unseen = patiently(self._clock, lambda path=displaced: self._filesystem.read_bytes(path))
            if sha256(unseen).hexdigest() == base.sha256:
                return self._finish(revision)
            # Somebody wrote a version between our look and the swap: it is in `displaced`, and comes in now.
            try:
                snapshot, _ = self._merge(snapshot, unseen)
            except AuditDesktopError:
                self._put_back(displaced, revision.sha256)
                raise
            base = revision
        raise AuditDesktopError(FaultCode.WRITE_FAILED, str(self._target), reason="others keep writing")

    def _read_if_there(self) -> bytes | None:
        try:
            return patiently(self._clock, lambda: self._filesystem.read_bytes(self._target))
        except FileNotFoundError:
            return None

    def _merge(self, snapshot: Snapshot, found: bytes) -> tuple[Snapshot, Revision]:
        from audit_desktop.core.merge import merge_audits

        ours = sha256(snapshot.framework_source).hexdigest()
        theirs = decode_audit(found, str(self._target), lambda digest: digest == ours or self._is_known_good(digest))
        if theirs.is_read_only:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_NEW, str(self._target), app="")
        self._merged = merge_audits(snapshot.to_audit(), theirs.audit).audit
        self._parents.add(theirs.revision.doc_rev)
        return Snapshot.of(self._merged), theirs.revision

    def _require_changeable(self, found: bytes) -> None:
        """Raise `AUDIT_TOO_NEW` if only a newer version of the program may write this file."""
        manifest = peek_manifest(found)
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
                self._filesystem.remove(displaced)
        return SavedAudit(self._target, revision, self._merged)

    def _discard(self, temporary: Path, digest: str) -> None:
        with suppress(OSError):
            if sha256(self._filesystem.read_bytes(temporary)).hexdigest() == digest:
                self._filesystem.remove(temporary)


def _read(filesystem: Filesystem, clock: Clock, path: Path) -> bytes:
    try:
        if filesystem.is_folder(path):
            raise AuditDesktopError(FaultCode.FILE_IS_FOLDER, str(path))
        if filesystem.stat(path).size > LARGEST_FILE:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_LARGE, str(path))
        return patiently(clock, lambda: filesystem.read_bytes(path))
    except OSError as error:
        raise reading_fault(error, path) from error
