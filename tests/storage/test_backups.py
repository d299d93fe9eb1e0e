"""Backups are many of late and few of long ago, by audit and not by file name, and proven."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.storage.audit_container import Revision
from audit_desktop.storage.backups import Backups, to_keep
from tests.storage.simulated_filesystem import Fault, Hold, SimulatedFilesystem

FOLDER = Path("/home/backups")
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def filesystem() -> SimulatedFilesystem:
    return SimulatedFilesystem()


@pytest.fixture
def backups(filesystem: SimulatedFilesystem) -> Backups:
    return Backups(filesystem, filesystem.clock, FOLDER)


def test_version_is_put_by_at_most_every_ten_minutes(filesystem: SimulatedFilesystem, backups: Backups) -> None:
    taken = []
    for number in range(25):
        taken.append(backups.keep("audit-1", b"version %d" % number))
        filesystem.clock.sleep(60)

    assert [number for number, was_taken in enumerate(taken) if was_taken] == [0, 10, 20]
    assert [filesystem.read_bytes(backup.path) for backup in backups.of_audit("audit-1")] == [
        b"version 20",
        b"version 10",
        b"version 0",
    ]


def test_same_version_is_put_by_once(filesystem: SimulatedFilesystem, backups: Backups) -> None:
    backups.keep("audit-1", b"version")
    filesystem.clock.sleep(3600)

    assert not backups.keep("audit-1", b"version")


def test_version_is_put_by_at_once_if_asked(backups: Backups) -> None:
    backups.keep("audit-1", b"one")

    assert backups.keep("audit-1", b"two", now=True)


def test_clock_that_was_set_back_stops_no_backup(filesystem: SimulatedFilesystem, backups: Backups) -> None:
    backups.keep("audit-1", b"one")
    filesystem.clock.at -= timedelta(days=900)

    assert backups.keep("audit-1", b"two")
    assert len(backups.of_audit("audit-1")) == 2


def test_audits_do_not_share_backups(backups: Backups) -> None:
    backups.keep("audit-1", b"one")
    backups.keep("audit-2", b"two")

    assert len(backups.of_audit("audit-1")) == len(backups.of_audit("audit-2")) == 1


def test_year_of_work_leaves_a_few_backups_spread_over_it(filesystem: SimulatedFilesystem, backups: Backups) -> None:
    for day in range(365):
        backups.keep("audit-1", b"morning %d" % day)
        filesystem.clock.sleep(12 * 3600)
        backups.keep("audit-1", b"evening %d" % day)
        filesystem.clock.sleep(12 * 3600)

    found = backups.of_audit("audit-1")
    assert 20 <= len(found) <= 5 + 12 + 10 + 9
    assert found[0].at - found[-1].at > timedelta(days=200)


def test_failure_to_back_up_never_stops_a_save(filesystem: SimulatedFilesystem, backups: Backups) -> None:
    filesystem.fault = Fault(1, 28, is_sticky=True)

    backups.keeper("audit-1")(b"version", Revision("", "", 0))

    with pytest.raises(AuditDesktopError):
        backups.keep("audit-1", b"version")


def test_spoilt_backup_is_noticed_and_its_version_can_be_put_by_anew(
    filesystem: SimulatedFilesystem, backups: Backups
) -> None:
    for audit_id in ("audit-1", "audit-2"):
        backups.keep(audit_id, b"version")
    (first,), (second,) = backups.of_audit("audit-1"), backups.of_audit("audit-2")
    filesystem.names[second.path].data = b"versiom"

    assert [backups.find_spoilt(chance) for chance in (0, 2, 3)] == [None, None, second]
    assert backups.all() == (first,)
    assert backups.keep("audit-2", b"version")
    assert [backups.find_spoilt(chance) for chance in range(4)] == [None] * 4


def test_backup_that_cannot_be_read_now_is_told_of_and_stays(filesystem: SimulatedFilesystem, backups: Backups) -> None:
    backups.keep("audit-1", b"version")
    (backup,) = backups.of_audit("audit-1")
    filesystem.holds[backup.path] = Hold(float("inf"), stops_reading=True)

    assert backups.find_spoilt(0) == backup
    assert backups.all() == (backup,)


def test_without_a_backup_none_is_spoilt(backups: Backups) -> None:
    assert backups.find_spoilt(7) is None


def test_other_files_in_the_folder_are_no_backups(filesystem: SimulatedFilesystem, backups: Backups) -> None:
    backups.keep("audit-1", b"one")
    for name in ("notes.txt", "20260101T000000Z-short.audit", "yesterday-0123456789ab.audit"):
        filesystem.create_exclusive(FOLDER / "audit-1" / name).close()

    assert len(backups.of_audit("audit-1")) == 1


@given(st.lists(st.integers(-5, 60 * 24 * 400), max_size=60))
def test_thinning_keeps_the_last_two_days_and_never_takes_the_newest(minutes_ago: list[int]) -> None:
    times = [NOW - timedelta(minutes=minutes) for minutes in minutes_ago]

    kept = to_keep(times, NOW)

    assert kept >= {at for at in times if NOW - at <= timedelta(days=2)}
    assert not times or max(times) in kept
    assert to_keep(kept, NOW) == kept


def test_the_first_version_ever_put_by_here_survives_a_power_cut(
    filesystem: SimulatedFilesystem, backups: Backups
) -> None:
    assert backups.keep("audit-1", b"version", now=True)

    for seed in range(20):
        left = filesystem.after_power_cut(Random(seed))
        (kept,) = Backups(left, left.clock, FOLDER).of_audit("audit-1")
        assert left.read_bytes(kept.path) == b"version"
