"""How much of an audit is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.addresses import statement_address
from audit_desktop.core.edits import Role
from audit_desktop.core.record import Record
from audit_desktop.core.tally import UNRATED, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Author
    from audit_desktop.core.framework import Section, Statement


class Progress(Record):
    """How many of the statements that are to be rated have their rating, or need none, in a section or in all."""

    answered: int
    of: int


def is_answered(state: AuditState, statement: Statement) -> bool:
    """Return whether nobody waits for the rating of `statement`: it has one, does not apply, or is asked for none."""
    return standing_of(state, statement) != UNRATED


def is_done(state: AuditState, statement: Statement, who: Author | None) -> bool:
    """Return whether `statement` is done for `who` is working: the school rates it, a visitor comments on it."""
    if who is None or who.role is not Role.VISITOR:
        return is_answered(state, statement)
    comment = state.addresses.comment_field
    if comment is None or comment.id in statement.without:
        return True
    return any(head.value is not None for head in state.heads(statement_address(statement.id, comment.id)))


def section_progress(state: AuditState, section: Section) -> Progress:
    """Return the progress of `section`; statements without a rating are not counted."""
    of = state.addresses.to_rate[section.id]
    return Progress(of - state.tally(section).unrated, of)


def audit_progress(state: AuditState) -> Progress:
    """Return the progress of the whole audit."""
    parts = [section_progress(state, section) for section in state.addresses.framework.sections]
    return Progress(sum(part.answered for part in parts), sum(part.of for part in parts))


def undone(state: AuditState, who: Author | None) -> Iterator[Statement]:
    """Yield the statements that are not done yet for `who` is working, in order."""
    for section in state.addresses.framework.sections:
        if who is not None and who.role is Role.VISITOR:
            yield from (statement for statement in section.statements if not is_done(state, statement, who))
        else:
            yield from (section.statements[place] for place in state.tally(section).places(UNRATED))
