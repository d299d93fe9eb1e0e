"""Progress: what still has to be rated."""

from __future__ import annotations

from audit_desktop.core.progress import Progress, audit_progress, section_progress, undone
from tests.builders import SCHOOL, VISITOR, framework_document, make_audit


def test_rated_and_not_applicable_statements_are_done() -> None:
    state = make_audit(
        {
            "statement/1.1/rating": "developing",
            "statement/1.2/not-applicable": "No nursery.",
            "statement/2.1/evidence": "x",
        }
    ).state
    assert section_progress(state, state.addresses.sections["1"]) == Progress(2, 3)
    assert audit_progress(state) == Progress(2, 5)
    assert [statement.id for statement in undone(state, SCHOOL)] == ["1.3", "2.1", "2.2"]


def test_a_statement_without_a_rating_is_not_waited_for() -> None:
    document = framework_document((2,))
    document["sections"][0]["statements"][1]["without"] = ["rating"]
    state = make_audit({"statement/1.1/rating": "developing"}, framework=document).state
    assert audit_progress(state) == Progress(1, 1)
    assert not list(undone(state, None))


def test_a_visitor_has_to_comment_whatever_the_school_rated() -> None:
    answers = {"statement/1.1/rating": "developing", "statement/1.2/visitor-comment": "Seen."}
    state = make_audit(answers, framework=framework_document((3,))).state
    assert [statement.id for statement in undone(state, VISITOR)] == ["1.1", "1.3"]
    assert [statement.id for statement in undone(state, SCHOOL)] == ["1.2", "1.3"]


def test_a_rating_in_conflict_is_still_to_be_settled() -> None:
    audit = make_audit({"statement/1.1/rating": "developing"})
    audit.record(make_audit({"statement/1.1/rating": "established"}).state.heads("statement/1.1/rating")[0])
    assert audit_progress(audit.state) == Progress(0, 5)
    assert next(undone(audit.state, SCHOOL)).id == "1.1"


def test_the_visitors_rating_is_not_the_schools() -> None:
    state = make_audit({"statement/1.1/visitor-rating": "developing"}).state
    assert audit_progress(state) == Progress(0, 5)
