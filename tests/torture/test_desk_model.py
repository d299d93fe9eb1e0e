"""Whatever is done at a desk in whatever order, the audit says what a very simple model says."""

from __future__ import annotations

import pytest

from tests.torture.desk_model import Careless, run_desk


def test_the_desk_says_what_the_model_says() -> None:
    run_desk(25, 1)


def test_the_model_catches_a_desk_that_keeps_no_journal() -> None:
    with pytest.raises(AssertionError):
        run_desk(60, 1, Careless)
