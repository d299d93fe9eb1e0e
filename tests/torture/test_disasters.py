"""Nothing that was acknowledged is ever lost, and the tests that say so catch protocols that lose it."""

from __future__ import annotations

import errno
from itertools import count

import pytest

from tests.torture.disasters import (
    FAULTS,
    fault_at,
    power_cut,
    two_writers,
    write_after_a_look,
    write_blindly,
    write_in_place,
)

POWER_CUTS = 600
RACES = 150


def test_power_cut_at_any_step_costs_no_acknowledged_answer() -> None:
    bad = [seed for seed in range(POWER_CUTS) if power_cut(seed).is_bad]

    assert bad == []


@pytest.mark.parametrize(
    "promise", ["honours_fsync", "honours_folder_fsync"], ids=["no fsync of files", "no fsync of folders"]
)
def test_power_cut_test_catches_a_missing_sync(promise: str) -> None:
    assert any(power_cut(seed, **{promise: False}).is_bad for seed in range(POWER_CUTS))


def test_power_cut_test_catches_writing_in_place() -> None:
    assert any(power_cut(seed, write_in_place).is_bad for seed in range(POWER_CUTS))


@pytest.mark.parametrize("kind", FAULTS, ids=lambda kind: errno.errorcode.get(kind, kind))
@pytest.mark.parametrize("is_sticky", [False, True], ids=["once", "from then on"])
def test_fault_at_any_step_costs_no_acknowledged_answer(kind: int | str, is_sticky: bool) -> None:
    bad: list[int] = []
    for at in count(1):
        result, changes = fault_at(at, kind, is_sticky=is_sticky)
        if changes < at:
            break
        if result.is_bad:
            bad.append(at)

    assert bad == []
    assert at > 20, "the work has many steps, and each was tried"


def test_two_people_saving_at_once_lose_nothing_without_any_lock() -> None:
    bad = [seed for seed in range(RACES) if two_writers(seed).is_bad]

    assert bad == []


@pytest.mark.parametrize("write", [write_blindly, write_after_a_look])
def test_race_test_catches_saving_over_a_version_nobody_has_seen(write: object) -> None:
    assert any(two_writers(seed, write).is_bad for seed in range(RACES))  # type: ignore[arg-type]
