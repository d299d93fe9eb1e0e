"""The session: the one door through which answers change, with undo, events and scores that follow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.audit import Audit
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge import merge_audits
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.events import AnswersChanged, AuditReplaced, UndoChanged, WhoChanged
from tests.builders import RATING, SCHOOL, VISITOR, edit, make_audit

if TYPE_CHECKING:
    from audit_desktop.core.edits import Author
    from audit_desktop.session.events import Event

RATED, EVIDENCE, COMMENT = "statement/1.1/rating", "statement/1.1/evidence", "statement/1.1/visitor-comment"


class SteppingClock:
    """A clock that goes on a minute each time it is asked."""

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 5, 9, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()

    def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


def open_session(
    audit: Audit | None = None, who: Author | None = SCHOOL, *, is_read_only: bool = False
) -> AuditSession:
    return AuditSession(audit or make_audit(), who, SteppingClock(), is_read_only=is_read_only)


def events_of(session: AuditSession) -> list[Event]:
    seen: list[Event] = []
    session.events.subscribe(seen.append)
    return seen


def refused(session: AuditSession, address: str, value: Any) -> FaultCode:
    with pytest.raises(AuditDesktopError) as error:
        session.set_answer(address, value)
    return error.value.code


def test_an_answer_is_an_edit_by_whoever_works_at_the_time_it_was_given() -> None:
    session = open_session()
    session.set_answer(RATED, "developing")
    (made,) = session.audit.log.later()
    assert (made.address, made.value, made.author) == (RATED, "developing", SCHOOL)
    assert made.at == "2026-01-05T09:01:00.000Z"
    assert session.value(RATED) == "developing"


def test_several_answers_are_given_together_or_not_at_all() -> None:
    session = open_session()
    with pytest.raises(AuditDesktopError):
        session.set_answers({RATED: "developing", "statement/1.2/rating": "brilliant"})
    assert not list(session.audit.state.answers())
    assert not session.can_undo
    session.set_answers({RATED: "developing", EVIDENCE: "Register"})
    assert dict(session.audit.state.answers()) == {RATED: "developing", EVIDENCE: "Register"}
    session.undo()
    assert not list(session.audit.state.answers())


def test_saying_the_same_again_makes_no_edit() -> None:
    session = open_session()
    session.set_answer(RATED, "developing")
    session.set_answer(RATED, "developing")
    session.set_answer(EVIDENCE, "   ")
    assert len(session.audit.log) == 1


def test_nobody_changes_what_is_not_theirs() -> None:
    assert refused(open_session(who=SCHOOL), COMMENT, "x") is FaultCode.FIELD_OF_OTHER_ROLE
    assert refused(open_session(who=VISITOR), RATED, "developing") is FaultCode.FIELD_OF_OTHER_ROLE
    assert refused(open_session(who=None), RATED, "developing") is FaultCode.FIELD_OF_OTHER_ROLE
    assert refused(open_session(is_read_only=True), RATED, "developing") is FaultCode.FIELD_OF_OTHER_ROLE
    with pytest.raises(AuditDesktopError):
        open_session(who=VISITOR).type_answer(EVIDENCE, "x")


def test_an_unknown_address_is_refused() -> None:
    assert refused(open_session(), "statement/9.9/rating", "developing") is FaultCode.ADDRESS_UNKNOWN


def test_what_is_typed_is_seen_at_once_and_becomes_one_edit_when_the_typing_pauses() -> None:
    session = open_session()
    for text in ("R", "Re", "Reg"):
        session.type_answer(EVIDENCE, text)
    assert session.value(EVIDENCE) == "Reg"
    assert session.has_pending
    assert session.can_undo
    assert not session.audit.log.later()
    session.commit_typing()
    assert [made.value for made in session.audit.log.later()] == ["Reg"]
    assert not session.has_pending


def test_going_to_another_box_keeps_what_was_typed_in_the_first() -> None:
    session = open_session()
    session.type_answer(EVIDENCE, "Register")
    session.type_answer("section/1/action", "Train")
    session.set_answer(RATED, "developing")
    assert dict(session.audit.state.answers()) == {
        EVIDENCE: "Register",
        "section/1/action": "Train",
        RATED: "developing",
    }


def test_a_stretch_of_typing_is_one_entry_of_the_history_and_one_step_of_undo() -> None:
    session = open_session()
    for text in ("Reg", "Regis", "Register"):
        session.type_answer(EVIDENCE, text)
        session.commit_typing()
    assert [made.value for made in session.audit.log.later()] == ["Register"]
    session.undo()
    assert session.value(EVIDENCE) is None


def test_typing_after_the_box_was_left_is_undone_apart() -> None:
    session = open_session()
    session.type_answer(EVIDENCE, "One.")
    session.commit_typing(end_step=True)
    session.type_answer(EVIDENCE, "One. Two.")
    session.undo()
    assert session.value(EVIDENCE) == "One."
    session.undo()
    assert session.value(EVIDENCE) is None


def test_an_edit_that_a_file_holds_stays_in_the_log() -> None:
    session = open_session()
    session.set_answer(RATED, "developing")
    session.snapshot()
    session.set_answer(RATED, "established")
    session.set_answer(RATED, "not-in-place")
    assert [made.value for made in session.audit.log.later()] == ["developing", "not-in-place"]


def test_half_a_number_is_not_kept_and_loses_nothing_else() -> None:
    session = open_session(make_audit({"statement/1.3/number-1": {"number": 3}}))
    session.type_answer("statement/1.3/number-1", {"number": "-"})
    session.commit_typing()
    assert session.value("statement/1.3/number-1") == {"number": 3}


def test_the_unkept_edits_are_handed_over_once() -> None:
    session = open_session()
    session.set_answer(RATED, "developing")
    assert [made.value for made in session.take_unkept()] == ["developing"]
    assert session.take_unkept() == ()


def test_what_was_handed_over_and_replaced_gives_the_same_state_after_a_crash() -> None:
    session = open_session()
    journal: list[Any] = []
    for text in ("a", "ab", "abc"):
        session.type_answer(EVIDENCE, text)
        session.commit_typing()
        journal.extend(session.take_unkept())
    recovered = merge_audits(make_audit(), Audit.from_edits("audit-1", session.audit.framework, b"", journal)).audit
    assert recovered.state.value(EVIDENCE) == "abc"
    assert not list(recovered.state.conflicts())


actions = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from([RATED, "statement/2.1/rating"]), st.sampled_from([*RATING, None])),
        st.tuples(st.just("type"), st.sampled_from([EVIDENCE, "section/1/action"]), st.text("ab ", max_size=4)),
        st.sampled_from([("undo", "", ""), ("redo", "", ""), ("commit", "", ""), ("save", "", "")]),
    ),
    max_size=14,
)


def act(session: AuditSession, actions: list[Any]) -> None:
    for action, address, value in actions:
        match action:
            case "set":
                session.set_answer(address, value)
            case "type":
                session.type_answer(address, value)
            case "undo":
                session.undo()
            case "redo":
                session.redo()
            case "commit":
                session.commit_typing()
            case _:
                session.snapshot()


@given(actions)
def test_undoing_everything_gives_back_the_beginning_and_redoing_it_the_end(actions: list[Any]) -> None:
    session = open_session(make_audit({RATED: "developing", EVIDENCE: "Before"}))
    beginning = dict(session.audit.state.answers())
    act(session, actions)
    while session.can_redo:
        session.redo()
    session.commit_typing()
    end = dict(session.audit.state.answers())
    while session.can_undo:
        session.undo()
    assert dict(session.audit.state.answers()) == beginning
    while session.can_redo:
        session.redo()
    assert dict(session.audit.state.answers()) == end


@given(actions)
def test_a_single_person_never_makes_a_conflict_and_the_log_says_what_the_state_says(actions: list[Any]) -> None:
    session = open_session()
    act(session, actions)
    session.commit_typing()
    assert not list(session.audit.state.conflicts())
    again = Audit.from_edits("audit-1", session.audit.framework, b"", session.audit.log.all().values())
    assert dict(again.state.answers()) == dict(session.audit.state.answers())


def test_a_status_changes_with_what_a_person_sets_in_its_place() -> None:
    session = open_session(make_audit({RATED: "not-in-place"}))
    assert session.scores().sections["1"].status == "red"
    session.set_answer("section/1/status-override", {"status": "green", "reason": "Fixed."})
    assert session.scores().sections["1"].status == "green"


def test_who_asked_for_a_change_can_tell_its_own_echo() -> None:
    session = open_session()
    seen = events_of(session)
    me = object()
    session.set_answers({RATED: "developing", EVIDENCE: "x"}, initiator=me)
    assert AnswersChanged(frozenset({RATED, EVIDENCE}), me) in seen
    assert UndoChanged(can_undo=True, can_redo=False) in seen


def test_undo_says_which_answers_it_concerned() -> None:
    session = open_session()
    session.set_answer(RATED, "developing")
    seen = events_of(session)
    assert session.undo() == {RATED}
    assert AnswersChanged(frozenset({RATED})) in seen
    assert UndoChanged(can_undo=False, can_redo=True) in seen
    assert session.redo() == {RATED}
    assert session.redo() == frozenset()


def test_a_new_answer_ends_what_could_be_redone() -> None:
    session = open_session()
    session.set_answer(RATED, "developing")
    session.undo()
    session.set_answer(RATED, "established")
    assert not session.can_redo


def test_another_person_cannot_undo_what_the_first_did() -> None:
    session = open_session()
    session.type_answer(EVIDENCE, "Register")
    seen = events_of(session)
    session.set_who(VISITOR)
    assert WhoChanged(VISITOR) in seen
    assert session.value(EVIDENCE) == "Register"
    assert not session.can_undo
    session.set_answer(COMMENT, "Seen.")
    assert [made.author for made in session.audit.log.later()] == [SCHOOL, VISITOR]


def test_settling_a_conflict_needs_an_answer_even_if_it_is_one_of_the_two() -> None:
    audit = make_audit({RATED: "developing"})
    audit.record(make_audit({RATED: "established"}).state.heads(RATED)[0])
    session = open_session(audit)
    session.set_answer(RATED, "developing")
    assert session.value(RATED) == "developing"
    assert not list(session.audit.state.conflicts())


def test_a_conflict_can_be_settled_by_taking_the_answer_back() -> None:
    audit = make_audit({RATED: "developing"})
    audit.record(make_audit({RATED: "established"}).state.heads(RATED)[0])
    session = open_session(audit)
    session.set_answer(RATED, None)
    assert session.value(RATED) is None
    assert not list(session.audit.state.conflicts())


def test_a_merge_that_arrives_while_somebody_types_loses_nothing() -> None:
    session = open_session()
    session.set_answer(RATED, "developing")
    theirs = make_audit({COMMENT: "Seen."})
    merged = merge_audits(session.audit, theirs).audit
    session.set_answer("statement/1.2/rating", "established")
    session.type_answer(EVIDENCE, "Register")
    seen = events_of(session)
    session.take_over(merged)
    assert dict(session.audit.state.answers()) == {
        RATED: "developing",
        "statement/1.2/rating": "established",
        EVIDENCE: "Register",
        COMMENT: "Seen.",
    }
    assert any(isinstance(event, AuditReplaced) for event in seen)


def test_a_merge_that_changes_the_box_being_typed_in_keeps_both_texts() -> None:
    first = edit(EVIDENCE, "Register")
    session = open_session(Audit.from_edits("audit-1", make_audit().framework, b"", [first]))
    theirs = Audit.from_edits(
        "audit-1", session.audit.framework, b"", [first, edit(EVIDENCE, "Register and minutes", first, minute=3)]
    )
    merged = merge_audits(session.audit, theirs).audit
    session.type_answer(EVIDENCE, "Register, checked weekly")
    session.take_over(merged)
    assert {head.value for head in session.audit.state.heads(EVIDENCE)} == {
        "Register and minutes",
        "Register, checked weekly",
    }


def test_nobody_is_told_after_saying_that_they_no_longer_listen() -> None:
    session = open_session()
    seen: list[Event] = []
    end = session.events.subscribe(seen.append)
    end()
    end()
    session.set_answer(RATED, "developing")
    assert seen == []
