"""What comes in lists, as a report shows it: visits, recommendations, the action plan, sign-offs, sharing, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.action_plan import action_plan
from audit_desktop.core.addresses import item_address
from audit_desktop.core.visits import is_open, marked_statements
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.blocks import Block, Run, paragraph
from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.exchange.report_earlier import earlier_pieces
from audit_desktop.exchange.report_model import Heading, ItemTable, Part, Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit_desktop.core.framework import Statement
    from audit_desktop.exchange.report_answers import AnswerReader
    from audit_desktop.exchange.report_model import Answer, Piece

_MARKS = (
    ("discuss", wording.TO_DISCUSS),
    ("needs-support", wording.NEEDS_SUPPORT),
    ("good-practice", wording.GOOD_PRACTICE),
)
_ACROSS = {
    "actions": (24, 18, 13, 11, 18, 10, 14),
    "earlier-comments": (11, 9, 33, 12, 21, 8, 8),
}
"""Lists of which each thing is a row on a page that lies across, and how its columns share the width."""
_NARROW = {"visits": (15, 22, 36, 27), "attachments": (28, 14, 23, 20, 15)}
_ALWAYS_SHOWN = "sharing"
"""The list that both sources ask for, whether anything is in it or not."""
_ROWS_OF_FORM = {"actions": 6, "sharing": 3}
"""How many empty rows a blank form has."""


class ListPieces:
    """Builds what comes in lists; `today` is the ISO date from which things are overdue."""

    def __init__(self, reader: AnswerReader, today: str, *, as_form: bool) -> None:
        self._reader = reader
        self._state = reader.state
        self._today = today
        self._as_form = as_form

    def parts(self, before: Iterable[Piece], after: Iterable[Piece]) -> Iterator[Part]:
        """Yield the pages of all lists, those of the widest lying across, with what stands `before` and `after`."""
        first = [*before, *self._marks(), *self._list("visits"), *self._list("recommendations")]
        across = [*self._list("actions"), *self._list("earlier-comments")]
        last = [*self._list("attachments"), *self._list("sign-offs"), *self._list("sharing")]
        last += [*earlier_pieces(self._state), *after]
        if not across:
            yield Part("portrait", (*first, *last))
            return
        yield Part("portrait", tuple(first))
        yield Part("landscape", tuple(across))
        yield Part("portrait", tuple(last))

    def _marks(self) -> Iterator[Piece]:
        found = [(name, marked_statements(self._state, mark)) for mark, name in _MARKS]
        if not any(statements for _, statements in found):
            return
        yield Heading(2, wording.MARKED)
        for name, statements in found:
            if statements:
                yield Heading(3, name)
                yield Prose(tuple(map(_bullet, statements)))

    def _list(self, name: str) -> Iterator[Piece]:
        own_ids = self._state.items(name)
        if self._as_form and not own_ids:
            own_ids = [f"form-{row}" for row in range(1, _ROWS_OF_FORM.get(name, 0) + 1)]
        heading = wording.list_heading(name)
        if own_ids or name == _ALWAYS_SHOWN:
            yield Heading(2, heading)
        if not own_ids:
            if name == _ALWAYS_SHOWN:
                yield Prose((paragraph(wording.NOTHING_RECORDED, italic=True),))
            return
        fields = self._state.addresses.list_fields(name)
        rows = tuple(tuple(self._reader.item(name, own_id, field) for field in fields) for own_id in own_ids)
        overdue = self._overdue(name)
        yield ItemTable(
            heading,
            tuple(field.label for field in fields),
            rows,
            _ACROSS.get(name) or _NARROW.get(name, ()),
            tuple(wording.IS_OVERDUE if own_id in overdue else "" for own_id in own_ids) if overdue else (),
        )
        if name == "sign-offs" and any(_is_sealed(row) for row in rows):
            yield Prose((paragraph(wording.SEAL_NOTE),), quiet=True)

    def _overdue(self, name: str) -> frozenset[str]:
        if name == "actions":
            return frozenset(action.own_id for action in action_plan(self._state, self._today) if action.is_overdue)
        if name != "recommendations":
            return frozenset()
        return frozenset(own_id for own_id in self._state.items(name) if self._is_late(own_id))

    def _is_late(self, recommendation: str) -> bool:
        by_when = self._state.value(item_address("recommendations", recommendation, "by-when"))
        response = self._state.value(item_address("recommendations", recommendation, "response"))
        return (
            bool(by_when) and by_when < self._today and response != "declined" and is_open(self._state, recommendation)
        )


def _bullet(statement: Statement) -> Block:
    reference = Run(f"{statement.reference} ", bold=True)
    first = blocks_of(statement.text)[:1]
    return Block((reference, *(run for block in first for run in block.runs)), "bullet")


def _is_sealed(row: tuple[Answer, ...]) -> bool:
    return any(answer.address.endswith("/seal") and not answer.is_empty for answer in row)
