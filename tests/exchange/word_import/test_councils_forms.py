"""Forms that schools completed on the councils' own layouts: everything comes back, and nothing is made up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.addresses import Addresses
from audit_desktop.core.framework import FieldKind, Framework
from audit_desktop.exchange.word_import.answers_from_word import answers_from_word
from audit_desktop.exchange.word_import.reader import read_word
from tests.exchange.word_import.documents import (
    W,
    cell,
    drop_down,
    norfolk_form,
    paragraphs,
    rag_form,
    row,
    run,
    shipped,
    table,
    word_file,
)

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.import_result import ImportResult

RAG = shipped("attendance-standards-rag")
NORFOLK = shipped("norfolk-attendance-self-assessment")
FORMS = {RAG.id: rag_form, NORFOLK.id: norfolk_form}


def imported(body: str, framework: Framework) -> ImportResult:
    return answers_from_word(read_word(word_file(body), "form.docx"), framework)


def given_answers(result: ImportResult) -> dict[str, JsonValue]:
    return {address: value for address, value in result.answers.items() if value is not None}


def filled(framework: Framework) -> dict[str, JsonValue]:
    """Return an answer to everything that the council's own form has a place for."""
    addresses = Addresses(framework)
    answers: dict[str, JsonValue] = {}
    for number, statement in enumerate(addresses.statements.values()):
        for field in addresses.statement_fields(statement):
            address = f"statement/{statement.id}/{field.id}"
            if field.kind is FieldKind.RATING and field.owner == "school":
                levels = framework.scale(field.scale).levels
                answers[address] = levels[number % len(levels)].id
            elif field.kind is FieldKind.LONG_TEXT and (field.owner == "school" or field.id in framework.layout.below):
                answers[address] = f"Said of {statement.id}, {field.id}:\n• one\n\n• two"
        for asked in statement.numbers:
            answers[f"statement/{statement.id}/{asked.id}"] = (
                {"number": number * 40, "period": f"Autumn {number}"} if asked.period else {"number": number * 40}
            )
    for section in framework.sections:
        for field in framework.fields.section:
            answers[f"section/{section.id}/{field.id}"] = f"Box {field.id} of {section.id}\n\nand a second line"
    return answers


@pytest.mark.parametrize("framework", [RAG, NORFOLK], ids=lambda framework: framework.id)
def test_every_answer_of_a_full_form_comes_back(framework: Framework):
    answers = filled(framework)
    assert given_answers(imported(FORMS[framework.id](framework, answers), framework)) == answers


@pytest.mark.parametrize("framework", [RAG, NORFOLK], ids=lambda framework: framework.id)
def test_a_full_form_leaves_nothing_that_is_not_understood(framework: Framework):
    result = imported(FORMS[framework.id](framework, filled(framework)), framework)
    assert (result.unrecognised, result.doubts) == ((), ())


@pytest.mark.parametrize("framework", [RAG, NORFOLK], ids=lambda framework: framework.id)
def test_an_empty_form_says_nothing(framework: Framework):
    result = imported(FORMS[framework.id](framework, {}), framework)
    assert given_answers(result) == {}
    assert (result.unrecognised, result.doubts) == ((), ())


@pytest.mark.parametrize("framework", [RAG, NORFOLK], ids=lambda framework: framework.id)
def test_every_statement_of_a_form_is_found(framework: Framework):
    result = imported(FORMS[framework.id](framework, {}), framework)
    assert result.statements == tuple(Addresses(framework).statements)


def test_a_council_form_names_no_framework_and_has_no_base():
    result = imported(rag_form(RAG, {}), RAG)
    assert (result.framework, result.base) == ("", None)


@pytest.mark.parametrize("mark", ["x", "×", "✓", "✗", "yes", "•", "☒"])
def test_other_marks_than_x_count(mark: str):
    result = imported(rag_form(RAG, {"statement/3.2/rating": "established"}, mark=mark), RAG)
    assert given_answers(result) == {"statement/3.2/rating": "established"}


def test_grades_typed_over_the_drop_down_are_read():
    answers = {"statement/2.1/rating": "sustaining", "statement/2.2/rating": "developing"}
    assert given_answers(imported(norfolk_form(NORFOLK, answers, typed=True), NORFOLK)) == answers


def rag_row(statement_id: str, *marks: str) -> str:
    """Return a table of a header and one statement."""
    statement = Addresses(RAG).statements[statement_id]
    return table(
        row(RAG.sections[0].heading, "Not in place\nRed", "Developing\nAmber", "Established\nGreen"),
        row(f"{statement.reference} {statement.text}", *marks),
    )


def test_two_marks_in_a_row_are_left_to_a_person():
    result = imported(rag_row("1.1", "X", "", "X"), RAG)
    (doubt,) = result.doubts
    assert (doubt.address, doubt.choices) == ("statement/1.1/rating", ("not-in-place", "established"))
    assert "statement/1.1/rating" not in result.answers


