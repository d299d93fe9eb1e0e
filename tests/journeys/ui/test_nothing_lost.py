"""The whole program, killed, told to end, and opened twice: what somebody wrote is never lost."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from audit_desktop.storage.lock import lock_path
from tests.journeys.ui.killed_window import ADDRESS, LETTERS, kill_window, move_in, new_audit, start

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

pytest.importorskip("PySide6")

KILLS = 4
OTHER_ADDRESS = "statement/1.2/evidence"


def type_on(program: subprocess.Popen[str], letters: int) -> None:
    """Wait until so many letters stand in the box."""
    assert program.stdout is not None
    for line in program.stdout:
        if int(line.split()[1]) >= letters:
            return
    pytest.fail("the program ended before it had typed")


def test_a_window_killed_while_somebody_types_loses_at_most_the_last_second(tmp_path: Path) -> None:
    killed = [kill_window(tmp_path / str(seed), seed) for seed in range(KILLS)]

    assert [seed for seed, one in enumerate(killed) if one.lost] == []
    assert any(one.safe_letters for one in killed), "some had typed for long enough to have been promised something"


def test_the_kill_test_catches_a_program_that_keeps_nothing_while_somebody_types(tmp_path: Path) -> None:
    killed = kill_window(tmp_path, 1, least=2.5, how="careless")

    assert killed.lost


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["SIGTERM", "SIGHUP"])
def test_a_program_told_to_end_saves_every_letter(tmp_path: Path, number: int) -> None:
    path = tmp_path / "desk" / "hill.audit"
    workspace = new_audit(tmp_path / "home", path)
    with start(tmp_path / "home", path, 1, letters=25) as program:
        type_on(program, 25)
        program.send_signal(number)
        program.communicate(timeout=30)

    assert program.returncode == 0
    assert workspace.read(path).audit.state.value(ADDRESS) == LETTERS[:25]
    assert not lock_path(path).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("first_ends_first", [True, False])
def test_one_file_in_two_windows_holds_the_work_of_both(tmp_path: Path, first_ends_first: bool) -> None:
    path = tmp_path / "desk" / "hill.audit"
    workspace = new_audit(tmp_path / "first", path)
    move_in(tmp_path / "second")
    with start(tmp_path / "first", path, 1, letters=30) as first:
        type_on(first, 5)
        # As on a network drive that does not show the lock: the second may write too.
        lock_path(path).unlink()
        with start(tmp_path / "second", path, 2, letters=30, address=OTHER_ADDRESS) as second:
            type_on(first, 30)
            type_on(second, 30)
            for program in (first, second) if first_ends_first else (second, first):
                program.terminate()
                program.communicate(timeout=30)

    state = workspace.read(path).audit.state
    assert (state.value(ADDRESS), state.value(OTHER_ADDRESS)) == (LETTERS[:30], LETTERS[:30])
