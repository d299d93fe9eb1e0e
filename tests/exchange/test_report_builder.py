"""What a document shows is decided once, in the report."""

from __future__ import annotations

import pytest

from audit_desktop.exchange.report_builder import build_report
from audit_desktop.exchange.report_model import (
    Heading,
    Mark,
    NumberAnswer,
    Report,
    StatementRow,
    StatementTable,
)
from tests.builders import make_audit
from tests.exchange.audits import BOTH, NORFOLK, NOW, RAG, answer, disagree, every_address, shipped, with_everything


def tables(report: Report) -> list[StatementTable]:
    return [piece for piece in report.pieces() if isinstance(piece, StatementTable)]


def row(report: Report, statement_id: str) -> StatementRow:
    return next(row for table in tables(report) for row in table.rows if row.statement_id == statement_id)


def notes(report: Report, statement_id: str) -> dict[str, str]:
    return {note.answer.label: note.answer.text for group in row(report, statement_id).below for note in group}


def marked(report: Report, statement_id: str) -> list[str]:
    return [cell.level.id for cell in row(report, statement_id).cells if isinstance(cell, Mark) and cell.chosen]


@pytest.mark.parametrize("framework_id", BOTH)
def test_every_answer_there_can_be_is_shown_exactly_once(framework_id: str) -> None:
    audit, _ = with_everything(framework_id)
    shown = [entry.address for entry in build_report(audit, NOW).answers() if not entry.is_empty]
    assert sorted(shown) == sorted(address for address, _ in every_address(audit))


@pytest.mark.parametrize("framework_id", BOTH)
def test_every_statement_stands_in_its_section_in_order(framework_id: str) -> None:
    audit = shipped(framework_id)
    report = build_report(audit, NOW)
    assert [[row.statement_id for row in table.rows] for table in tables(report)] == [
        [statement.id for statement in section.statements] for section in audit.framework.sections
    ]


def test_the_standards_follow_the_order_of_the_printed_form() -> None:
    pieces = list(build_report(shipped(RAG), NOW).pieces())
    start = next(
        index
        for index, piece in enumerate(pieces)
        if isinstance(piece, Heading) and piece.text == "ATTENDANCE STANDARD 1"
    )
    kinds = [type(piece).__name__ for piece in pieces[start : start + 7]]
    assert kinds == ["Heading", "Prose", "StatementTable", "Heading", "AnswerBoxes", "Heading", "DescriptorTable"]


def test_the_chosen_level_is_marked_and_no_other() -> None:
    audit = shipped(RAG)
    answer(audit, "statement/1.3/rating", "developing")
    report = build_report(audit, NOW)
    assert marked(report, "1.3") == ["developing"]
    assert marked(report, "1.4") == []


def test_the_row_for_the_comment_is_there_when_nobody_commented() -> None:
    report = build_report(shipped(RAG), NOW)
    assert all(row.below[0][0].answer.label == "LAP comment" for table in tables(report) for row in table.rows)


def test_why_a_statement_does_not_apply_stands_below_it() -> None:
    audit = shipped(NORFOLK)
    answer(audit, "statement/2.1/not-applicable", "No such policy here.")
    assert notes(build_report(audit, NOW), "2.1") == {"Not applicable": "No such policy here."}


def test_a_visitors_other_rating_stands_below_with_its_reason() -> None:
    audit = shipped(RAG)
    answer(audit, "statement/1.1/visitor-rating", "developing")
    answer(audit, "statement/1.1/visitor-rating-reason", "Not seen in class.")
    shown = notes(build_report(audit, NOW), "1.1")
    assert shown["LAP rating, where it differs"] == "Developing"
    assert shown["Why the LAP rating differs"] == "Not seen in class."


def test_a_rating_in_conflict_is_no_mark_but_both_values_with_their_authors() -> None:
    audit = shipped(RAG)
    disagree(audit, "statement/1.1/rating", "developing", "established")
    report = build_report(audit, NOW)
    assert marked(report, "1.1") == []
    (versions,) = [note.answer.versions for group in row(report, "1.1").below for note in group if note.answer.versions]
    assert {(version.author, version.text) for version in versions} == {
        ("Person 1 (school)", "Developing"),
        ("Person 2 (school)", "Established"),
    }


def test_the_period_of_a_number_takes_the_place_that_the_request_keeps_for_it() -> None:
    audit = shipped(NORFOLK)
    answer(audit, "statement/4.5/number-1", {"number": 1250, "period": "Autumn term"})
    (number,) = [
        part
        for cell in row(build_report(audit, NOW), "4.5").cells
        if not isinstance(cell, Mark)
        for part in cell
        if isinstance(part, NumberAnswer)
    ]
    assert (number.request, number.number) == (
        "Number of Targeting Support Meetings held with the Attendance Team [Autumn term]:",
        "1,250",
    )


def test_a_period_that_the_request_keeps_no_place_for_is_not_lost() -> None:
    document = shipped(NORFOLK)
    answer(document, "statement/5.8b/number-2", {"number": 3, "period": "2026"})
    shown = [
        part.request
        for cell in row(build_report(document, NOW), "5.8b").cells
        if not isinstance(cell, Mark)
        for part in cell
        if isinstance(part, NumberAnswer)
    ]
    assert shown[1] == "Number of support plans closed due to improved attendance: [2026]"


def test_another_status_is_shown_with_what_the_rule_says_and_who_set_it() -> None:
    audit = make_audit({f"statement/1.{number}/rating": "established" for number in (1, 2, 3)})
    answer(audit, "section/1/status-override", {"status": "red", "reason": "Not yet proven."})
    status = tables(build_report(audit, NOW))[0].status
    assert status is not None
    assert status.text == "Red"
    assert status.sentences[0].startswith("Worked out from the ratings: Green. ")
    assert status.override.pieces == ("Red", "Not yet proven.")
    assert status.override.author == "Sam Reed (school, Hill Primary School)"


def test_a_status_says_that_it_is_provisional() -> None:
    audit = make_audit({"statement/1.1/rating": "established"})
    status = tables(build_report(audit, NOW))[0].status
    assert status is not None
    assert status.text == "Green (provisional)"


def test_people_s_words_are_never_read_as_markup() -> None:
    audit = make_audit({"statement/1.1/evidence": "- *not* a [list](https://example.org)"})
    shown = [entry.text for entry in build_report(audit, NOW).answers() if entry.address == "statement/1.1/evidence"]
    assert shown == ["- *not* a [list](https://example.org)"]