def test_columns_in_another_order_are_told_by_their_headings():
    statement = Addresses(RAG).statements["1.1"]
    body = table(row("Statement", "Green", "Amber", "Red"), row(f"{statement.reference} {statement.text}", "X", "", ""))
    assert given_answers(imported(body, RAG)) == {"statement/1.1/rating": "established"}


def test_a_table_without_its_header_is_read_by_the_places_of_its_columns():
    statement = Addresses(RAG).statements["1.1"]
    body = table(row(f"{statement.reference} {statement.text}", "", "X", ""))
    assert given_answers(imported(body, RAG)) == {"statement/1.1/rating": "developing"}


def test_a_header_that_stands_again_on_the_next_page_is_no_answer():
    heads = row(RAG.sections[0].heading, "Not in place\nRed", "Developing\nAmber", "Established\nGreen")
    rows = [row(f"{one.reference} {one.text}", "", "X", "") for one in RAG.sections[0].statements[:2]]
    result = imported(table(heads, rows[0], heads, rows[1]), RAG)
    assert given_answers(result) == {"statement/1.1/rating": "developing", "statement/1.2/rating": "developing"}
    assert result.unrecognised == ()


def test_a_table_that_was_split_goes_on_in_the_next_one():
    first, second = RAG.sections[0].statements[:2]
    heads = row(RAG.sections[0].heading, "Not in place\nRed", "Developing\nAmber", "Established\nGreen")
    body = (
        table(heads, row(f"{first.reference} {first.text}", "X", "", ""))
        + "<w:p/>"
        + table(row(f"{second.reference} {second.text}", "", "", "X"))
    )
    assert given_answers(imported(body, RAG)) == {
        "statement/1.1/rating": "not-in-place",
        "statement/1.2/rating": "established",
    }


def test_a_comment_that_says_what_the_form_says_elsewhere_is_a_comment():
    statement = Addresses(RAG).statements["1.1"]
    heads = row(RAG.sections[0].heading, "Not in place\nRed", "Developing\nAmber", "Established\nGreen")
    body = table(heads, row(f"{statement.reference} {statement.text}", "", "X", ""), row(cell("Developing", span=4)))
    assert given_answers(imported(body, RAG))["statement/1.1/visitor-comment"] == "Developing"


def test_two_rows_of_comments_are_one_comment():
    statement = Addresses(RAG).statements["1.1"]
    rows = [
        row(f"{statement.reference} {statement.text}", "", "X", ""),
        row(cell("First", span=4)),
        row(cell("Second", span=4)),
    ]
    result = imported(table(*rows), RAG)
    assert given_answers(result)["statement/1.1/visitor-comment"] == "First\nSecond"


def test_boxes_beside_their_labels_are_read():
    body = paragraphs(RAG.sections[1].heading) + table(row("Evidence", "Registers"), row("Action:", "Train staff"))
    assert given_answers(imported(body, RAG)) == {
        "section/2/evidence": "Registers",
        "section/2/action": "Train staff",
    }


def test_text_under_a_label_outside_tables_is_read():
    body = paragraphs(f"{RAG.sections[1].heading}\nEvidence\nRegisters\n\nand plans\nAction\nTrain staff")
    assert given_answers(imported(body, RAG)) == {
        "section/2/evidence": "Registers\n\nand plans",
        "section/2/action": "Train staff",
    }


def test_recommended_actions_at_the_end_are_read():
    result = imported(rag_form(RAG, {"audit/recommended-actions": "Do this\nand that"}), RAG)
    assert given_answers(result) == {"audit/recommended-actions": "Do this\nand that"}


def test_the_schools_name_in_front_of_the_form_is_read():
    result = imported(paragraphs("Name of school: Hill Primary") + rag_form(RAG, {}), RAG)
    assert given_answers(result) == {"audit/school-name": "Hill Primary"}


def test_a_cover_table_is_read():
    cover = table(row("School", "Hill Primary"), row("Headteacher", "J. Ward"), row("Completed on", "03/09/2026"))
    assert given_answers(imported(cover + rag_form(RAG, {}), RAG)) == {
        "audit/school-name": "Hill Primary",
        "audit/headteacher": "J. Ward",
        "audit/completed-on": "2026-09-03",
    }


def test_evidence_below_a_number_asked_for_is_evidence():
    at = "statement/3.6/"
    answers = {f"{at}number-1": {"number": 7, "period": "Autumn"}, f"{at}evidence": "In the tracker"}
    assert given_answers(imported(norfolk_form(NORFOLK, answers), NORFOLK)) == answers


def test_a_grade_where_none_is_asked_for_is_kept_as_text():
    statement = Addresses(NORFOLK).statements["1.6"]
    heads = [column.heading for column in NORFOLK.layout.columns]
    body = table(row("", *heads), row("1.6", statement.text, "", "", "Sustaining for years", "", ""))
    result = imported(body, NORFOLK)
    assert [found.text for found in result.unrecognised] == ["Sustaining for years"]
    assert "statement/1.6/rating" not in result.answers


