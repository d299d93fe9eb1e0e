"""The journal keeps every edit it said it kept, whatever becomes of its files."""

from __future__ import annotations

import errno
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.audit_container import Revision
from audit_desktop.storage.journal import Journal, JournalHeader, chain_is_whole, read_journal
from audit_desktop.storage.process import ProcessMark
from tests.builders import edit
from tests.storage.simulated_filesystem import Fault, Hold, SimulatedFilesystem

if TYPE_CHECKING:
    from audit_desktop.core.edits import Edit

FOLDER = Path("/home/journals")
SOURCE = b"{}"
HEADER = JournalHeader(
    audit_id="audit-1",
    sitting="s1",
    path="/desk/hill.audit",
    base_doc_rev="0" * 64,
    framework_id="small",
    framework_version="1.0.0",
    framework_sha256="f" * 64,
    started_at="2026-03-02T14:02:00Z",
    process=ProcessMark("here", 7, "1"),
)
REVISION = Revision("a" * 64, "b" * 64, 10)


@pytest.fixture
def filesystem() -> SimulatedFilesystem:
    filesystem = SimulatedFilesystem()
    filesystem.furnish(FOLDER)
    return filesystem


@pytest.fixture
def journal(filesystem: SimulatedFilesystem) -> Journal:
    return Journal(filesystem, FOLDER, HEADER, SOURCE)


def step(number: int, *replaces: Edit) -> Edit:
    return edit(f"statement/1.{number}/evidence", f"step {number}", *replaces, minute=number)


def journal_names(filesystem: SimulatedFilesystem) -> list[str]:
    try:
        names = filesystem.list_folder(FOLDER / "audit-1")
    except OSError:
        return []
    return [name for name in names if name.endswith(".journal")]


def edits_in(filesystem: SimulatedFilesystem) -> set[Edit]:
    return {
        one
        for name in journal_names(filesystem)
        for one in read_journal(filesystem.read_bytes(FOLDER / "audit-1" / name)).edits
    }


