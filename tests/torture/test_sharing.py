"""A file that others hold for a while is saved all the same, or beside, and nothing is lost."""

from __future__ import annotations

from tests.torture.sharing import held_file

RUNS = 100


def test_a_file_that_others_hold_for_a_while_is_saved_in_its_place_or_beside_and_nothing_is_lost() -> None:
    outcomes = {seed: held_file(seed) for seed in range(RUNS)}

    assert {seed: outcome.problem for seed, outcome in outcomes.items() if outcome.problem} == {}
    assert sum(outcome.saved for outcome in outcomes.values()) > 0.8 * 5 * RUNS
    assert any(outcome.beside for outcome in outcomes.values()), "some were held for longer than anybody waits"


def test_the_test_of_held_files_catches_a_program_that_does_not_wait() -> None:
    assert any(held_file(seed, is_patient=False).problem for seed in range(RUNS))
