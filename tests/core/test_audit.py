"""The log of an audit: what a file holds is read late, and what came after it is known apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.audit import EditLog
from tests.builders import edit, make_audit

if TYPE_CHECKING:
    from audit_desktop.core.edits import Edit

FIRST = edit("audit/school-name", "Hill")
SECOND = edit("audit/school-name", "Dale", FIRST, minute=1)


def test_what_the_file_holds_is_not_read_until_it_is_asked_for() -> None:
    reads: list[int] = []

    def read() -> list[Edit]:
        reads.append(1)
        return [FIRST]

    log = EditLog(read, 1)
    log.add(SECOND)
    assert len(log) == 2
    assert log.later() == (SECOND,)
    assert not reads
    assert list(log.all()) == [FIRST.id, SECOND.id]
    log.all()
    assert len(reads) == 1


def test_an_edit_can_be_left_out_only_while_no_file_holds_it() -> None:
    log = EditLog(lambda: [FIRST], 1)
    log.add(SECOND)
    log.drop(SECOND.id)
    log.drop(FIRST.id)
    assert list(log.all()) == [FIRST.id]


def test_a_recorded_edit_is_in_the_log_and_in_the_state() -> None:
    audit = make_audit()
    audit.record(FIRST)
    assert audit.log.later() == (FIRST,)
    assert audit.state.value("audit/school-name") == "Hill"
