"""A fault at any step of anything that people do with files costs no acknowledged answer, and leaves no half file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture.fault_points import fault_point
from tests.torture.full_disk import full_disks, small_disk
from tests.torture.scenarios import WRONG
from tests.torture.system_faults import SystemFaults, why_not

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POINTS = 150
EVERY_SO_MANY = 41
FREE_BLOCKS = range(0, 30, 6)

needs_a_compiler = pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can be run here")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[SystemFaults]:
    with SystemFaults(tmp_path) as faults:
        yield faults


def test_fault_at_any_step_of_any_scenario_costs_no_acknowledged_answer() -> None:
    outcomes = [fault_point(seed) for seed in range(POINTS)]

    assert [outcome for outcome in outcomes if outcome.problem] == []
    assert sum(outcome.was_reached for outcome in outcomes) > POINTS // 2


def test_fault_test_catches_a_missing_sync() -> None:
    assert any(fault_point(seed, honours_fsync=False).problem for seed in range(POINTS))


@needs_a_compiler
def test_failing_system_call_costs_no_acknowledged_answer(program: SystemFaults) -> None:
    chosen = list(program.all_faults())[::EVERY_SO_MANY]
    answers = {str(fault): program.play(fault) for fault in chosen}

    assert {fault: answer["problem"] for fault, answer in answers.items() if answer["problem"]} == {}
    assert any(answer["told"] for answer in answers.values()), "people are told of faults"


@needs_a_compiler
def test_system_call_test_catches_writing_in_place(program: SystemFaults) -> None:
    assert any(program.play(fault)["problem"] for fault in program.all_faults((WRONG,)))


def test_full_disk_costs_no_acknowledged_answer(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as why:
        if why:
            pytest.skip(why)
        outcomes = list(full_disks(tmp_path / "disk", FREE_BLOCKS))

    assert [(case, problem) for case, problem, _ in outcomes if problem] == []
    assert sum(told for _, _, told in outcomes), "people are told of a full disk"
