"""Recovery: edits that the journals hold and the audit file does not, shown before anything is done with them."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from audit_desktop.core.attachments import listed_digests
from audit_desktop.core.audit import Audit
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.framework import Framework
from audit_desktop.core.merge import Merge, in_log_order, merge_audits
from audit_desktop.core.sign_off import is_sign_off_address
from audit_desktop.storage.faults import patiently
from audit_desktop.storage.journal import (
    FRAMEWORK_SUFFIX,
    JOURNAL_SUFFIX,
    JournalContent,
    JournalHeader,
    read_journal,
)
from audit_desktop.storage.process import ProcessMark

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.core.edits import Edit
    from audit_desktop.storage.clock import Clock
    from audit_desktop.storage.filesystem import Filesystem

DAYS_KEPT: Final = 30
_SET_ASIDE_SUFFIX: Final = ".set-aside"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_DAY: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class LostWork:
    """The edits of one audit that journals of programs no longer running hold.

    `edits` are in the order they were made, and none if all were withdrawn; which of them a file lacks is what
    `missing_from` tells.
    """

    audit_id: str
    header: JournalHeader
    edits: tuple[Edit, ...]
    journals: tuple[Path, ...]
    damaged_lines: int

    @property
    def path(self) -> Path | None:
        """Where the audit file was; `None` if it was never saved."""
        return Path(self.header.path) if self.header.path else None


class Needless(NamedTuple):
    """The journals of an audit that hold nothing but what it has, those of a sitting in their order.

    `with_work` counts the sittings whose journals hold more; `is_in_use` says that a program that runs writes one.
    """

    paths: tuple[Path, ...]
    with_work: int
    is_in_use: bool


class Recovery:
    """The journals in one folder."""

    def __init__(
        self,
        filesystem: Filesystem,
        clock: Clock,
        folder: Path,
        is_gone: Callable[[JournalHeader], bool] = lambda header: header.process.is_gone(),
    ) -> None:
        self._filesystem = filesystem
        self._clock = clock
        self._folder = folder
        self._is_gone = is_gone

    def all(self) -> tuple[LostWork, ...]:
        """Return what the journals of programs no longer running hold, each audit once, the newest work first.

        Whether the audit's file lacks any of it is for the caller to find out, with `missing_from`.
        """
        found = [self.of_audit(name) for name in self._list(self._folder)]
        # Work of which nobody knows any more in which file it was done is found when its audit is opened.
        named = [work for work in found if work is not None and work.edits and work.header.started_at]
        return tuple(sorted(named, key=lambda work: work.edits[-1].at, reverse=True))

    def of_audit(self, audit_id: str, *, put_away: bool = False) -> LostWork | None:
        """Return what the journals of one audit hold, or `None` if there is nothing.

        With `put_away` it is what those hold that are offered no more and not removed yet.
        """
        edits: dict[str, Edit] = {}
        journals: list[Path] = []
        headers: list[JournalHeader] = []
        damaged = 0
        for paths in self._sittings(audit_id, _SET_ASIDE_SUFFIX if put_away else JOURNAL_SUFFIX):
            with suppress(OSError):
                content = self._content(paths)
                if content.header is not None and content.header.audit_id != audit_id:
                    continue
                if content.header is not None and not content.is_closed and not self._is_left(content.header, paths):
                    continue
                if content.header is not None:
                    headers.append(content.header)
                edits |= {edit.id: edit for edit in content.edits}
                damaged += content.damaged_lines
                journals += paths
        if not journals:
            return None
        # A journal whose first line is damaged says no more which file it was about; what was written is in it still.
        header = max(headers, key=lambda header: header.started_at, default=_nameless(audit_id))
        return LostWork(audit_id, header, tuple(sorted(edits.values(), key=in_log_order)), tuple(journals), damaged)

    def framework_of(
        self, work: LostWork, is_known_good: Callable[[str], bool] = lambda _: False
    ) -> tuple[Framework, bytes]:
        """Return the framework that the work was done with, and its file's bytes.

        Raises `AuditDesktopError` if it is not there or does not pass the full check.
        """
        path = self._folder / work.audit_id / f"{work.header.framework_sha256}{FRAMEWORK_SUFFIX}"
        try:
            source = self._filesystem.read_bytes(path)
        except OSError:
            source = b""
        if sha256(source).hexdigest() != work.header.framework_sha256:
            raise AuditDesktopError(
                FaultCode.FRAMEWORK_VERSION_UNKNOWN, work.header.framework_id, version=work.header.framework_version
            )
        if is_known_good(work.header.framework_sha256):
            return Framework.build(json.loads(source)), source
        from audit_desktop.core.framework_check import check_framework

        return check_framework(source, str(path)), source

    def set_aside(self, work: LostWork) -> None:
        """Keep the journals of `work` under other names, so that they are not offered again; 30 days they are kept."""
        stamp = self._clock.now().strftime(_STAMP)
        # None before an earlier one of its sitting: it may say that edits of that one were withdrawn.
        with suppress(OSError):
            for journal in work.journals:
                self._filesystem.replace(journal, journal.with_name(f"{journal.name}.{stamp}{_SET_ASIDE_SUFFIX}"))
        with suppress(OSError):
            self._filesystem.fsync_folder(self._folder / work.audit_id)

    def forget(self, work: LostWork) -> None:
        """Put away the journals of `work`, whose edits a verified file holds now."""
        self.set_aside(work)

    def attached_digests(self, audit_id: str) -> set[str]:
        """Return the SHA-256 of the attached files that the journals of an audit name, those put away included.

        Raises `OSError` if a journal cannot be read: what it names is not known then.
        """
        folder = self._folder / audit_id
        needed: set[str] = set()
        with suppress(FileNotFoundError):
            for name in self._filesystem.list_folder(folder):
                if name.endswith((JOURNAL_SUFFIX, _SET_ASIDE_SUFFIX)):
                    # Another program may put one away or remove it meanwhile.
                    with suppress(FileNotFoundError):
                        content = read_journal(self._filesystem.read_bytes(folder / name))
                        needed |= listed_digests({edit.address: (edit,) for edit in content.edits}).keys()
        return needed

    def needless(self, audit: Audit) -> Needless:
        """Return which journals of `audit`, those put away too, hold nothing that it lacks; nothing is removed."""
        paths: list[Path] = []
        with_work, is_in_use = 0, False
        for found in (*self._sittings(audit.id, JOURNAL_SUFFIX), *self._sittings(audit.id, _SET_ASIDE_SUFFIX)):
            try:
                content = self._content(found)
                header = content.header or _nameless(audit.id)
                if content.header is not None and not content.is_closed and not self._is_left(header, found):
                    is_in_use = True
                elif missing_from(audit, LostWork(audit.id, header, content.edits, tuple(found), 0)):
                    with_work += 1
                else:
                    paths += found
            except OSError:
                with_work += 1
        if not with_work and not is_in_use:
            folder = self._folder / audit.id
            paths += [folder / name for name in self._list(folder) if name.endswith(FRAMEWORK_SUFFIX)]
        return Needless(tuple(paths), with_work, is_in_use)

    def sweep(self) -> None:
        """Remove journals that were put away, and frameworks beside them, once they are older than 30 days.

        One that was not put away is never removed, however old it is.
        """
        for audit_id in self._list(self._folder):
            folder = self._folder / audit_id
            for name in self._list(folder):
                if name.endswith(_SET_ASIDE_SUFFIX):
                    self._remove_old(folder / name)
            names = self._list(folder)
            if not any(name.endswith((JOURNAL_SUFFIX, _SET_ASIDE_SUFFIX)) for name in names):
                for name in names:
                    if name.endswith(FRAMEWORK_SUFFIX):
                        self._remove_old(folder / name)

    def _remove_old(self, path: Path) -> None:
        """Remove the file at `path` once 30 days have passed since it was written, and since it was put away."""
        with suppress(OSError):
            since = max(self._filesystem.stat(path).mtime, _put_away_at(path.name))
            if self._clock.now().timestamp() - since > DAYS_KEPT * _DAY:
                self._filesystem.remove(path)

    def _content(self, paths: list[Path]) -> JournalContent:
        """Return what the journals of one sitting hold together; raises `OSError` if one cannot be read."""
        read = self._filesystem.read_bytes
        return read_journal(b"".join(patiently(self._clock, partial(read, path)) for path in paths))

    def _is_left(self, header: JournalHeader, paths: list[Path]) -> bool:
        """Return whether the program that wrote `paths` is gone; where nobody can tell, after a day without a word.

        One that runs writes its file within ten minutes, and begins another journal with the next edit. Raises
        `OSError` if a journal is not there any more.
        """
        if self._is_gone(header):
            return True
        last = max(self._filesystem.stat(path).mtime for path in paths)
        return not header.process.can_be_told and self._clock.now().timestamp() - last > _DAY

    def _sittings(self, audit_id: str, suffix: str) -> list[list[Path]]:
        """Return an audit's journals whose names end with `suffix`, those of one sitting together in their order."""
        folder = self._folder / audit_id
        sittings: dict[str, list[tuple[int, Path]]] = {}
        for name in self._list(folder):
            if name.endswith(suffix):
                sitting, _, number = name.partition(JOURNAL_SUFFIX)[0].rpartition("-")
                place = int(number) if number.isdecimal() else 0
                sittings.setdefault(sitting, []).append((place, folder / name))
        return [[path for _, path in sorted(found)] for found in sittings.values()]

    def _list(self, folder: Path) -> list[str]:
        try:
            return self._filesystem.list_folder(folder)
        except OSError:
            return []


