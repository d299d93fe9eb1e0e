"""Text that enters an audit: what is cleaned, and what comes through untouched."""

from __future__ import annotations

import unicodedata
from xml.dom.minidom import parseString
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.text import clean_text, one_line

anything = st.text(st.characters(), max_size=80)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "two\nlines\tand a tab",
        "<b> & \"quotes\" 'too'",
        "naïve – “curly” 😀 👩‍🏫",
        "Ysgol Gynradd Tŷ’r Felin",
    ],
)
def test_what_people_type_comes_through_unchanged(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_becomes_a_newline(line_end: str) -> None:
    assert clean_text(f"one{line_end}two") == "one\ntwo"


def test_a_windows_line_end_is_one_line_end() -> None:
    assert clean_text("one\r\n\r\ntwo") == "one\n\ntwo"


@pytest.mark.parametrize("forbidden", ["\x00", "\x08", "\x1b", "\x7f", "\ud800", chr(0xDFFF), "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_becomes_a_visible_mark(forbidden: str) -> None:
    assert clean_text(f"a{forbidden}b") == "a\ufffdb"


def test_marks_that_turn_the_writing_direction_are_left_out() -> None:
    assert clean_text("harmless\u202efdp.exe\u2066") == "harmlessfdp.exe"


def test_letters_typed_in_two_ways_are_the_same_text() -> None:
    assert clean_text("cafe\u0301") == clean_text("caf\u00e9") == "caf\u00e9"


@given(anything)
def test_cleaned_text_survives_xml(text: str) -> None:
    cleaned = clean_text(text)
    document = parseString(f"<t>{escape(cleaned)}</t>")
    assert "".join(node.data for node in document.documentElement.childNodes) == cleaned


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert one_line(one_line(text)) == one_line(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Cf", "Zl", "Zp"])))
def test_cleaning_loses_no_ordinary_character(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


def test_one_line_has_no_line_ends_and_no_space_around_it() -> None:
    assert one_line("  Hill\r\nPrimary \t School ") == "Hill Primary School"
