"""What happens around a file while people work: copies, other windows, strange clocks, letters and long days."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit_desktop.storage.lock import Lock
from audit_desktop.storage.process import ProcessMark
from tests.storage.simulated_filesystem import SimulatedFilesystem
from tests.torture.characters import ALL, expected, sample, travel
from tests.torture.clocks import KINDS, strange_day
from tests.torture.copier import copies
from tests.torture.kill_worker import write_really_in_place
from tests.torture.locks import contend
from tests.torture.soak import soak

COPIES = 25
DAYS = 40
MOST_GROWTH = 15_000_000


def test_every_copy_made_during_saves_is_one_of_the_versions(tmp_path: Path) -> None:
    made = list(copies(tmp_path, COPIES, seed=1))

    assert [problem for problem, _ in made if problem] == []
    assert sum(saves for _, saves in made) > COPIES, "there were saves while it was copied"


def test_copy_test_catches_writing_in_place(tmp_path: Path) -> None:
    assert any(problem for problem, _ in copies(tmp_path, COPIES, seed=1, write=write_really_in_place))


def test_no_two_programs_hold_one_lock(tmp_path: Path) -> None:
    outcome = contend(tmp_path / "desk", 75, seed=1)

    assert outcome.double_holders == 0
    assert outcome.acquisitions == 300
    assert outcome.take_overs, "some holders left without giving it back"
    assert [path.name for path in (tmp_path / "desk").glob("*.tmp")] == []


def test_lock_test_catches_a_careless_move(tmp_path: Path) -> None:
    assert contend(tmp_path / "desk", 50, seed=1, protocol="careless").double_holders


@pytest.mark.parametrize("step", range(1, 5))
def test_lock_cannot_be_had_by_a_third_while_a_slow_second_tries_to_take_it_over(step: int) -> None:
    filesystem = SimulatedFilesystem()
    path = Path("/desk/hill.audit")
    filesystem.make_folder(path.parent)

    def lock(name: str) -> Lock:
        return Lock(
            filesystem, filesystem.clock, path, name, ProcessMark(name, 1, ""), lambda mark: mark.host == "gone"
        )

    lock("gone").acquire()
    slow, quick, third = lock("slow"), lock("quick"), lock("third")
    changes = 0

    def others_act(_what: str, _path: Path) -> None:
        nonlocal changes
        changes += 1
        filesystem.before_change = None
        if changes == step:
            quick.acquire()
        if changes == step + 1:
            third.acquire()
        filesystem.before_change = others_act

    filesystem.before_change = others_act
    slow.take_over()
    filesystem.before_change = None
    third.acquire()

    assert sum(one.is_held for one in (slow, quick, third)) == 1


def test_every_kind_of_strange_clock_leaves_the_work_as_it_was() -> None:
    assert {seed: problem for seed in range(DAYS) if (problem := strange_day(seed))} == {}
    assert len(KINDS) < DAYS


def test_letters_of_every_script_come_through_box_file_and_word() -> None:
    assert [problem for _, problem in travel(sample(1, 2_000)) if problem] == []


def test_what_no_file_can_hold_becomes_a_mark_that_is_seen() -> None:
    assert (expected(0x00), expected(0x0B), expected(0x202E), expected(0xD800)) == ("\ufffd", "\n", "", "\ufffd")
    assert len(ALL) == 1_114_112


def test_a_thousand_answers_in_four_sittings_stay_small(tmp_path: Path) -> None:
    environment = os.environ | {"AUDIT_DESKTOP_HOME": str(tmp_path / "home")}
    figures = soak(tmp_path, environment, edits=1_200, sittings=4)

    assert (figures.edits, figures.lost) == (1_200, 0)
    assert figures.file_size < 250_000
    assert figures.growth < MOST_GROWTH
