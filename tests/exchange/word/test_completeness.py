"""Everything that people said stands in the Word document, where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_desktop.core.text import clean_text
from audit_desktop.exchange.word.anchors import Anchors
from tests.builders import make_audit, make_framework
from tests.exchange.audits import (
    BOTH,
    NORFOLK,
    RAG,
    answer,
    awkward_texts,
    disagree,
    exported,
    shipped,
    with_everything,
)
from tests.exchange.word.documents import W, cells, controls, fill, main_part, rows_by_statement, text_of

EVIDENCE = "statement/1.1/evidence"


@pytest.mark.parametrize("framework_id", BOTH)
def test_every_word_that_anybody_wrote_is_in_the_document(framework_id: str) -> None:
    audit, words = with_everything(framework_id)
    text = text_of(main_part(exported(audit)))
    assert [address for address, word in words.items() if word not in text] == []
    assert len(words) > 100


@pytest.mark.parametrize("framework_id", BOTH)
def test_every_word_stands_with_its_own_statement(framework_id: str) -> None:
    audit, words = with_everything(framework_id)
    rows = rows_by_statement(main_part(exported(audit)))
    anchors = Anchors(audit.framework)
    for address, word in words.items():
        kind, owner, *_ = address.split("/")
        if kind == "statement":
            row, below = rows[anchors.statements[owner]]
            assert word in "\n".join(map(text_of, (row, *below))), address


def test_the_x_stands_in_the_column_of_the_rating_on_its_colour() -> None:
    audit = shipped(RAG)
    for statement, level in (("1.1", "not-in-place"), ("1.2", "developing"), ("1.3", "established")):
        answer(audit, f"statement/{statement}/rating", level)
    rows = rows_by_statement(main_part(exported(audit)))
    shown = [
        [(text_of(cell), fill(cell)) for cell in cells(rows[f"_ad1_1_{number}"][0])[1:]] for number in (1, 2, 3, 4)
    ]
    empty = ("", "")
    assert shown == [
        [("X", "B3312C"), empty, empty],
        [empty, ("X", "F0B445"), empty],
        [empty, empty, ("X", "2F8F6B")],
        [empty, empty, empty],
    ]


def test_a_grade_is_the_text_of_its_drop_down() -> None:
    audit = shipped(NORFOLK)
    answer(audit, "statement/1.1/rating", "embedding")
    shown = {tag: text_of(control) for tag, control in controls_with_paragraphs(audit)}
    assert shown["ad1:1.1:rating"] == "Embedding"
    assert shown["ad1:1.2:rating"] == "Choose an item."
    assert len([tag for tag in shown if tag.endswith(":rating")]) == 33


def controls_with_paragraphs(audit):
    for tag, control in controls(main_part(exported(audit))):
        paragraph = control.getparent()
        assert paragraph.tag == f"{W}p"
        yield tag, paragraph


def test_a_statement_without_a_grade_has_no_drop_down() -> None:
    tags = {tag for tag, _ in controls(main_part(exported(shipped(NORFOLK))))}
    assert "ad1:1.6:rating" not in tags
    assert "ad1:5.7:rating" not in tags
    assert {"ad1:5.8:rating", "ad1:5.8b:rating"} <= tags


def test_both_sides_of_a_conflict_are_printed_with_their_authors() -> None:
    audit = shipped(NORFOLK)
    disagree(audit, EVIDENCE, "We have minutes.", "We have none.")
    row, _ = rows_by_statement(main_part(exported(audit)))["_ad1_1_1"]
    text = text_of(row)
    for expected in ("We have minutes.", "We have none.", "Person 1 (school), 5 January 2026:", "Person 2 (school)"):
        assert expected in text


@pytest.mark.parametrize("text", awkward_texts().values(), ids=awkward_texts())
def test_any_text_comes_through_line_by_line(text: str) -> None:
    audit = make_audit(framework=make_framework())
    answer(audit, EVIDENCE, text)
    row, _ = rows_by_statement(main_part(exported(audit)))["_ad1_1_1"]
    assert clean_text(text) in text_of(row)


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=60))
def test_no_text_breaks_a_document(text: str) -> None:
    audit = make_audit()
    for address in ("audit/school-name", EVIDENCE, "section/1/evidence", "statement/1.1/not-applicable"):
        answer(audit, address, text)
    answer(audit, "sharing/a/discussion", text)
    answer(audit, "statement/1.3/number-1", {"number": 1, "period": text})
    document = text_of(main_part(exported(audit)))
    stored = audit.state.value(EVIDENCE)
    assert stored is None or stored in document