def test_text_typed_into_a_cell_of_the_form_is_kept():
    statement = Addresses(NORFOLK).statements["1.1"]
    heads = [column.heading for column in NORFOLK.layout.columns]
    guidance = "\n".join([*(item.title for item in statement.guidance), "See also our own handbook"])
    result = imported(table(row("", *heads), row("1.1", statement.text, guidance, "", "", "", "")), NORFOLK)
    (found,) = result.unrecognised
    assert (found.text, found.place.statement) == ("See also our own handbook", "1.1")


def test_paragraphs_that_are_not_the_forms_are_kept():
    result = imported(paragraphs("We met on Monday.") + rag_form(RAG, {}) + paragraphs("Signed by all"), RAG)
    assert [found.text for found in result.unrecognised] == ["We met on Monday.", "Signed by all"]


def test_a_statement_that_the_framework_does_not_have_is_kept_with_its_answers():
    extra = row("1.99 Our own statement about punctuality at breakfast club.", "X", "", "")
    statement = Addresses(RAG).statements["1.1"]
    heads = row(RAG.sections[0].heading, "Not in place\nRed", "Developing\nAmber", "Established\nGreen")
    result = imported(
        table(heads, row(f"1.1 {statement.text}", "", "", "X"), row(cell("A comment", span=4)), extra), RAG
    )
    assert any("breakfast club" in found.text for found in result.unrecognised)
    assert given_answers(result)["statement/1.1/visitor-comment"] == "A comment"


def test_a_comment_beside_the_text_of_a_statement_is_the_visitors():
    statement = Addresses(RAG).statements["1.1"]
    commented = f'<w:p><w:commentRangeStart w:id="0"/>{run(f"1.1 {statement.text}")}</w:p>'
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="A. Moss" w:date="2026-09-03T10:00:00Z">'
        f"<w:p>{run('Seen in class')}</w:p></w:comment></w:comments>"
    )
    data = word_file(
        table(row(cell(commented), "", "X", "")),
        parts={"word/comments.xml": comments},
        relations=[("comments", "comments.xml")],
    )
    (comment,) = answers_from_word(read_word(data, "form.docx"), RAG).comments
    assert (comment.address, comment.author, comment.text) == (
        "statement/1.1/visitor-comment",
        "A. Moss",
        "Seen in class",
    )


@pytest.mark.parametrize("framework", [RAG, NORFOLK], ids=lambda framework: framework.id)
@pytest.mark.parametrize("where", ["on a line of its own", "at the end of a line"])
def test_a_word_written_anywhere_into_a_form_is_never_lost(framework: Framework, where: str):
    body = FORMS[framework.id](framework, filled(framework))
    places = [found.start() for found in re.finditer(r"</w:p></w:tc>|</w:p>(?=<w:p>|<w:tbl>)", body)]
    # A few at a time, so that the form stays one.
    for first in range(7):
        pieces, last = [], 0
        for number in range(first, len(places), 7):
            word = run(f"w{number}q") if where.startswith("at") else f"</w:p><w:p>{run(f'w{number}q')}"
            pieces += [body[last : places[number]], word.replace(">w", "> w", 1)]
            last = places[number]
        result = imported("".join([*pieces, body[last:]]), framework)
        said = repr((dict(result.answers), result.doubts, result.unrecognised))
        assert [number for number in range(first, len(places), 7) if f"w{number}q" not in said] == []


GRADING_CELLS = {
    "typed": cell("Embedding"),
    "a control in the paragraph": cell(drop_down("Embedding")),
    "a control around the paragraph": cell(
        f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{paragraphs('Embedding')}</w:sdtContent></w:sdt>"
    ),
    "a control around the cell": (
        f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{cell('Embedding')}</w:sdtContent></w:sdt>"
    ),
    "a tracked insertion": cell(
        '<w:p><w:del w:id="1"><w:r><w:delText>Developing</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{run("Embedding")}</w:ins></w:p>'
    ),
    "an old form field": cell(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="Choose an item."/><w:listEntry w:val="Embedding"/></w:ddList></w:ffData></w:fldChar>'
        "</w:r></w:p>"
    ),
    "the prompt left before it": cell("Choose an item.\nEmbedding"),
}


@pytest.mark.parametrize("grading", GRADING_CELLS.values(), ids=GRADING_CELLS)
def test_a_grade_is_read_however_the_cell_holds_it(grading: str):
    statement = Addresses(NORFOLK).statements["1.1"]
    heads = [column.heading for column in NORFOLK.layout.columns]
    body = table(row("", *heads), row("1.1", statement.text, "", "", grading, "Evidence", "Areas"))
    assert given_answers(imported(body, NORFOLK)) == {
        "statement/1.1/rating": "embedding",
        "statement/1.1/evidence": "Evidence",
        "statement/1.1/areas-for-development": "Areas",
    }


def test_a_form_saved_as_strict_open_xml_is_read_alike():
    answers = filled(NORFOLK)
    data = word_file(norfolk_form(NORFOLK, answers), strict=True)
    assert given_answers(answers_from_word(read_word(data, "form.docx"), NORFOLK)) == answers
