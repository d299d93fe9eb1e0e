"""Copies of an audit beside it are found by what they are, and nothing that holds unseen answers is swept away."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit_desktop.storage.audit_container import Revision, Snapshot
from audit_desktop.storage.audit_files import write_audit
from audit_desktop.storage.container import peek_manifest
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.storage.siblings import find_siblings, has_news, sweep_leftovers
from tests.builders import framework_document, make_audit
from tests.storage.simulated_filesystem import SimulatedFilesystem, SimulatedReading

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import JsonValue

PATH = Path("/desk/hill.audit")
LEFTOVER = "~$hill.0123456789abcdef.tmp"
RATING = "statement/1.1/rating"


@pytest.fixture
def filesystem() -> SimulatedFilesystem:
    filesystem = SimulatedFilesystem()
    filesystem.make_folder(PATH.parent)
    return filesystem


def audit_with(answers: dict[str, JsonValue], audit_id: str = "audit-1") -> Audit:
    return make_audit(answers, framework=framework_document(), audit_id=audit_id)


def put(filesystem: SimulatedFilesystem, name: str, audit: Audit) -> Revision:
    return write_audit(
        filesystem, filesystem.clock, PATH.with_name(name), Snapshot.of(audit), None, is_known_good=lambda _: True
    ).revision


def test_conflicted_copy_is_found_under_any_name(filesystem: SimulatedFilesystem) -> None:
    here = put(filesystem, "hill.audit", audit_with({}))
    put(filesystem, "hill-OFFICE-PC.audit", audit_with({RATING: "established"}))
    put(filesystem, "Copy from Alex.audit", audit_with({RATING: "developing"}))

    found = find_siblings(filesystem, PATH, "audit-1", here.doc_rev)

    assert [sibling.path.name for sibling in found] == ["hill-OFFICE-PC.audit", "Copy from Alex.audit"]
    assert not any(sibling.is_leftover for sibling in found)


def test_same_contents_other_audits_and_other_files_are_no_siblings(filesystem: SimulatedFilesystem) -> None:
    here = put(filesystem, "hill.audit", audit_with({RATING: "established"}))
    put(filesystem, "hill (1).audit", audit_with({RATING: "established"}))
    put(filesystem, "other.audit", audit_with({}, "audit-2"))
    write_new_file(filesystem, filesystem.clock, PATH.with_name("hill notes.audit"), b"words")
    write_new_file(filesystem, filesystem.clock, PATH.with_name("hill.docx"), b"words")

    assert find_siblings(filesystem, PATH, "audit-1", here.doc_rev) == ()


def test_folder_that_cannot_be_read_has_no_siblings(filesystem: SimulatedFilesystem) -> None:
    assert find_siblings(filesystem, Path("/gone/hill.audit"), "audit-1", "") == ()


def test_version_that_a_broken_save_displaced_is_found(filesystem: SimulatedFilesystem) -> None:
    here = put(filesystem, "hill.audit", audit_with({}))
    put(filesystem, LEFTOVER, audit_with({RATING: "established"}))

    (found,) = find_siblings(filesystem, PATH, "audit-1", here.doc_rev)

    assert found.is_leftover
    assert has_news(filesystem, filesystem.clock, found, audit_with({}), lambda _: True)
    assert not has_news(filesystem, filesystem.clock, found, audit_with({RATING: "established"}), lambda _: True)


@pytest.mark.parametrize(
    ("answers", "hours", "is_swept"),
    [({RATING: "established"}, 25, False), ({}, 25, True), ({}, 23, False)],
    ids=["holds unseen answers", "holds nothing new", "too young"],
)
def test_leftover_is_swept_a_day_later_unless_it_holds_unseen_answers(
    filesystem: SimulatedFilesystem, answers: dict[str, JsonValue], hours: int, is_swept: bool
) -> None:
    put(filesystem, LEFTOVER, audit_with(answers))
    filesystem.clock.at += timedelta(hours=hours)

    sweep_leftovers(filesystem, filesystem.clock, PATH, audit_with({}), lambda _: True)

    assert filesystem.exists(PATH.with_name(LEFTOVER)) is not is_swept


def test_half_written_leftover_is_swept_and_other_peoples_files_are_not(filesystem: SimulatedFilesystem) -> None:
    names = [LEFTOVER, "~$hill.tmp", "~$other.0123456789abcdef.tmp", "~$hill.audit"]
    for name in names:
        write_new_file(filesystem, filesystem.clock, PATH.with_name(name), b"PK half")
    put(filesystem, "~$hill.aaaaaaaaaaaaaaaa.tmp", audit_with({}, "audit-2"))
    filesystem.clock.at += timedelta(days=3)

    sweep_leftovers(filesystem, filesystem.clock, PATH, audit_with({}), lambda _: True)

    assert filesystem.list_folder(PATH.parent) == sorted([*names[1:], "~$hill.aaaaaaaaaaaaaaaa.tmp"])


def test_leftover_that_cannot_be_read_today_is_not_swept(filesystem: SimulatedFilesystem) -> None:
    class Unsteady(SimulatedFilesystem):
        def open_read(self, path: Path) -> SimulatedReading:
            raise OSError(errno.EIO, "the network is away")

    put(filesystem, LEFTOVER, audit_with({RATING: "established"}))
    filesystem.clock.at += timedelta(days=3)
    unsteady = Unsteady(filesystem.names, folders=filesystem.folders, clock=filesystem.clock)

    sweep_leftovers(unsteady, filesystem.clock, PATH, audit_with({}), lambda _: True)

    assert filesystem.exists(PATH.with_name(LEFTOVER))


def test_leftover_cut_off_in_the_middle_is_swept(filesystem: SimulatedFilesystem) -> None:
    put(filesystem, LEFTOVER, audit_with({RATING: "established"}))
    inode = filesystem.names[PATH.with_name(LEFTOVER)]
    inode.data = inode.data[: len(inode.data) // 2]
    assert peek_manifest(inode.data) is not None
    filesystem.clock.at += timedelta(days=3)

    sweep_leftovers(filesystem, filesystem.clock, PATH, audit_with({}), lambda _: True)

    assert not filesystem.exists(PATH.with_name(LEFTOVER))
