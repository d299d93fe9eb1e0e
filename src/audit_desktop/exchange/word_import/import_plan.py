"""What importing a document would do to an audit: a three-way comparison, one line for each answer that differs.

The base is what the document said when it was exported, the second side is what it says now, and the third is what
the audit says now. Nothing is decided here where both changed: a person chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, cast

from audit_desktop.core.answers import normalise
from audit_desktop.core.audit_state import may_change
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.exchange.word_import.plain_text import answer_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import JsonValue, Role
    from audit_desktop.core.framework import Field
    from audit_desktop.exchange.word_import.document import NoteCode
    from audit_desktop.exchange.word_import.import_result import Doubt, FoundText, ImportResult

_NOT_FROM_WORD: Final = frozenset({"sign-offs", "earlier-comments", "attachments"})
"""Lists that a document shows and that no document can change: signatures, what the program keeps of visits, files."""


class Standing(StrEnum):
    """How an answer of the document stands to that of the audit."""

    RECOGNISED = "recognised"
    """Only the document has changed since it was exported, or the audit has no answer: it is taken unless unticked."""
    CHANGED_SINCE = "changed-since"
    """Only the audit has changed since the document was exported: it stays unless ticked."""
    BOTH_CHANGED = "both-changed"
    """Both have changed, or nobody knows which has: a person chooses."""
    DOUBTFUL = "doubtful"
    """The document's answer can be read in more than one way, or in none: a person chooses."""


@dataclass(frozen=True, slots=True)
class PlannedAnswer:
    """One answer that the import could change.

    `base`, `theirs` and `ours` are the values of the exported document, of the document now and of the audit now;
    `None` is no answer. `choices` are the values that a doubtful `text` may mean. `may_change` is whether the person
    who imports may change the field at all.
    """

    address: str
    standing: Standing
    theirs: JsonValue | None
    ours: JsonValue | None
    base: JsonValue | None = None
    text: str = ""
    choices: tuple[JsonValue, ...] = ()
    may_change: bool = True

    @property
    def is_taken(self) -> bool:
        """Whether the document's answer is taken when nobody says otherwise."""
        return self.standing is Standing.RECOGNISED and self.may_change


