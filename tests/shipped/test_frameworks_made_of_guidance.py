"""Proves that the frameworks made of a policy, of guidance and of a table say what these say and leave nothing out.

They are no forms: the statements are their paragraphs, and how they are judged is ours. What is compared is the words,
paragraph by paragraph and then all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.shipped.sources import load, source_text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

POLICY = "attendance-policy-review"
THRESHOLDS = "thresholds-and-responsibilities"
TABLE = "dfe-summary-of-responsibilities"
ALL = (POLICY, THRESHOLDS, TABLE)

PUT_RIGHT = {
    POLICY: {
        # Left to the school: its names and figures.
        "XXXX school believes": "The school believes",
        "The Attendance Lead is XXXX and": "The Attendance Lead is [name] and",
        "to contact is XXXX .": "to contact is [name].",
        "by email to XXXX before": "by email to [address] before",
        "register at XX am to": "register at [time] to",
        "School use Arbor for": "School use [system] for",
        "done by XXXX insert your own arrangements here.": "done by [insert your own arrangements here].",
        "attendance target is XXXX but": "attendance target is [target] but",
        "XXXX School has adopted": "The school has adopted",
        # One heading on two lines.
        "\nAppendix 1\nAttendance": "\nAppendix 1: Attendance",
        # Named: the service of one county.
        "Gloucestershire’s Education Inclusion Service": "the LA Education Inclusion Service",
        # Slips: what was left of an earlier edition, a code that was lost, a word.
        "(2034) ‘Keeping children safe in education 2022 2024’": "(2024) ‘Keeping children safe in education 2024’",
        "· = Absent in other": "· O = Absent in other",
        "on-to-one": "one-to-one",
    },
    THRESHOLDS: {
        "The Learning Trust is committed": "The trust is committed",
        "The Learning Trust Education Attendance Service allocates": "The Education Attendance Service allocates",
        "to the Learning Trust Attendance Service": "to the Attendance Service",
        "targets to the Learning Trust and": "targets to the trust and",
        "Learning Trust School Attendance Officer": "School Attendance Officer",
        "The Learning Trust has identified": "The trust has identified",
        "improvement .The": "improvement. The",
    },
}
"""What a framework says otherwise than its source, each once, since it speaks to every school."""

NOT_CARRIED = {
    # A line of a table of contents, marks of the word processor, and printed numbers, which are the references.
    POLICY: (r"\A .*\n", r"\[bookmark: [^\]]*\]", r"(?m:^\d+\.[1-9]\d*\s)", r"(?m:^\d+\. )"),
    # The title, and a stray full stop. The carried source ends before the contact that it names.
    THRESHOLDS: (r"\A.*\n.*\n", r"(?m:^\.$)"),
}

OURS = {
    POLICY: r"introduction\.0\..*",
    THRESHOLDS: r"introduction\.1\..*",
    TABLE: r"introduction\.0\..*",
}
"""How to fill the framework in: the sources are no forms and do not say."""

PRINTED = (
    r"introduction\..*|sections\.[a-z0-9]+\.(heading|purpose|instruction)|.*\.(text|considerations)|.*\.guidance\..*"
)
"""Places of what the source prints."""


def words_of(text: str) -> list[str]:
    """Return the words of a text with their punctuation, without bullets and emphasis."""
    return [word for word in text.replace("**", "").split() if word not in ("-", "·")]


@cache
def source_words(name: str) -> tuple[str, ...]:
    """Return the words of the source, put right."""
    text = source_text(name).replace("\xa0", " ")
    for printed, carried in PUT_RIGHT[name].items():
        assert text.count(printed) == 1, printed
        text = text.replace(printed, carried)
    for pattern in NOT_CARRIED[name]:
        text = re.sub(pattern, "", text)
    return tuple(words_of(text))


def printed(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the words of every paragraph that a framework has of its source, by place."""
    for place, text in texts(load(name)):
        if re.fullmatch(PRINTED, place) and not re.fullmatch(OURS[name], place):
            for paragraph in text.split("\n\n"):
                yield place, words_of(paragraph)


@pytest.mark.parametrize("name", [POLICY, THRESHOLDS])
def test_every_paragraph_stands_word_for_word_in_the_source(name: str) -> None:
    source = f" {' '.join(source_words(name))} "
    # The terms that 4.1 defines head the definitions beside it; the statement lists them once more.
    known = {"sections.4.statements.4.1.text"} if name == POLICY else set()
    strangers = [place for place, words in printed(name) if place not in known and f" {' '.join(words)} " not in source]
    assert strangers == []


@pytest.mark.parametrize("name", [POLICY, THRESHOLDS])
def test_no_word_of_the_source_is_left_out(name: str) -> None:
    carried = Counter(word for _, words in printed(name) for word in words)
    source = Counter(source_words(name))
    terms = "Absence Authorised absence Unauthorised absence Parent Persistent absence (PA) Regular Attendance"
    assert source - carried == Counter()
    assert carried - source == Counter(terms.split() if name == POLICY else [])


@pytest.mark.parametrize("name", ALL)
def test_no_school_trust_or_person_is_named_in_what_schools_are_asked(name: str) -> None:
    named = re.compile(r"XX|Gloucestershire|Learning Trust|Arbor|Kelly|@|\d{4} \d{3} \d{4}")
    said = [(place, text) for place, text in texts(load(name)) if named.search(text)]
    link = "sections.8.statements.8.4.guidance.0.link"
    assert [place for place, _ in said if place not in ("publisher", "source", link)] == []


@pytest.mark.parametrize("name", ALL)
def test_these_sources_name_no_grade_and_so_none_is_worked_out(name: str) -> None:
    framework = load(name)
    assert (framework["scoring"], framework["overall"]) == (None, None)
    assert not any(section.get("descriptors") for section in framework["sections"])


