"""Upgrading: what becomes of an audit on another version of its framework, before and after somebody agreed to it.

An upgrade takes nothing away and decides nothing for anybody. Answers go where the author of the version says that
their statement went (`carrying.py`); those whose statement was taken out are *parked*: they stay in the log, are shown
and printed. A rating that was given to other words than a statement has now is to be looked at again. The record of an
upgrade is an edit like any other and holds all that this needs, so that it travels and merges with the audit.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

from audit_desktop.core.addresses import item_address, statement_address, successors
from audit_desktop.core.answers import normalise
from audit_desktop.core.carrying import carry_over
from audit_desktop.core.common_fields import LISTS
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge import in_log_order
from audit_desktop.core.record import Record
from audit_desktop.core.semantic_version import precedence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Edit, JsonValue
    from audit_desktop.core.framework import Framework

UPGRADES: Final = "upgrades"
"""The list that the records of upgrades stand in. No framework knows its addresses, so no form shows them."""
_FIELD: Final = "done"


class ChangeKind(StrEnum):
    """What became of a statement or a section."""

    SAME = "same"
    MOVED = "moved"
    """It has another number, or stands in another section."""
    REWORDED = "reworded"
    SPLIT = "split"
    """What is one of several now was one."""
    JOINED = "joined"
    """What is one now was several."""
    NEW = "new"
    REMOVED = "removed"


TO_LOOK_AT: Final = frozenset({ChangeKind.REWORDED, ChangeKind.SPLIT, ChangeKind.JOINED})
"""Kinds of which a rating was given to other words."""


class Subject(Record):
    """A statement or a section of one version: its address without a field, its number and its words."""

    address: str
    reference: str
    text: str
    section: str
    """The id of the section that it stands in; empty for a section."""


class SubjectChange(Record):
    """What became of what, and how many answers stand there. `after` is `None` for what was taken out."""

    kind: ChangeKind
    before: tuple[Subject, ...]
    after: Subject | None
    answers: int


class UpgradePlan(Record):
    """An upgrade that nobody agreed to yet: the audit as it would be, and what became of everything that was asked."""

    audit: Audit
    version_before: str
    changes: tuple[SubjectChange, ...]
    waiting: Mapping[str, str]
    """The older words of statements, by their addresses, whose rating was to be looked at already."""

    @property
    def version(self) -> str:
        """The version that the audit would stand on."""
        return self.audit.framework.version


class Parked(Record):
    """An answer to what an earlier version asked and this one does not, in the words of that version."""

    edit: Edit
    reference: str
    text: str
    label: str
    answer: JsonValue


class Rewording(Record):
    """A rating that was given to other words: what they were, and in which version."""

    statement_id: str
    text: str
    version: str


def plan_upgrade(audit: Audit, framework: Framework, framework_source: bytes) -> UpgradePlan:
    """Return what becomes of `audit` on another version of its framework; it is not changed.

    Raises `AuditDesktopError`: `DIFFERENT_FRAMEWORK`, `UPGRADE_BACKWARDS` if the version is an earlier one, and
    `UPGRADE_DOES_NOT_FIT` with `addresses` if it cannot hold answers that stand, as where it has no such level.
    """
    before = audit.framework
    if before.id != framework.id:
        raise AuditDesktopError(FaultCode.DIFFERENT_FRAMEWORK, mine=before.id, theirs=framework.id)
    if precedence(framework.version) < precedence(before.version):
        raise AuditDesktopError(FaultCode.UPGRADE_BACKWARDS, mine=before.version, theirs=framework.version)
    carried = carry_over(audit, framework, framework_source)
    known = {aside.edit.id for aside in audit.state.set_aside()}
    misfits = tuple(sorted(_misfits(carried.state, known)))
    if misfits:
        raise AuditDesktopError(FaultCode.UPGRADE_DOES_NOT_FIT, version=framework.version, addresses=misfits)
    return UpgradePlan(
        carried,
        before.version,
        tuple(_changes(audit.state, before, framework)),
        {f"statement/{one.statement_id}": one.text for one in reworded_ratings(audit.state).values()},
    )


def record_of(plan: UpgradePlan, before: Framework) -> JsonValue:
    """Return the record of the upgrade that `plan` is, from the framework `before`: the words that it left behind."""
    reworded = {statement_id: entry for change in plan.changes for statement_id, entry in _to_look_at(plan, change)}
    gone = (change.before[0] for change in plan.changes if change.kind is ChangeKind.REMOVED)
    fields = before.fields
    return {
        "from": plan.version_before,
        "to": plan.version,
        "reworded": reworded,
        "removed": {subject.address: {"reference": subject.reference, "text": subject.text} for subject in gone},
        "labels": {
            "statement": {field.id: field.label for field in fields.statement},
            "section": {field.id: field.label for field in fields.section},
            "audit": {field.id: field.label for field in fields.audit},
        },
        "levels": {level.id: level.label for scale in before.scales for level in scale.levels},
    }


def _to_look_at(plan: UpgradePlan, change: SubjectChange) -> Iterator[tuple[str, JsonValue]]:
    """Yield the statement of `change` if it has a rating that was given to other words, with them and the rating."""
    state = plan.audit.state
    rating = state.addresses.rating_field
    if rating is None or change.after is None or not change.before:
        return
    texts = [plan.waiting.get(subject.address, subject.text) for subject in change.before]
    if change.kind not in TO_LOOK_AT and texts == [subject.text for subject in change.before]:
        return
    rated = [head.id for head in state.heads(f"{change.after.address}/{rating.id}") if head.value is not None]
    if rated:
        yield change.after.address.partition("/")[2], {"text": "\n\n".join(texts), "rated": rated}


def record_address(own_id: str) -> str:
    """Return the address of the record of an upgrade."""
    return item_address(UPGRADES, own_id, _FIELD)


def reworded_ratings(state: AuditState) -> dict[str, Rewording]:
    """Return the statements whose rating was given to other words and that nobody rated since, by their ids."""
    rating = state.addresses.rating_field
    found: dict[str, Rewording] = {}
    for record in _records(state) if rating is not None else ():
        for own_id, entry in _objects(record, "reworded"):
            statement = state.addresses.statements.get(own_id)
            text, rated = _text(entry, "text"), entry.get("rated")
            if statement is None or not text or not isinstance(rated, list):
                continue
            heads = state.heads(statement_address(own_id, rating.id)) if rating is not None else ()
            if _words(text) != _words(statement.text) and any(head.id in rated for head in heads):
                found[own_id] = Rewording(own_id, text, _text(record, "from"))
    return found


def parked_answers(state: AuditState) -> tuple[Parked, ...]:
    """Return the answers to what this version of the framework does not ask any more, in the order of their places."""
    heads = sorted(_parked_heads(state), key=lambda found: found[0])
    records = _records(state) if heads else []
    return tuple(_parked(address, edit, records) for address, edit in heads)


def _parked(address: str, edit: Edit, records: list[Mapping[str, Any]]) -> Parked:
    place, _, field_id = address.rpartition("/")
    kind = address.partition("/")[0]
    reference, text, label, answer = place.partition("/")[2], "", field_id, edit.value
    for record in records:
        entry = dict(_objects(record, "removed")).get(place, {})
        labels = dict(_objects(record, "labels")).get(kind, {})
        levels = record.get("levels")
        reference, text = _text(entry, "reference") or reference, _text(entry, "text") or text
        label = _text(labels, field_id) or label
        if isinstance(levels, dict) and isinstance(answer, str) and field_id.endswith("rating"):
            answer = _text(cast("Mapping[str, Any]", levels), answer) or answer
    return Parked(edit, reference, text, label, answer)


def _parked_heads(state: AuditState) -> Iterator[tuple[str, Edit]]:
    for address, heads in state.all_heads().items():
        if address.partition("/")[0] in ("statement", "section", "audit") and state.addresses.field(address) is None:
            yield from ((address, head) for head in heads if head.value is not None)


def _misfits(state: AuditState, known: Collection[str]) -> Iterator[str]:
    """Yield the addresses of answers that their field cannot hold, as a level that its scale does not have.

    Edits that are `known` to be set aside were none before.
    """
    yield from (aside.edit.address for aside in state.set_aside() if aside.edit.id not in known)
    for address, heads in state.all_heads().items():
        field = state.addresses.field(address)
        if field is None or address.partition("/")[0] in LISTS:
            continue
        for head in heads:
            try:
                normalise(state.addresses.framework, field, head.value, address)
            except AuditDesktopError:
                yield address


def _changes(state: AuditState, before: Framework, after: Framework) -> Iterator[SubjectChange]:
    moves = successors(after)
    counts = _answers_by_subject(state)
    for old, new in (
        (tuple(_sections(before)), tuple(_sections(after))),
        (tuple(_statements(before)), tuple(_statements(after))),
    ):
        here = {subject.address for subject in new}
        went: dict[str, list[Subject]] = {}
        for subject in old:
            for target in (subject.address,) if subject.address in here else moves.get(subject.address, ()):
                went.setdefault(target, []).append(subject)
        for subject in new:
            came = tuple(went.get(subject.address, ()))
            answers = sum(counts.get(one.address, 0) for one in came)
            yield SubjectChange(_kind(came, subject, moves), came, subject, answers)
        for subject in old:
            if subject.address not in here and not moves.get(subject.address):
                yield SubjectChange(ChangeKind.REMOVED, (subject,), None, counts.get(subject.address, 0))


def _kind(came: tuple[Subject, ...], now: Subject, moves: Mapping[str, tuple[str, ...]]) -> ChangeKind:
    if not came:
        return ChangeKind.NEW
    before, *others = came
    if others:
        return ChangeKind.JOINED
    if len(moves.get(before.address, ())) > 1:
        return ChangeKind.SPLIT
    if _words(before.text) != _words(now.text):
        return ChangeKind.REWORDED
    return ChangeKind.SAME if (before.reference, before.section) == (now.reference, now.section) else ChangeKind.MOVED


def _answers_by_subject(state: AuditState) -> dict[str, int]:
    counts: dict[str, int] = {}
    for address, heads in state.all_heads().items():
        if any(head.value is not None for head in heads):
            place = address.rpartition("/")[0]
            counts[place] = counts.get(place, 0) + 1
    return counts


def _sections(framework: Framework) -> Iterator[Subject]:
    for section in framework.sections:
        yield Subject(f"section/{section.id}", f"{framework.section_noun} {section.id}", section.title, "")


def _statements(framework: Framework) -> Iterator[Subject]:
    for section in framework.sections:
        for statement in section.statements:
            yield Subject(f"statement/{statement.id}", statement.reference, statement.text, section.id)


def _records(state: AuditState) -> list[Mapping[str, Any]]:
    """Return the records of upgrades, the first one first; what a stranger calls one and is none is left out."""
    heads = [
        head
        for address, found in state.all_heads().items()
        if address.startswith(f"{UPGRADES}/")
        for head in found
        if isinstance(head.value, dict)
    ]
    return [cast("Mapping[str, Any]", head.value) for head in sorted(heads, key=in_log_order)]


def _objects(record: Mapping[str, Any], key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    objects = record.get(key)
    if isinstance(objects, dict):
        for name, value in cast("Mapping[str, object]", objects).items():
            if isinstance(value, dict):
                yield name, cast("Mapping[str, Any]", value)


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _words(text: str) -> str:
    return " ".join(text.split())