@dataclass(frozen=True, slots=True)
class PlannedComment:
    """A comment that Word keeps beside the text; `value` is the visitor's comment with it added."""

    address: str
    author: str
    date: str
    text: str
    value: JsonValue
    may_change: bool


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a document brings. `same` counts the answers on which the document and the audit agree."""

    answers: tuple[PlannedAnswer, ...]
    comments: tuple[PlannedComment, ...]
    unrecognised: tuple[FoundText, ...]
    missing_statements: tuple[str, ...]
    """Ids of the statements that were not found in the document."""
    notes: tuple[NoteCode, ...]
    same: int
    framework: str

    def to_apply(
        self,
        *,
        untaken: Collection[str] = (),
        taken: Mapping[str, JsonValue | None] | None = None,
        with_comments: bool = False,
    ) -> dict[str, JsonValue | None]:
        """Return the values to set, by address, in one step of the person who imports.

        `untaken` are addresses of recognised answers that are not wanted after all; `taken` are the values chosen
        for others. Answers that the person may not change are never among them.
        """
        values = {
            planned.address: planned.theirs
            for planned in self.answers
            if planned.is_taken and planned.address not in untaken
        }
        allowed = {planned.address for planned in self.answers if planned.may_change}
        values |= {address: value for address, value in (taken or {}).items() if address in allowed}
        if with_comments:
            values |= {comment.address: comment.value for comment in self.comments if comment.may_change}
        return values


def plan_import(state: AuditState, result: ImportResult, role: Role) -> ImportPlan:
    """Return what importing `result` into the audit of `state` would do, for a person in `role`."""
    planned: list[PlannedAnswer] = []
    same = 0
    for address, value in result.answers.items():
        field = state.addresses.field(address)
        if field is None or address.partition("/")[0] in _NOT_FROM_WORD:
            continue
        try:
            theirs = None if value is None else normalise(state.addresses.framework, field, value, address)
        except AuditDesktopError:
            planned.append(_doubtful(state, address, field, str(value), (), role))
            continue
        entry = _compare(state, address, field, theirs, result, role)
        if entry is not None:
            planned.append(entry)
        elif theirs is not None:
            same += 1
    for doubt in result.doubts:
        entry = _plan_doubt(state, doubt, role)
        if entry is not None:
            planned.append(entry)
    return ImportPlan(
        answers=tuple(planned),
        comments=_plan_comments(state, result, planned, role),
        unrecognised=result.unrecognised,
        missing_statements=tuple(
            statement_id for statement_id in state.addresses.statements if statement_id not in set(result.statements)
        ),
        notes=result.notes,
        same=same,
        framework=result.framework,
    )


def _compare(
    state: AuditState, address: str, field: Field, theirs: JsonValue | None, result: ImportResult, role: Role
) -> PlannedAnswer | None:
    """Return how the document's answer stands to the audit's, or `None` where nothing is to be done."""
    ours = state.value(address)
    in_conflict = state.has_conflict(address)
    allowed = may_change(role, field)
    if same_answer(theirs, ours) and not in_conflict:
        return None
    if result.base is None:
        if theirs is None and not in_conflict:
            # A form that never held the answer says nothing by leaving it out.
            return None
        standing = Standing.RECOGNISED if ours is None and not in_conflict else Standing.BOTH_CHANGED
        return PlannedAnswer(address, standing, theirs, ours, may_change=allowed) if theirs is not None else None
    base = result.base.get(address)
    if same_answer(theirs, base):
        if in_conflict or same_answer(ours, base):
            return None
        return PlannedAnswer(address, Standing.CHANGED_SINCE, theirs, ours, base, may_change=allowed)
    standing = Standing.RECOGNISED if same_answer(ours, base) and not in_conflict else Standing.BOTH_CHANGED
    return PlannedAnswer(address, standing, theirs, ours, base, may_change=allowed)


def _plan_doubt(state: AuditState, doubt: Doubt, role: Role) -> PlannedAnswer | None:
    field = state.addresses.field(doubt.address)
    if field is None or doubt.address.partition("/")[0] in _NOT_FROM_WORD:
        return None
    return _doubtful(state, doubt.address, field, doubt.text, doubt.choices, role)


def _doubtful(
    state: AuditState, address: str, field: Field, text: str, choices: tuple[JsonValue, ...], role: Role
) -> PlannedAnswer:
    return PlannedAnswer(
        address,
        Standing.DOUBTFUL,
        None,
        state.value(address),
        text=text,
        choices=choices,
        may_change=may_change(role, field),
    )


def _plan_comments(
    state: AuditState, result: ImportResult, planned: list[PlannedAnswer], role: Role
) -> tuple[PlannedComment, ...]:
    """Return the comments beside the text that the audit does not hold yet, each with those before it."""
    now = {entry.address: entry.theirs if entry.is_taken else entry.ours for entry in planned}
    comments: list[PlannedComment] = []
    for comment in result.comments:
        field = state.addresses.field(comment.address)
        if field is None:
            continue
        held = now.get(comment.address, state.value(comment.address))
        before = held if isinstance(held, str) else ""
        if comment.text in before:
            continue
        said = ", ".join(part for part in (comment.author, comment.date[:10]) if part)
        value = "\n".join(part for part in (before, f"{said}: {comment.text}" if said else comment.text) if part)
        now[comment.address] = value
        comments.append(
            PlannedComment(comment.address, comment.author, comment.date, comment.text, value, may_change(role, field))
        )
    return tuple(comments)


def same_answer(one: JsonValue | None, other: JsonValue | None) -> bool:
    """Return whether two answers say the same, white space at the ends of lines and around a text left aside."""
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other)
    if isinstance(one, dict) and isinstance(other, dict):
        ours, theirs = cast("dict[str, JsonValue]", one), cast("dict[str, JsonValue]", other)
        return ours.keys() == theirs.keys() and all(same_answer(ours[key], theirs[key]) for key in ours)
    return one == other


def _plain(text: str) -> str:
    return answer_text(text.replace("\u00a0", " ")).strip()
