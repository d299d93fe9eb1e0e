"""Framework texts become blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.exchange import markdown
from audit_desktop.exchange.blocks import Block, Run
from audit_desktop.exchange.markdown import blocks_of


def outline(text: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.depth, block.text) for block in blocks_of(text)]


def test_no_text_gives_no_blocks() -> None:
    assert blocks_of("") == ()


def test_blank_lines_part_paragraphs_and_line_ends_do_not() -> None:
    assert outline("one\ntwo\n\nthree") == [("paragraph", 0, "one two"), ("paragraph", 0, "three")]


def test_a_list_after_a_paragraph_is_a_list() -> None:
    assert outline("Consider:\n\n- one\n- two\n\nthen") == [
        ("paragraph", 0, "Consider:"),
        ("bullet", 0, "one"),
        ("bullet", 0, "two"),
        ("paragraph", 0, "then"),
    ]


def test_numbered_items_keep_their_numbers_and_their_mark() -> None:
    blocks = blocks_of("3) three\n4) four")
    assert [(block.kind, block.number, block.mark) for block in blocks] == [("number", 3, ")"), ("number", 4, ")")]


def test_a_list_in_a_list_is_deeper() -> None:
    assert outline("- one\n  - inner\n- two") == [("bullet", 0, "one"), ("bullet", 1, "inner"), ("bullet", 0, "two")]


def test_emphasis_and_links_become_runs() -> None:
    assert blocks_of("a *b* **c** [d](https://example.org)") == (
        Block(
            (
                Run("a "),
                Run("b", italic=True),
                Run(" "),
                Run("c", bold=True),
                Run(" "),
                Run("d", link="https://example.org"),
            )
        ),
    )


def test_a_printed_mail_address_is_a_link_and_stays_the_text_it_was() -> None:
    (block,) = blocks_of("Write to help@example.org. Thank you.")
    assert block.text == "Write to help@example.org. Thank you."
    assert [(run.text, run.link) for run in block.runs if run.link] == [("help@example.org", "mailto:help@example.org")]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://x.example"])
def test_a_link_that_leads_nowhere_safe_is_only_its_text(target: str) -> None:
    assert all(not run.link for block in blocks_of(f"[text]({target})") for run in block.runs)


@pytest.mark.parametrize(
    "text", ["# not a heading", "5 < 6 & 7 > 6", "<b>no html</b>", "snake_case_name", "    indented"]
)
def test_whatever_is_no_markup_comes_through_as_text(text: str) -> None:
    assert "".join(block.text for block in blocks_of(text)) == text.strip()


_LINES = st.sampled_from(
    [
        *("", "", "plain words", "12 things", "a & b", "don’t – stop", "trailing ", " leading"),
        *("- item", "- another item", "-not an item", "- ", "-", "--", "---", "-  two", "- - x", "- 1. x", "- # x"),
        *("+ x", "1. one", "= =", "# x", "> x"),
    ]
)


@given(st.lists(_LINES, max_size=7).map("\n".join))
def test_the_short_way_for_simple_texts_reads_what_the_parser_reads(text: str) -> None:
    assert blocks_of(text) == markdown._parsed(text)