def test_nothing_is_written_before_the_first_edit(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([])

    assert journal_names(filesystem) == []


def test_journal_says_what_it_is_about_and_holds_the_edits(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([step(1), step(2)])
    journal.append([step(3)])

    content = read_journal(filesystem.read_bytes(FOLDER / "audit-1" / "s1-1.journal"))

    assert content.header == HEADER
    assert content.edits == (step(1), step(2), step(3))
    assert (content.damaged_lines, content.is_closed) == (0, False)
    assert chain_is_whole(filesystem.read_bytes(FOLDER / "audit-1" / "s1-1.journal"))


def test_one_batch_costs_one_write_and_one_fsync(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([step(1)])
    calls: list[str] = []
    filesystem.before_change = lambda what, _path: calls.append(what)

    journal.append([step(2), step(3)])

    assert calls == ["write", "fsync"]


def test_framework_is_kept_beside_the_journal(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([step(1)])

    assert filesystem.read_bytes(FOLDER / "audit-1" / f"{'f' * 64}.framework.json") == SOURCE


@pytest.mark.parametrize("what", ["write", "fsync"])
def test_file_that_failed_is_never_used_again(filesystem: SimulatedFilesystem, journal: Journal, what: str) -> None:
    journal.append([step(1)])
    filesystem.fault = Fault(filesystem.changes + (1 if what == "write" else 2), errno.EIO)

    journal.append([step(2)])

    assert read_journal(filesystem.read_bytes(FOLDER / "audit-1" / "s1-2.journal")).edits == (step(1), step(2))
    calls: list[Path] = []
    filesystem.before_change = lambda _what, path: calls.append(path)
    journal.append([step(3)])
    assert {path.name for path in calls} == {"s1-2.journal"}


def test_edits_that_no_file_takes_are_told_and_kept_for_the_next_try(
    filesystem: SimulatedFilesystem, journal: Journal
) -> None:
    filesystem.fault = Fault(1, errno.ENOSPC, is_sticky=True)
    with pytest.raises(AuditDesktopError) as caught:
        journal.append([step(1)])
    assert caught.value.code is FaultCode.DISK_FULL
    assert journal.unsaved_count == 1

    filesystem.fault = None
    journal.append([step(2)])

    assert edits_in(filesystem) >= {step(1), step(2)}


def test_torn_line_costs_no_other_line(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([step(1)])
    journal.append([step(2)])
    data = filesystem.read_bytes(FOLDER / "audit-1" / "s1-1.journal")
    lines = data.split(b"\n")
    torn = b"\n".join([*lines[:3], lines[3][:50], *lines[4:]])

    content = read_journal(torn)

    assert content.edits == (step(2),)
    assert content.damaged_lines == 1
    assert not chain_is_whole(torn)


def test_line_that_was_changed_is_left_out(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([step(1), step(2)])
    data = filesystem.read_bytes(FOLDER / "audit-1" / "s1-1.journal")

    content = read_journal(data.replace(b"step 1", b"step 9"))

    assert content.edits == (step(2),)


def test_checkpoint_keeps_the_last_file_until_the_next_one(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([step(1)])
    journal.checkpoint(REVISION, Path("/desk/hill.audit"), [step(1)])
    assert journal_names(filesystem) == ["s1-1.journal"]
    journal.append([step(2)])
    assert journal_names(filesystem) == ["s1-1.journal", "s1-2.journal"]

    journal.checkpoint(REVISION, Path("/desk/hill.audit"), [step(2)])

    assert journal_names(filesystem) == ["s1-2.journal"]
    assert journal.unsaved_count == 0


def test_edits_made_during_a_save_are_carried_over(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([step(1)])
    journal.append([step(2)])

    journal.checkpoint(REVISION, Path("/desk/moved.audit"), [step(1)])

    content = read_journal(filesystem.read_bytes(FOLDER / "audit-1" / "s1-2.journal"))
    assert content.edits == (step(2),)
    assert content.header is not None
    assert (content.header.path, content.header.base_doc_rev) == (str(Path("/desk/moved.audit")), REVISION.doc_rev)
    assert journal.unsaved_count == 1


def test_steps_of_typing_that_the_saved_edit_replaces_are_done_with(
    filesystem: SimulatedFilesystem, journal: Journal
) -> None:
    first = edit("statement/1.1/evidence", "H")
    second = edit("statement/1.1/evidence", "He", first)
    journal.append([first])
    journal.append([second])

    journal.checkpoint(REVISION, Path("/desk/hill.audit"), [second])

    assert journal.unsaved_count == 0


def test_closing_after_everything_is_saved_leaves_no_journal(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([step(1)])
    journal.checkpoint(REVISION, Path("/desk/hill.audit"), [step(1)])

    journal.close()

    assert journal_names(filesystem) == []


def test_closing_with_something_unsaved_keeps_the_journal(filesystem: SimulatedFilesystem, journal: Journal) -> None:
    journal.append([step(1)])

    journal.close()

    content = read_journal(filesystem.read_bytes(FOLDER / "audit-1" / "s1-1.journal"))
    assert (content.edits, content.is_closed) == ((step(1),), True)


@given(st.binary(max_size=300), st.data())
def test_no_bytes_make_reading_fail(garbage: bytes, data: st.DataObject) -> None:
    filesystem = SimulatedFilesystem()
    filesystem.make_folder(FOLDER)
    Journal(filesystem, FOLDER, HEADER, SOURCE).append([step(1), step(2)])
    whole = bytearray(filesystem.read_bytes(FOLDER / "audit-1" / "s1-1.journal"))
    start = data.draw(st.integers(0, len(whole)))
    whole[start : start + data.draw(st.integers(0, 20))] = garbage

    content = read_journal(bytes(whole))
    chain_is_whole(bytes(whole))

    assert set(content.edits) <= {step(1), step(2)}


def test_files_of_a_journal_go_oldest_first_and_one_that_stays_keeps_the_later_ones(
    filesystem: SimulatedFilesystem, journal: Journal
) -> None:
    for number in (1, 2):
        journal.append([step(number)])
        journal.checkpoint(REVISION, Path("/desk/hill.audit"), [step(number)])
    assert journal_names(filesystem) == ["s1-2.journal"]
    journal.append([step(3)])
    held = FOLDER / "audit-1" / "s1-2.journal"
    filesystem.holds[held] = Hold(until=filesystem.clock.seconds + 60)

    journal.checkpoint(REVISION, Path("/desk/hill.audit"), [step(3)])
    journal.close()
    assert journal_names(filesystem) == ["s1-2.journal", "s1-3.journal"]


def test_a_file_of_a_journal_that_was_removed_is_not_there_again_after_a_power_cut(
    filesystem: SimulatedFilesystem, journal: Journal
) -> None:
    for number in (1, 2):
        journal.append([step(number)])
        journal.checkpoint(REVISION, Path("/desk/hill.audit"), [step(number)])

    for seed in range(20):
        assert "s1-1.journal" not in journal_names(filesystem.after_power_cut(Random(seed)))


def test_the_first_edit_ever_made_on_a_computer_survives_a_power_cut() -> None:
    filesystem = SimulatedFilesystem()
    Journal(filesystem, FOLDER, HEADER, SOURCE).append([step(1)])

    for seed in range(20):
        assert edits_in(filesystem.after_power_cut(Random(seed))) == {step(1)}
