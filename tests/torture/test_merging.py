"""Copies of several people merge without a loss, whatever they did and in whatever order; wrong merges are caught."""

from __future__ import annotations

import pytest

from tests.torture.merging import EVERY_SO_MANY, merge_history, mine_wins, newest_wins

HISTORIES = 5 * EVERY_SO_MANY


def test_no_history_of_several_people_breaks_a_law_of_merging() -> None:
    outcomes = {seed: merge_history(seed) for seed in range(HISTORIES)}

    assert {seed: outcome.broken for seed, outcome in outcomes.items() if outcome.broken} == {}
    assert sum(outcome.conflicts > 0 for outcome in outcomes.values()) >= HISTORIES // 10, "people met"


@pytest.mark.parametrize("merge", [newest_wins, mine_wins])
def test_merge_test_catches_a_merge_that_drops_what_somebody_wrote(merge: object) -> None:
    assert any(merge_history(seed, merge).broken for seed in range(HISTORIES))  # type: ignore[arg-type]
