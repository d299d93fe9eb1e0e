"""Histories of three to five people with a copy each, and every law that merging them has to keep."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from audit_desktop.core.audit import Audit
from audit_desktop.core.audit_state import may_change
from audit_desktop.core.common_fields import DELETED, LISTS
from audit_desktop.core.edits import Author, Role, canonical_json, edits_by_id
from audit_desktop.core.framework import Framework
from audit_desktop.core.history_check import history_faults
from audit_desktop.core.merge import merge_audits
from audit_desktop.core.send_copy import without_earlier_wording
from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit, rebuild_if_different
from audit_desktop.storage.journal import Journal, JournalHeader, read_journal
from audit_desktop.storage.process import ProcessMark
from tests.builders import framework_document
from tests.core.people import ITEMS, VALUES, everything
from tests.storage.simulated_filesystem import SimulatedFilesystem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audit_desktop.core.edits import Edit, JsonValue

    Merging = Callable[[Audit, Audit], Audit]

SOURCE = json.dumps(framework_document((2, 1))).encode()
FRAMEWORK = Framework.build(json.loads(SOURCE))
AUDIT_ID = "audit-1"
SOME_DAY = datetime(2026, 3, 2, 14, 2, tzinfo=UTC)
TEN_YEARS = 10 * 365 * 24 * 60 * 60.0
EVERY_SO_MANY = 8
"""The laws that need a file or a journal cost more than all others together: every eighth history is held to them."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one of the people did: an answer, a removal, a copy taken in, an attachment."""

    kind: str
    who: int
    address: str = ""
    value: JsonValue = None
    other: int = 0


@dataclass(frozen=True, slots=True)
class HistoryOutcome:
    """What one history came to: the laws that did not hold, and how many edits and conflicts it had."""

    broken: tuple[str, ...]
    edits: int
    conflicts: int


def union(mine: Audit, theirs: Audit) -> Audit:
    """Merge as the program does."""
    return merge_audits(mine, theirs).audit


def newest_wins(mine: Audit, theirs: Audit) -> Audit:
    """Keep of each address what was written last, as the clocks say: wrong on purpose."""
    newest: dict[str, Edit] = {}
    for edit in edits_by_id(mine.log.all().values(), theirs.log.all().values()).values():
        if edit.address not in newest or newest[edit.address].at < edit.at:
            newest[edit.address] = edit
    return Audit.from_edits(AUDIT_ID, FRAMEWORK, SOURCE, newest.values())


def mine_wins(mine: Audit, theirs: Audit) -> Audit:
    """Take from the other copy only what this one has no answer to: wrong on purpose."""
    known = {edit.address for edit in mine.log.all().values()}
    added = [edit for edit in theirs.log.all().values() if edit.address not in known]
    return Audit.from_edits(AUDIT_ID, FRAMEWORK, SOURCE, [*mine.log.all().values(), *added])


def merge_history(seed: int, merge: Merging = union) -> HistoryOutcome:
    """Play the history of `seed`, merge it in many ways and return which laws do not hold."""
    random = Random(seed)
    people = _people(random)
    steps = _steps(random, len(people))
    clocks = [random.uniform(-TEN_YEARS, TEN_YEARS) for _ in people]
    copies, made = _play(steps, people, clocks, merge)
    whole = reduce(merge, copies)
    said = everything(whole)
    broken = {
        "every order gives the same": everything(reduce(merge, random.sample(copies, len(copies)))) != said,
        "grouping does not matter": everything(merge(copies[0], reduce(merge, copies[1:]))) != said,
        "merging again changes nothing": everything(merge(whole, whole)) != said,
        "an older copy changes nothing": everything(merge(whole, random.choice(copies))) != said
        or everything(merge(random.choice(copies), whole)) != said,
        "every edit is there, as it was made": not _holds_all(whole, made),
        "the state is what the edits say": not _agrees_with_model(whole),
        "what replaces an edit had seen it": bool(history_faults(whole.log.all())),
        "a settled conflict stays settled": not _settles(whole, copies, merge, people),
        "no clock decides": merge is union and _meaning(whole) != _meaning(_in_another_time(steps, people, random)),
    }
    if seed % EVERY_SO_MANY == 0:
        broken["a file holds all of it"] = not _survives_file(whole, said)
        broken["journals replay to the same"] = merge is union and not _survives_journals(copies, whole)
    conflicts = sum(1 for _ in whole.state.conflicts())
    return HistoryOutcome(tuple(law for law, is_broken in broken.items() if is_broken), len(made), conflicts)


