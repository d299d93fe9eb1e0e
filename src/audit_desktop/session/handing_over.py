"""Copies of an audit that leave and come back: for the window and the command line alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.history_check import disagreements, require_sound_history
from audit_desktop.core.merge_preview import MergePreview, preview_merge
from audit_desktop.core.send_copy import without_earlier_wording
from audit_desktop.session.attaching import AttachedFiles
from audit_desktop.session.signing import sign_off
from audit_desktop.storage.audit_container import Snapshot
from audit_desktop.storage.audit_files import read_audit_bytes, reading
from audit_desktop.storage.container_writing import ContainerWriting
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.storage.protection import is_protected, open_protected, protected_pieces, require_long_enough
from audit_desktop.storage.seals import Verification, verify_seals

_FIRST_LINE: Final = 64

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Author
    from audit_desktop.core.seal import Seal
    from audit_desktop.session.workspace import Workspace
    from audit_desktop.storage.audit_container import OpenedAudit
    from audit_desktop.storage.signing_keys import SigningKey


def send_copy(
    workspace: Workspace,
    audit: Audit,
    path: Path,
    *,
    passphrase: str = "",
    with_earlier_wording: bool = True,
    may_replace: bool = False,
) -> tuple[str, ...]:
    """Write a copy of `audit` to `path`, protected if there is a `passphrase`; `audit` and its file are left alone.

    Returns the SHA-256 of attached files that the copy lists and cannot hold, since their bytes are nowhere. Raises
    `PASSPHRASE_TOO_SHORT`, `FILE_EXISTS` unless the copy `may_replace` what is there, or what writing raises; nothing
    is written then.
    """
    copy = audit if with_earlier_wording else without_earlier_wording(audit)
    if passphrase:
        require_long_enough(passphrase)

    def put(_layout: object, pieces: Iterator[bytes]) -> None:
        data = protected_pieces(pieces, passphrase) if passphrase else pieces
        write_new_file(workspace.filesystem, workspace.clock, path, data, may_replace=may_replace)

    writing = ContainerWriting(workspace.filesystem, workspace.clock, workspace.attachment_store(audit.id))
    writing.write(Snapshot.of(copy), (), put)
    return writing.missing


def read_copy(workspace: Workspace, path: Path, passphrase: str = "") -> OpenedAudit:
    """Return the audit in a copy that came back, protected or not, once its whole history was read and is sound.

    Raises `PASSPHRASE_MISSING` if it is protected and no passphrase was given, what `open_protected` and
    `read_audit` raise, and `HISTORY_TAMPERED`.
    """
    with reading(workspace.filesystem, workspace.clock, path) as source:
        is_locked = is_protected(source.read_at(0, _FIRST_LINE))
    if is_locked:
        opened = workspace.decode(_opened(_read(workspace, path), path, passphrase), str(path))
    else:
        opened = workspace.read(path)
    require_sound_history(opened.audit.log.all(), str(path))
    return opened


def preview_copy(mine: Audit, theirs: OpenedAudit, place: str, *, although_unrelated: bool = False) -> MergePreview:
    """Return what merging a copy that came back would do; nothing is changed.

    Raises what `merge_audits` raises, `HISTORY_TAMPERED` if the copies differ in an edit that both hold, and
    `NO_SHARED_HISTORY` if the copies never knew of each other, as after
    somebody stripped one, unless a person goes on `although_unrelated`: every difference is a conflict then.
    """
    addresses = disagreements(mine.log.all(), theirs.audit.log.all())
    if addresses:
        raise AuditDesktopError(FaultCode.HISTORY_TAMPERED, place, count=len(addresses), addresses=addresses)
    preview = preview_merge(mine, theirs.audit)
    if not preview.shares_history and not although_unrelated:
        raise AuditDesktopError(FaultCode.NO_SHARED_HISTORY, place)
    return preview


def preview_files(workspace: Workspace, mine: Path, theirs: Path, passphrase: str = "") -> MergePreview:
    """Return what merging two files would do; both are left alone. Raises as `read_copy` and `preview_copy` do."""
    audit = read_copy(workspace, mine).audit
    return preview_copy(audit, read_copy(workspace, theirs, passphrase), str(theirs))


def sign_file(
    workspace: Workspace, path: Path, who: Author, key: SigningKey, app: str, *, although_incomplete: bool = False
) -> Seal:
    """Sign off the audit in the file at `path`; raises as `sign_off` does, or as reading and writing do."""
    with workspace.changing(path, who) as session:
        return sign_off(session, key, app, although_incomplete=although_incomplete)


def verify_file(workspace: Workspace, path: Path) -> Verification:
    """Return what the seals of the audit in the file at `path` prove, once its whole history was read and is sound.

    Every attached file that it lists is looked for in the file itself, and proven.
    """
    audit = read_copy(workspace, path).audit
    files = AttachedFiles(workspace, audit, path, from_file_alone=True)
    # First, since the seals do not read again what is known to be whole.
    attached = files.faults()
    return replace(verify_seals(audit, files.bytes), attached=attached)


def protect_file(
    workspace: Workspace, path: Path, out: Path, passphrase: str, *, with_earlier_wording: bool = True
) -> tuple[str, ...]:
    """Write the audit in the file at `path` to the new file `out`, protected by `passphrase`.

    Returns what `send_copy` returns.
    """
    if not passphrase:
        raise AuditDesktopError(FaultCode.PASSPHRASE_MISSING, str(out))
    return send_copy(
        workspace,
        workspace.read(path).audit,
        out,
        passphrase=passphrase,
        with_earlier_wording=with_earlier_wording,
    )


def open_protected_file(workspace: Workspace, path: Path, out: Path, passphrase: str) -> None:
    """Write the audit in the protected file at `path` to the new file `out`, where it is no longer protected.

    Raises `NOT_PROTECTED` if it is not, as `read_copy` does, and `FILE_EXISTS`; nothing is written then.
    """
    data = _read(workspace, path)
    if not is_protected(data):
        raise AuditDesktopError(FaultCode.NOT_PROTECTED, str(path))
    plain = _opened(data, path, passphrase)
    workspace.decode(plain, str(path))
    write_new_file(workspace.filesystem, workspace.clock, out, plain)


def _opened(data: bytes, path: Path, passphrase: str) -> bytes:
    if not passphrase:
        raise AuditDesktopError(FaultCode.PASSPHRASE_MISSING, str(path))
    return open_protected(data, passphrase, str(path))


def _read(workspace: Workspace, path: Path) -> bytes:
    return read_audit_bytes(workspace.filesystem, workspace.clock, path)[0]
