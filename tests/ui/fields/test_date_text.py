"""Dates as people in Britain write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.ui.fields.date_text import long_date, understood_date


@pytest.mark.parametrize(
    "text",
    [
        "12/9/2026", "12/09/2026", "12.9.2026", "12-9-2026", "12 9 2026", "12/9/26", "12 Sept 2026", "12 sep 2026",
        "12 September 2026", "12th September 2026", "Saturday 12 September 2026", "Sat, 12 September 2026",
        "12 September, 2026", "2026-09-12", "  12 / 9 / 2026 ", "12th of September 2026",
    ],
)  # fmt: skip
def test_a_date_is_understood_the_way_it_is_written_here(text: str) -> None:
    assert understood_date(text) == "2026-09-12"


@pytest.mark.parametrize(
    "text", ["", "soon", "31/2/2026", "12/13/2026", "12/9", "12 Septober 2026", "2026", "0/1/2026", "12/9/202"]
)
def test_what_is_no_date_is_not_made_into_one(text: str) -> None:
    assert understood_date(text) is None


def test_a_year_of_two_figures_waits_until_it_is_finished() -> None:
    assert understood_date("12/9/20", short_years=False) is None
    assert understood_date("12/9/20") == "2020-09-12"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_a_date_that_is_shown_is_understood_again(day: date) -> None:
    assert understood_date(long_date(day.isoformat())) == day.isoformat()