def _people(random: Random) -> list[Author]:
    roles = [Role.SCHOOL, Role.VISITOR, *random.choices(tuple(Role), k=random.randint(1, 3))]
    return [Author(f"Person {number}", role) for number, role in enumerate(roles)]


def _steps(random: Random, people: int) -> list[Step]:
    steps: list[Step] = []
    # Few addresses, so that people meet.
    addresses = random.sample(sorted(VALUES), random.randint(2, 6))
    for _ in range(random.randint(4, 24)):
        who = random.randrange(people)
        match random.choice(("answer", "answer", "answer", "answer", "remove", "take", "take", "strip", "attach")):
            case "answer":
                address = random.choice(addresses)
                steps.append(Step("answer", who, address, random.choice(VALUES[address])))
            case "remove":
                list_name, own_id = random.choice(ITEMS)
                steps.append(
                    Step("answer", who, f"{list_name}/{own_id}/{DELETED.id}", random.choice((True, True, None)))
                )
            case "attach":
                steps.append(Step("attach", who, value=f"{random.randrange(3):064x}"))
            case kind:
                steps.append(Step(kind, who, other=random.randrange(people)))
    return steps


def _play(
    steps: Iterable[Step], people: list[Author], clocks: list[float], merge: Merging
) -> tuple[list[Audit], dict[str, Edit]]:
    copies = [Audit.new(AUDIT_ID, FRAMEWORK, SOURCE) for _ in people]
    made: dict[str, Edit] = {}
    for number, step in enumerate(steps):
        mine, who = copies[step.who], people[step.who]
        if step.kind == "answer":
            at = (SOME_DAY + timedelta(seconds=clocks[step.who] + number)).isoformat(timespec="milliseconds")
            edit = mine.state.make_edit(step.address, step.value, at=at, author=who, sitting=f"{who.name} {number}")
            mine.record(edit)
            made[edit.id] = edit
        elif step.kind == "attach":
            mine.extra[f"entry:att/{step.value}"] = step.value
        else:
            theirs = copies[step.other]
            copies[step.who] = merge(mine, without_earlier_wording(theirs) if step.kind == "strip" else theirs)
    return copies, made


def _holds_all(whole: Audit, made: dict[str, Edit]) -> bool:
    log = whole.log.all()
    return log.keys() == made.keys() and all(log[edit_id].withheld or log[edit_id] == made[edit_id] for edit_id in made)


def _agrees_with_model(whole: Audit) -> bool:
    """Return whether the state is what a slow second reading of all edits says."""
    state = whole.state
    applied: dict[str, list[Edit]] = {}
    aside: set[str] = set()
    for edit in whole.log.all().values():
        field = state.addresses.field(edit.address)
        if field is not None and not may_change(edit.author.role, field):
            aside.add(edit.id)
        else:
            applied.setdefault(edit.address, []).append(edit)
    heads = {
        address: {edit for edit in edits if not any(edit.id in other.replaces for other in edits)}
        for address, edits in applied.items()
    }
    conflicts = {address for address, edits in heads.items() if len({canonical_json(edit.value) for edit in edits}) > 1}
    return (
        {address: set(edits) for address, edits in state.all_heads().items()} == heads
        and {one.edit.id for one in state.set_aside()} == aside
        and set(state.conflicts()) == conflicts
        and all(set(state.items(name)) == _items(heads, name) for name in LISTS)
    )


