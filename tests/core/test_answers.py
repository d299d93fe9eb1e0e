"""Answers: what each kind of field can hold, and how an answer reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.addresses import Addresses
from audit_desktop.core.answers import display_text, normalise
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.text import LONGEST_TEXT
from tests.builders import make_framework

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue

FRAMEWORK = make_framework()
ADDRESSES = Addresses(FRAMEWORK)
RATING, EVIDENCE, NUMBER = "statement/1.1/rating", "statement/1.1/evidence", "statement/1.3/number-1"
DATE, CHOICE, CHOICES, TEXT = "audit/visit-date", "audit/phase", "audit/activities", "audit/school-name"
FLAG, STATUS = "sharing/a/deleted", "section/1/status-override"
EVERY_KIND = [RATING, EVIDENCE, NUMBER, DATE, CHOICE, CHOICES, TEXT, FLAG, STATUS]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["green", "walk"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["number", "period", "status", "reason", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def stored(address: str, value: JsonValue) -> JsonValue | None:
    field = ADDRESSES.field(address)
    assert field is not None
    return normalise(FRAMEWORK, field, value, address)


def read(address: str, value: JsonValue | None) -> str:
    field = ADDRESSES.field(address)
    assert field is not None
    return display_text(FRAMEWORK, field, value)


def fault(address: str, value: JsonValue) -> FaultCode:
    with pytest.raises(AuditDesktopError) as refused:
        stored(address, value)
    assert refused.value.place == address
    return refused.value.code


@pytest.mark.parametrize(
    ("address", "value", "kept", "reads"),
    [
        (RATING, "not-in-place", "not-in-place", "Not in place"),
        (EVIDENCE, " two\r\nlines ", " two\nlines ", " two\nlines "),
        (TEXT, "  Hill\nPrimary ", "Hill Primary", "Hill Primary"),
        (
            NUMBER,
            {"number": 12, "period": " Autumn  term "},
            {"number": 12, "period": "Autumn term"},
            "12 (Autumn term)",
        ),
        (NUMBER, {"number": 0}, {"number": 0}, "0"),
        (NUMBER, {"number": 4.0}, {"number": 4}, "4"),
        (NUMBER, {"number": 2.5, "period": ""}, {"number": 2.5}, "2.5"),
        (NUMBER, {"number": 1200, "period": None}, {"number": 1200}, "1,200"),
        (NUMBER, {"period": "Autumn"}, {"period": "Autumn"}, "(Autumn)"),
        (DATE, "2026-01-05", "2026-01-05", "5 January 2026"),
        (CHOICE, "all-through", "all-through", "All-through"),
        (CHOICES, ["talk", "walk", "talk"], ["walk", "talk"], "A walk; A talk"),
        (FLAG, True, True, "Yes"),
        (STATUS, {"status": "green", "reason": " Fixed. "}, {"status": "green", "reason": "Fixed."}, "Green"),
    ],
)
def test_an_answer_is_kept_in_one_form_and_reads_as_a_person_would_say_it(
    address: str, value: Any, kept: Any, reads: str
) -> None:
    assert stored(address, value) == kept
    assert read(address, kept) == reads


@pytest.mark.parametrize("address", EVERY_KIND)
@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_an_empty_answer_takes_the_answer_back(address: str, nothing: Any) -> None:
    assert stored(address, nothing) is None
    assert read(address, None) == ""


@pytest.mark.parametrize(
    ("address", "nothing"),
    [(EVIDENCE, " \n\t "), (TEXT, "   "), (NUMBER, {"number": None, "period": " "}), (FLAG, False)],
)
def test_an_answer_that_says_nothing_is_no_answer(address: str, nothing: Any) -> None:
    assert stored(address, nothing) is None


@pytest.mark.parametrize(
    ("address", "value", "code"),
    [
        (RATING, "brilliant", FaultCode.LEVEL_UNKNOWN),
        (RATING, 3, FaultCode.VALUE_WRONG_TYPE),
        (RATING, ["developing"], FaultCode.VALUE_WRONG_TYPE),
        (EVIDENCE, 5, FaultCode.VALUE_WRONG_TYPE),
        (EVIDENCE, "x" * (LONGEST_TEXT + 1), FaultCode.TEXT_TOO_LONG),
        (NUMBER, 12, FaultCode.VALUE_WRONG_TYPE),
        (NUMBER, {"number": 12, "unit": "pupils"}, FaultCode.VALUE_WRONG_TYPE),
        (NUMBER, {"number": "12"}, FaultCode.NUMBER_INVALID),
        (NUMBER, {"number": True}, FaultCode.NUMBER_INVALID),
        (NUMBER, {"number": float("inf")}, FaultCode.NUMBER_INVALID),
        (NUMBER, {"number": float("nan")}, FaultCode.NUMBER_INVALID),
        (NUMBER, {"number": 10**400}, FaultCode.NUMBER_INVALID),
        (NUMBER, {"number": 1, "period": 5}, FaultCode.VALUE_WRONG_TYPE),
        (DATE, "5 January 2026", FaultCode.DATE_INVALID),
        (DATE, "2026-02-30", FaultCode.DATE_INVALID),
        (DATE, "20260105", FaultCode.DATE_INVALID),
        (DATE, "2026-01-05T09:00", FaultCode.DATE_INVALID),
        (DATE, "２０２６-01-05", FaultCode.DATE_INVALID),
        (DATE, 2026, FaultCode.VALUE_WRONG_TYPE),
        (CHOICE, "university", FaultCode.OPTION_UNKNOWN),
        (CHOICES, "walk", FaultCode.VALUE_WRONG_TYPE),
        (CHOICES, ["run"], FaultCode.OPTION_UNKNOWN),
        (FLAG, "yes", FaultCode.VALUE_WRONG_TYPE),
        (FLAG, 1, FaultCode.VALUE_WRONG_TYPE),
        (STATUS, "green", FaultCode.VALUE_WRONG_TYPE),
        (STATUS, {"status": "blue", "reason": "x"}, FaultCode.STATUS_UNKNOWN),
        (STATUS, {"status": "green"}, FaultCode.REASON_MISSING),
        (STATUS, {"status": "green", "reason": "  "}, FaultCode.REASON_MISSING),
    ],
)
def test_what_a_field_cannot_hold_is_refused_with_its_place(address: str, value: Any, code: FaultCode) -> None:
    assert fault(address, value) is code


def test_a_refused_level_comes_with_those_that_exist() -> None:
    with pytest.raises(AuditDesktopError) as refused:
        stored(RATING, "brilliant")
    assert refused.value.details == {"value": "brilliant", "known": "not-in-place, developing, established"}


def test_the_longest_text_is_taken() -> None:
    assert stored(EVIDENCE, "x" * LONGEST_TEXT) == "x" * LONGEST_TEXT


@given(st.sampled_from(EVERY_KIND), json_values)
def test_any_value_is_either_kept_in_a_stable_form_or_refused(address: str, value: Any) -> None:
    try:
        kept = stored(address, value)
    except AuditDesktopError:
        return
    assert stored(address, kept) == kept
    assert isinstance(read(address, kept), str)


def test_an_answer_from_another_version_of_the_framework_still_reads() -> None:
    assert read(RATING, "outstanding") == "outstanding"
    assert read(CHOICE, "university") == "university"
