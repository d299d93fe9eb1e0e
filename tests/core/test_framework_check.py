"""Tests of the full check of a framework file."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_desktop.core.errors import AuditDesktopError, FaultCode, ManyFaultsError
from audit_desktop.core.framework import Framework
from audit_desktop.core.framework_check import check_framework, json_schema
from audit_desktop.core.framework_rules import is_allowed_link

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "frameworks").glob("*/*.json"))

FRAMEWORK: dict[str, Any] = {
    "$schema": "../framework.schema.json",
    "format": 1,
    "id": "sample",
    "version": "1.0.0",
    "title": "Sample audit",
    "publisher": "Sample publisher",
    "source": "Sample source",
    "language": "en-GB",
    "summary": "A sample.",
    "section_noun": "Section",
    "scales": [
        {
            "id": "rating",
            "label": "Rating",
            "levels": [
                {"id": "low", "label": "Low", "colour": "#111111"},
                {"id": "high", "label": "High", "colour": "#eeeeee"},
            ],
        },
        {
            "id": "status",
            "label": "Status",
            "levels": [
                {"id": "red", "label": "Red", "colour": "#111111"},
                {"id": "green", "label": "Green", "colour": "#eeeeee"},
            ],
        },
    ],
    "fields": {
        "statement": [
            {"id": "rating", "kind": "rating", "label": "Rating", "scale": "rating"},
            {"id": "comment", "kind": "long-text", "label": "Comment", "owner": "visitor"},
        ],
        "audit": [{"id": "how", "kind": "choice", "label": "How", "options": [{"id": "a", "label": "A"}]}],
    },
    "sections": [
        {
            "id": "1",
            "title": "First",
            "heading": "1. First",
            "statements": [
                {"id": "1.1", "reference": "1.1", "text": "One", "numbers": [{"id": "number-1", "label": "Number:"}]},
                {"id": "1.2", "reference": "1.2", "text": "Two", "guidance": [{"title": "Guide"}]},
            ],
        }
    ],
    "scoring": {
        "rating": "rating",
        "status_scale": "status",
        "outcomes": [
            {"status": "green", "counts_as": "high", "when": [{"levels": ["high"], "more_than": "1/2"}]},
            {"status": "red", "counts_as": "low"},
        ],
    },
    "layout": {
        "orientation": "portrait",
        "columns": [
            {"heading": "", "width": 60, "shows": ["reference", "text"]},
            {"heading": "High", "width": 40, "marks": "high"},
        ],
        "below": ["comment"],
    },
}


def changed(place: str, value: Any = None, *, remove: bool = False) -> dict[str, Any]:
    """Return the sample framework with what stands at `place` replaced or removed; steps are parted by spaces."""
    document = copy.deepcopy(FRAMEWORK)
    part: Any = document
    *steps, last = (int(step) if step.isdigit() else step for step in place.split())
    for step in steps:
        part = part[step]
    if remove:
        del part[last]
    else:
        part[last] = value
    return document


def faults_of(document: object) -> list[tuple[FaultCode, str]]:
    return [(fault.code, fault.place) for fault in all_faults(json.dumps(document).encode())]


def all_faults(data: bytes) -> tuple[AuditDesktopError, ...]:
    with pytest.raises(ManyFaultsError) as caught:
        check_framework(data, "sample.json")
    assert (caught.value.code, caught.value.place) == (FaultCode.FRAMEWORK_INVALID, "sample.json")
    return caught.value.faults


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_a_shipped_framework_has_no_fault_and_is_the_same_when_built_without_the_check(path: Path) -> None:
    data = path.read_bytes()
    assert check_framework(data, str(path)) == Framework.build(json.loads(data))


def test_the_published_schema_is_the_one_the_classes_make() -> None:
    published = json.loads((ROOT / "frameworks" / "framework.schema.json").read_bytes())
    assert published == json_schema()


@pytest.mark.parametrize(
    ("place", "value", "code", "found_at"),
    [
        ("id", "Sample", FaultCode.ID_INVALID, "id"),
        ("id", "../sample", FaultCode.ID_INVALID, "id"),
        ("id", "sample\n", FaultCode.ID_INVALID, "id"),
        ("version", "1.0", FaultCode.VERSION_INVALID, "version"),
        ("version", "1.0.01", FaultCode.VERSION_INVALID, "version"),
        ("language", "English", FaultCode.LANGUAGE_INVALID, "language"),
        ("title", " ", FaultCode.TEXT_MISSING, "title"),
        ("title", "Sample\u202etidua", FaultCode.CHARACTER_FORBIDDEN, "title"),
        ("format", "1", FaultCode.NOT_ONE_OF, "format"),
        ("sections", [], FaultCode.LIST_TOO_SHORT, "sections"),
        ("sections", {}, FaultCode.JSON_TYPE_WRONG, "sections"),
        ("sections 0 title", 4, FaultCode.JSON_TYPE_WRONG, "sections[0].title"),
        ("sections 0 id", "a/b", FaultCode.ID_INVALID, "sections[0].id"),
        ("sections 0 statements 1 id", "1.1", FaultCode.ID_REPEATED, "sections[0].statements[1].id"),
        ("sections 0 statements 1 id", "x" * 41, FaultCode.ID_INVALID, "sections[0].statements[1].id"),
        ("sections 0 statements 1 text", "", FaultCode.TEXT_MISSING, "sections[0].statements[1].text"),
        ("sections 0 statements 1 txt", "a", FaultCode.KEY_UNKNOWN, "sections[0].statements[1].txt"),
        ("sections 0 statements 1 without", ["ratin"], FaultCode.ID_UNKNOWN, "sections[0].statements[1].without[0]"),
        ("sections 0 statements 0 numbers 0 id", "n", FaultCode.ID_INVALID, "sections[0].statements[0].numbers[0].id"),
        ("sections 0 statements 0 numbers 0 period", 1, FaultCode.JSON_TYPE_WRONG, None),
        ("sections 0 statements 1 guidance 0 link", "http://a.uk", FaultCode.LINK_FORBIDDEN, None),
        ("sections 0 descriptors", [{"status": "x", "heading": "", "text": ""}], FaultCode.ID_UNKNOWN, None),
        ("scales 0 levels 0 colour", "red", FaultCode.COLOUR_INVALID, "scales[0].levels[0].colour"),
        ("fields statement 0 kind", "ratng", FaultCode.NOT_ONE_OF, "fields.statement[0].kind"),
        ("fields statement 1 kind", "status", FaultCode.NOT_ONE_OF, "fields.statement[1].kind"),
        ("fields statement 0 scale", "grading", FaultCode.ID_UNKNOWN, "fields.statement[0].scale"),
        ("fields statement 1 scale", "rating", FaultCode.KEY_OF_OTHER_KIND, "fields.statement[1].scale"),
        ("fields statement 1 period", True, FaultCode.KEY_OF_OTHER_KIND, "fields.statement[1].period"),
        ("fields statement 1 required_when", {"field": "rating", "differs_from": "x"}, FaultCode.ID_UNKNOWN, None),
        ("fields statement 1 owner", "teacher", FaultCode.NOT_ONE_OF, "fields.statement[1].owner"),
        ("fields audit 0 options", [], FaultCode.LIST_TOO_SHORT, "fields.audit[0].options"),
        ("fields audit 0 id", "school-name", FaultCode.ID_RESERVED, "fields.audit[0].id"),
        ("scoring rating", "how", FaultCode.ID_UNKNOWN, "scoring.rating"),
        ("scoring outcomes 0 status", "amber", FaultCode.ID_UNKNOWN, "scoring.outcomes[0].status"),
        ("scoring outcomes 0 counts_as", "green", FaultCode.ID_UNKNOWN, "scoring.outcomes[0].counts_as"),
        ("scoring outcomes 0 when", [], FaultCode.OUTCOME_NEVER_REACHED, "scoring.outcomes[0]"),
        ("scoring outcomes 0 when 0 more_than", "50%", FaultCode.SHARE_INVALID, None),
        ("scoring outcomes 0 when 0 more_than", "1/1", FaultCode.SHARE_INVALID, None),
        ("scoring outcomes 0 when 0 more_than", "1/0", FaultCode.SHARE_INVALID, None),
        ("scoring outcomes 0 when 0 more_than", "", FaultCode.CONDITION_EMPTY, "scoring.outcomes[0].when[0]"),
        ("scoring outcomes 0 when 0 at_most", -1, FaultCode.NUMBER_INVALID, "scoring.outcomes[0].when[0].at_most"),
        (
            "scoring outcomes 1 when",
            [{"levels": ["low"], "at_most": 1}],
            FaultCode.LAST_OUTCOME_CONDITIONAL,
            "scoring.outcomes[1]",
        ),
        ("scoring", [], FaultCode.JSON_TYPE_WRONG, "scoring"),
        ("layout columns 0 width", 61, FaultCode.WIDTHS_NOT_100, "layout.columns"),
        ("layout columns 0 shows", ["texts"], FaultCode.ID_UNKNOWN, "layout.columns[0].shows[0]"),
        ("layout columns 1 marks", "green", FaultCode.ID_UNKNOWN, "layout.columns[1].marks"),
        ("layout columns 0 marks", "low", FaultCode.COLUMN_SHOWS_AND_MARKS, "layout.columns[0]"),
        ("layout below", ["coment"], FaultCode.ID_UNKNOWN, "layout.below[0]"),
        ("$schema", 3, FaultCode.KEY_UNKNOWN, "$schema"),
        (
            "earlier",
            {"statements": [{"id": "1.2", "now": ["1.1"]}]},
            FaultCode.EARLIER_ID_IN_USE,
            "earlier.statements[0].id",
        ),
        (
            "earlier",
            {"statements": [{"id": "1.9", "now": ["1.1", "1.10"]}]},
            FaultCode.ID_UNKNOWN,
            "earlier.statements[0].now[1]",
        ),
        (
            "earlier",
            {"statements": [{"id": "1.9", "now": ["1.1"] * 21}]},
            FaultCode.LIST_TOO_LONG,
            "earlier.statements[0].now",
        ),
        (
            "earlier",
            {"sections": [{"id": "9", "now": ["1"]}, {"id": "9"}]},
            FaultCode.ID_REPEATED,
            "earlier.sections[1].id",
        ),
    ],
)
def test_one_slip_is_one_fault_at_its_place(place: str, value: object, code: FaultCode, found_at: str | None) -> None:
    written = "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in place.split())[1:]
    if place.endswith("required_when"):
        written += ".differs_from"
    elif place.endswith("descriptors"):
        written += "[0].status"
    assert faults_of(changed(place, value)) == [(code, found_at or written)]


@pytest.mark.parametrize(
    "place", ["scales", "scales 0 levels", "fields statement", "fields audit 0 options", "sections"]
)
def test_an_id_that_stands_twice_in_a_list_is_a_fault(place: str) -> None:
    things: Any = FRAMEWORK
    for step in place.split():
        things = things[int(step) if step.isdigit() else step]
    codes = [code for code, _ in faults_of(changed(place, [*things, things[-1]]))]
    assert set(codes) == {FaultCode.ID_REPEATED}


def test_a_statement_id_may_not_stand_in_two_sections() -> None:
    again = {"id": "2", "title": "Second", "heading": "2.", "statements": FRAMEWORK["sections"][0]["statements"][:1]}
    document = changed("sections", [*FRAMEWORK["sections"], again])
    assert faults_of(document) == [(FaultCode.ID_REPEATED, "sections[1].statements[0].id")]


@pytest.mark.parametrize("key", sorted(set(FRAMEWORK) - {"$schema", "scoring", "scales", "fields", "id"}))
def test_a_missing_key_is_named(key: str) -> None:
    assert faults_of(changed(key, remove=True)) == [(FaultCode.KEY_MISSING, key)]


def test_a_rating_without_a_scale_is_a_fault() -> None:
    faults = faults_of(changed("fields statement 0 scale", remove=True))
    assert (FaultCode.KEY_MISSING, "fields.statement[0].scale") in faults


def test_every_fault_is_reported_at_once_in_the_order_of_the_file() -> None:
    document = changed("sections 0 statements 1 text", 5)
    document["scales"][0]["levels"][0]["colour"] = "red"
    document["sections"][0]["statements"][0]["id"] = "A"
    document["layout"]["columns"][0]["width"] = 1
    document["titel"] = document.pop("title")
    assert faults_of(document) == [
        (FaultCode.COLOUR_INVALID, "scales[0].levels[0].colour"),
        (FaultCode.ID_INVALID, "sections[0].statements[0].id"),
        (FaultCode.JSON_TYPE_WRONG, "sections[0].statements[1].text"),
        (FaultCode.WIDTHS_NOT_100, "layout.columns"),
        (FaultCode.KEY_UNKNOWN, "titel"),
    ]


def test_a_misspelt_key_is_one_fault_that_suggests_the_right_one() -> None:
    document = changed("sections 0 statements 1 txt", "Two")
    del document["sections"][0]["statements"][1]["text"]
    (fault,) = all_faults(json.dumps(document).encode())
    assert fault.details == {"key": "txt", "suggestion": "text", "statement": "1.2"}


def test_a_misspelt_reference_suggests_what_was_meant() -> None:
    (fault,) = all_faults(json.dumps(changed("layout below", ["coment"])).encode())
    assert fault.details == {"id": "coment", "what": "field", "suggestion": "comment"}


def test_a_fault_in_a_statement_names_the_statement() -> None:
    (fault,) = all_faults(json.dumps(changed("sections 0 statements 0 text", "")).encode())
    assert fault.details["statement"] == "1.1"


def test_a_repeated_id_says_where_it_stood_first() -> None:
    (fault,) = all_faults(json.dumps(changed("sections 0 statements 1 id", "1.1")).encode())
    assert fault.details["first"] == "sections[0].statements[0].id"


def test_a_file_of_a_newer_format_has_that_one_fault() -> None:
    document = changed("format", 2) | {"something_new": True}
    assert faults_of(document) == [(FaultCode.FRAMEWORK_TOO_NEW, "format")]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", FaultCode.JSON_INVALID), (b"[]", FaultCode.JSON_NOT_AN_OBJECT), (b'{"a":NaN}', FaultCode.JSON_INVALID)],
)
def test_what_is_no_json_object_has_that_one_fault(data: bytes, code: FaultCode) -> None:
    assert [fault.code for fault in all_faults(data)] == [code]


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert [fault.code for fault in all_faults(b" " * (16 * 1024 * 1024 + 1))] == [FaultCode.FRAMEWORK_TOO_LARGE]


@pytest.mark.parametrize(("count", "allowed"), [(10_000, True), (20_001, False)])
def test_ten_thousand_statements_are_allowed_and_more_than_twenty_thousand_are_not(count: int, allowed: bool) -> None:
    statements = [{"id": f"1.{n}", "reference": f"1.{n}", "text": "A statement"} for n in range(count)]
    document = changed("sections 0 statements", statements)
    if allowed:
        framework = check_framework(json.dumps(document).encode(), "sample.json")
        assert len(framework.sections[0].statements) == count
    else:
        assert faults_of(document) == [(FaultCode.FRAMEWORK_TOO_LARGE, "sections")]


@pytest.mark.parametrize(
    "link",
    ["https://www.gov.uk/a?b=c#d", "https://norfolk.gov.uk:443/", "mailto:csattendance@norfolk.gov.uk"],
)
def test_a_link_to_a_named_host_or_a_mail_address_is_allowed(link: str) -> None:
    assert is_allowed_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "http://www.gov.uk/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//host/share",
        "\\\\host\\share",
        "https:\\\\host.uk\\share",
        "https://user@host.uk/",
        "https://user:word@host.uk/",
        "https://gov.uk@evil.uk/",
        "https://",
        "https://localhost/",
        "https://[::1]/",
        "https://host.uk:99999/",
        "https://host.uk:22/",
        "https://a b.uk/",
        "https://host.uk/\u202egpj",
        "search-ms:query=a",
        "mailto:a@b.uk?attach=c",
        "mailto://a@b.uk",
        "data:text/html,a",
        "https://b\u00fccher.uk/",
        "www.gov.uk",
    ],
)
def test_a_link_that_could_do_anything_else_is_refused(link: str) -> None:
    assert not is_allowed_link(link)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(FRAMEWORK)), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: str = "") -> list[str]:
    found = [path] if path else []
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        found += places(part, f"{path} {step}".strip())
    return found


@settings(max_examples=300)
@given(st.sampled_from(places(FRAMEWORK)), JSON)
def test_whatever_stands_anywhere_the_check_ends_in_a_framework_or_in_placed_faults(place: str, value: Any) -> None:
    data = json.dumps(changed(place, value)).encode()
    try:
        framework = check_framework(data, "sample.json")
    except ManyFaultsError as error:
        assert error.faults  # noqa: PT017 - either end is right
    else:
        assert framework == Framework.build(json.loads(data))
