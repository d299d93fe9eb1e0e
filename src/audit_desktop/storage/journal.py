"""The journal: every edit is safe on this computer's own disk before the audit file is written again.

One file for each stretch of work. A line is written, and `fsync` has returned, before anybody is told that an edit
is kept. Lines are proven by a checksum and chained, so that a torn or foreign line never costs another one.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Self

from audit_desktop.core.edits import ABSORBED_KEY, Edit, canonical_json
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.record import Record, replace
from audit_desktop.core.strict_json import load_object
from audit_desktop.storage.faults import writing_fault
from audit_desktop.storage.filesystem import make_lasting_folder
from audit_desktop.storage.manifest import is_own_id
from audit_desktop.storage.process import ProcessMark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from audit_desktop.storage.audit_container import Revision
    from audit_desktop.storage.filesystem import Filesystem, WritableFile

JOURNAL_SUFFIX: Final = ".journal"
FRAMEWORK_SUFFIX: Final = ".framework.json"
_FORMAT: Final = 1
_TAKEN_BACK, _WITHDRAWN = "taken-back", "withdrawn"
_CRC_LENGTH, _CHAIN_LENGTH = 8, 64
_START_OF_CHAIN: Final = "0" * _CHAIN_LENGTH


class JournalHeader(Record):
    """What a journal is about: which audit, in which file, at which revision of it, and who is at work.

    `path` is empty while the audit was never saved, and `base_doc_rev` then too.
    """

    audit_id: str
    sitting: str
    path: str
    base_doc_rev: str
    framework_id: str
    framework_version: str
    framework_sha256: str
    started_at: str
    process: ProcessMark

    def to_json(self) -> dict[str, Any]:
        """Return the header as its JSON object."""
        return {
            "kind": "header",
            "format": _FORMAT,
            "audit_id": self.audit_id,
            "sitting": self.sitting,
            "path": self.path,
            "base_doc_rev": self.base_doc_rev,
            "framework": {
                "id": self.framework_id,
                "version": self.framework_version,
                "sha256": self.framework_sha256,
            },
            "started_at": self.started_at,
            "process": self.process.to_json(),
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        """Return the header; raises `KeyError`, `TypeError` or `ValueError` if `document` is none."""
        framework = document["framework"]
        header = cls(
            audit_id=document["audit_id"],
            sitting=document["sitting"],
            path=document["path"],
            base_doc_rev=document["base_doc_rev"],
            framework_id=framework["id"],
            framework_version=framework["version"],
            framework_sha256=framework["sha256"],
            started_at=document["started_at"],
            process=ProcessMark.from_json(document["process"]),
        )
        texts = (header.audit_id, header.sitting, header.path, header.base_doc_rev, header.framework_sha256)
        if not all(type(text) is str for text in texts) or not is_own_id(header.audit_id):
            raise TypeError("the header is none")
        return header


class JournalContent(Record):
    """What a journal file holds.

    `is_closed` says that the work in it ended in order; it may still hold edits that no document took.
    `damaged_lines` were torn or changed and are left out.
    """

    header: JournalHeader | None
    edits: tuple[Edit, ...]
    checkpoints: tuple[dict[str, Any], ...]
    is_closed: bool
    damaged_lines: int


class Journal:
    """The journal of one stretch of work on one audit. One thread at a time may use it.

    The first file is made with the first edit. After an error the file is never used again: what no verified
    document holds is written to a new one.
    """

    def __init__(self, filesystem: Filesystem, folder: Path, header: JournalHeader, framework_source: bytes) -> None:
        self._filesystem = filesystem
        self._folder = folder / header.audit_id
        self._header = header
        self._framework_source = framework_source
        self._file: WritableFile | None = None
        self._path: Path | None = None
        self._chain = _START_OF_CHAIN
        self._number = 0
        self._open_edits: dict[str, Edit] = {}
        self._typing: dict[str, Edit] = {}
        self._withdrawn: set[str] = set()
        self._spent: list[Path] = []
        self._old: list[Path] = []

    @property
    def unsaved_count(self) -> int:
        """How many edits no verified document holds yet."""
        return len(self._open_edits)

    def append(self, edits: Iterable[Edit]) -> None:
        """Return once `edits` are safe on this computer.

        Raises `AuditDesktopError` if neither the file nor a new one takes them; they are tried again together with
        those of the next call, and count as unsaved.
        """
        new = {edit.id: edit for edit in edits}
        self._open_edits |= new
        self._withdrawn -= new.keys()
        for edit in new.values():
            self._typing.pop(edit.address, None)
        if not new and self._file is not None:
            return
        if self._file is not None:
            try:
                self._write(self._file, [edit.to_json() | {"id": edit.id} for edit in new.values()])
            except OSError:
                # Never tried again on this file: after a failed fsync the next one may say yes without the data.
                self._abandon()
            else:
                return
        if self._open_edits:
            self._start_file()

    def append_typing(self, edits: Iterable[Edit]) -> None:
        """Return once `edits` are safe, which a person is still typing: an edit of the same address replaces each.

        Without any, what was being typed is taken back. Raises `AuditDesktopError` as `append` does.
        """
        before, self._typing = self._typing, {edit.address: edit for edit in edits}
        if not self._typing and not before:
            return
        if self._file is not None:
            try:
                self._write(self._file, self._typing_records() or [{"kind": _TAKEN_BACK}])
            except OSError:
                self._abandon()
            else:
                return
        if self._typing:
            self._start_file()

    def withdraw(self, edits: Iterable[Edit]) -> None:
        """Return once nobody is offered `edits` any more, which this journal held and something else keeps.

        Raises `AuditDesktopError` as `append` does.
        """
        # With each the steps of typing that it took in: no log holds them.
        withdrawn = {edit_id for edit in edits for edit_id in (edit.id, *edit.extra.get(ABSORBED_KEY, ()))}
        self._withdrawn.update(withdrawn)
        for edit_id in withdrawn:
            self._open_edits.pop(edit_id, None)
        if self._file is not None:
            try:
                self._write(self._file, self._withdrawn_records())
            except OSError:
                self._abandon()
            else:
                return
        if self._old or self._spent:
            self._start_file()

    def checkpoint(self, revision: Revision, path: Path, saved: Iterable[Edit]) -> None:
        """Note that the file at `path` was proven to hold the edits `saved`, and with them those that they replace.

        The journal file of before the last checkpoint is removed; the one that ends here stays until the next.
        Raises `AuditDesktopError` if edits that the file does not hold could not be carried over.
        """
        for edit in saved:
            # What it replaces is in the file too, or was a step of typing that was left out on purpose.
            for edit_id in (edit.id, *edit.replaces):
                self._open_edits.pop(edit_id, None)
        self._typing.clear()
        if self._file is not None:
            record = {"kind": "checkpoint", "path": str(path), "doc_rev": revision.doc_rev, "sha256": revision.sha256}
            with suppress(OSError):
                self._write(self._file, [record])
            self._abandon()
        self._header = replace(self._header, path=str(path), base_doc_rev=revision.doc_rev)
        removable, self._old, self._spent = self._old, [*self._old, *self._spent], []
        if self._open_edits:
            self._start_file()
        self._old = [*self._remove(removable), *self._old[len(removable) :]]

    def close(self) -> None:
        """Close the journal. If every edit is in a verified document its files are removed, and else kept."""
        if self._file is not None:
            with suppress(OSError):
                self._write(self._file, [{"kind": "closed"}])
        self._abandon()
        if not self._open_edits:
            self._remove([*self._old, *self._spent])
            self._old, self._spent = [], []

    def _start_file(self) -> None:
        try:
            self._keep_framework()
            self._number += 1
            path = self._folder / f"{self._header.sitting}-{self._number}{JOURNAL_SUFFIX}"
            self._file = self._filesystem.create_exclusive(path, is_private=True)
            self._path, self._chain = path, _START_OF_CHAIN
            edits = [edit.to_json() | {"id": edit.id} for edit in self._open_edits.values()]
            # What was withdrawn first: a file of before may hold it, and what came in again since is among the edits.
            records = [self._header.to_json(), *self._withdrawn_records(), *edits, *self._typing_records()]
            self._write(self._file, records)
            self._filesystem.fsync_folder(self._folder)
        except OSError as error:
            self._abandon()
            raise writing_fault(error, self._folder) from error

    def _remove(self, paths: list[Path]) -> list[Path]:
        """Remove files of this journal, the oldest first, and return those that could not be removed.

        None outlives a later one, not even in a power cut: the later one may say that edits of it were withdrawn.
        """
        for number, path in enumerate(paths):
            try:
                with suppress(FileNotFoundError):
                    self._filesystem.remove(path)
                self._filesystem.fsync_folder(self._folder)
            except OSError:
                return paths[number:]
        return []

    def _withdrawn_records(self) -> list[dict[str, Any]]:
        return [{"kind": _WITHDRAWN, "ids": sorted(self._withdrawn)}] if self._withdrawn else []

    def _typing_records(self) -> list[dict[str, Any]]:
        return [edit.to_json() | {"id": edit.id, "kind": "typing"} for edit in self._typing.values()]

    def _keep_framework(self) -> None:
        """Keep the framework beside the journals, so that an audit that was never saved can be put together again."""
        path = self._folder / f"{self._header.framework_sha256}{FRAMEWORK_SUFFIX}"
        make_lasting_folder(self._filesystem, self._folder)
        if self._filesystem.exists(path) and self._filesystem.stat(path).size == len(self._framework_source):
            return
        if self._filesystem.exists(path):
            self._filesystem.remove(path)
        file = self._filesystem.create_exclusive(path, is_private=True)
        try:
            file.write(self._framework_source)
            file.fsync()
        finally:
            file.close()

    def _write(self, file: WritableFile, records: list[dict[str, Any]]) -> None:
        lines: list[str] = []
        chain = self._chain
        for record in records:
            line, chain = _line(record, chain)
            lines.append(line)
        file.write("".join(lines).encode("utf-8"))
        file.fsync()
        self._chain = chain

    def _abandon(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        if self._path is not None:
            self._spent.append(self._path)
        self._file = self._path = None


def read_journal(data: bytes) -> JournalContent:
    """Return what the journal file `data` holds; whatever its bytes are, nothing is raised.

    The files of one sitting, in their order and one after the other, are read as one. An edit counts only if its id is
    what the edit says; lines that are damaged cost only themselves.
    """
    header: JournalHeader | None = None
    edits: dict[str, Edit] = {}
    typing: dict[str, Edit] = {}
    checkpoints: list[dict[str, Any]] = []
    is_closed = False
    damaged = 0
    for line in data.split(b"\n"):
        if not line:
            continue
        try:
            record = _record(line)
            kind = record.pop("kind", "edit")
            if kind == "header":
                header = header or JournalHeader.from_json(record)
            elif kind == "checkpoint":
                checkpoints.append(record)
                typing.clear()
            elif kind == "closed":
                is_closed = True
            elif kind == _TAKEN_BACK:
                typing.clear()
            elif kind == _WITHDRAWN:
                for edit_id in record["ids"]:
                    edits.pop(edit_id, None)
            elif kind in ("edit", "typing"):
                claimed = record.pop("id")
                edit = Edit.from_json(record)
                if edit.id != claimed:
                    raise ValueError("the id is not what the edit says")
                if kind == "typing":
                    typing[edit.address] = edit
                else:
                    edits[edit.id] = edit
                    typing.pop(edit.address, None)
        except (AuditDesktopError, KeyError, TypeError, ValueError, AttributeError):
            damaged += 1
    edits |= {edit.id: edit for edit in typing.values()}
    return JournalContent(header, tuple(edits.values()), tuple(checkpoints), is_closed, damaged)


def chain_is_whole(data: bytes) -> bool:
    """Return whether the lines of the journal file `data` follow one another with none missing but the last."""
    chain = _START_OF_CHAIN
    lines = [line for line in data.split(b"\n") if line]
    for number, line in enumerate(lines, 1):
        text = line[_CRC_LENGTH + _CHAIN_LENGTH + 2 :]
        expected = sha256(chain.encode("ascii") + text).hexdigest()
        if line[_CRC_LENGTH + 1 : _CRC_LENGTH + 1 + _CHAIN_LENGTH] != expected.encode("ascii"):
            return number == len(lines)
        chain = expected
    return True


def _line(record: dict[str, Any], chain: str) -> tuple[str, str]:
    """Return `record` as a line and the chain that it ends with.

    It begins with a line end, so that a torn line before it cannot swallow it.
    """
    text = canonical_json(record)
    chain = sha256((chain + text).encode("utf-8")).hexdigest()
    body = f"{chain} {text}"
    return f"\n{zlib.crc32(body.encode('utf-8')):08x} {body}\n", chain


def _record(line: bytes) -> dict[str, Any]:
    body = line[_CRC_LENGTH + 1 :]
    if int(line[:_CRC_LENGTH], 16) != zlib.crc32(body):
        raise ValueError("the checksum does not fit")
    return load_object(body[_CHAIN_LENGTH + 1 :], "journal")
