"""Names that tie places of a Word document to addresses: hidden bookmarks and tags of controls."""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from audit_desktop.core.framework import Framework

LONGEST_BOOKMARK: Final = 40
LONGEST_TAG: Final = 64
_PREFIX: Final = "_ad1_"
_UNFIT = re.compile(r"[^0-9A-Za-z]")
_DIGEST_LENGTH = 10


class Anchors:
    """The hidden bookmarks of a framework's documents: the same names for the same framework, always.

    A statement's bookmark is `_ad1_` and its id, as `_ad1_1_11`, an answer of it `_ad1_1_11__evidence`; other places
    are named by their address. Word lets
    a name hold letters, digits and underscores only, so ids that would share a name, or are too long, get a digest.
    """

    def __init__(self, framework: Framework) -> None:
        self.statements: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        for section in framework.sections:
            for statement in section.statements:
                self.statements[statement.id] = self._name(statement.id, f"statement/{statement.id}")

    @cached_property
    def statement_of(self) -> dict[str, str]:
        """The id of the statement that each bookmark of a statement marks."""
        return {name: statement_id for statement_id, name in self.statements.items()}

    def place(self, address: str) -> str:
        """Return the bookmark of a place that is no statement, such as a section or the answer at `address`."""
        name = self._places.get(address)
        if name is None:
            name = self._places[address] = self._name_of(address)
        return name

    def _name_of(self, address: str) -> str:
        owner, _, field_id = address.rpartition("/")
        own = self.statements.get(owner.removeprefix("statement/")) if owner.startswith("statement/") else None
        if own is None:
            return self._name(address.replace("/", "__"), address)
        part = self._parts.get(field_id)
        if part is None:
            part = self._parts[field_id] = _UNFIT.sub("_", field_id)
        name = f"{own}__{part}"
        if len(name) > LONGEST_BOOKMARK or self._owners.setdefault(name, address) != address:
            return self._name(name.removeprefix(_PREFIX), address)
        return name

    def _name(self, text: str, key: str) -> str:
        name = _PREFIX + _UNFIT.sub("_", text)
        if len(name) > LONGEST_BOOKMARK or name in self._owners:
            digest = sha256(key.encode("utf-8")).hexdigest()[:_DIGEST_LENGTH]
            name = f"{name[: LONGEST_BOOKMARK - _DIGEST_LENGTH - 1]}_{digest}"
        self._owners[name] = key
        return name


def control_tag(address: str) -> str:
    """Return the tag of the control that holds the answer at `address`: `ad1:1.11:rating`, `ad1:audit:phase`."""
    tag = f"ad1:{address.removeprefix('statement/').replace('/', ':')}"
    if len(tag) > LONGEST_TAG:
        tag = f"ad1:{sha256(address.encode('utf-8')).hexdigest()[:40]}"
    return tag