def _put_away_at(name: str) -> float:
    """Return when the journal `name` was put away, in seconds since 1970, or 0 if its name does not say."""
    try:
        stamp = name.removesuffix(_SET_ASIDE_SUFFIX).rpartition(".")[2]
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


def _nameless(audit_id: str) -> JournalHeader:
    return JournalHeader(audit_id, "", "", "", "", "", "", "", ProcessMark("", 0, ""))


def missing_from(audit: Audit, work: LostWork) -> tuple[Edit, ...]:
    """Return the edits of `work` that a person would miss in `audit`, in the order they were made.

    One that another replaces, together with everything it replaced itself, was a step on the way and is not missed.
    Neither is the record of a sign-off whose seal `audit` lacks: seals are written with the file, and in no journal.
    """
    known = audit.log.all()
    candidates = {edit.id: edit for edit in _sealed(audit, work.edits) if edit.id not in known}
    if not candidates:
        return ()
    successors: dict[str, list[Edit]] = {}
    for edit in (*known.values(), *candidates.values()):
        for replaced in edit.replaces:
            if replaced in candidates:
                successors.setdefault(replaced, []).append(edit)
    return tuple(
        edit
        for edit in candidates.values()
        if not any(set(edit.replaces) <= set(successor.replaces) for successor in successors.get(edit.id, ()))
    )


def _sealed(audit: Audit, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return `edits` without the records of sign-offs whose seals `audit` lacks: such a record looks forged."""
    if not any(is_sign_off_address(edit.address) for edit in edits):
        return edits
    from audit_desktop.storage.seals import seals_of

    seals, _ = seals_of(audit)
    return tuple(
        edit
        for edit in edits
        if not is_sign_off_address(edit.address)
        or any(seal_id.startswith(edit.address.split("/")[1]) for seal_id in seals)
    )


def merge_lost_work(audit: Audit, work: LostWork) -> Merge:
    """Return the merge of `audit` with what is missing from it and the steps that led there.

    Doing so twice changes nothing more. Raises `AuditDesktopError` if `work` is another audit's.
    """
    candidates = {edit.id: edit for edit in work.edits}
    wanted: dict[str, Edit] = {}
    open_edits = list(missing_from(audit, work))
    while open_edits:
        edit = open_edits.pop()
        if edit.id not in wanted:
            wanted[edit.id] = edit
            open_edits += [candidates[replaced] for replaced in edit.replaces if replaced in candidates]
    ordered = sorted(wanted.values(), key=in_log_order)
    return merge_audits(audit, Audit.from_edits(work.audit_id, audit.framework, audit.framework_source, ordered))
