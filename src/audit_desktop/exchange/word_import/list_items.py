"""Reads what comes in lists: rows of a table with one item each, and cards of labels and answers."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from audit_desktop.core.addresses import item_address
from audit_desktop.core.common_fields import LISTS
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.word_import.plain_text import answer_text, comparable

if TYPE_CHECKING:
    from audit_desktop.core.framework import Field
    from audit_desktop.exchange.word_import.document import Cell
    from audit_desktop.exchange.word_import.findings import Findings
    from audit_desktop.exchange.word_import.import_result import Place

_CARD_NUMBER: Final = re.compile(r"\s*\d+\.\s")


class ListItems:
    """Reads the items of lists into `findings`. `list_name` is the list whose heading stood last, `item` its item."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._addresses = findings.words.addresses
        self.list_name = ""
        self.item = ""

    def announced(self, said: str) -> bool:
        """Take note of the list that `said`, a comparable text, heads, and return whether it heads one."""
        heads = next((name for name in LISTS if said == comparable(wording.list_heading(name))), "")
        if heads:
            self.list_name, self.item = heads, ""
        return bool(heads)

    def columns(self, cells: tuple[Cell, ...]) -> list[Field]:
        """Return the fields of the list whose table the row `cells` heads, or none."""
        said = [comparable(cell.text) for cell in cells]
        for name in LISTS:
            fields = self._addresses.list_fields(name)
            if said == [comparable(field.label) for field in fields]:
                self.list_name = name
                return list(fields)
        return []

    def addresses_of(self, address: str, columns: list[Field], cells: tuple[Cell, ...]) -> dict[int, str]:
        """Return the address of each cell of the row in which `address`, one of an item, was found.

        Empty if `address` is none of an item, or if the row is no row of a table with `columns`.
        """
        list_name, _, rest = address.partition("/")
        self.item = rest.partition("/")[0] if list_name in LISTS else ""
        if not self.item or len(columns) != len(cells):
            return {}
        return {index: item_address(list_name, self.item, field.id) for index, field in enumerate(columns)}

    def read_added_row(self, columns: list[Field], cells: tuple[Cell, ...], place: Place) -> None:
        """Read a row that somebody added to a list's table; the same row gets the same id, whenever it is read."""
        if any(answer_text(cell.text).strip() for cell in cells):
            own_id = _own_id(cells)
            for field, cell in zip(columns, cells, strict=True):
                self._findings.read(item_address(self.list_name, own_id, field.id), field, cell.text, place)

    def read_card_row(self, cells: tuple[Cell, ...], first: str, place: Place) -> bool:
        """Read a row of a card: its numbered head, or a label and an answer; return whether it is one."""
        if not self.list_name:
            return False
        fields = self._addresses.list_fields(self.list_name)
        if len(cells) == 1 and _CARD_NUMBER.match(first):
            self.item = _own_id(cells)
            address = item_address(self.list_name, self.item, fields[0].id)
            self._findings.read(address, fields[0], without_number(first), place)
            return True
        said = comparable(cells[0].text)
        field = next((field for field in fields if comparable(field.label) == said), None)
        if field is None or len(cells) != 2 or not self.item:
            return False
        self._findings.read(item_address(self.list_name, self.item, field.id), field, cells[1].text, place)
        return True


def without_number(text: str) -> str:
    """Return the head of a card without its number."""
    return _CARD_NUMBER.sub("", text, count=1)


def _own_id(cells: tuple[Cell, ...]) -> str:
    said = "\x1f".join(comparable(cell.text) for cell in cells)
    return f"word-{sha256(said.encode('utf-8')).hexdigest()[:16]}"
