"""Edits: the immutable changes that an audit consists of, and their ids."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

JsonValue = Any
"""What JSON can hold: text, numbers, true, false, null, arrays and objects of them."""


class Role(StrEnum):
    """In which role a person works on an audit."""

    SCHOOL = "school"
    VISITOR = "visitor"


class Author(NamedTuple):
    """Who makes edits."""

    name: str
    role: Role
    organisation: str = ""


# Made once: `json.dumps` with settings of its own makes one for each text.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_json(value: JsonValue) -> str:
    """Return the one JSON text of `value` that ids and seals are computed from: sorted keys, no spaces.

    For the text, whole numbers and short decimals that answers hold it equals RFC 8785.
    """
    return _CANONICAL.encode(value)


WITHHELD_KEY = "withheld"
ABSORBED_KEY = "absorbed"
"""In `Edit.extra`: ids of edits of the same sitting that were never saved and that no log needs to hold."""
CARRIED_KEY = "carried"
"""In `Edit.extra`: the id of the edit that this one is the twin of, in a newer version of the framework."""
_ID = re.compile("[0-9a-f]{64}")
_WITHHELD_KEYS = frozenset({WITHHELD_KEY, CARRIED_KEY, "address", "replaces", "at", "name", "role", "organisation"})
_OWN_KEYS = frozenset({"address", "value", "replaces", "at", "name", "role", "organisation", "sitting"})


_NOTHING: Final[Mapping[str, JsonValue]] = MappingProxyType({})


class Edit(NamedTuple):
    """One change of one field. Its `id` is the SHA-256 of everything else that it says.

    `replaces` holds the ids of the edits of the same address that this one takes the place of; the removal of a
    list's item holds those of the item's answers too. `at` is when it was made, in UTC, as ISO 8601; it is for
    people to read, and nothing is decided by it. `sitting` names the stretch of work it
    belongs to. A `value` of `None` takes the answer back. `extra` carries what a newer version of the program added
    to the edit.

    An edit is `withheld` in a copy without earlier wording: its id stands, so that copies still merge, and what it
    said is left out. Its id can then not be worked out again.

    It is a named tuple because an audit holds tens of thousands, and nothing else is made as fast.
    """

    address: str
    value: JsonValue
    replaces: tuple[str, ...]
    at: str
    author: Author
    sitting: str
    id: str
    extra: Mapping[str, JsonValue] = _NOTHING
    withheld: bool = False

    def __eq__(self, other: object) -> bool:
        """Return whether both say the same, as far as this version of the program knows."""
        return isinstance(other, Edit) and self[:7] == other[:7] and self.withheld == other.withheld

    def __ne__(self, other: object) -> bool:
        """Return the opposite."""
        return not self == other

    def __hash__(self) -> int:
        return hash(self.id)

    @classmethod
    def make(
        cls,
        address: str,
        value: JsonValue,
        *,
        replaces: tuple[str, ...],
        at: str,
        author: Author,
        sitting: str,
        extra: Mapping[str, JsonValue] | None = None,
    ) -> Self:
        """Return an edit with its id worked out."""
        replaces = tuple(sorted(set(replaces)))
        more = extra or _NOTHING
        nameless = cls(address, value, replaces, at, author, sitting, "", more)
        edit_id = sha256(canonical_json(nameless.to_json()).encode("utf-8")).hexdigest()
        return cls(address, value, replaces, at, author, sitting, edit_id, more)

    @classmethod
    def from_json(cls, document: Mapping[str, JsonValue], *, edit_id: str = "") -> Self:
        """Return the edit that `document` describes.

        Its id is worked out, unless `edit_id` says what it was worked out to be before. Raises `KeyError`,
        `TypeError` or `ValueError` if `document` is no edit. A withheld edit's id is what the document says.
        """
        if WITHHELD_KEY in document:
            return cls._withheld_from_json(document)
        address, at, sitting = document["address"], document["at"], document["sitting"]
        name, organisation = document["name"], document.get("organisation", "")
        replaces = _ids(document["replaces"])
        _require_texts(address, at, sitting, name, organisation)
        author = Author(name, Role(document["role"]), organisation)
        extra = (
            {key: value for key, value in document.items() if key not in _OWN_KEYS}
            if len(document) > len(_OWN_KEYS) - 1
            else {}
        )
        require_known_extra(extra)
        if edit_id:
            return cls(address, document["value"], replaces, at, author, sitting, edit_id, extra)
        return cls.make(
            address,
            document["value"],
            replaces=replaces,
            at=at,
            author=author,
            sitting=sitting,
            extra=extra,
        )

    @classmethod
    def _withheld_from_json(cls, document: Mapping[str, JsonValue]) -> Self:
        edit_id, address, at = document[WITHHELD_KEY], document["address"], document["at"]
        name, organisation = document["name"], document.get("organisation", "")
        replaces = _ids(document["replaces"])
        _require_texts(edit_id, address, at, name, organisation)
        if not _ID.fullmatch(edit_id):
            raise ValueError("not the id of an edit")
        if not document.keys() <= _WITHHELD_KEYS:
            raise ValueError("a withheld edit says something")
        author = Author(name, Role(document["role"]), organisation)
        extra = {key: document[key] for key in (CARRIED_KEY,) if key in document}
        require_known_extra(extra)
        return cls(address, None, replaces, at, author, "", edit_id, extra, withheld=True)

    def without_value(self) -> Self:
        """Return the edit as a copy without earlier wording holds it: who, when and where, and no longer what."""
        extra = {key: value for key, value in self.extra.items() if key == CARRIED_KEY}
        return type(self)(self.address, None, self.replaces, self.at, self.author, "", self.id, extra, withheld=True)

    def to_json(self) -> dict[str, JsonValue]:
        """Return the JSON object that describes the edit; its id is left out, since it follows from the rest.

        Of a withheld edit the id is there, since it does not.
        """
        document: dict[str, JsonValue] = {
            **self.extra,
            "address": self.address,
            "value": self.value,
            "replaces": list(self.replaces),
            "at": self.at,
            "name": self.author.name,
            "role": self.author.role.value,
            "sitting": self.sitting,
        }
        if self.author.organisation:
            document["organisation"] = self.author.organisation
        if self.withheld:
            del document["value"], document["sitting"]
            document[WITHHELD_KEY] = self.id
        return document


def edits_by_id(*logs: Iterable[Edit]) -> dict[str, Edit]:
    """Return the edits of all `logs` by their ids. What one log withholds and another says, is said."""
    edits: dict[str, Edit] = {}
    for log in logs:
        for edit in log:
            if not (edit.withheld and edit.id in edits):
                edits[edit.id] = edit
    return edits


def require_known_extra(extra: Mapping[str, JsonValue]) -> None:
    """Raise `TypeError` if what this program itself puts into `Edit.extra` is not what it puts there."""
    if ABSORBED_KEY in extra:
        _ids(extra[ABSORBED_KEY])
    if CARRIED_KEY in extra:
        _require_texts(extra[CARRIED_KEY])


def _ids(value: JsonValue) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("replaces is no list")
    ids = cast("list[str]", value)
    _require_texts(*ids)
    return tuple(ids)


def _require_texts(*values: JsonValue) -> None:
    for value in values:
        if not isinstance(value, str):
            raise TypeError(f"not a text: {value!r}")
