"""What a field shows: its value, whether it can be changed, what is missing, and its conflict."""

from __future__ import annotations

from audit_desktop.session.field_state import field_state
from tests.builders import SCHOOL, VISITOR, make_audit
from tests.session.test_audit_session import open_session

RATED, THEIRS, REASON = (
    "statement/1.1/rating",
    "statement/1.1/visitor-rating",
    "statement/1.1/visitor-rating-reason",
)


def test_a_required_field_is_missing_until_it_is_answered() -> None:
    session = open_session()
    assert field_state(session, RATED).is_missing
    session.set_answer(RATED, "developing")
    assert not field_state(session, RATED).is_missing
    assert not field_state(session, "statement/1.1/evidence").is_missing


def test_a_reason_is_missing_while_the_ratings_differ() -> None:
    session = open_session(make_audit({RATED: "developing"}), VISITOR)
    assert not field_state(session, REASON).is_missing
    session.set_answer(THEIRS, "established")
    assert field_state(session, REASON).is_missing
    session.set_answer(REASON, "Seen working.")
    assert not field_state(session, REASON).is_missing


def test_no_reason_is_missing_where_both_say_the_same() -> None:
    session = open_session(make_audit({RATED: "developing", THEIRS: "developing"}), VISITOR)
    assert not field_state(session, REASON).is_missing


def test_the_other_roles_field_is_read_only() -> None:
    assert field_state(open_session(who=SCHOOL), THEIRS).is_read_only
    assert not field_state(open_session(who=VISITOR), THEIRS).is_read_only
    assert field_state(open_session(who=SCHOOL, is_read_only=True), RATED).is_read_only


def test_a_conflict_shows_both_answers_and_no_value() -> None:
    audit = make_audit({RATED: "developing"})
    audit.record(make_audit({RATED: "established"}).state.heads(RATED)[0])
    shown = field_state(open_session(audit), RATED)
    assert shown.value is None
    assert {head.value for head in shown.conflict} == {"developing", "established"}
    assert field_state(open_session(), RATED).conflict == ()


def test_what_is_being_typed_is_shown() -> None:
    session = open_session()
    session.type_answer("statement/1.1/evidence", "Reg")
    assert field_state(session, "statement/1.1/evidence").value == "Reg"
