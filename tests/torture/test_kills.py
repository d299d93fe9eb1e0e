"""A program that is killed while it works loses nothing that it had acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.torture.kills import kill

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 15


def test_killed_program_loses_no_acknowledged_answer(tmp_path: Path) -> None:
    outcomes = [kill(tmp_path / str(seed), seed) for seed in range(KILLS)]

    assert [seed for seed, outcome in enumerate(outcomes) if outcome.is_bad] == []
    assert sum(outcome.acknowledged for outcome in outcomes) > KILLS, "some were killed in the middle of their work"


def test_kill_test_catches_writing_in_place(tmp_path: Path) -> None:
    assert any(kill(tmp_path / str(seed), seed, "in-place").is_bad for seed in range(4 * KILLS))
