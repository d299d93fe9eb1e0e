"""The entry `manifest.json`: what a container is, which version of which audit, and the checksums of its entries."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self

from audit_desktop.core.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 1
"""The version of the container that this program writes, and the newest that it fully understands."""
MIMETYPE: Final = b"application/vnd.audit-desktop+zip"
MIMETYPE_NAME: Final = "mimetype"
MANIFEST_NAME: Final = "manifest.json"
_LONGEST_ID: Final = 64
_OWN_KEYS: Final = frozenset(
    {"format", "min_reader", "audit_id", "doc_rev", "parent_revs", "app", "framework", "history", "entries"}
)


class EntryMark(Record):
    """The checksum and the size of an entry."""

    sha256: str
    size: int


class Manifest(Record):
    """What `manifest.json` says.

    `doc_rev` follows from the newest edits, so two files of one `doc_rev` say the same; `parent_revs` are those
    that it was made from. `extra` holds the keys that a newer version of the program added.
    """

    audit_id: str
    doc_rev: str
    parent_revs: tuple[str, ...]
    app: str
    framework_id: str
    framework_version: str
    framework_sha256: str
    history_count: int
    entries: Mapping[str, EntryMark]
    format: int = FORMAT
    min_reader: int = 1
    extra: Mapping[str, object] = MappingProxyType({})

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Return the manifest; raises `KeyError`, `TypeError` or `ValueError` if `document` is none."""
        framework = document["framework"]
        manifest = cls(
            audit_id=document["audit_id"],
            doc_rev=document["doc_rev"],
            parent_revs=tuple(document["parent_revs"]),
            app=document["app"],
            framework_id=framework["id"],
            framework_version=framework["version"],
            framework_sha256=framework["sha256"],
            history_count=document["history"]["count"],
            entries={name: EntryMark(mark["sha256"], mark["size"]) for name, mark in document["entries"].items()},
            format=document["format"],
            min_reader=document["min_reader"],
            extra={key: value for key, value in document.items() if key not in _OWN_KEYS},
        )
        texts = (
            manifest.audit_id,
            manifest.doc_rev,
            *manifest.parent_revs,
            manifest.app,
            manifest.framework_id,
            manifest.framework_version,
            manifest.framework_sha256,
            *(mark.sha256 for mark in manifest.entries.values()),
        )
        numbers = (manifest.history_count, manifest.format, manifest.min_reader)
        if not all(type(text) is str for text in texts):
            raise TypeError("a value is no text")
        if not all(type(number) is int and number >= 0 for number in numbers):
            raise TypeError("a value is no number")
        if not is_own_id(manifest.audit_id):
            raise ValueError("the audit id is none")
        return manifest

    def to_bytes(self) -> bytes:
        """Return the entry's bytes, readable by people."""
        document = {
            **self.extra,
            "format": self.format,
            "min_reader": self.min_reader,
            "audit_id": self.audit_id,
            "doc_rev": self.doc_rev,
            "parent_revs": list(self.parent_revs),
            "app": self.app,
            "framework": {
                "id": self.framework_id,
                "version": self.framework_version,
                "sha256": self.framework_sha256,
            },
            "history": {"count": self.history_count},
            "entries": {name: {"sha256": mark.sha256, "size": mark.size} for name, mark in self.entries.items()},
        }
        return (json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def is_own_id(text: str) -> bool:
    """Return whether `text` can be the id of an audit: letters, digits and hyphens, so that it can name a folder."""
    return 0 < len(text) <= _LONGEST_ID and text.isascii() and text.replace("-", "").isalnum()
