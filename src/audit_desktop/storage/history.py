"""The history of an audit as a file holds it: one edit a line, unread until somebody asks for it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from audit_desktop.core.edits import Edit, canonical_json, edits_by_id
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge import in_log_order
from audit_desktop.core.strict_json import load_object
from audit_desktop.storage.zip_format import ZipEntry, ZipFormatError

if TYPE_CHECKING:
    from collections.abc import Iterable

HISTORY_NAME: Final = "history.jsonl"


class History:
    """The edits that a file holds; calling it reads them. It never changes, so any thread may use it."""

    def __init__(self, entry: ZipEntry, digest: str, count: int, place: str) -> None:
        self._entry = entry
        self._digest = digest
        self._place = place
        self.count = count

    def __call__(self) -> list[Edit]:
        """Return the edits in the order of the log, each with its id worked out from what it says.

        Raises `AuditDesktopError` if the history is damaged.
        """
        edits: dict[str, Edit] = {}
        for number, line in enumerate(self.text().splitlines(), 1):
            edit = self._edit(line, number)
            edits[edit.id] = edit
        if len(edits) != self.count:
            raise self._damaged(f"{len(edits)} edits instead of {self.count}")
        return sorted(edits.values(), key=in_log_order)

    def text(self) -> bytes:
        """Return the lines as they stand in the file; raises `AuditDesktopError` if they are damaged."""
        try:
            text = self._entry.unpack()
        except ZipFormatError as error:
            raise self._damaged(error.problem) from None
        if sha256(text).hexdigest() != self._digest:
            raise self._damaged("checksum")
        return text

    def text_with(self, later: Iterable[Edit]) -> tuple[bytes, int]:
        """Return the lines together with those of `later`, in the order of the log, and how many there are."""
        added = sorted({edit.id: edit for edit in later}.values(), key=in_log_order)
        text = self.text()
        if not added:
            return text, self.count
        last_line = text[text.rfind(b"\n", 0, -1) + 1 : -1]
        if last_line and in_log_order(added[0]) > in_log_order(self._edit(last_line, self.count)):
            # What is newer than everything in the file cannot be in it yet: the lines need no second reading.
            return text + history_text(added), self.count + len(added)
        union = edits_by_id(self(), added)
        return history_text(sorted(union.values(), key=in_log_order)), len(union)

    def _edit(self, line: bytes, number: int) -> Edit:
        try:
            return Edit.from_json(load_object(line, f"{self._place}: {HISTORY_NAME}:{number}"))
        except (KeyError, TypeError, ValueError) as error:
            raise self._damaged(f"line {number}: {error}") from None
        except AuditDesktopError as error:
            raise self._damaged(f"line {number}: {error.details.get('problem', '')}") from None

    def _damaged(self, problem: str) -> AuditDesktopError:
        return AuditDesktopError(FaultCode.AUDIT_DAMAGED, self._place, entry=HISTORY_NAME, problem=problem)


def history_text(edits: Iterable[Edit]) -> bytes:
    """Return the lines of `edits`; the SHA-256 of a line without its end is the edit's id, unless it is withheld."""
    return "".join(canonical_json(edit.to_json()) + "\n" for edit in edits).encode("utf-8")