def ids(name: str) -> dict[str, list[str]]:
    """Return the ids of the statements of each section."""
    return {section["id"]: [one["id"] for one in section["statements"]] for section in load(name)["sections"]}


def numbered(counts: dict[str, int]) -> dict[str, list[str]]:
    """Return sections whose statements are numbered through."""
    return {section: [f"{section}.{number + 1}" for number in range(count)] for section, count in counts.items()}


def test_the_policys_statements_have_the_numbers_of_its_paragraphs() -> None:
    counts = (9, 2, 6, 1, 5, 8, 4, 6, 1, 3, 3, 1, 6, 7, 4, 5, 4, 2, 7, 5, 3)
    expected = numbered({str(number): count for number, count in enumerate(counts, start=1)})
    # The appendix comes after 21, and its paragraphs have numbers of their own.
    expected["22"] = [f"a1.{number}" for number in range(1, 12)]
    # 8.2 says three things; 8.5 is a link, which stands at 8.4.
    expected["8"] = ["8.1", "8.2", "8.2b", "8.2c", "8.3", "8.4", "8.6"]
    assert ids(POLICY) == expected


def test_the_policys_references_are_printed_as_its_numbers() -> None:
    for section in load(POLICY)["sections"]:
        for statement in section["statements"]:
            assert statement["reference"] == statement["id"].rstrip("bc").upper()


def test_the_guidance_has_the_statements_that_audits_rely_on() -> None:
    counts = (1, 6, 1, 2, 3, 5, 1, 4, 10, 6, 4, 11, 7, 5)
    assert ids(THRESHOLDS) == numbered({str(number): count for number, count in enumerate(counts, start=1)})


def test_the_table_has_the_statements_that_audits_rely_on() -> None:
    counts = (18, 10, 13, 8, 4, 9, 9, 9, 5)
    assert ids(TABLE) == numbered({str(number): count for number, count in enumerate(counts, start=1)})


def test_numbers_are_asked_for_where_a_school_would_count() -> None:
    asked = {
        name: [one["id"] for section in load(name)["sections"] for one in section["statements"] if one.get("numbers")]
        for name in ALL
    }
    assert asked == {
        POLICY: ["6.6", "6.7", "13.4", "18.1", "21.1", "a1.5", "a1.6", "a1.8", "a1.9", "a1.11"],
        THRESHOLDS: ["4.1", "5.1", "6.1", "7.1"],
        TABLE: ["2.3", "3.4", "4.4"],
    }


# The scan: some of its letters are misread, and some are cut off at the edges of cells.

_MISREAD = 0.5
"""How alike a word and what the scan made of it are at least."""
_BY_SENSE = {"roll": "role", "wherever": "whenever"}
"""Words that stand in the scan as other words: pupils are on a school's roll, and live wherever they live."""


@cache
def scanned_pages() -> dict[str, frozenset[str]]:
    """Return the words of each page of the table by its title, with what its repetitions make of them."""
    titles = {section["heading"] for section in load(TABLE)["sections"]}
    pages: dict[str, set[str]] = {title: set() for title in titles}
    title = ""
    for line in source_text(TABLE).split("\n"):
        if line.strip() in titles:
            title = line.strip()
        else:
            pages[title] |= letters_of(line)
    return {title: frozenset(words) for title, words in pages.items()}


def letters_of(text: str) -> set[str]:
    """Return the words of `text` as letters alone."""
    return set(re.findall("[a-z]+", re.sub("['’]", "", text.lower())))


def said_in(section: Mapping[str, object]) -> set[str]:
    """Return the words of a section of the table, without its title."""
    place = re.compile(r"purpose|instruction|.*\.(text|considerations)")
    return {word for where, text in texts(section) if place.fullmatch(where) for word in letters_of(text)}


def likest(word: str, others: frozenset[str] | set[str]) -> float:
    """Return how alike `word` is to the likest of `others`."""
    return max((SequenceMatcher(None, word, other).ratio() for other in others), default=0)


@pytest.mark.parametrize("section", load(TABLE)["sections"], ids=lambda section: section["id"])
def test_every_word_of_the_table_is_on_its_page_of_the_scan_or_was_misread_there(section: dict[str, str]) -> None:
    page, said = scanned_pages()[section["heading"]], said_in(section)
    misread = page - said
    # "e.g." was read as "e.9.".
    invented = {word for word in said - page - {"g"} if likest(word, misread) < _MISREAD}
    assert invented == set()
    assert len(said & page) > 0.75 * len(said)


@pytest.mark.parametrize("section", load(TABLE)["sections"], ids=lambda section: section["id"])
def test_no_word_on_a_page_of_the_scan_is_left_out(section: dict[str, str]) -> None:
    said = said_in(section)
    left_out = {word for word in scanned_pages()[section["heading"]] - said if likest(word, said) < _MISREAD}
    assert left_out == set()


def test_two_words_of_the_scan_are_put_right_by_their_sense() -> None:
    (section,) = (section for section in load(TABLE)["sections"] if section["heading"].startswith("Looked after"))
    page, said = scanned_pages()[section["heading"]], said_in(section)
    for word, scanned in _BY_SENSE.items():
        assert word in said - page
        assert scanned in page - said


def test_each_statement_of_the_table_says_whose_it_is() -> None:
    groups = ("Parents", "Schools", "Academy trustees and governing bodies", "Local authorities")
    for section in load(TABLE)["sections"]:
        whose = [re.match(r"\*\*(.*?):\*\* ", one["text"]) for one in section["statements"]]
        order = [groups.index(found[1]) for found in whose if found]
        assert len(order) == len(section["statements"])
        assert order == sorted(order)
