"""Edits: their ids, and how they travel as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.edits import Author, Edit, Role, canonical_json
from tests.builders import SCHOOL, VISITOR, edit

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(-1e9, 1e9, allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=6,
)
edits = st.builds(
    Edit.make,
    address=st.sampled_from(["statement/1.1/rating", "audit/school-name"]),
    value=json_values,
    replaces=st.lists(st.text("0123456789abcdef", min_size=4, max_size=4), max_size=3).map(tuple),
    at=st.just("2026-01-05T09:00:00.000Z"),
    author=st.builds(
        Author,
        st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
        st.sampled_from(Role),
        st.sampled_from(["", "Trust"]),
    ),
    sitting=st.text("0123456789abcdef", min_size=1, max_size=4),
)


@given(edits)
def test_an_edit_comes_back_from_json_as_it_was(made: Edit) -> None:
    again = Edit.from_json(json.loads(json.dumps(made.to_json())))
    assert again == made
    assert again.id == made.id


@pytest.mark.parametrize(
    "other",
    [
        edit("statement/1.1/rating", "developing"),
        edit("statement/1.2/rating", "established"),
        edit("statement/1.1/rating", "established", minute=1),
        edit("statement/1.1/rating", "established", author=VISITOR),
        edit("statement/1.1/rating", "established", sitting="sitting-2"),
        edit("statement/1.1/rating", "established", edit("statement/1.1/rating", None)),
    ],
)
def test_edits_that_say_different_things_have_different_ids(other: Edit) -> None:
    assert other.id != edit("statement/1.1/rating", "established").id


def test_the_order_in_which_replaced_edits_are_named_makes_no_difference() -> None:
    one, two = edit("audit/phase", "primary"), edit("audit/phase", "special")
    assert edit("audit/phase", "middle", one, two) == edit("audit/phase", "middle", two, one, two)


def test_what_a_newer_program_added_to_an_edit_stays_in_it_and_counts_in_its_id() -> None:
    document = {**edit("audit/school-name", "Hill").to_json(), "dictated": True}
    made = Edit.from_json(document)
    assert made.to_json() == document
    assert made.id != edit("audit/school-name", "Hill").id


def test_an_authors_organisation_travels() -> None:
    made = edit("audit/school-name", "Hill", author=SCHOOL)
    assert Edit.from_json(made.to_json()).author.organisation == "Hill Primary School"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("address", 5),
        ("replaces", "abc"),
        ("replaces", None),
        ("replaces", [5]),
        ("role", "inspector"),
        ("at", None),
        ("name", ["Sam"]),
        ("sitting", 1),
        ("organisation", 7),
        ("absorbed", 7),
        ("absorbed", [["x"]]),
    ],
)
def test_what_is_no_edit_is_refused(key: str, value: Any) -> None:
    document = {**edit("audit/school-name", "Hill").to_json(), key: value}
    with pytest.raises((KeyError, TypeError, ValueError)):
        Edit.from_json(document)


@pytest.mark.parametrize("key", ["address", "value", "replaces", "at", "name", "role", "sitting"])
def test_an_edit_that_lacks_something_is_refused(key: str) -> None:
    document = edit("audit/school-name", "Hill").to_json()
    del document[key]
    with pytest.raises(KeyError):
        Edit.from_json(document)


def test_canonical_json_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical_json({"b": 1, "a": [True, None, "é"]}) == canonical_json({"a": [True, None, "é"], "b": 1})


def test_canonical_json_is_as_published() -> None:
    # The examples of RFC 8785 that hold what answers hold.
    assert canonical_json({"period": "Autumn", "number": 12}) == '{"number":12,"period":"Autumn"}'
    assert canonical_json("€$\u000f\nA'B\"\\") == '"€$\\u000f\\nA\'B\\"\\\\"'
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))
