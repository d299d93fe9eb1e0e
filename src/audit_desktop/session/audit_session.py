"""The session: an open audit, who is working on it, and the one door through which its answers change."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from audit_desktop.core.answers import normalise
from audit_desktop.core.audit_state import may_change
from audit_desktop.core.edits import ABSORBED_KEY
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.framework import FieldKind
from audit_desktop.core.merge import Merge, merge_audits
from audit_desktop.core.scoring import Score, Scores, score_overall, score_section
from audit_desktop.core.sign_off import SignOff, is_sign_off_address, standing_sign_offs
from audit_desktop.core.text import LONGEST_TEXT, clean_text
from audit_desktop.session.events import (
    AnswersChanged,
    AuditReplaced,
    Publisher,
    TypingCameToNothing,
    TypingStarted,
    UndoChanged,
    WhoChanged,
)
from audit_desktop.session.merge_steps import came_in, cross, with_later
from audit_desktop.session.refusals import refusal, require_changeable
from audit_desktop.session.undo import Change, Step, UndoStack
from audit_desktop.storage.audit_container import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Author, Edit, JsonValue
    from audit_desktop.core.framework import Field
    from audit_desktop.storage.clock import Clock


_MOST_ABSORBED = 30
"""How many steps of typing one entry of the history takes in: each is named in it, so it must not grow for ever."""


class AuditSession:
    """One open audit.

    Text that is being typed is held as *pending* and becomes an edit when `commit_typing` is called: after a
    pause, on leaving the box, and before anything is saved. Everything else becomes an edit at once. Edits that
    no file or journal holds yet are handed over by `take_unkept`.
    """

    def __init__(self, audit: Audit, who: Author | None, clock: Clock, *, is_read_only: bool = False) -> None:
        self.events = Publisher()
        self.clock = clock
        self.is_read_only = is_read_only
        self.sitting = os.urandom(16).hex()
        self._audit = audit
        self._who = who
        self._undo = UndoStack()
        self._pending: dict[str, JsonValue | None] = {}
        self._unkept: list[Edit] = []
        self._squashable: dict[str, Edit] = {}
        self._section_scores: dict[str, Score] = {}
        self._sign_offs: tuple[SignOff, ...] | None = None

    @property
    def audit(self) -> Audit:
        """The audit as it stands, without what is pending."""
        return self._audit

    @property
    def who(self) -> Author | None:
        """Who is working; `None` until it is known, and nothing can be changed until then."""
        return self._who

    def set_who(self, who: Author) -> None:
        """Say who is working from now on."""
        if who != self._who:
            self.commit_typing()
            self._who = who
            self._undo.clear()
            self._publish_undo()
            self.events.publish(WhoChanged(who))

    # What it says

    def field(self, address: str) -> Field:
        """Return the field at `address`; raises `AuditDesktopError` if the framework has none there."""
        field = self._audit.state.addresses.field(address)
        if field is None:
            raise AuditDesktopError(FaultCode.ADDRESS_UNKNOWN, address)
        return field

    def value(self, address: str) -> JsonValue | None:
        """Return the answer at `address` as the person sees it, with what is pending."""
        if address in self._pending:
            return self._pending[address]
        return self._audit.state.value(address)

    def can_change(self, address: str) -> bool:
        """Return whether the person who is working may change `address`; while a sign-off stands, nobody may."""
        return (
            not self.is_read_only
            and self._who is not None
            and may_change(self._who.role, self.field(address))
            and (is_sign_off_address(address) or not self.sign_offs)
        )

    @property
    def sign_offs(self) -> tuple[SignOff, ...]:
        """The sign-offs that stand: while there is one, the answers cannot be changed."""
        if self._sign_offs is None:
            self._sign_offs = standing_sign_offs(self._audit.state)
        return self._sign_offs

    def scores(self) -> Scores:
        """Return the scores; only the sections touched since the last call are worked out again."""
        state = self._audit.state
        for section in self._audit.framework.sections:
            if section.id not in self._section_scores:
                self._section_scores[section.id] = score_section(state, section)
        sections = {section.id: self._section_scores[section.id] for section in self._audit.framework.sections}
        return Scores(sections, score_overall(state, sections))

    # Changing it

    def set_answer(self, address: str, value: JsonValue | None, *, initiator: object = None) -> None:
        """Answer `address` with `value`; an empty value takes the answer back. One undo step.

        Raises `AuditDesktopError` if there is no such field, it cannot hold the value, or it is not for the
        person who is working; nothing is changed then.
        """
        self.set_answers({address: value}, initiator=initiator)

    def set_answers(self, answers: Mapping[str, JsonValue | None], *, initiator: object = None) -> None:
        """Give several answers as one undo step: all of them, or none if one is at fault."""
        self.commit_typing()
        changes: list[Change] = []
        for address, value in answers.items():
            after = self._checked(address, value)
            change = self._change(address, after)
            if change is not None:
                changes.append(change)
        if changes:
            self._make(changes, initiator)
            self._push(Step(tuple(changes)))

    def record(self, address: str, value: JsonValue) -> None:
        """Keep `value` in the history at an address that belongs to no field; this cannot be undone.

        Raises as `refusals.require_changeable` does.
        """
        require_changeable(self, address)
        self.commit_typing()
        self._make_edits(address, (value,), self.now())
        self.events.publish(AnswersChanged(frozenset({address})))

    def confirm(self, address: str) -> None:
        """Give the answer at `address` again as it is, as a new edit; raises as `set_answer` does."""
        self.commit_typing()
        after = self._checked(address, self._audit.state.value(address))
        change = Change(address, after, after)
        self._make([change], None)
        self._push(Step((change,)))

    def publish_sealing(self) -> None:
        """Say that the audit was sealed or reopened: every field is open or closed now, and the file must say so."""
        self.events.publish(AuditReplaced(needs_saving=True))

    def settle(self, answers: Mapping[str, JsonValue | None]) -> None:
        """Give several answers that are no undo step, and after which nothing before them can be undone."""
        self.set_answers(answers)
        self._undo.clear()
        self._publish_undo()

    def merge_in(self, theirs: Audit, settled: Mapping[str, JsonValue | None] | None = None) -> Merge:
        """Take in everything of `theirs`, another copy, as one undo step; returns what came of it.

        `settled` are the answers that a person gave to conflicts of the merge, and belong to the step. Raises
        `AuditDesktopError` as `merge_audits` and `set_answers` do, or if nothing can be changed; nothing is changed
        then.
        """
        self.commit_typing()
        if self.is_read_only:
            raise AuditDesktopError(FaultCode.AUDIT_TOO_NEW)
        merge = merge_audits(self._audit, theirs)
        after = self.after(merge)
        answers = {address: after._checked(address, value) for address, value in (settled or {}).items()}
        self.go_on_with(merge.audit)
        if answers:
            self._make([Change(address, None, after) for address, after in answers.items()], None)
        return merge

    def after(self, merge: Merge) -> AuditSession:
        """Return what tells how answers can be given once `merge` is taken in."""
        if merge.audit.framework.version == self._audit.framework.version:
            return self
        # A copy on a newer version of the framework has fields that this one lacks.
        return AuditSession(merge.audit, self._who, self.clock)

    def go_on_with(self, audit: Audit) -> None:
        """Put `audit`, which holds everything of this one and more, in its place, as one undo step."""
        self._undo.push(Step((), audits=(self._audit, audit)))
        self._swap(audit)

    def type_answer(self, address: str, value: JsonValue | None) -> None:
        """Hold `value`, which is being typed, until `commit_typing`."""
        if not self.can_change(address):
            raise refusal(self, address)
        if any(pending != address for pending in self._pending):
            self.commit_typing()
        was_pending = bool(self._pending)
        self._pending[address] = value
        if not was_pending:
            self.events.publish(TypingStarted())

    @property
    def has_pending(self) -> bool:
        """Whether something was typed that is not an edit yet."""
        return bool(self._pending)

    def commit_typing(self, *, end_step: bool = False, initiator: object = None) -> None:
        """Turn what is pending into edits. `end_step` says that the box was left: later typing is undone apart.

        What a field cannot hold, as half a number, is left out; the editor keeps showing it with its fault.
        """
        pending, self._pending = self._pending, {}
        changes = [self._change(address, after) for address, after in self._what_fits(pending)]
        for change in changes:
            if change is not None:
                self._make([change], initiator)
                self._push(Step((change,), typing=True))
        if end_step:
            self._undo.close_step()
        if pending and not any(changes):
            self.events.publish(TypingCameToNothing())

    def undo(self) -> frozenset[str]:
        """Take back the last step with new edits; returns the addresses it concerned."""
        self.commit_typing()
        step = self._undo.undo() if self.can_undo else None
        if step is not None and step.audits is not None:
            return self._swap(step.audits[0])
        return self._replay(
            [(change.address, change.conflict or (change.before,)) for change in step.changes] if step else []
        )

    def redo(self) -> frozenset[str]:
        """Do the last step that was taken back again; returns the addresses it concerned."""
        self.commit_typing()
        step = self._undo.redo() if self.can_redo else None
        if step is not None and step.audits is not None:
            return self._swap(step.audits[1])
        return self._replay([(change.address, (change.after,)) for change in step.changes] if step else [])

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        # A merge that brought the sign-off with it can be taken out again.
        can_step = self._undo.can_undo and (not self.sign_offs or self._undo.is_merge_last)
        return not self.is_read_only and (self.has_pending or can_step)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return not self.is_read_only and not self.sign_offs and self._undo.can_redo

    # Keeping it

    def typed(self) -> tuple[Edit, ...]:
        """Return what is pending as the edits that it would make now; nothing is changed, and no edit is made."""
        edits: list[Edit] = []
        for address, after in self._what_fits(self._pending):
            if self._who is not None and after != self._audit.state.value(address):
                state, at = self._audit.state, self.now()
                edits.append(state.make_edit(address, after, at=at, author=self._who, sitting=self.sitting))
        return tuple(edits)

    def take_unkept(self) -> tuple[Edit, ...]:
        """Return the edits made since the last call, for the journal to keep."""
        edits, self._unkept = tuple(self._unkept), []
        return edits

    def snapshot(self) -> Snapshot:
        """Return what the audit says now, for a save to write.

        Its edits count as handed out from here on: none of them is left out of the log later.
        """
        # Whoever is typing goes on typing: the session is named as the one who asked, so that no box is written over.
        self.commit_typing(initiator=self)
        self._squashable.clear()
        return Snapshot.of(self._audit)

    def take_over(self, merged: Audit) -> None:
        """Go on with `merged`, which holds everything that an earlier `snapshot` held and what others added."""
        self.commit_typing(initiator=self)
        merged = with_later(merged, self._audit)
        self._undo.forget_merges()
        self._replace_audit(merged, AuditReplaced(came_in=came_in(self._audit.state, merged.state)))

    # Inside

    def _replace_audit(self, audit: Audit, event: AuditReplaced) -> None:
        self._audit = audit
        self._squashable.clear()
        self._section_scores.clear()
        self._sign_offs = None
        self.events.publish(event)

    def _swap(self, audit: Audit) -> frozenset[str]:
        """Go on with `audit`, the other side of a merge; returns the addresses that differ."""
        left = self._audit
        crossing = cross(left, audit, self.sitting)
        self._unkept += crossing.came_in
        behind = Snapshot.of(left) if crossing.taken_out else None
        self._replace_audit(audit, AuditReplaced(needs_saving=True, taken_out=crossing.taken_out, left_behind=behind))
        self._publish_undo()
        return crossing.addresses

    def _change(self, address: str, after: JsonValue | None) -> Change | None:
        state = self._audit.state
        before = state.value(address)
        if state.has_conflict(address):
            return Change(address, before, after, tuple(head.value for head in state.heads(address)))
        return Change(address, before, after) if before != after else None

    def _checked(self, address: str, value: JsonValue | None) -> JsonValue | None:
        field = self.field(address)
        if not self.can_change(address):
            raise refusal(self, address)
        if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT) and isinstance(value, str):
            value = clean_text(value)[:LONGEST_TEXT] if len(value) <= LONGEST_TEXT else value
        return normalise(self._audit.framework, field, value, address)

    def _what_fits(self, pending: Mapping[str, JsonValue | None]) -> Iterator[tuple[str, JsonValue | None]]:
        """Yield what is pending and its field can hold."""
        for address, value in pending.items():
            with suppress(AuditDesktopError):
                yield address, self._checked(address, value)

    def _make(self, changes: list[Change], initiator: object) -> None:
        at = self.now()
        for change in changes:
            self._make_edits(change.address, (change.after,), at)
        self.events.publish(AnswersChanged(frozenset(change.address for change in changes), initiator))

    def now(self) -> str:
        """Return the time that an edit made now carries."""
        return self.clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _make_edits(self, address: str, values: tuple[JsonValue | None, ...], at: str) -> None:
        """Make the edit of `address`, or, of several `values` that stood side by side, one each."""
        assert self._who is not None
        state, who = self._audit.state, self._who
        # An edit of this sitting that no file holds yet is replaced together with what it replaced, so that it
        # can be left out of the log: a minute's typing is one entry of the history.
        squashed = self._squashable.pop(address, None)
        if squashed is not None and (
            squashed.author != who or len(squashed.extra.get(ABSORBED_KEY, ())) >= _MOST_ABSORBED
        ):
            squashed = None
        edits = [
            state.make_edit(address, value, at=at, author=who, sitting=self.sitting, absorbs=squashed)
            for value in values
        ]
        for edit in edits:
            self._audit.record(edit)
        if squashed is not None:
            self._audit.log.drop(squashed.id)
        if len(edits) == 1:
            self._squashable[address] = edits[0]
        self._unkept += edits
        section = state.addresses.section_of(address)
        if section is not None:
            self._section_scores.pop(section.id, None)
        if is_sign_off_address(address):
            self._sign_offs = None

    def _replay(self, answers: list[tuple[str, tuple[JsonValue | None, ...]]]) -> frozenset[str]:
        addresses = frozenset(address for address, _ in answers)
        at = self.now()
        for address, values in answers:
            self._make_edits(address, values, at)
        if addresses:
            self.events.publish(AnswersChanged(addresses))
        self._publish_undo()
        return addresses

    def _push(self, step: Step) -> None:
        self._undo.push(step)
        self._publish_undo()

    def _publish_undo(self) -> None:
        self.events.publish(UndoChanged(self.can_undo, self.can_redo))
