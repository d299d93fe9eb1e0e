"""The history of every answer can be read, and an earlier state looked at and given again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from audit_desktop.core.audit_state import AuditState
from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge import merge_audits
from audit_desktop.core.send_copy import without_earlier_wording
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.history import differences, history_entries, restore
from audit_desktop.session.items import add_item, remove_item
from audit_desktop.session.snapshots import snapshots, state_of, take_snapshot
from tests.builders import edit, make_audit

SCHOOL = Author("Sam Reed", Role.SCHOOL)
VISITOR = Author("Alex Moss", Role.VISITOR)
RATING = "statement/1.1/rating"
EVIDENCE = "section/1/evidence"
COMMENT = "statement/1.1/visitor-comment"


class TickingClock:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self.time = datetime(2026, 9, 1, 14, 2, tzinfo=UTC)

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def session() -> AuditSession:
    return AuditSession(make_audit(), SCHOOL, TickingClock())


def read(session: AuditSession, address: str = "") -> list[tuple[str, tuple[object, ...], object]]:
    entries = history_entries(session.audit.state, session.audit.log.all(), address)
    return [(entry.edit.author.name, entry.before, entry.edit.value) for entry in entries]


def test_an_answers_history_says_who_and_what_before_and_after(session: AuditSession) -> None:
    session.set_answer(RATING, "developing")
    session.snapshot()
    session.set_answer(RATING, "established")
    session.snapshot()
    session.set_answer(RATING, None)
    session.set_answer(EVIDENCE, "Register")

    assert read(session, RATING) == [
        ("Sam Reed", ("established",), None),
        ("Sam Reed", ("developing",), "established"),
        ("Sam Reed", (), "developing"),
    ]
    assert len(read(session)) == 4


def test_steps_of_typing_do_not_stand_between_an_answer_and_the_one_before(session: AuditSession) -> None:
    session.set_answer(EVIDENCE, "First")
    session.snapshot()
    for text in ("Se", "Seco", "Second"):
        session.type_answer(EVIDENCE, text)
        session.commit_typing()

    assert read(session, EVIDENCE)[0] == ("Sam Reed", ("First",), "Second")


def test_settling_a_conflict_shows_both_answers_that_stood_before(session: AuditSession) -> None:
    for number, value in enumerate(("developing", "established")):
        session.audit.record(edit(RATING, value, minute=number))
    session.set_answer(RATING, "not-in-place")

    assert sorted(read(session, RATING)[0][1]) == ["developing", "established"]  # type: ignore[type-var]


def test_withheld_wording_is_said_to_be_withheld(session: AuditSession) -> None:
    session.set_answer(EVIDENCE, "A pupil's name")
    session.snapshot()
    session.set_answer(EVIDENCE, "Register")
    copy = without_earlier_wording(session.audit)

    newest, first = history_entries(copy.state, copy.log.all(), EVIDENCE)

    assert (newest.before, newest.before_is_withheld) == ((), True)
    assert first.edit.withheld


def test_a_snapshot_shows_how_everything_stood_and_can_be_restored_in_one_step(session: AuditSession) -> None:
    session.set_answers({RATING: "developing", EVIDENCE: "Register"})
    own_id = add_item(session, "sharing", {"with": "trust", "on": "2026-09-01"})
    take_snapshot(session, "Before the visit")
    session.set_answers({RATING: "established", EVIDENCE: None, "statement/1.2/rating": "established"})
    remove_item(session, "sharing", own_id)
    add_item(session, "sharing", {"with": "other"})
    changed = dict(session.audit.state.answers())

    (snapshot,) = snapshots(session.audit.state)
    then = state_of(snapshot, session.audit.state, session.audit.log.all())
    refused = restore(session, differences(then, session.audit.state))

    assert snapshot.name == "Before the visit"
    assert refused == ()
    assert {address: value for address, value in session.audit.state.answers() if "/deleted" not in address} == dict(
        then.answers()
    )
    assert session.audit.state.items("sharing") == [own_id]
    session.undo()
    assert dict(session.audit.state.answers()) == changed


def test_restoring_leaves_alone_what_belongs_to_the_other_role(session: AuditSession) -> None:
    session.set_answer(RATING, "developing")
    take_snapshot(session, "First")
    session.set_answer(RATING, "established")
    session.set_who(VISITOR)
    session.set_answer(COMMENT, "Seen.")
    session.set_who(SCHOOL)
    (snapshot,) = snapshots(session.audit.state)

    then = state_of(snapshot, session.audit.state, session.audit.log.all())
    refused = restore(session, differences(then, session.audit.state))

    assert [difference.address for difference in refused] == [COMMENT]
    assert session.value(COMMENT) == "Seen."
    assert session.value(RATING) == "developing"


def test_a_snapshot_travels_with_the_audit_and_is_no_answer(session: AuditSession) -> None:
    other = AuditSession(merge_audits(session.audit, session.audit).audit, VISITOR, TickingClock())
    session.set_answer(RATING, "developing")
    take_snapshot(session, "First")

    other.merge_in(session.audit)

    assert [snapshot.name for snapshot in snapshots(other.audit.state)] == ["First"]
    assert [address for address, _ in other.audit.state.answers()] == [RATING]


@pytest.mark.parametrize(
    "value", [None, 5, "x", {}, {"name": 1, "heads": ""}, {"name": "x", "heads": "ä"}, {"name": "x", "heads": "AAAA"}]
)
def test_what_is_no_snapshot_is_left_out(session: AuditSession, value: object) -> None:
    session.audit.record(edit("snapshots/a/taken", value))

    assert snapshots(session.audit.state) == ()


def test_nobody_takes_a_snapshot_of_what_cannot_be_changed(session: AuditSession) -> None:
    session.is_read_only = True

    with pytest.raises(AuditDesktopError) as raised:
        take_snapshot(session, "First")
    assert raised.value.code is FaultCode.AUDIT_TOO_NEW


def test_two_states_that_say_the_same_have_no_differences(session: AuditSession) -> None:
    session.set_answers({RATING: "developing", EVIDENCE: "Register"})
    state = session.audit.state

    assert differences(AuditState.from_heads(state.addresses, state.all_heads()), state) == ()
