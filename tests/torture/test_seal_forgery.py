"""No forged file is taken for what was signed."""

from __future__ import annotations

import pytest

from tests.torture.seal_forgery import exchange, flip, says, signed_files, trusted, trusted_without_seals

RUNS = 300


def test_what_was_signed_is_trusted() -> None:
    assert all(trusted(data) is not None for data in signed_files())
    assert len({str(says(trusted(data))) for data in signed_files()}) == len(signed_files())  # type: ignore[arg-type]


@pytest.mark.parametrize("forge", [flip, exchange])
def test_no_forged_file_is_trusted(forge: object) -> None:
    assert [seed for seed in range(RUNS) if forge(seed)] == []  # type: ignore[operator]


@pytest.mark.parametrize("forge", [flip, exchange])
def test_forgery_test_catches_a_program_that_looks_at_no_seal(forge: object) -> None:
    assert any(forge(seed, trusted_without_seals) for seed in range(RUNS))  # type: ignore[operator]
