"""Which row is which statement, whatever people did to the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.word_import.answers_from_word import answers_from_word, framework_of
from audit_desktop.exchange.word_import.framework_text import FrameworkText
from audit_desktop.exchange.word_import.matching import MatchedBy, match_rows
from audit_desktop.exchange.word_import.reader import read_word
from tests.builders import make_framework
from tests.exchange.word_import.documents import (
    cell,
    drop_down,
    norfolk_form,
    plain,
    rag_form,
    row,
    run,
    shipped,
    table,
    word_file,
)

if TYPE_CHECKING:
    from random import Random

    from audit_desktop.core.framework import Statement

RAG = shipped("attendance-standards-rag")
NORFOLK = shipped("norfolk-attendance-self-assessment")
RAG_WORDS, NORFOLK_WORDS = FrameworkText(RAG), FrameworkText(NORFOLK)


def matched(words: FrameworkText, *rows: str) -> list[tuple[str, MatchedBy] | None]:
    """Return what each row of a table is found to be."""
    tables = read_word(word_file(table(*rows)), "form.docx").tables()
    found = match_rows(tables, words)
    matches = [found.get((1, index)) for index in range(len(rows))]
    return [(match.statement_id, match.by) if match else None for match in matches]


def text_of(statement_id: str, words: FrameworkText = RAG_WORDS) -> str:
    return plain(words.addresses.statements[statement_id].text)


def mistyped(text: str, random: Random, faults: int) -> str:
    """Return `text` with so many letters left out, doubled or exchanged."""
    letters = list(text)
    for _ in range(faults):
        position = random.randrange(len(letters) - 1)
        match random.randrange(3):
            case 0:
                del letters[position]
            case 1:
                letters.insert(position, letters[position])
            case _:
                letters[position], letters[position + 1] = letters[position + 1], letters[position]
    return "".join(letters)


def test_a_tag_tells_more_than_anything_else():
    assert matched(
        NORFOLK_WORDS, row("1.1", text_of("1.1", NORFOLK_WORDS), drop_down("Embedding", tag="ad1:2.2:rating"))
    ) == [("2.2", MatchedBy.TAG)]


def test_a_bookmark_tells_a_statement_whose_number_and_text_are_gone():
    mark = '<w:p><w:bookmarkStart w:id="1" w:name="_ad1_1_11"/><w:bookmarkEnd w:id="1"/></w:p>'
    assert matched(RAG_WORDS, row(cell(mark), "X", "", "")) == [("1.11", MatchedBy.BOOKMARK)]


def test_a_printed_number_tells_a_statement_that_was_reworded_a_little():
    reworded = "The attendance lead is in the senior leadership team, reporting on trends and the impact of strategies"
    assert matched(RAG_WORDS, row(f"1.2 {reworded}")) == [("1.2", MatchedBy.REFERENCE)]


def test_a_printed_number_tells_a_statement_of_which_no_word_is_left_whole():
    small = FrameworkText(make_framework())
    assert matched(small, row("1.1", "Statementtholds.", "X", "", "")) == [("1.1", MatchedBy.REFERENCE)]


def test_a_printed_number_alone_tells_a_statement():
    assert matched(RAG_WORDS, row("1.2", "", "X", "")) == [("1.2", MatchedBy.REFERENCE)]


def test_two_statements_with_one_number_are_told_apart_by_their_texts():
    first, second = text_of("5.8", NORFOLK_WORDS), text_of("5.8b", NORFOLK_WORDS)
    assert matched(NORFOLK_WORDS, row("5.8", second), row("5.8", first)) == [
        ("5.8b", MatchedBy.REFERENCE),
        ("5.8", MatchedBy.REFERENCE),
    ]


def test_a_number_that_two_statements_have_tells_nothing_alone():
    assert matched(NORFOLK_WORDS, row("5.8", "", "", "", "", "", "")) == [None]


def test_the_text_tells_a_statement_that_was_given_another_number():
    assert matched(RAG_WORDS, row(f"1.4 {text_of('1.5')}")) == [("1.5", MatchedBy.TEXT)]


def test_the_text_tells_a_statement_whose_number_word_counts_itself():
    assert matched(RAG_WORDS, row(text_of("1.7"))) == [("1.7", MatchedBy.TEXT)]


def test_another_statement_under_a_known_number_is_not_taken_for_it():
    assert matched(RAG_WORDS, row("1.4 The caretaker checks the heating before the first frost of every winter.")) == [
        None
    ]


def test_the_same_statement_twice_is_found_once():
    assert matched(RAG_WORDS, row(f"1.4 {text_of('1.4')}"), row(f"1.4 {text_of('1.4')}")) == [
        ("1.4", MatchedBy.REFERENCE),
        None,
    ]


def test_of_two_rows_with_one_tag_the_one_that_still_has_the_text_is_the_statement():
    tag = drop_down("Embedding", tag="ad1:1.1:rating")
    copied = row("", "Something that somebody wrote into a copied row", tag)
    assert matched(NORFOLK_WORDS, copied, row("1.1", text_of("1.1", NORFOLK_WORDS), tag)) == [
        None,
        ("1.1", MatchedBy.TAG),
    ]


def test_words_of_people_that_quote_a_statement_are_not_the_statement():
    quoted = f"We think that this is true of us: {text_of('1.5')} but only since the new deputy head started in June."
    assert matched(RAG_WORDS, row(quoted)) == [None]


@given(random=st.randoms(use_true_random=False), faults=st.integers(0, 6))
@settings(max_examples=12)
def test_statements_are_found_shuffled_mistyped_and_with_rows_missing(random: Random, faults: int):
    def reordered(groups: list[list[str]]) -> list[list[str]]:
        kept = [group for group in groups if random.random() > 0.2]
        random.shuffle(kept)
        return kept

    def retyped(statement: Statement) -> str:
        return f"{statement.reference} {mistyped(plain(statement.text), random, faults)}"

    want = {f"statement/{statement_id}/rating": "developing" for statement_id in RAG_WORDS.statements}
    body = rag_form(RAG, want, order=reordered, statement_text=retyped)
    found = answers_from_word(read_word(word_file(body), "form.docx"), RAG)
    rated = {address.split("/")[1] for address, value in found.answers.items() if value == "developing"}
    assert rated == set(found.statements)
    # Words torn apart by typing may be left over; they are shown at their statement, never dropped.
    assert all(left_over.place.statement for left_over in found.unrecognised)
    assert len(found.statements) == body.count('<w:t xml:space="preserve">X</w:t>')


@given(random=st.randoms(use_true_random=False))
@settings(max_examples=5)
def test_statements_without_numbers_are_found_by_their_mistyped_texts(random: Random):
    body = norfolk_form(NORFOLK, {}, statement_text=lambda statement: mistyped(plain(statement.text), random, 3))
    for reference in ("1.1", "2.3", "5.8", "4.5"):
        body = body.replace(cell(reference), cell(""))
    found = answers_from_word(read_word(word_file(body), "form.docx"), NORFOLK)
    assert set(found.statements) == set(NORFOLK_WORDS.statements)


def test_a_statement_is_found_by_its_text_with_what_stands_in_the_same_cell():
    words = FrameworkText(shipped("thresholds-and-responsibilities"))
    statement = words.addresses.statements["6.2"]
    assert len(statement.considerations) > len(statement.text)
    printed = f"{plain(statement.text)}\n{plain(statement.considerations)}"
    assert matched(words, row(f"6.2 {printed}", ""), row(printed, "")) == [("6.2", MatchedBy.REFERENCE), None]
    assert matched(words, row(printed, "")) == [("6.2", MatchedBy.TEXT)]


@pytest.mark.parametrize(("form", "framework"), [(rag_form, RAG), (norfolk_form, NORFOLK)])
def test_a_form_is_told_by_its_statements(form, framework):
    document = read_word(word_file(form(framework, {})), "form.docx")
    assert framework_of(document, (RAG, NORFOLK), "form.docx") is framework


def test_a_letter_is_no_form():
    document = read_word(word_file(f"<w:p>{run('Dear parents')}</w:p>"), "letter.docx")
    with pytest.raises(AuditDesktopError) as caught:
        framework_of(document, (RAG, NORFOLK), "letter.docx")
    assert (caught.value.code, caught.value.place) == (FaultCode.WORD_OTHER_FRAMEWORK, "letter.docx")
