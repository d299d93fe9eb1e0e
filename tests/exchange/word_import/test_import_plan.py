"""What an import would do: taken where only the document changed, asked where a person must decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.edits import Role
from audit_desktop.exchange.word_import.import_plan import Standing, plan_import, same_answer
from audit_desktop.exchange.word_import.import_result import Doubt, FoundComment, ImportResult, Place
from tests.builders import edit, make_audit, make_state

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.import_plan import ImportPlan

RATING = "statement/1.1/rating"
EVIDENCE = "statement/1.1/evidence"
COMMENT = "statement/1.1/visitor-comment"


def plan(
    theirs: dict[str, JsonValue | None],
    *,
    base: dict[str, JsonValue] | None,
    ours: dict[str, JsonValue] | None = None,
    role: Role = Role.SCHOOL,
    doubts: tuple[Doubt, ...] = (),
    comments: tuple[FoundComment, ...] = (),
) -> ImportPlan:
    audit = make_audit(ours)
    return plan_import(audit.state, ImportResult("", theirs, base, doubts, comments=comments), role)


def standings(made: ImportPlan) -> list[Standing]:
    return [planned.standing for planned in made.answers]


def test_an_answer_that_only_the_document_changed_is_taken():
    made = plan({EVIDENCE: "new"}, base={EVIDENCE: "old"}, ours={EVIDENCE: "old"})
    assert standings(made) == [Standing.RECOGNISED]
    assert made.to_apply() == {EVIDENCE: "new"}


def test_an_answer_that_the_document_took_back_is_taken_back():
    made = plan({EVIDENCE: None}, base={EVIDENCE: "old"}, ours={EVIDENCE: "old"})
    assert made.to_apply() == {EVIDENCE: None}


def test_an_answer_that_only_the_audit_changed_stays():
    made = plan({EVIDENCE: "old"}, base={EVIDENCE: "old"}, ours={EVIDENCE: "newer"})
    assert standings(made) == [Standing.CHANGED_SINCE]
    assert made.to_apply() == {}


def test_an_answer_that_both_changed_waits_for_a_person():
    made = plan({EVIDENCE: "theirs"}, base={EVIDENCE: "old"}, ours={EVIDENCE: "ours"})
    assert standings(made) == [Standing.BOTH_CHANGED]
    assert made.to_apply() == {}
    assert made.to_apply(taken={EVIDENCE: "theirs"}) == {EVIDENCE: "theirs"}


def test_an_answer_that_both_changed_alike_needs_nobody():
    made = plan({EVIDENCE: "same"}, base={EVIDENCE: "old"}, ours={EVIDENCE: "same"})
    assert (made.answers, made.same) == ((), 1)


def test_an_answer_of_the_audit_that_the_document_never_held_stays():
    assert plan({EVIDENCE: None}, base={}, ours={EVIDENCE: "later"}).to_apply() == {}


def test_a_form_without_a_base_fills_what_is_empty():
    made = plan({EVIDENCE: "theirs", RATING: None}, base=None)
    assert made.to_apply() == {EVIDENCE: "theirs"}


def test_a_form_without_a_base_never_replaces_what_is_there():
    made = plan({EVIDENCE: "theirs"}, base=None, ours={EVIDENCE: "ours"})
    assert standings(made) == [Standing.BOTH_CHANGED]
    assert made.to_apply() == {}


def test_a_form_without_a_base_never_takes_an_answer_back():
    assert plan({EVIDENCE: None}, base=None, ours={EVIDENCE: "ours"}).answers == ()


def test_an_answer_in_conflict_waits_for_a_person():
    state = make_state([edit(EVIDENCE, "one"), edit(EVIDENCE, "two", minute=1)])
    made = plan_import(state, ImportResult("", {EVIDENCE: "three"}, {}), Role.SCHOOL)
    assert standings(made) == [Standing.BOTH_CHANGED]


def test_a_visitors_answer_is_shown_to_a_school_and_not_taken():
    made = plan({COMMENT: "seen"}, base=None)
    assert [planned.may_change for planned in made.answers] == [False]
    assert made.to_apply(taken={COMMENT: "seen"}) == {}


def test_a_visitors_answer_is_taken_for_a_visitor():
    assert plan({COMMENT: "seen"}, base=None, role=Role.VISITOR).to_apply() == {COMMENT: "seen"}


def test_an_answer_can_be_left_out():
    assert plan({EVIDENCE: "theirs"}, base=None).to_apply(untaken={EVIDENCE}) == {}


def test_a_doubt_waits_for_a_person_with_its_choices():
    doubt = Doubt(RATING, "Developing / Established", Place(), ("developing", "established"))
    made = plan({}, base=None, doubts=(doubt,))
    (planned,) = made.answers
    assert (planned.standing, planned.choices) == (Standing.DOUBTFUL, ("developing", "established"))
    assert made.to_apply() == {}
    assert made.to_apply(taken={RATING: "developing"}) == {RATING: "developing"}


def test_an_answer_that_the_field_cannot_hold_is_a_doubt():
    assert standings(plan({RATING: "excellent"}, base=None)) == [Standing.DOUBTFUL]


def test_no_document_signs_an_audit():
    assert plan({"sign-offs/word-1/name": "A. Ward"}, base=None).answers == ()


def test_comments_beside_the_text_are_added_to_the_visitors_comment_with_their_authors():
    comments = (
        FoundComment(COMMENT, "A. Moss", "2026-09-03T10:00:00Z", "Seen"),
        FoundComment(COMMENT, "B. Hall", "", "Twice"),
    )
    made = plan({}, base=None, ours={COMMENT: "Before"}, role=Role.VISITOR, comments=comments)
    assert made.to_apply() == {}
    assert made.to_apply(with_comments=True) == {COMMENT: "Before\nA. Moss, 2026-09-03: Seen\nB. Hall: Twice"}


def test_a_comment_that_the_audit_holds_already_is_not_added_again():
    comments = (FoundComment(COMMENT, "A. Moss", "", "Seen"),)
    assert plan({}, base=None, ours={COMMENT: "A. Moss: Seen"}, comments=comments).comments == ()


def test_statements_that_are_not_in_the_document_are_named():
    made = plan_import(make_state(), ImportResult("", {}, None, statements=("1.1", "2.1")), Role.SCHOOL)
    assert made.missing_statements == ("1.2", "1.3", "2.2")


def test_white_space_that_programs_change_is_no_difference():
    assert same_answer("one  \ntwo\u00a0\n\n", "\none\ntwo")
    assert not same_answer("one\n\ntwo", "one\ntwo")
