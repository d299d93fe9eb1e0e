"""Saving: whole or not at all, with nobody's answers lost, and with a plain code when it cannot be done."""

from __future__ import annotations

import errno
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.audit_container import Revision, Snapshot
from audit_desktop.storage.audit_files import SavedAudit, read_audit, write_audit, write_recovered_copy
from audit_desktop.storage.file_writing import write_new_file
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.zip_format import pack, read_zip, write_zip
from tests.builders import edit, framework_document, make_audit
from tests.storage.simulated_filesystem import Fault, SimulatedClock, SimulatedFilesystem

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import JsonValue

PATH = Path("/desk/hill.audit")
RATING = "statement/1.1/rating"


@pytest.fixture
def filesystem() -> SimulatedFilesystem:
    filesystem = SimulatedFilesystem()
    filesystem.furnish(PATH.parent)
    return filesystem


def audit_with(answers: dict[str, JsonValue], audit_id: str = "audit-1") -> Audit:
    return make_audit(answers, framework=framework_document(), audit_id=audit_id)


def known(_digest: str) -> bool:
    return True


def save(
    filesystem: SimulatedFilesystem, audit: Audit, base: Revision | None = None, *, may_replace_other: bool = False
) -> SavedAudit:
    return write_audit(
        filesystem,
        filesystem.clock,
        PATH,
        Snapshot.of(audit),
        base,
        is_known_good=known,
        may_replace_other=may_replace_other,
    )


def answers_in(filesystem: SimulatedFilesystem, path: Path = PATH) -> dict[str, JsonValue]:
    return dict(read_audit(filesystem, filesystem.clock, path, known).audit.state.answers())


def code_of_reading(filesystem: SimulatedFilesystem | RealFilesystem, path: Path) -> FaultCode:
    with pytest.raises(AuditDesktopError) as caught:
        read_audit(filesystem, SimulatedClock(), path, known)
    return caught.value.code


def test_saved_audit_is_read_again_and_nothing_lies_beside_it(filesystem: SimulatedFilesystem) -> None:
    saved = save(filesystem, audit_with({RATING: "established"}))

    assert answers_in(filesystem) == {RATING: "established"}
    assert filesystem.list_folder(PATH.parent) == [PATH.name]
    assert read_audit(filesystem, filesystem.clock, PATH, known).revision == saved.revision


def test_second_save_replaces_the_first_and_names_it_as_its_parent(filesystem: SimulatedFilesystem) -> None:
    audit = audit_with({RATING: "established"})
    first = save(filesystem, audit)
    audit.record(edit("statement/1.2/rating", "developing", minute=3))

    second = save(filesystem, audit, first.revision)

    assert second.merged is None
    assert answers_in(filesystem) == {RATING: "established", "statement/1.2/rating": "developing"}
    assert filesystem.list_folder(PATH.parent) == [PATH.name]
    assert first.revision.doc_rev.encode() in filesystem.read_bytes(PATH)


def test_saving_what_is_there_already_writes_nothing(filesystem: SimulatedFilesystem) -> None:
    audit = audit_with({RATING: "established"})
    base = save(filesystem, audit).revision
    base = save(filesystem, audit, base).revision
    changes = filesystem.changes

    assert save(filesystem, audit, base).revision.doc_rev == base.doc_rev
    assert filesystem.changes <= changes + 8


def test_file_changed_by_somebody_else_is_merged_and_not_overwritten(filesystem: SimulatedFilesystem) -> None:
    base = save(filesystem, audit_with({})).revision
    save(filesystem, audit_with({"statement/1.2/evidence": "theirs"}), base)

    saved = save(filesystem, audit_with({RATING: "established"}), base)

    assert answers_in(filesystem) == {RATING: "established", "statement/1.2/evidence": "theirs"}
    assert saved.merged is not None
    assert dict(saved.merged.state.answers()) == answers_in(filesystem)


def test_file_that_appears_while_the_first_save_is_under_way_is_merged(filesystem: SimulatedFilesystem) -> None:
    def somebody_saves(what: str, _path: Path) -> None:
        if what == "move":
            filesystem.before_change = None
            save(filesystem, audit_with({"statement/1.2/evidence": "theirs"}))

    filesystem.before_change = somebody_saves

    save(filesystem, audit_with({RATING: "established"}))

    assert answers_in(filesystem) == {RATING: "established", "statement/1.2/evidence": "theirs"}


def test_version_written_in_the_moment_of_the_swap_is_merged(filesystem: SimulatedFilesystem) -> None:
    base = save(filesystem, audit_with({})).revision

    def somebody_saves(what: str, _path: Path) -> None:
        if what == "exchange":
            filesystem.before_change = None
            save(filesystem, audit_with({"statement/1.2/evidence": "theirs"}), base)

    filesystem.before_change = somebody_saves

    save(filesystem, audit_with({RATING: "established"}), base)

    assert answers_in(filesystem) == {RATING: "established", "statement/1.2/evidence": "theirs"}
    assert filesystem.list_folder(PATH.parent) == [PATH.name]


