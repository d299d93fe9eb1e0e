"""Programs that save one file at the same moment lose nothing, with no lock at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture.races import race

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("writers", [2, 3])
def test_programs_saving_one_file_lose_nothing(tmp_path: Path, writers: int) -> None:
    outcome = race(tmp_path / "desk", writers=writers)

    assert not outcome.is_bad
    assert outcome.acknowledged == writers * 15
    assert [path.name for path in (tmp_path / "desk").glob("*.tmp")] == []


def test_race_test_catches_saving_over_a_version_nobody_has_seen(tmp_path: Path) -> None:
    assert race(tmp_path / "desk", protocol="blind").is_bad
