"""Signing off closes an audit, and opening it again is a recorded act."""

from __future__ import annotations

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.sign_off import sign_offs
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.signing import reopen, sign_off
from audit_desktop.storage.audit_container import Snapshot, decode_audit, encode_audit
from audit_desktop.storage.seals import verify_seals
from tests.builders import edit
from tests.session.visit import KEY, SCHOOL, VISITOR, VisitClock, session_of

RATING, EVIDENCE = "statement/1.1/rating", "statement/1.1/evidence"
COMPLETE = {
    "audit/school-name": "Hill",
    **{f"statement/{one}/rating": "developing" for one in ("1.1", "1.2", "1.3", "2.1", "2.2")},
}


def refused(action: object, *arguments: object) -> AuditDesktopError:
    with pytest.raises(AuditDesktopError) as error:
        action(*arguments)  # type: ignore[operator]
    return error.value


def test_a_signed_audit_takes_no_answer_and_nothing_can_be_undone() -> None:
    session = session_of(COMPLETE)
    session.set_answer(EVIDENCE, "Register")
    seal = sign_off(session, KEY, "1.0")
    assert not session.can_change(EVIDENCE)
    assert not session.can_undo
    assert session.undo() == frozenset()
    fault = refused(session.set_answer, EVIDENCE, "Other")
    assert (fault.code, fault.details["name"]) == (FaultCode.SIGNED_OFF, SCHOOL.name)
    assert refused(session.type_answer, EVIDENCE, "Other").code is FaultCode.SIGNED_OFF
    assert session.value(EVIDENCE) == "Register"
    (record,) = sign_offs(session.audit.state)
    assert (record.name, record.role, record.date, record.seal) == (SCHOOL.name, "school", "2026-03-02", seal.id)
    assert verify_seals(session.audit).faults("") == ()


def test_what_was_being_typed_is_signed_too() -> None:
    session = session_of(COMPLETE)
    session.type_answer(EVIDENCE, "Register")
    sign_off(session, KEY, "1.0")
    assert session.value(EVIDENCE) == "Register"
    assert verify_seals(session.audit).faults("") == ()


def test_an_incomplete_audit_is_signed_only_by_somebody_who_says_so() -> None:
    session = session_of({"audit/school-name": "Hill"})
    fault = refused(sign_off, session, KEY, "1.0")
    assert (fault.code, fault.details["count"]) == (FaultCode.SIGN_OFF_INCOMPLETE, 5)
    assert not session.sign_offs
    sign_off(session, KEY, "1.0", although_incomplete=True)
    assert session.sign_offs


def test_a_conflict_stands_in_the_way_of_every_sign_off() -> None:
    session = session_of(COMPLETE)
    session.audit.record(edit(RATING, "established", minute=50))
    with pytest.raises(AuditDesktopError) as error:
        sign_off(session, KEY, "1.0", although_incomplete=True)
    assert error.value.details["conflicts"] == 1


def test_the_visitor_signs_after_the_school_and_nobody_signs_twice() -> None:
    session = session_of(COMPLETE)
    sign_off(session, KEY, "1.0")
    assert refused(sign_off, session, KEY, "1.0").code is FaultCode.SIGNED_OFF
    session.set_who(VISITOR)
    second = sign_off(session, KEY, "1.0", although_incomplete=True)
    assert second.number == 2
    assert [record.role for record in session.sign_offs] == ["school", "visitor"]
    assert verify_seals(session.audit).faults("") == ()


def test_reopening_needs_a_reason_is_recorded_and_keeps_the_seal() -> None:
    session = session_of(COMPLETE)
    assert refused(reopen, session, "Why").code is FaultCode.NOT_SIGNED_OFF
    sign_off(session, KEY, "1.0")
    assert refused(reopen, session, "  ").code is FaultCode.REASON_MISSING
    session.set_who(VISITOR)
    reopen(session, "One comment was missing")
    assert not session.can_undo
    session.set_answer("statement/1.1/visitor-comment", "Seen.")
    (record,) = sign_offs(session.audit.state)
    assert (record.reopened_by, record.reopened_reason) == (VISITOR.name, "One comment was missing")
    (verified,) = verify_seals(session.audit).seals
    assert (verified.must_hold, verified.holds, verified.is_genuine) == (False, False, True)
    assert verify_seals(session.audit).faults("") == ()


def test_a_sign_off_that_comes_with_a_copy_closes_the_audit_here_too() -> None:
    session = session_of(COMPLETE)
    session.set_answer(EVIDENCE, "Register")
    data, _ = encode_audit(Snapshot.of(session.audit))
    other = AuditSession(decode_audit(data, "", lambda _: True).audit, SCHOOL, VisitClock())
    sign_off(other, KEY, "1.0")
    session.merge_in(other.audit)
    assert not session.can_change(EVIDENCE)
    assert verify_seals(session.audit).faults("") == ()
    session.undo()
    assert session.can_change(EVIDENCE)
    assert session.value(EVIDENCE) == "Register"
    session.redo()
    assert not session.can_change(EVIDENCE)


def test_work_before_a_sign_off_that_came_with_the_file_cannot_be_undone() -> None:
    session = session_of(COMPLETE)
    session.set_answer(EVIDENCE, "Register")
    data, _ = encode_audit(session.snapshot())
    other = AuditSession(decode_audit(data, "", lambda _: True).audit, VISITOR, VisitClock())
    sign_off(other, KEY, "1.0", although_incomplete=True)
    session.take_over(other.audit)
    assert not session.can_undo
    assert session.undo() == frozenset()
    assert session.value(EVIDENCE) == "Register"