def test_file_removed_in_the_moment_of_the_swap_is_written_again(filesystem: SimulatedFilesystem) -> None:
    audit = audit_with({RATING: "established"})
    base = save(filesystem, audit_with({})).revision

    def somebody_removes(what: str, _path: Path) -> None:
        if what == "exchange":
            filesystem.before_change = None
            filesystem.remove(PATH)

    filesystem.before_change = somebody_removes

    save(filesystem, audit, base)

    assert answers_in(filesystem) == {RATING: "established"}


def test_foreign_file_put_there_in_the_moment_of_the_swap_gets_its_name_back(filesystem: SimulatedFilesystem) -> None:
    base = save(filesystem, audit_with({})).revision

    def somebody_writes(what: str, _path: Path) -> None:
        if what == "exchange":
            filesystem.before_change = None
            filesystem.names[PATH].data = b"something else"

    filesystem.before_change = somebody_writes

    with pytest.raises(AuditDesktopError) as caught:
        save(filesystem, audit_with({RATING: "established"}), base)

    assert caught.value.code is FaultCode.NOT_AN_AUDIT
    assert filesystem.read_bytes(PATH) == b"something else"
    assert filesystem.list_folder(PATH.parent) == [PATH.name]


@pytest.mark.parametrize("there", ["another audit", "no audit"])
def test_something_else_under_the_name_is_left_alone(filesystem: SimulatedFilesystem, there: str) -> None:
    if there == "another audit":
        save(filesystem, audit_with({RATING: "developing"}, "audit-2"))
    else:
        write_new_file(filesystem, filesystem.clock, PATH, b"something else")
    before = filesystem.read_bytes(PATH)

    with pytest.raises(AuditDesktopError) as caught:
        save(filesystem, audit_with({RATING: "established"}))

    assert caught.value.code in (FaultCode.DIFFERENT_AUDIT, FaultCode.NOT_AN_AUDIT)
    assert filesystem.read_bytes(PATH) == before


def test_file_that_only_a_newer_version_may_change_is_never_written(
    filesystem: SimulatedFilesystem,
) -> None:
    audit = audit_with({RATING: "established"})
    base = save(filesystem, audit).revision
    entries = read_zip(filesystem.read_bytes(PATH))
    manifest = entries["manifest.json"].unpack().replace(b'"min_reader": 1', b'"min_reader": 2')
    newer = write_zip((entries | {"manifest.json": pack("manifest.json", manifest, level=0)}).values())
    filesystem.names[PATH].data = newer

    with pytest.raises(AuditDesktopError) as caught:
        save(filesystem, audit, base)

    assert caught.value.code is FaultCode.AUDIT_TOO_NEW
    assert filesystem.read_bytes(PATH) == newer


def test_something_else_under_the_name_is_replaced_if_a_person_agreed(filesystem: SimulatedFilesystem) -> None:
    write_new_file(filesystem, filesystem.clock, PATH, b"something else")

    save(filesystem, audit_with({RATING: "established"}), may_replace_other=True)

    assert answers_in(filesystem) == {RATING: "established"}


def test_version_that_is_replaced_is_handed_over_for_a_backup_first(filesystem: SimulatedFilesystem) -> None:
    first = save(filesystem, audit_with({RATING: "developing"})).revision
    before = filesystem.read_bytes(PATH)
    kept: list[tuple[bytes, Revision]] = []

    write_audit(
        filesystem,
        filesystem.clock,
        PATH,
        Snapshot.of(audit_with({RATING: "established"})),
        first,
        is_known_good=known,
        keep_backup=lambda data, revision: kept.append((data, revision)),
    )

    assert kept == [(before, first)]


def test_full_disk_is_told_before_anything_is_written(filesystem: SimulatedFilesystem) -> None:
    filesystem.free = 1_000_000
    changes = filesystem.changes

    with pytest.raises(AuditDesktopError) as caught:
        save(filesystem, audit_with({RATING: "established"}))

    assert caught.value.code is FaultCode.DISK_FULL
    assert filesystem.changes == changes


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, FaultCode.DISK_FULL),
        (errno.EACCES, FaultCode.FOLDER_NOT_WRITABLE),
        (errno.EROFS, FaultCode.FOLDER_NOT_WRITABLE),
        (errno.EIO, FaultCode.WRITE_FAILED),
    ],
)
def test_failed_save_has_a_code_and_leaves_the_old_file_alone(
    filesystem: SimulatedFilesystem, number: int, code: FaultCode
) -> None:
    base = save(filesystem, audit_with({RATING: "developing"})).revision
    filesystem.fault = Fault(filesystem.changes + 1, number)

    with pytest.raises(AuditDesktopError) as caught:
        save(filesystem, audit_with({RATING: "established"}), base)

    assert caught.value.code is code
    assert answers_in(filesystem) == {RATING: "developing"}
    assert filesystem.list_folder(PATH.parent) == [PATH.name]


