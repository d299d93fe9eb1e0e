"""What `Audit.extra` says about attached files: whose bytes the audit's file holds, will hold, or lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.attachments import BYTES_PREFIX, MISSING_PREFIX, listed_digests
from audit_desktop.storage.attachment_store import FOLDER
from audit_desktop.storage.manifest import EntryMark
from audit_desktop.storage.zip_format import OutsideEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit_desktop.core.audit import Audit


def note_in_file(audit: Audit, attached: Mapping[str, OutsideEntry]) -> None:
    """Note that the file of `audit` holds the bytes of the files `attached`, by the names of their entries.

    One that was taken out for good while the file was being written is not noted: the next save would bring it back.
    """
    listed = listed_digests(audit.state.all_heads())
    for name, entry in attached.items():
        digest = name.removeprefix(FOLDER)
        if digest in listed:
            audit.extra.setdefault(BYTES_PREFIX + digest, (entry, EntryMark(digest, entry.size)))
        audit.extra.pop(MISSING_PREFIX + digest, None)


def note_listed(audit: Audit) -> None:
    """Note that the file of `audit` will hold the bytes of every file that it lists, as the next save sees to."""
    for digest, size in listed_digests(audit.state.all_heads()).items():
        if MISSING_PREFIX + digest not in audit.extra:
            entry = OutsideEntry(FOLDER + digest, None, size)
            audit.extra.setdefault(BYTES_PREFIX + digest, (entry, EntryMark(digest, size)))
