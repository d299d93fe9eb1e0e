"""The restore drill: whatever this computer keeps of an audit makes the same audit again on a clean account."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session.handing_over import open_protected_file, protect_file, send_copy
from audit_desktop.storage.audit_container import Snapshot
from audit_desktop.storage.audit_files import write_recovered_copy
from audit_desktop.storage.file_writing import temporary_name
from audit_desktop.storage.process import ProcessMark
from tests.session.visit import PASSPHRASE, SCHOOL, VISITOR, Laptop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit_desktop.core.audit import Audit

ANSWERS = {
    "statement/1.1/rating": "developing",
    "section/1/evidence": "Register, letters: é ß 出席 😀",
    "audit/headteacher": "B. Hale",
}


@pytest.fixture
def lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    """Return the laptop that will be lost."""
    monkeypatch.setattr(ProcessMark, "is_gone", lambda _mark: True)
    return Laptop(tmp_path / "lost")


@pytest.fixture
def clean(tmp_path: Path) -> Laptop:
    """Return an account on which the program never ran."""
    return Laptop(tmp_path / "clean")


def worked_on(laptop: Laptop) -> tuple[Path, Audit]:
    path = laptop.new_audit()
    for who, answers in ((SCHOOL, ANSWERS), (VISITOR, {"statement/1.1/visitor-comment": "Seen."})):
        opened = laptop.open(path, who)
        opened.session.set_answers(answers)
        opened.keeper.close()
    return path, laptop.workspace.read(path).audit


def a_version_put_by(laptop: Laptop, _path: Path, audit: Audit) -> Path:
    keeper = laptop.open(_path, SCHOOL).keeper
    assert keeper.files.put_by(Snapshot.of(audit))
    backups = laptop.workspace.backups()
    assert backups is not None
    return backups.of_audit(audit.id)[0].path


def a_recovered_copy(laptop: Laptop, path: Path, audit: Audit) -> Path:
    fault = AuditDesktopError(FaultCode.WRITE_FAILED)
    return write_recovered_copy(laptop.filesystem, laptop.workspace.clock, path, Snapshot.of(audit), fault).path


def a_temporary_file_of_a_save_that_was_cut_short(_laptop: Laptop, path: Path, _audit: Audit) -> Path:
    return shutil.copy(path, temporary_name(path))


def a_copy_to_send(laptop: Laptop, path: Path, audit: Audit) -> Path:
    copy = path.with_name("sent.audit")
    send_copy(laptop.workspace, audit, copy, with_earlier_wording=False)
    return copy


@pytest.mark.parametrize(
    "kept",
    [a_version_put_by, a_recovered_copy, a_temporary_file_of_a_save_that_was_cut_short, a_copy_to_send],
)
def test_every_copy_is_the_whole_audit_on_a_clean_account(
    lost: Laptop, clean: Laptop, kept: Callable[[Laptop, Path, Audit], Path]
) -> None:
    path, audit = worked_on(lost)
    carried = shutil.copy(kept(lost, path, audit), clean.folder / "restored.audit")
    shutil.rmtree(lost.folder)
    assert_same(clean.workspace.read(carried).audit, audit)


def test_a_protected_copy_is_the_whole_audit_on_a_clean_account(lost: Laptop, clean: Laptop) -> None:
    path, audit = worked_on(lost)
    carried = clean.folder / "audit.age"
    protect_file(lost.workspace, path, carried, PASSPHRASE)
    shutil.rmtree(lost.folder)
    restored = clean.folder / "restored.audit"
    open_protected_file(clean.workspace, carried, restored, PASSPHRASE)
    assert_same(clean.workspace.read(restored).audit, audit)


def test_journals_and_versions_carried_over_make_the_audit_without_its_file(lost: Laptop, clean: Laptop) -> None:
    path, _ = worked_on(lost)
    opened = lost.open(path, SCHOOL)
    opened.session.set_answer("section/1/action", "Only in the journal")
    audit = opened.session.audit
    carry_over_own_folders(lost, clean)
    recovering = clean.workspace.recovering()
    assert recovering is not None
    (work,) = recovering.homeless()
    assert_same(work.found.audit, audit)


def test_a_stick_lost_after_the_work_on_it_costs_nothing(lost: Laptop, clean: Laptop) -> None:
    _, audit = worked_on(lost)
    carry_over_own_folders(lost, clean)
    backups = clean.workspace.backups()
    assert backups is not None
    assert_same(clean.workspace.read(backups.of_audit(audit.id)[0].path).audit, audit)


def test_what_is_left_of_a_damaged_file_makes_the_audit_with_what_else_is_kept(lost: Laptop, clean: Laptop) -> None:
    path, audit = worked_on(lost)
    damaged = clean.folder / "damaged.audit"
    damaged.write_bytes(path.read_bytes()[:2_000])
    carry_over_own_folders(lost, clean)
    recovering = clean.workspace.recovering()
    assert recovering is not None
    assert_same(recovering.rescue(damaged).audit, audit)


def carry_over_own_folders(lost: Laptop, clean: Laptop) -> None:
    shutil.copytree(lost.folder / "own", clean.folder / "own")
    shutil.rmtree(lost.folder)


def assert_same(restored: Audit, audit: Audit) -> None:
    assert Snapshot.of(restored).doc_rev() == Snapshot.of(audit).doc_rev()
    assert dict(restored.state.answers()) == dict(audit.state.answers())