def test_file_that_reads_back_differently_is_never_swapped_in(filesystem: SimulatedFilesystem) -> None:
    base = save(filesystem, audit_with({RATING: "developing"})).revision

    def disk_spoils(what: str, path: Path) -> None:
        if what == "fsync":
            filesystem.names[path].data = filesystem.names[path].data[:-1] + b"?"

    filesystem.before_change = disk_spoils

    with pytest.raises(AuditDesktopError) as caught:
        save(filesystem, audit_with({RATING: "established"}), base)

    assert caught.value.code is FaultCode.WRITE_FAILED
    assert answers_in(filesystem) == {RATING: "developing"}


def test_missing_folder_is_told(filesystem: SimulatedFilesystem) -> None:
    with pytest.raises(AuditDesktopError) as caught:
        write_new_file(filesystem, filesystem.clock, Path("/nowhere/x.docx"), b"")

    assert caught.value.code is FaultCode.FOLDER_MISSING


def test_recovered_copy_lies_beside_the_file_and_says_so_in_its_name(filesystem: SimulatedFilesystem) -> None:
    fault = AuditDesktopError(FaultCode.WRITE_FAILED)
    snapshot = Snapshot.of(audit_with({RATING: "established"}))

    saved = [write_recovered_copy(filesystem, filesystem.clock, PATH, snapshot, fault) for _ in range(2)]

    at = filesystem.clock.now().astimezone().strftime("%H-%M")
    assert [copy.path.name for copy in saved] == [
        f"hill (recovered copy {at}).audit",
        f"hill (recovered copy {at} 2).audit",
    ]
    assert saved[0].fault is fault
    assert answers_in(filesystem, saved[0].path) == {RATING: "established"}


def test_recovered_copy_goes_to_the_next_folder_if_its_own_takes_none(filesystem: SimulatedFilesystem) -> None:
    documents = Path("/documents")
    filesystem.make_folder(documents)
    fault = AuditDesktopError(FaultCode.WRITE_FAILED)

    saved = write_recovered_copy(
        filesystem, filesystem.clock, Path("/gone/hill.audit"), Snapshot.of(audit_with({})), fault, (documents,)
    )

    assert saved.path.parent == documents


def test_recovered_copy_that_no_folder_takes_raises_the_first_fault(filesystem: SimulatedFilesystem) -> None:
    fault = AuditDesktopError(FaultCode.WRITE_FAILED)

    with pytest.raises(AuditDesktopError) as caught:
        write_recovered_copy(filesystem, filesystem.clock, Path("/gone/hill.audit"), Snapshot.of(audit_with({})), fault)

    assert caught.value is fault


def test_new_file_never_overwrites_another(filesystem: SimulatedFilesystem) -> None:
    path = Path("/desk/report.docx")
    write_new_file(filesystem, filesystem.clock, path, b"first")

    with pytest.raises(AuditDesktopError) as caught:
        write_new_file(filesystem, filesystem.clock, path, b"second")

    assert caught.value.code is FaultCode.FILE_EXISTS
    assert filesystem.read_bytes(path) == b"first"
    assert filesystem.list_folder(path.parent) == ["report.docx"]


def test_new_file_replaces_another_if_a_person_agreed(filesystem: SimulatedFilesystem) -> None:
    path = Path("/desk/report.docx")
    write_new_file(filesystem, filesystem.clock, path, b"first")

    write_new_file(filesystem, filesystem.clock, path, b"second", may_replace=True)

    assert filesystem.read_bytes(path) == b"second"


def test_missing_file_and_folder_are_told_apart(tmp_path: Path) -> None:
    assert code_of_reading(RealFilesystem(), tmp_path / "none.audit") is FaultCode.FILE_MISSING
    assert code_of_reading(RealFilesystem(), tmp_path) is FaultCode.FILE_IS_FOLDER


def test_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.audit").touch()

    assert code_of_reading(RealFilesystem(), tmp_path / "empty.audit") is FaultCode.FILE_EMPTY


def test_gigantic_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.audit").open("wb") as file:
        file.truncate(400 * 1024 * 1024)

    assert code_of_reading(RealFilesystem(), tmp_path / "huge.audit") is FaultCode.AUDIT_TOO_LARGE


def test_file_in_use_for_a_moment_is_waited_for(
    filesystem: SimulatedFilesystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(filesystem, audit_with({RATING: "established"}))
    open_read = SimulatedFilesystem.open_read
    refusals = iter(range(4))

    def busy(self: SimulatedFilesystem, path: Path) -> object:
        if next(refusals, None) is not None:
            error = PermissionError(errno.EACCES, "in use")
            error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
            raise error
        return open_read(self, path)

    monkeypatch.setattr(SimulatedFilesystem, "open_read", busy)

    assert answers_in(filesystem) == {RATING: "established"}


def test_version_that_was_swapped_out_is_not_beside_the_file_again_after_a_power_cut(
    filesystem: SimulatedFilesystem,
) -> None:
    audit = audit_with({RATING: "developing"})
    base = save(filesystem, audit).revision
    save(filesystem, audit_with({RATING: "established"}), base)

    for seed in range(20):
        assert filesystem.after_power_cut(Random(seed)).list_folder(PATH.parent) == [PATH.name]
