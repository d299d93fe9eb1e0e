"""The same work on many things, on several processes."""

from __future__ import annotations

from audit_desktop.exchange.many.workers import WorkerLost, Workers
from tests.exchange.many.work import nothing, twice, twice_unless_seven


def never() -> bool:
    return False


def test_every_thing_gets_its_answer() -> None:
    with Workers(2, nothing) as workers:
        assert dict(workers.each(twice, range(20), never)) == {number: 2 * number for number in range(20)}


def test_a_thing_that_ends_its_process_takes_no_other_with_it() -> None:
    with Workers(2, nothing) as workers:
        answers = dict(workers.each(twice_unless_seven, range(12), never))
    assert isinstance(answers.pop(7), WorkerLost)
    assert answers == {number: 2 * number for number in range(12) if number != 7}


def test_nothing_is_begun_once_it_is_to_stop() -> None:
    seen: list[int] = []
    with Workers(1, nothing) as workers:
        for place, _ in workers.each(twice, range(20), lambda: len(seen) == 3):
            seen.append(place)
    assert seen == [0, 1, 2]


def test_several_processes_stop_as_well() -> None:
    seen: list[int] = []
    with Workers(2, nothing) as workers:
        for place, _ in workers.each(twice, range(2000), lambda: len(seen) > 3):
            seen.append(place)
    assert len(seen) < 100