def _items(heads: dict[str, set[Edit]], list_name: str) -> set[str]:
    """Return the items that are there: those with an answer that no removal knew of."""
    there: set[str] = set()
    for address, edits in heads.items():
        kind, own_id, field_id = [*address.split("/"), ""][:3]
        if kind != list_name or field_id == DELETED.id:
            continue
        removals = heads.get(f"{kind}/{own_id}/{DELETED.id}", set())
        is_removed = bool(removals) and all(removal.value is True for removal in removals)
        known = {edit_id for removal in removals for edit_id in removal.replaces} if is_removed else set()
        if any(edit.value is not None and edit.id not in known for edit in edits):
            there.add(own_id)
    return there


def _settles(whole: Audit, copies: list[Audit], merge: Merging, people: list[Author]) -> bool:
    settled = Audit.from_edits(AUDIT_ID, FRAMEWORK, SOURCE, whole.log.all().values())
    settled.extra = dict(whole.extra)
    for address in list(settled.state.conflicts()):
        field = settled.state.addresses.field(address)
        who = next(person for person in people if field is None or may_change(person.role, field))
        value = settled.state.heads(address)[0].value
        settled.record(
            settled.state.make_edit(address, value, at="2026-04-01T09:00:00.000Z", author=who, sitting="settling")
        )
    after = everything(settled)
    return after["conflicts"] == [] and everything(reduce(merge, copies, settled)) == after


def _in_another_time(steps: list[Step], people: list[Author], random: Random) -> Audit:
    copies, _ = _play(steps, people, [random.uniform(-TEN_YEARS, TEN_YEARS) for _ in people], union)
    return reduce(union, copies)


def _meaning(audit: Audit) -> dict[str, Any]:
    """Return what `audit` says, without the ids and the times."""
    state = audit.state
    return {
        "heads": {
            address: sorted(canonical_json([edit.value, edit.author.name, edit.withheld]) for edit in edits)
            for address, edits in sorted(state.all_heads().items())
            if edits
        },
        "conflicts": sorted(state.conflicts()),
        "items": {name: sorted(state.items(name)) for name in LISTS},
        "aside": sorted(canonical_json([one.edit.address, one.edit.value]) for one in state.set_aside()),
    }


def _survives_file(whole: Audit, said: dict[str, Any]) -> bool:
    plain = Audit.from_edits(AUDIT_ID, FRAMEWORK, SOURCE, whole.log.all().values())
    data, _ = encode_audit(Snapshot.of(plain))
    opened = decode_audit(data, "", lambda _: True)
    again = everything(opened.audit)
    return rebuild_if_different(opened) is None and all(
        _unordered(again[key]) == _unordered(said[key]) for key in ("log", "heads", "conflicts", "set aside", "items")
    )


def _survives_journals(copies: list[Audit], whole: Audit) -> bool:
    filesystem, folder = SimulatedFilesystem(), Path("/journals")
    edits: list[Edit] = []
    for number, copy in enumerate(copies):
        header = JournalHeader(
            AUDIT_ID, f"s{number}", "", "", "small", "1.0.0", sha256(SOURCE).hexdigest(), "", ProcessMark("", 1, "")
        )
        journal = Journal(filesystem, folder, header, SOURCE)
        said = [edit for edit in copy.log.all().values() if not edit.withheld]
        for start in range(0, len(said), 3):
            journal.append(said[start : start + 3])
        path = folder / AUDIT_ID / f"s{number}-1.journal"
        if said:
            edits += read_journal(filesystem.read_bytes(path)).edits
    replayed = Audit.from_edits(AUDIT_ID, FRAMEWORK, SOURCE, reversed(edits))
    return _meaning(replayed) == _meaning(whole)


def _unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unordered(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted(value, key=str)
    return value
