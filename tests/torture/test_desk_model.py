"""Whatever is done at a desk in whatever order, the audit says what a very simple model says."""

from __future__ import annotations

from random import Random

import pytest

from audit_desktop.storage.audit_files import read_audit
from audit_desktop.storage.recovery import Recovery, missing_from
from tests.storage.simulated_filesystem import Fault, KilledError
from tests.torture.desk_model import DESK, PATH, VISITORS, Careless, Desk, run_desk


def test_the_desk_says_what_the_model_says() -> None:
    run_desk(25, 1)


def test_the_model_catches_a_desk_that_keeps_no_journal() -> None:
    with pytest.raises(AssertionError):
        run_desk(60, 1, Careless)


@pytest.mark.parametrize("kind", ["kill-before", "kill-after"])
def test_nobody_is_offered_a_merge_again_whose_undoing_was_cut_short_anywhere(kind: str) -> None:
    at, is_over = 0, False
    while not is_over:
        at += 1
        desk = Desk()
        desk.begin()
        desk.take_a_copy_in(VISITORS[0], "Seen.")
        desk.filesystem.fault = Fault(desk.filesystem.changes + at, kind)
        try:
            desk.session.undo()
            desk.keeper.close()
            is_over = True
        except KilledError:
            pass
        killed = desk.filesystem.after_kill()
        for left in (killed, *(killed.after_power_cut(Random(chance)) for chance in range(12))):
            audit = read_audit(left, left.clock, PATH, lambda _: True).audit
            work = Recovery(left, left.clock, DESK / "journals", is_gone=lambda _: True).of_audit(audit.id)
            assert work is None or missing_from(audit, work) == ()
    assert at > 10
