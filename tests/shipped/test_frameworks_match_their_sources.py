"""Proves that the frameworks carry their printed sources word for word, line by line, and add nothing of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.framework import Framework, Section, Statement
from tests.shipped.sources import load, source_text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

RAG = "attendance-standards-rag"
NORFOLK = "norfolk-attendance-self-assessment"

NOT_CARRIED = {
    # The form's own furniture: the drop-down's prompt, and the spreadsheet's "not yet rated".
    RAG: {"#N/A": 2},
    # Two stray full stops in 5.3 are slips of the source: 1.6 and 5.7 have no drop-down, so 33 of 35.
    NORFOLK: {"Choose an item.": 33, ".": 2},
}

OURS = [
    r"\$schema|format|id|version|language|publisher|source|summary|section_noun",
    r"fields\..*\.(id|kind|help|owner|scale|required_when\..*)",
    r"fields\.statement\.visitor-.*\.label|fields\.audit\.recommended-actions\.label",
    r"scales\.[a-z]+\.label|scales\..*\.(id|colour)",
    r"scoring\..*",
    r"layout\.(orientation|below.*|columns\.\d+\.(shows.*|marks))",
    r"activities\..*\.id",
    r"sections\.\d\.(id|title)|.*\.descriptors\.\d\.status",
    r"sections\.\d\.statements\.[^a-z]*b?\.(id|without.*|numbers\..*\.id)",
]
"""Places of what is ours: ids, rules, colours, help, and short titles for the screen."""

OURS_OR_PART_OF_A_LINE = {
    # The source prints neither a name nor the word "Rating"; numbers and statements share a line, and so do the
    # introduction and the rest of Standard 4's instruction.
    RAG: [r"title|fields\.statement\.rating\.label|introduction\.0\.text|.*\.statements\.[\d.]+\.(text|reference)"],
    # Title and edition share a line; the continuum gives label and meaning on one.
    NORFOLK: [r"title|revised|scales\.rating\.levels\.[a-z]+\.(label|meaning)"],
}
"""Places besides, of one framework; what is part of a line there is compared by the tests above."""


def source_lines(name: str) -> list[str]:
    """Return every line of every cell of the source, bullets as `-`, without outer white space and empty lines."""
    cells = re.sub(r"(?<!•)\t", "\n", source_text(name))
    lines = (re.sub(r"^(· |•\t)", "- ", line).strip() for line in cells.split("\n"))
    return [line for line in lines if line]


def carried(name: str) -> list[str]:
    """Return the lines of the source that a framework must have."""
    return [line for line in source_lines(name) if line not in NOT_CARRIED[name]]


def lines_of(markdown: str) -> list[str]:
    """Return the lines of a CommonMark text without indents and empty lines."""
    return [line.strip() for line in markdown.split("\n") if line.strip()]


def rag_section_as_printed(section: Section, framework: Framework) -> Iterator[str]:
    above = [section.banner, section.instruction]
    # Standard 4 alone has its instruction above its banner.
    yield from reversed(above) if section.id == "4" else above
    yield section.heading
    for column in framework.layout.columns:
        yield from lines_of(column.heading)
    for statement in section.statements:
        yield f"{statement.reference} {statement.text}"
    yield section.status_label
    yield section.heading
    yield from (field.label for field in framework.fields.section)
    yield section.descriptors_heading
    for descriptor in section.descriptors:
        yield descriptor.heading
        yield from lines_of(descriptor.text)


def rag_as_printed(framework: Framework) -> Iterator[str]:
    for section in framework.sections:
        yield from rag_section_as_printed(section, framework)
    overall = framework.overall
    assert overall is not None
    yield from (overall.heading, overall.descriptors_heading, overall.descriptors_subheading)
    for descriptor in overall.descriptors:
        yield descriptor.heading
        yield from lines_of(descriptor.text)


def norfolk_statement_as_printed(statement: Statement) -> Iterator[str]:
    yield statement.reference
    yield from lines_of(statement.text)
    yield from (item.title for item in statement.guidance)
    yield from lines_of(statement.considerations)
    yield from (number.label for number in statement.numbers)


def norfolk_as_printed(framework: Framework) -> Iterator[str]:
    yield f"{framework.title} {framework.revised}"
    for part in framework.introduction:
        yield part.heading
        yield from lines_of(part.text)
        yield from (item.title for item in part.guidance)
    for section in framework.sections:
        yield section.heading
        yield section.purpose
        yield from (column.heading for column in framework.layout.columns)
        for statement in section.statements:
            yield from norfolk_statement_as_printed(statement)


def test_the_red_amber_green_framework_says_what_its_source_says_in_order() -> None:
    framework = Framework.build(load(RAG))
    assert list(rag_as_printed(framework)) == carried(RAG)


def test_the_norfolk_framework_says_what_its_source_says_in_order() -> None:
    framework = Framework.build(load(NORFOLK))
    assert list(norfolk_as_printed(framework)) == carried(NORFOLK)


@pytest.mark.parametrize("name", [RAG, NORFOLK])
def test_only_the_forms_furniture_and_two_slips_are_left_out(name: str) -> None:
    lines = source_lines(name)
    assert {line: lines.count(line) for line in NOT_CARRIED[name]} == NOT_CARRIED[name]


@pytest.mark.parametrize("name", [RAG, NORFOLK])
def test_no_text_is_invented_beyond_the_named_fields_of_ours(name: str) -> None:
    # What a list of activities says stands there as bullets.
    source = {line.removeprefix(bullet) for line in source_lines(name) for bullet in ("", "- ")}
    ours = re.compile("|".join(f"(?:{pattern})$" for pattern in OURS + OURS_OR_PART_OF_A_LINE[name]))
    invented = [
        (place, line)
        for place, text in texts(load(name))
        if not ours.match(place)
        for line in lines_of(text)
        if line not in source
    ]
    assert invented == []


def test_the_sentence_for_all_standards_is_the_introduction_and_stays_above_standard_4() -> None:
    framework = Framework.build(load(RAG))
    sentence = framework.introduction[0].text
    assert sentence.startswith("LAP comments are added to support each statement within all 8 standards")
    assert framework.sections[3].instruction.endswith(sentence)


def test_every_level_of_the_continuum_means_what_the_introduction_says() -> None:
    framework = Framework.build(load(NORFOLK))
    levels = framework.scale("rating").levels
    printed = next(part for part in framework.introduction if part.heading.startswith("Scoring")).text.split("\n")
    highest_first = [f"{n}) {level.label}: {level.meaning}" for n, level in enumerate(reversed(levels), start=1)]
    assert printed[-4:] == highest_first


def test_the_activities_are_those_the_introduction_lists() -> None:
    framework = Framework.build(load(NORFOLK))
    part = next(part for part in framework.introduction if part.heading.startswith("Completing"))
    assert [f"- {activity.label}" for activity in framework.activities] == part.text.split("\n")[2:]


def test_statements_have_the_ids_that_audits_rely_on() -> None:
    counts = {
        name: {section.id: [statement.id for statement in section.statements] for section in framework.sections}
        for name, framework in ((name, Framework.build(load(name))) for name in (RAG, NORFOLK))
    }
    assert counts[RAG] == {s: [f"{s}.{n + 1}" for n in range(c)] for s, c in zip("1234", (11, 16, 8, 15), strict=True)}
    expected = {s: [f"{s}.{n + 1}" for n in range(c)] for s, c in zip("1234", (8, 4, 8, 5), strict=True)}
    expected["5"] = ["5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8", "5.8b", "5.9"]
    assert counts[NORFOLK] == expected


def test_only_the_two_statements_without_a_drop_down_have_no_grading() -> None:
    framework = Framework.build(load(NORFOLK))
    ungraded = {s.id: set(s.without) for section in framework.sections for s in section.statements if s.without}
    grading = {"rating", "visitor-rating", "visitor-rating-reason"}
    assert ungraded == {"1.6": grading, "5.7": grading}


def test_ten_numbers_are_asked_for_and_two_come_without_a_period() -> None:
    framework = Framework.build(load(NORFOLK))
    asked = {
        statement.id: [(number.id, number.period) for number in statement.numbers]
        for section in framework.sections
        for statement in section.statements
        if statement.numbers
    }
    assert asked == {
        "3.6": [("number-1", True)],
        "3.8": [("number-1", True)],
        "4.5": [("number-1", True)],
        "5.8": [("number-1", True)],
        "5.8b": [("number-1", True), ("number-2", False)],
        "5.9": [("number-1", True), ("number-2", True), ("number-3", False), ("number-4", True)],
    }
