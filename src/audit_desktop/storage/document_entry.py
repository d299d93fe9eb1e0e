"""The entry `document.json`: the newest edits of every address, so that opening needs no history.

It is a table by columns, which reads seven times as fast as a list of rows; see `docs/file-format.md`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from audit_desktop.core.edits import Author, Edit, Role, require_known_extra

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DOCUMENT_NAME: Final = "document.json"
_OWN_KEYS: Final = frozenset({"heads", "set_aside"})
_ID_LENGTH: Final = 64


def document_text(
    heads: Mapping[str, tuple[Edit, ...]], set_aside: Iterable[Edit], extra: Mapping[str, object]
) -> bytes:
    """Return the entry's bytes; `extra` holds the keys that a newer version of the program added."""
    document = {
        **extra,
        "heads": _table([edit for edits in heads.values() for edit in edits]),
        "set_aside": _table(list(set_aside)),
    }
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


class DocumentEntry:
    """What the entry says.

    Its constructor raises `KeyError`, `TypeError`, `ValueError`, `IndexError` or `AttributeError` if it is none.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.heads: dict[str, tuple[Edit, ...]] = {}
        heads = self.heads
        for edit in _edits(document["heads"]):
            address = edit.address
            heads[address] = (*heads[address], edit) if address in heads else (edit,)
        self.set_aside = _edits(document["set_aside"])
        self.extra = {key: value for key, value in document.items() if key not in _OWN_KEYS}


def _table(edits: list[Edit]) -> dict[str, Any]:
    """Return the columns of `edits`. `by` numbers the entries of `who`, as one text because that reads fastest."""
    who: dict[tuple[Author, str], int] = {}
    by = [who.setdefault((edit.author, edit.sitting), len(who)) for edit in edits]
    withheld = [row for row, edit in enumerate(edits) if edit.withheld]
    return {
        "who": [
            {"name": author.name, "role": author.role.value, "organisation": author.organisation, "sitting": sitting}
            for author, sitting in who
        ],
        "addresses": [edit.address for edit in edits],
        "values": [edit.value for edit in edits],
        "at": [edit.at for edit in edits],
        "by": " ".join(map(str, by)),
        "ids": "".join(edit.id for edit in edits),
        "replaces": {str(row): list(edit.replaces) for row, edit in enumerate(edits) if edit.replaces},
        "extra": {str(row): dict(edit.extra) for row, edit in enumerate(edits) if edit.extra},
        # In a copy without earlier wording: answers of items that were removed.
        **({"withheld": withheld} if withheld else {}),
    }


def _edits(table: Mapping[str, Any]) -> list[Edit]:
    addresses, values, times, ids = table["addresses"], table["values"], table["at"], table["ids"]
    authors = [Author(_text(who["name"]), Role(who["role"]), _text(who["organisation"])) for who in table["who"]]
    sittings = [_text(who["sitting"]) for who in table["who"]]
    by = list(map(int, table["by"].split()))
    if not (len(addresses) == len(values) == len(times) == len(by) and len(ids) == _ID_LENGTH * len(by)):
        raise ValueError("the columns differ in length")
    if len(bytes.fromhex(ids)) * 2 != len(ids):
        raise ValueError("an id is none")
    if by and not (set(map(type, addresses)) == set(map(type, times)) == {str} and min(by) >= 0):
        raise TypeError("a column holds something else than texts")
    replaces: dict[int, tuple[str, ...]] = {
        int(row): tuple(map(_text, replaced)) for row, replaced in table["replaces"].items()
    }
    extras: dict[int, dict[str, Any]] = {int(row): dict(extra) for row, extra in table["extra"].items()}
    for extra in extras.values():
        require_known_extra(extra)
    withheld = frozenset(table.get("withheld", ()))
    nothing: dict[str, Any] = {}
    none_replaced: tuple[str, ...] = ()
    return [
        Edit(
            address,
            value,
            replaces.get(row, none_replaced),
            at,
            authors[who],
            sittings[who],
            ids[row * _ID_LENGTH : (row + 1) * _ID_LENGTH],
            extras.get(row, nothing),
            row in withheld,
        )
        for row, (address, value, at, who) in enumerate(zip(addresses, values, times, by, strict=True))
    ]


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError("not a text")
    return value
