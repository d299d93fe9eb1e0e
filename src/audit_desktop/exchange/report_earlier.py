"""What an audit that went on to a newer version of its framework brought along, as a report shows it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

from audit_desktop.core.upgrade import parked_answers, reworded_ratings
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.blocks import Block, Run, plain_lines
from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.exchange.report_model import Heading, Prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.upgrade import Parked
    from audit_desktop.exchange.report_model import Piece


def earlier_pieces(state: AuditState) -> Iterator[Piece]:
    """Yield the ratings given to other words and the answers to what is not asked any more; nothing if all is well."""
    reworded = reworded_ratings(state)
    if reworded:
        yield Heading(2, wording.REWORDED)
        for statement_id, rewording in reworded.items():
            statement = state.addresses.statements[statement_id]
            said = Run(wording.said_before(rewording.version), italic=True)
            yield Prose((Block((Run(f"{statement.reference} ", bold=True), said)),))
            yield Prose(blocks_of(rewording.text), quiet=True)
    parked = parked_answers(state)
    if parked:
        yield Heading(2, wording.PARKED)
        for (reference, text), answers in groupby(parked, key=lambda one: (one.reference, one.text)):
            yield Prose((Block((Run(f"{reference} ", bold=True), *_first_line(text))),))
            yield Prose(tuple(block for one in answers for block in _answer(one)))


def earlier_blocks(state: AuditState) -> Iterator[Block]:
    """Yield the paragraphs of `earlier_pieces`."""
    for piece in earlier_pieces(state):
        if isinstance(piece, Prose):
            yield from piece.blocks


def _answer(parked: Parked) -> Iterator[Block]:
    label, author = Run(f"{parked.label}: ", bold=True), wording.author(parked.edit.author)
    first, *others = plain_lines(answer_text(parked))
    if others:
        yield Block((label, Run(author, italic=True)))
        yield from (first, *others)
    else:
        yield Block((label, *first.runs, Run(f" · {author}", italic=True)))


def answer_text(parked: Parked) -> str:
    """Return a parked answer as a person reads it."""
    answer = parked.answer
    if isinstance(answer, dict):
        return ", ".join(map(str, cast("dict[str, object]", answer).values()))
    return str(answer)


def _first_line(text: str) -> tuple[Run, ...]:
    return tuple(run for block in blocks_of(text)[:1] for run in block.runs)
