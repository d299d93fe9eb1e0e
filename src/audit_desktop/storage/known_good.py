"""Frameworks that were checked before, known by the hash of their bytes, so that no start pays for the check again."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from audit_desktop.core.framework import Framework

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from audit_desktop.storage.filesystem import Filesystem

MOST_REMEMBERED = 500


class KnownGood:
    """The frameworks that need no check, and the one door through which a framework's bytes become a framework."""

    def __init__(self, filesystem: Filesystem, published: Path, remembered: Path, app_version: str) -> None:
        """Use the list `published` with the program, and the list `remembered` on this computer.

        What another version than `app_version` remembered is checked again: the rules may have become stricter.
        """
        self._filesystem = filesystem
        self._remembered = remembered
        self._app_version = app_version
        self._published: frozenset[str] = frozenset(_hashes(self._read(published)))
        self._own: dict[str, None] | None = None

    def knows(self, own_hash: str) -> bool:
        """Return whether the framework whose bytes have the SHA-256 `own_hash` was checked before."""
        return own_hash in self._published or own_hash in self._remembered_hashes()

    def framework(self, data: bytes, place: str) -> Framework:
        """Return the framework in `data`, a file called `place`, checked now unless it was checked before.

        Raises `ManyFaultsError` as `check_framework` does.
        """
        own_hash = hashlib.sha256(data).hexdigest()
        if self.knows(own_hash):
            return Framework.build(json.loads(data))
        # Loads pydantic, which the first window must not wait for.
        from audit_desktop.core.framework_check import check_framework

        framework = check_framework(data, place)
        self.remember(own_hash)
        return framework

    def remember(self, own_hash: str) -> None:
        """Remember that the framework with this SHA-256 passed the check; a disk that refuses is no fault."""
        hashes = self._remembered_hashes()
        hashes[own_hash] = None
        newest = list(hashes)[-MOST_REMEMBERED:]
        document = json.dumps({"version": self._app_version, "sha256": newest}, indent=2).encode()
        # Named by the hash, so that two windows do not write the same file. What is lost here is checked once more.
        new = self._remembered.with_name(f"{self._remembered.name}.{own_hash[:16]}")
        try:
            self._filesystem.make_folder(self._remembered.parent)
            file = self._filesystem.create_exclusive(new, is_private=True)
            try:
                file.write(document)
            finally:
                file.close()
            self._filesystem.replace(new, self._remembered)
        except OSError:
            self._remove(new)

    def _remove(self, path: Path) -> None:
        # What a crash left half written would be in the way for ever.
        with suppress(OSError):
            self._filesystem.remove(path)

    def _remembered_hashes(self) -> dict[str, None]:
        if self._own is None:
            document = self._read(self._remembered)
            is_current = document.get("version") == self._app_version
            self._own = dict.fromkeys(_hashes(document) if is_current else ())
        return self._own

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            document = json.loads(self._filesystem.read_bytes(path))
        except (OSError, ValueError, RecursionError):
            return {}
        return cast("dict[str, Any]", document) if isinstance(document, dict) else {}


def _hashes(document: dict[str, Any]) -> Iterable[str]:
    hashes = document.get("sha256")
    if not isinstance(hashes, list):
        return ()
    return (each for each in cast("list[Any]", hashes) if isinstance(each, str))
