"""Erasing what this computer keeps of an audit costs nothing that its file does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session.attaching import AttachedFiles, attach, stage_file
from audit_desktop.session.erasing import erase_from_this_computer, kept_here
from audit_desktop.storage.process import ProcessMark
from tests.session.test_merge_in import COMMENT, RATING, visited
from tests.session.visit import SCHOOL, Laptop

if TYPE_CHECKING:
    from pathlib import Path

EVIDENCE = "section/1/evidence"


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path / "school")


@pytest.fixture
def path(laptop: Laptop) -> Path:
    """Return an audit that was worked on twice."""
    path = laptop.new_audit()
    for value in ("developing", "established"):
        opened = laptop.open(path, SCHOOL)
        opened.session.set_answer(RATING, value)
        opened.keeper.close()
    return path


def own_files(laptop: Laptop) -> set[str]:
    return {file.name for file in (laptop.folder / "own").rglob("*") if file.is_file()}


def test_what_the_file_holds_too_is_gone_from_this_computer(laptop: Laptop, path: Path) -> None:
    before = path.read_bytes()
    planned = kept_here(laptop.workspace, path)
    assert (planned.versions, planned.stays) == (3, 0)
    assert own_files(laptop)

    assert erase_from_this_computer(laptop.workspace, path) == planned

    assert own_files(laptop) == set()
    assert path.read_bytes() == before
    assert kept_here(laptop.workspace, path).goes == ()


def test_a_version_with_answers_that_the_file_lacks_stays(laptop: Laptop, path: Path) -> None:
    opened = laptop.open(path, SCHOOL)
    opened.session.merge_in(visited(opened.session.audit, {COMMENT: "Seen."}))
    opened.session.undo()
    opened.keeper.close()

    kept = erase_from_this_computer(laptop.workspace, path)

    assert kept.stays == 1
    backups = laptop.workspace.backups()
    assert backups is not None
    (version,) = backups.of_audit(opened.session.audit.id)
    assert laptop.workspace.read(version.path).audit.state.value(COMMENT) == "Seen."


@pytest.mark.parametrize("is_set_aside", [False, True])
def test_work_that_the_file_lacks_stays(
    laptop: Laptop, path: Path, monkeypatch: pytest.MonkeyPatch, *, is_set_aside: bool
) -> None:
    laptop.open(path, SCHOOL).session.set_answer(EVIDENCE, "Only in the journal")
    monkeypatch.setattr(ProcessMark, "is_gone", lambda _mark: True)
    recovering = laptop.workspace.recovering()
    assert recovering is not None
    audit = laptop.workspace.read(path).audit
    found = recovering.for_audit(audit)
    assert found is not None
    if is_set_aside:
        recovering.set_aside(found)

    kept = erase_from_this_computer(laptop.workspace, path)

    assert kept.stays == 1
    again = recovering.put_away(audit) if is_set_aside else recovering.for_audit(audit)
    assert again is not None
    assert again.audit.state.value(EVIDENCE) == "Only in the journal"


def test_the_journal_of_a_window_that_is_open_stays(laptop: Laptop, path: Path) -> None:
    opened = laptop.open(path, SCHOOL)
    opened.session.set_answer(EVIDENCE, "Being written")

    kept = erase_from_this_computer(laptop.workspace, path)

    assert kept.is_in_use
    assert any(name.endswith(".journal") for name in own_files(laptop))


def test_attached_files_go_only_if_the_file_holds_them_whole(laptop: Laptop, path: Path) -> None:
    plan = laptop.folder / "plan.pdf"
    plan.write_bytes(b"%PDF-1.7 the plan")
    opened = laptop.open(path, SCHOOL)
    store = laptop.workspace.attachment_store(opened.session.audit.id)
    assert store is not None
    attached = attach(opened.session, stage_file(laptop.filesystem, laptop.workspace.clock, store, plan), [])
    taken_out = store.put([b"in no file"]).digest
    opened.keeper.close()

    kept = erase_from_this_computer(laptop.workspace, path)

    assert (kept.attached, kept.stays) == (1, 1)
    assert store.digests() == (taken_out,)
    files = AttachedFiles(laptop.workspace, laptop.workspace.read(path).audit, path)
    assert b"".join(files.pieces(attached)) == plan.read_bytes()


def test_nothing_is_erased_if_the_file_cannot_be_read_whole(laptop: Laptop, path: Path) -> None:
    before = own_files(laptop)
    path.write_bytes(path.read_bytes()[:-400])

    with pytest.raises(AuditDesktopError) as caught:
        erase_from_this_computer(laptop.workspace, path)

    assert caught.value.code is FaultCode.AUDIT_DAMAGED
    assert own_files(laptop) == before
