"""Writing an audit's file with its attached files, whose bytes are found on the way and never all in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.attached_bytes import AttachedBytes
from audit_desktop.storage.attachment_store import FOLDER
from audit_desktop.storage.audit_container import lay_out, wanted_attachments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audit_desktop.storage.attachment_store import AttachmentStore
    from audit_desktop.storage.audit_container import Layout, Snapshot
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem
    from audit_desktop.storage.zip_format import OutsideEntry

_Result = TypeVar("_Result")
_NOT_AS_THEY_SHOULD_BE = (FaultCode.ATTACHMENT_DAMAGED, FaultCode.ATTACHMENT_MISSING)


class ContainerWriting:
    """Lays a file out and gives its bytes to whoever writes them.

    `attached` are the attached files that are in it, by their names there; `missing` the SHA-256 of those that should
    be and whose bytes are nowhere.
    """

    def __init__(self, filesystem: Filesystem, clock: Clock, store: AttachmentStore | None, *containers: Path) -> None:
        """Find attached files in the `store`, in the `containers`, and in those that they were read from."""
        self.bytes = AttachedBytes(filesystem, clock, store, *containers)
        self.attached: dict[str, OutsideEntry] = {}
        self.missing: tuple[str, ...] = ()

    def write(
        self, snapshot: Snapshot, parent_revs: tuple[str, ...], put: Callable[[Layout, Iterator[bytes]], _Result]
    ) -> _Result:
        """Return what `put` makes of the layout of `snapshot` and the pieces that its file consists of.

        `put` is called again where an attached file was found, while its bytes were read, not to be as it should:
        it raises what the pieces raise, with nothing written.
        """
        while True:
            wanted = wanted_attachments(snapshot)
            found = {name: self.bytes.find(entry) for name, entry in wanted.items()}
            self.attached = {name: entry for name, entry in found.items() if entry is not None}
            self.missing = tuple(sorted(name.removeprefix(FOLDER) for name in wanted.keys() - self.attached.keys()))
            layout = lay_out(snapshot, parent_revs, self.attached)
            try:
                return put(layout, self._pieces(layout))
            except AuditDesktopError as error:
                # The place is known to be bad by now: the bytes are looked for elsewhere, and else are missing.
                if error.code not in _NOT_AS_THEY_SHOULD_BE:
                    raise

    def _pieces(self, layout: Layout) -> Iterator[bytes]:
        for part in layout.parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield from self.bytes.pieces(part)
