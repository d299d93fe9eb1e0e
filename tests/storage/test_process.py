"""A program that runs is known to run, and one that is gone is known to be gone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from audit_desktop.core.record import replace
from audit_desktop.storage.process import ProcessMark


def test_this_program_runs() -> None:
    assert not ProcessMark.of_this_program().is_gone()


def test_program_that_ended_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()

    assert replace(ProcessMark.of_this_program(), pid=ended.pid).is_gone()


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not say when a program started")
def test_number_used_again_by_another_program_is_told_apart() -> None:
    assert replace(ProcessMark.of_this_program(), started="1").is_gone()


def test_nothing_is_claimed_about_another_computer() -> None:
    assert not ProcessMark("elsewhere", 999_999_999, "").is_gone()


def test_mark_survives_writing_and_reading() -> None:
    mark = ProcessMark.of_this_program()

    assert ProcessMark.from_json(mark.to_json()) == mark
