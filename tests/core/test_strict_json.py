"""Tests of the strict JSON reader."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.strict_json import MAX_DEPTH, load_object, load_value

# A whole number as long as it may be.
WHOLE = st.integers(min_value=-(10**17) + 1, max_value=10**18 - 1)
TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def refusal(data: bytes) -> AuditDesktopError:
    with pytest.raises(AuditDesktopError) as caught:
        load_value(data, "file.json")
    assert caught.value.place == "file.json"
    return caught.value


def details(data: bytes) -> tuple[object, object, object]:
    fault = refusal(data)
    assert fault.code == FaultCode.JSON_INVALID
    return fault.details["problem"], fault.details["line"], fault.details["column"]


@given(VALUES, st.booleans())
def test_every_value_that_was_written_is_read_back(value: Any, escaped: bool) -> None:
    assert load_value(json.dumps(value, ensure_ascii=escaped).encode(), "file.json") == value


def value_or_refusal(data: bytes) -> Any:
    """Return the value in `data`, or the code of its refusal; anything else that is raised fails the test."""
    try:
        return load_value(data, "file.json")
    except AuditDesktopError as fault:
        return fault.code


@given(st.binary(max_size=200) | st.text('[]{}":,\\1eE.-NaIu d8\n', max_size=60).map(str.encode))
def test_any_bytes_give_a_value_that_can_be_written_or_a_placed_refusal(data: bytes) -> None:
    json.dumps(value_or_refusal(data), allow_nan=False, ensure_ascii=False).encode()


def test_a_byte_order_mark_is_accepted() -> None:
    assert load_value(b'\xef\xbb\xbf{"a": 1}', "file.json") == {"a": 1}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"a": 1,\n "b" 2}', ("syntax", 2, 6)),
        (b"", ("syntax", 1, 1)),
        (b'{"a": 1}\n{', ("syntax", 2, 1)),
        (b'{"a":\n "\xff"}', ("not-utf-8", 2, 3)),
        ('{"a": 1}'.encode("utf-16"), ("not-utf-8", 1, 1)),
        (b'{"a": "\xed\xa0\x80"}', ("not-utf-8", 1, 8)),
        (b'{\n"a": NaN}', ("not-a-number", 2, 6)),
        (b"[1, -Infinity]", ("not-a-number", 1, 5)),
        (b"[1, 1e999]", ("number-too-large", 1, 5)),
        (b"[-1e999]", ("number-too-large", 1, 2)),
        (b"[" + b"9" * 5000 + b"]", ("number-too-large", 1, 2)),
        (b"[1234567890123456789]", ("number-too-large", 1, 2)),
        (b'{"a": 1, "b": {"a": 2},\n "a": 3}', ("duplicate-key", 2, 2)),
        (b'{"a": 1, "\\u0061": 3}', ("duplicate-key", 1, 10)),
        (b'{"a": 1,\n"a" :2}', ("duplicate-key", 2, 1)),
        (b'{"a":1,"b":{"a"\n:1,"a"\t:"\\":"}}', ("duplicate-key", 2, 4)),
        (b'["[", ' + b"[" * 100_000, ("too-deep", 1, 38)),
        (b'{"a":' * 40 + b"1" + b"}" * 40, ("too-deep", 1, 161)),
    ],
)
def test_what_the_standard_reader_lets_through_is_refused_where_it_stands(
    data: bytes, expected: tuple[str, int, int]
) -> None:
    assert details(data) == expected


@pytest.mark.parametrize("word", ['"NaN"', '"1e999"', '"' + "9" * 5000 + '"', '"' + "[" * 100 + '"', '"\\"[[{{"'])
def test_the_same_inside_a_text_is_no_fault(word: str) -> None:
    assert load_value(f'{{"a": {word}}}'.encode(), "file.json") == {"a": json.loads(word)}


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_the_deepest_nesting_allowed_is_read_and_one_more_is_not(opening: str) -> None:
    closing = "]" if opening == "[" else "}"

    def nested(depth: int) -> bytes:
        return (opening * depth + ("1" if closing == "}" else "") + closing * depth).encode()

    load_value(nested(MAX_DEPTH), "file.json")
    assert details(nested(MAX_DEPTH + 1))[0] == "too-deep"


@given(st.text(st.characters(categories=("Cs",)), min_size=1))
def test_lone_surrogates_become_replacement_characters_that_a_file_can_hold(surrogates: str) -> None:
    value = load_object(json.dumps({surrogates: [surrogates]}).encode(), "file.json")
    json.dumps(value, ensure_ascii=False).encode("utf-8")


def test_a_pair_of_surrogates_is_the_character_that_it_stands_for() -> None:
    assert load_value(b'"\\ud83d\\ude00 \\ud83d"', "file.json") == "\U0001f600 \ufffd"


def test_keys_that_repairing_makes_equal_are_refused() -> None:
    assert details(b'{"\\ud800": 1, "\\ud801": 2}')[0] == "duplicate-key"


def test_a_number_at_the_edge_of_the_range_is_read() -> None:
    assert math.isclose(load_value(b"1.7e308", "file.json"), 1.7e308)


@pytest.mark.parametrize("data", [b"[]", b"1", b"null", b'"a"'])
def test_a_value_that_is_no_object_is_refused_where_an_object_is_expected(data: bytes) -> None:
    with pytest.raises(AuditDesktopError) as caught:
        load_object(data, "file.json")
    assert (caught.value.code, caught.value.place) == (FaultCode.JSON_NOT_AN_OBJECT, "file.json")
