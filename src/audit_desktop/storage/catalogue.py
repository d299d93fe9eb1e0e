"""The installed frameworks: those that came with the program, those a person added, and what is wrong with any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, FaultCode, ManyFaultsError
from audit_desktop.core.record import Record, replace
from audit_desktop.core.semantic_version import is_draft, precedence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from audit_desktop.core.framework import Framework
    from audit_desktop.storage.filesystem import Filesystem
    from audit_desktop.storage.known_good import KnownGood

OUR_OWN_FILES = frozenset({"framework.schema.json", "checked.json"})
"""What lies beside the frameworks and is none."""
_LARGE = 1_000_000


class CatalogueEntry(Record):
    """One framework file. With faults it cannot be used, and its id and version are those of its path."""

    id: str
    version: str
    title: str
    summary: str
    path: Path
    faults: tuple[AuditDesktopError, ...] = ()
    _data: bytes = b""
    _framework: Framework | None = None

    def read(self) -> bytes:
        """Return the exact bytes of the file as they were checked, for the copy inside an audit.

        Raises `ManyFaultsError` if it has faults.
        """
        self._refuse_faults()
        return self._data

    def framework(self) -> Framework:
        """Return the framework; raises `ManyFaultsError` if it has faults."""
        if self._framework is None:
            self._refuse_faults()
            raise ValueError(self.path)  # an entry has faults or a framework
        return self._framework

    def _refuse_faults(self) -> None:
        if self.faults:
            raise ManyFaultsError(FaultCode.FRAMEWORK_INVALID, str(self.path), self.faults)


class Catalogue:
    """The frameworks in some folders, each at `<id>/<version>.json`; read once, when first asked."""

    def __init__(self, filesystem: Filesystem, folders: Sequence[Path], known_good: KnownGood) -> None:
        """Look into `folders`, those of the program first; a folder that is missing has no frameworks."""
        self._filesystem = filesystem
        self._folders = tuple(folders)
        self._known_good = known_good
        self._entries: tuple[CatalogueEntry, ...] | None = None

    def entries(self) -> tuple[CatalogueEntry, ...]:
        """Return every framework file by id, oldest version first; a broken one with all its faults, unversioned last.

        Of two files with the same id and version the one in the later folder has the fault `FRAMEWORK_TWICE`, or is
        left out if both are the same to the byte.
        """
        if self._entries is None:
            self._entries = tuple(sorted(self._without_repeats(), key=_order))
        return self._entries

    def refresh(self) -> None:
        """Forget what was read, so that files added since are found."""
        self._entries = None

    def find(self, framework_id: str, version: str | None = None) -> CatalogueEntry:
        """Return the framework called `framework_id`, in its newest version that is no draft unless `version` says so.

        Drafts such as `2.0.0-draft` are found only by their version or where there is nothing else. Raises
        `FRAMEWORK_UNKNOWN` with the details `known` (ids), `FRAMEWORK_VERSION_UNKNOWN` with `version` and `known`
        (versions), and `ManyFaultsError` where the file is there and broken.
        """
        named = [entry for entry in self.entries() if entry.id == framework_id]
        usable = [entry for entry in named if not entry.faults]
        wanted = [entry for entry in usable if version in (None, entry.version)]
        if wanted:
            return max(wanted, key=lambda entry: (not is_draft(entry.version), precedence(entry.version)))
        for entry in named:
            if version in (None, entry.version):
                raise ManyFaultsError(FaultCode.FRAMEWORK_INVALID, str(entry.path), entry.faults)
        if usable:
            known = tuple(entry.version for entry in usable)
            raise AuditDesktopError(
                FaultCode.FRAMEWORK_VERSION_UNKNOWN, framework_id, version=version or "", known=known
            )
        known = tuple(dict.fromkeys(entry.id for entry in self.entries() if not entry.faults))
        raise AuditDesktopError(FaultCode.FRAMEWORK_UNKNOWN, framework_id, known=known)

    def _without_repeats(self) -> Iterator[CatalogueEntry]:
        first: dict[tuple[str, str], tuple[CatalogueEntry, bytes]] = {}
        for path, framework_id, version in self._files():
            entry, data = self._entry(path, framework_id, version)
            other, other_data = first.get((entry.id, entry.version), (None, b""))
            if entry.faults or other is None:
                if not entry.faults:
                    first[entry.id, entry.version] = (entry, data)
                yield entry
            elif data != other_data:
                twice = AuditDesktopError(FaultCode.FRAMEWORK_TWICE, str(path), other=str(other.path))
                yield replace(entry, faults=(twice,), _framework=None)

    def _files(self) -> Iterator[tuple[Path, str, str]]:
        """Yield every framework file with the id and the version of its path, both empty for one in the wrong place."""
        for folder in self._folders:
            for name in self._names(folder):
                if self._filesystem.is_folder(folder / name):
                    for file_name in self._names(folder / name):
                        if file_name.endswith(".json"):
                            yield folder / name / file_name, name, file_name.removesuffix(".json")
                elif name.endswith(".json") and name not in OUR_OWN_FILES:
                    yield folder / name, "", ""

    def _names(self, folder: Path) -> list[str]:
        try:
            names = self._filesystem.list_folder(folder)
        except OSError:
            return []
        return [name for name in names if not name.startswith((".", "~"))]

    def _entry(self, path: Path, framework_id: str, version: str) -> tuple[CatalogueEntry, bytes]:
        broken = CatalogueEntry(framework_id or path.stem, version, path.name, "", path)
        try:
            data = self._read(path)
            framework = self._known_good.framework(data, str(path))
        except ManyFaultsError as error:
            return replace(broken, faults=error.faults), b""
        except OSError:
            return replace(broken, faults=(AuditDesktopError(FaultCode.FILE_UNREADABLE, str(path)),)), b""
        faults: tuple[AuditDesktopError, ...] = ()
        if (framework.id, framework.version) != (framework_id, version):
            expected = f"{framework.id}/{framework.version}.json"
            faults = (AuditDesktopError(FaultCode.FRAMEWORK_MISPLACED, str(path), expected=expected),)
            return replace(broken, title=framework.title, summary=framework.summary, faults=faults), b""
        return (
            CatalogueEntry(
                framework.id, framework.version, framework.title, framework.summary, path, (), data, framework
            ),
            data,
        )

    def _read(self, path: Path) -> bytes:
        size = self._filesystem.stat(path).size
        if size > _LARGE:
            # Only here, since the limit comes with pydantic: nothing that came with the program is so large.
            from audit_desktop.core.framework_check import MAX_BYTES

            if size > MAX_BYTES:
                fault = AuditDesktopError(FaultCode.FRAMEWORK_TOO_LARGE, "", bytes=size, at_most_bytes=MAX_BYTES)
                raise ManyFaultsError(FaultCode.FRAMEWORK_INVALID, str(path), (fault,))
        return self._filesystem.read_bytes(path)


def _order(entry: CatalogueEntry) -> tuple[str, bool, object, str]:
    # The version of a broken file is only the name of that file.
    return entry.id, bool(entry.faults), () if entry.faults else precedence(entry.version), str(entry.path)
