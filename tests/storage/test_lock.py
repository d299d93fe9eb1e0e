"""The lock tells who has a file open, never keeps anybody out for ever, and has one holder."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_desktop.storage.lock import Lock, LockHolder, lock_path
from audit_desktop.storage.process import ProcessMark
from tests.storage.simulated_filesystem import Fault, Hold, SimulatedFilesystem

PATH = Path("/desk/hill.audit")


@pytest.fixture
def filesystem() -> SimulatedFilesystem:
    filesystem = SimulatedFilesystem()
    filesystem.make_folder(PATH.parent)
    return filesystem


def lock_of(filesystem: SimulatedFilesystem, name: str, *, gone: tuple[str, ...] = ()) -> Lock:
    return Lock(
        filesystem, filesystem.clock, PATH, name, ProcessMark(name, 7, "1"), is_gone=lambda mark: mark.host in gone
    )


def test_first_gets_the_lock_and_second_is_told_who_has_it(filesystem: SimulatedFilesystem) -> None:
    assert lock_of(filesystem, "Sam").acquire() is None

    holder = lock_of(filesystem, "Alex").acquire()

    assert holder is not None
    assert (holder.name, holder.opened_at) == ("Sam", "2026-03-02T14:02:00Z")


def test_lock_has_the_name_that_cloud_folders_leave_alone(filesystem: SimulatedFilesystem) -> None:
    lock_of(filesystem, "Sam").acquire()

    assert filesystem.list_folder(PATH.parent) == ["~$hill.audit"]


def test_released_lock_is_free(filesystem: SimulatedFilesystem) -> None:
    first = lock_of(filesystem, "Sam")
    first.acquire()
    first.release()

    assert filesystem.list_folder(PATH.parent) == []
    assert lock_of(filesystem, "Alex").acquire() is None


def test_beating_lock_never_gets_stale(filesystem: SimulatedFilesystem) -> None:
    first, second = lock_of(filesystem, "Sam"), lock_of(filesystem, "Alex")
    first.acquire()
    for _ in range(10):
        assert not second.is_stale()
        filesystem.clock.sleep(10)
        assert first.beat()

    assert not second.is_stale()


def test_silent_lock_is_stale_after_35_seconds_of_watching_and_can_be_taken_over(
    filesystem: SimulatedFilesystem,
) -> None:
    first, second = lock_of(filesystem, "Sam"), lock_of(filesystem, "Alex")
    first.acquire()
    assert not second.is_stale()
    filesystem.clock.sleep(34)
    assert not second.is_stale()
    filesystem.clock.sleep(1)
    assert second.is_stale()

    assert second.take_over()

    assert not first.beat()
    assert not first.is_held
    assert second.beat()
    assert filesystem.list_folder(PATH.parent) == ["~$hill.audit"]


def test_only_one_of_two_takes_a_stale_lock_over(filesystem: SimulatedFilesystem) -> None:
    lock_of(filesystem, "Sam").acquire()
    second, third = lock_of(filesystem, "Alex"), lock_of(filesystem, "Kim")

    def kim_is_quicker(what: str, _path: Path) -> None:
        if what == "move":
            filesystem.before_change = None
            assert third.take_over()

    filesystem.before_change = kim_is_quicker

    assert not second.take_over()
    assert third.beat()


def test_lock_of_a_crashed_program_on_this_computer_is_taken_over_at_once(filesystem: SimulatedFilesystem) -> None:
    lock_of(filesystem, "Sam").acquire()

    assert lock_of(filesystem, "Alex", gone=("Sam",)).acquire() is None


def test_release_leaves_the_lock_of_whoever_took_over(filesystem: SimulatedFilesystem) -> None:
    first, second = lock_of(filesystem, "Sam"), lock_of(filesystem, "Alex")
    first.acquire()
    second.take_over()

    first.release()

    holder = second.holder()
    assert holder is not None
    assert holder.name == "Alex"


def test_folder_that_takes_no_lock_stops_nobody(filesystem: SimulatedFilesystem) -> None:
    filesystem.fault = Fault(1, 30, is_sticky=True)
    lock = lock_of(filesystem, "Sam")

    assert lock.acquire() is None
    assert not lock.is_held
    assert not lock.beat()
    lock.release()


def test_lock_file_of_another_program_is_not_ours_to_judge(filesystem: SimulatedFilesystem) -> None:
    file = filesystem.create_exclusive(lock_path(PATH))
    file.write(b"\x03Sam")
    lock = lock_of(filesystem, "Alex")

    assert lock.holder() is None
    assert lock.acquire() is None
    assert not lock.is_held


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"lock_id": 1}', b"\xff"])
def test_what_is_no_lock_names_nobody(data: bytes) -> None:
    assert LockHolder.from_bytes(data) is None


def test_lock_survives_writing_and_reading() -> None:
    holder = LockHolder("id", "Sam Reed", "2026-03-02T14:02:00Z", ProcessMark("host", 7, "1"), 3)

    assert LockHolder.from_bytes(holder.to_bytes()) == holder


def test_lock_that_a_virus_scanner_holds_for_a_moment_stays_ours(filesystem: SimulatedFilesystem) -> None:
    ours = lock_of(filesystem, "Sam")
    assert ours.acquire() is None
    (path,) = filesystem.names
    filesystem.holds[path] = Hold(filesystem.clock.seconds + 5, stops_reading=True)

    assert ours.beat()
    assert ours.is_held

    filesystem.clock.sleep(10)
    assert ours.beat()
    assert filesystem.list_folder(path.parent) == [path.name]


def test_nobody_is_told_that_they_have_the_file_open_themselves(filesystem: SimulatedFilesystem) -> None:
    ours = lock_of(filesystem, "Sam")
    assert ours.acquire() is None
    assert ours.acquire() is None
    assert ours.is_held
