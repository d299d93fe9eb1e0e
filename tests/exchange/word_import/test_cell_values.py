"""How answers are read as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.framework import NumberAsked
from audit_desktop.exchange.word_import.cell_values import read_date, read_level, read_mark, read_numbers
from tests.exchange.word_import.documents import shipped

NORFOLK = shipped("norfolk-attendance-self-assessment").scales[0]
RAG = shipped("attendance-standards-rag").scales[0]
WITH_PERIOD = NumberAsked("number-1", "Number of new pupil returns submitted to the CME Team [insert time period]:")
WITHIN = NumberAsked(
    "number-1", "Number of referrals submitted [specify time period] in relation to term time holidays:"
)
WITHOUT = NumberAsked("number-2", "Number of support plans closed due to improved attendance:", period=False)


@pytest.mark.parametrize("mark", ["X", "x", "×", "✓", "✗", "yes", "Yes", "•", "☒", " X ", "xx", "\u00a0X\n", "X."])
def test_people_mark_a_level_in_many_ways(mark: str):
    assert (read_mark(mark).value, read_mark(mark).leftover) == (True, "")


@pytest.mark.parametrize("empty", ["", " ", "\u00a0", "☐", "-", "\n\n"])
def test_an_empty_cell_marks_nothing(empty: str):
    assert (read_mark(empty).value, read_mark(empty).leftover) == (None, "")


def test_words_beside_a_mark_are_kept():
    assert (read_mark("X - from June").value, read_mark("X - from June").leftover) == (True, "from June")


@pytest.mark.parametrize("text", ["see the policy", "Xavier agreed", "yesterday", "• one\n• two", "12"])
def test_words_are_no_mark(text: str):
    assert (read_mark(text).value, read_mark(text).leftover) == (None, text)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Embedding", "embedding"),
        ("embedding ", "embedding"),
        ("EMBEDDING.", "embedding"),
        ("Developing and implementing", "developing"),
        ("developing", "developing"),
        ("Developing  and\nimplementing", "developing"),
        ("Sustaining:", "sustaining"),
    ],
)
def test_a_grade_is_read_whatever_its_spaces_and_capitals(text: str, level: str):
    assert (read_level(NORFOLK, text).value, read_level(NORFOLK, text).leftover) == (level, "")


@pytest.mark.parametrize(
    ("text", "level"), [("Red", "not-in-place"), ("amber", "developing"), ("Established / Green", "established")]
)
def test_a_grade_is_read_by_its_colour(text: str, level: str):
    assert read_level(RAG, text).value == level


@pytest.mark.parametrize("text", ["Excellent", "3", "Embedding or Sustaining", "n/a"])
def test_what_names_no_one_level_is_left_to_a_person(text: str):
    assert (read_level(NORFOLK, text).value, read_level(NORFOLK, text).leftover) == (None, text)


@pytest.mark.parametrize("text", ["Choose an item.", "choose an item", "Click or tap here to enter text.", ""])
def test_a_prompt_is_no_grade(text: str):
    assert (read_level(NORFOLK, text).value, read_level(NORFOLK, text).leftover) == (None, "")


def test_a_grade_with_words_after_it_is_read_and_the_words_are_kept():
    reading = read_level(NORFOLK, "Embedding, since June")
    assert (reading.value, reading.leftover) == ("embedding", "Embedding, since June")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (
            "Number of new pupil returns submitted to the CME Team [Autumn term]: 12",
            {"number": 12, "period": "Autumn term"},
        ),
        (
            "Number of new pupil returns submitted to the CME Team Autumn term: 12",
            {"number": 12, "period": "Autumn term"},
        ),
        ("Number of new pupil returns submitted to the CME Team: 12", {"number": 12}),
        ("number of new  pupil returns submitted to the CME team [insert time period]: 1,204", {"number": 1204}),
        (
            "Number of new pupil returns submitted to the CME Team [insert time period]: 12 (2025-26)",
            {"number": 12, "period": "2025-26"},
        ),
        ("Number of new pupil returns submitted to the CME Team [insert time period]: 12.5", {"number": 12.5}),
        ("Number of new pupil returns submitted to the CME Team [Autumn]:", {"period": "Autumn"}),
    ],
)
def test_a_number_is_read_after_its_request_with_its_period(line: str, value: object):
    found, others = read_numbers((WITH_PERIOD,), line)
    assert found["number-1"].value == value
    assert others == ""


def test_a_request_in_the_middle_of_which_the_period_stands_is_read():
    found, _ = read_numbers((WITHIN,), "Number of referrals submitted [Spring] in relation to term time holidays: 3")
    assert found["number-1"].value == {"number": 3, "period": "Spring"}


def test_a_request_that_was_not_answered_has_no_number():
    found, others = read_numbers((WITH_PERIOD, WITHOUT), f"{WITH_PERIOD.label}\n\n{WITHOUT.label}")
    assert [(reading.value, reading.leftover) for reading in found.values()] == [(None, ""), (None, "")]
    assert others.strip() == ""


def test_a_number_on_the_next_line_belongs_to_the_request():
    found, others = read_numbers((WITHOUT,), f"{WITHOUT.label}\n7\nSee the tracker")
    assert found["number-2"].value == {"number": 7}
    assert others == "See the tracker"


def test_words_instead_of_a_number_are_left_to_a_person():
    found, _ = read_numbers((WITHOUT,), f"{WITHOUT.label} none so far")
    assert (found["number-2"].value, found["number-2"].leftover) == (None, "none so far")


def test_other_lines_of_the_cell_stay_in_order():
    _, others = read_numbers((WITHOUT,), f"First\n{WITHOUT.label} 7\n\nLast")
    assert others == "First\n\nLast"


@given(st.text(alphabet="Number of support plan [:] 1\n\t ", max_size=400))
def test_no_text_keeps_the_reader_of_numbers_busy_or_trips_it(text: str):
    read_numbers((WITH_PERIOD, WITHIN, WITHOUT), text)


@pytest.mark.parametrize(
    "text",
    [
        "3 September 2026",
        "3rd Sept 2026",
        "03/09/2026",
        "3.9.26",
        "2026-09-03",
        "Thursday 3 September 2026",
        "3rd of September, 2026",
    ],
)
def test_a_date_is_read_the_day_before_the_month(text: str):
    assert read_date(text) == "2026-09-03"


@pytest.mark.parametrize("text", ["Autumn", "31/02/2026", "2026", "13 13 2026", "next week"])
def test_what_is_no_date_is_none(text: str):
    assert read_date(text) == ""
