"""Attaching files: safe before they are mentioned, undone in one step, found after a crash, carried by every copy."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.attachments import LARGEST_FILE, Attachment, attachments
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session import attaching
from audit_desktop.session.attaching import (
    AttachedFiles,
    OpenedCopies,
    attach,
    in_file,
    keep_on_this_computer,
    left_over,
    remove_attachment,
    stage_file,
    take_out_for_good,
)
from audit_desktop.session.handing_over import read_copy, send_copy, verify_file
from audit_desktop.session.notices import AttachmentsMissing, WorkFound
from audit_desktop.session.recovering import take_in
from audit_desktop.session.signing import sign_off
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.journal import read_journal
from audit_desktop.storage.zip_format import read_zip
from tests.session.two_desks import SCHOOL, VISITOR, Desk, DeskClock, PatientWorker, new_file
from tests.session.visit import KEY

if TYPE_CHECKING:
    from pathlib import Path

PLAN, PHOTO = b"%PDF-1.7 the plan" * 400, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9_000
PASSPHRASE = "acorn bridge candle dune"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "shared" / "hill.audit"
    new_file(made)
    return made


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    made = tmp_path / "plan.pdf"
    made.write_bytes(PLAN)
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    made = tmp_path / "photo.png"
    made.write_bytes(PHOTO)
    return made


class HeldBackups(RealFilesystem):
    """A virus scanner holds the backups."""

    def read_start(self, path: Path, count: int) -> bytes:
        if path.parent.parent.name == "backups":
            raise PermissionError(errno.EACCES, "held", str(path))
        return super().read_start(path, count)


def attach_at(desk: Desk, file: Path, subject: str = "statement/1.1") -> Attachment:
    store = desk.workspace.attachment_store(desk.session.audit.id)
    assert store is not None
    return attach(desk.session, stage_file(desk.filesystem, desk.clock, store, file), (subject,))


def content(desk: Desk, attachment: Attachment) -> bytes:
    files = AttachedFiles(desk.workspace, desk.session.audit, desk.keeper.path)
    return b"".join(files.pieces(attachment))


def names(desk: Desk) -> list[str]:
    return [one.name for one in attachments(desk.session.audit.state)]


def in_container(path: Path) -> set[bytes]:
    return {entry.unpack() for name, entry in read_zip(path.read_bytes()).items() if name.startswith("att/")}


def code_of(action: object) -> FaultCode:
    with pytest.raises(AuditDesktopError) as caught:
        action()  # type: ignore[operator]
    return caught.value.code


def test_a_file_travels_to_another_computer_byte_for_byte(path: Path, plan: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "school", path)
    attached = attach_at(desk, plan)
    assert (attached.name, attached.size, attached.about) == ("plan.pdf", len(PLAN), ("statement/1.1",))
    desk.close()
    plan.unlink()
    other = Desk(tmp_path / "visitor", path, VISITOR)
    (found,) = attachments(other.session.audit.state)
    assert content(other, found) == PLAN
    assert found.author == SCHOOL
    target = tmp_path / "saved.pdf"
    AttachedFiles(other.workspace, other.session.audit, path).save(found, target)
    assert target.read_bytes() == PLAN
    other.close()


def test_bytes_are_safe_before_the_journal_mentions_them(path: Path, plan: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "school", path)
    stored: list[bool] = []
    store = desk.workspace.attachment_store(desk.session.audit.id)
    assert store is not None
    desk.session.events.subscribe(lambda _event: stored.append(any(store.folder.iterdir())))
    attach_at(desk, plan)
    assert stored
    assert all(stored)
    mentioned = {
        edit.address.rpartition("/")[2]
        for journal in desk.local.journals.rglob("*.journal")
        for edit in read_journal(journal.read_bytes()).edits
    }
    assert {"name", "sha256", "size", "about"} <= mentioned
    desk.close()


def test_attaching_and_taking_out_are_one_step_of_undo_each(path: Path, plan: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "school", path)
    attached = attach_at(desk, plan)
    desk.session.undo()
    assert names(desk) == []
    desk.session.redo()
    assert names(desk) == ["plan.pdf"]
    desk.keeper.save()
    remove_attachment(desk.session, attached)
    assert names(desk) == []
    desk.keeper.save()
    # It is still in the file, so that a copy that came back or an undo finds it.
    assert in_container(path) == {PLAN}
    desk.session.undo()
    assert content(desk, attachments(desk.session.audit.state)[0]) == PLAN
    desk.close()


def test_a_file_attached_by_mistake_and_undone_never_gets_into_the_audits_file(
    path: Path, plan: Path, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "school", path)
    attach_at(desk, plan)
    desk.session.undo()
    desk.close()
    assert in_container(path) == set()


def test_what_was_taken_out_can_be_emptied_out_for_good(path: Path, plan: Path, photo: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "school", path)
    attached = attach_at(desk, plan)
    attach_at(desk, photo)
    desk.keeper.save()
    remove_attachment(desk.session, attached)
    assert left_over(desk.session.audit) == {attached.digest: len(PLAN)}
    assert in_file(desk.session.audit) == (2, len(PLAN) + len(PHOTO))
    take_out_for_good(desk.session, [attached.digest])
    assert in_container(path) == {PHOTO}, "at once"
    desk.close()
    assert in_container(path) == {PHOTO}


def test_what_is_taken_out_for_good_while_the_file_is_being_written_stays_out(
    path: Path, plan: Path, photo: Path, tmp_path: Path
) -> None:
    worker = PatientWorker()
    desk = Desk(tmp_path / "school", path, worker=worker)
    gone = attach_at(desk, plan)
    attach_at(desk, photo)
    desk.keeper.save()
    worker.run()
    remove_attachment(desk.session, gone)
    desk.keeper.save()
    take_out_for_good(desk.session, [gone.digest])
    worker.run()
    desk.keeper.save()
    worker.run()
    assert in_file(desk.session.audit) == (1, len(PHOTO))
    desk.close()
    assert in_container(path) == {PHOTO}


def test_the_same_file_at_two_statements_is_held_once_and_at_one_statement_listed_once(
    path: Path, plan: Path, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "school", path)
    first = attach_at(desk, plan)
    assert attach_at(desk, plan) == first
    attach_at(desk, plan, "section/1")
    assert names(desk) == ["plan.pdf", "plan.pdf"]
    assert in_file(desk.session.audit) == (1, len(PLAN))
    desk.close()
    assert in_container(path) == {PLAN}


def test_a_crash_after_attaching_loses_nothing(path: Path, plan: Path, tmp_path: Path) -> None:
    crashed = Desk(tmp_path / "school", path, worker=PatientWorker())
    attach_at(crashed, plan)
    worker = crashed.keeper._worker
    assert isinstance(worker, PatientWorker)
    worker.run()
    plan.unlink()
    monkeypatched = pytest.MonkeyPatch()
    monkeypatched.setattr("audit_desktop.storage.process.ProcessMark.is_gone", lambda _self: True)
    try:
        again = Desk(tmp_path / "school", path).settle()
    finally:
        monkeypatched.undo()
    (event,) = again.told(WorkFound)
    again.session.merge_in(take_in(again.session.audit, event.found))  # type: ignore[attr-defined]
    again.close()
    elsewhere = Desk(tmp_path / "visitor", path, VISITOR)
    assert content(elsewhere, attachments(elsewhere.session.audit.state)[0]) == PLAN
    elsewhere.close()


def test_merged_copies_hold_the_files_of_both_sides(path: Path, plan: Path, photo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "hill.audit"
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    visitor = Desk(tmp_path / "visitor", copy, VISITOR)
    attach_at(visitor, photo)
    visitor.close()
    school = Desk(tmp_path / "school", path)
    attach_at(school, plan)
    theirs = read_copy(school.workspace, copy)
    keep_on_this_computer(school.workspace, theirs.audit)
    copy.unlink()
    school.session.merge_in(theirs.audit)
    school.close()
    assert in_container(path) == {PLAN, PHOTO}


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_copy_to_send_carries_what_it_lists_and_nothing_else(
    passphrase: str, path: Path, plan: Path, photo: Path, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "school", path)
    gone = attach_at(desk, plan)
    attach_at(desk, photo)
    desk.keeper.save()
    remove_attachment(desk.session, gone)
    sent = tmp_path / "sent.audit"
    missing = send_copy(desk.workspace, desk.session.audit, sent, passphrase=passphrase, with_earlier_wording=False)
    assert missing == ()
    visitor = Desk(tmp_path / "visitor", path, VISITOR)
    received = read_copy(visitor.workspace, sent, passphrase)
    out = tmp_path / "received.audit"
    visitor.workspace.save_new(out, received.audit)
    assert in_container(out) == {PHOTO}
    visitor.close()
    desk.close()


def test_a_seal_vouches_for_attached_files(path: Path, plan: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "school", path)
    attach_at(desk, plan)
    sign_off(desk.session, KEY, "1", although_incomplete=True)
    with pytest.raises(AuditDesktopError):
        attach_at(desk, plan, "section/1")
    desk.close()
    assert verify_file(desk.workspace, path).faults("") == ()


def test_nothing_is_emptied_out_while_a_seal_vouches_for_it(path: Path, plan: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "school", path)
    attached = attach_at(desk, plan)
    desk.keeper.save()
    remove_attachment(desk.session, attached)
    sign_off(desk.session, KEY, "1", although_incomplete=True)
    assert code_of(lambda: take_out_for_good(desk.session, [attached.digest])) is FaultCode.SIGNED_OFF
    desk.close()
    assert in_container(path) == {PLAN}


def test_nobody_takes_out_what_the_other_side_attached(path: Path, plan: Path, tmp_path: Path) -> None:
    school = Desk(tmp_path / "school", path)
    attach_at(school, plan)
    school.close()
    visitor = Desk(tmp_path / "visitor", path, VISITOR)
    (found,) = attachments(visitor.session.audit.state)
    assert code_of(lambda: remove_attachment(visitor.session, found)) is FaultCode.FIELD_OF_OTHER_ROLE
    assert names(visitor) == ["plan.pdf"]
    visitor.close()


def test_too_much_is_refused_with_nothing_changed(
    path: Path, plan: Path, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path / "school", path)
    monkeypatch.setattr(attaching.core, "LARGEST_TOTAL", len(PHOTO) + 10)
    attach_at(desk, photo)
    assert code_of(lambda: attach_at(desk, plan)) is FaultCode.ATTACHMENTS_TOO_LARGE
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-")
        file.truncate(LARGEST_FILE + 1)
    assert code_of(lambda: attach_at(desk, large)) is FaultCode.ATTACHMENT_TOO_LARGE
    empty = tmp_path / "empty.pdf"
    empty.touch()
    assert code_of(lambda: attach_at(desk, empty)) is FaultCode.FILE_EMPTY
    assert code_of(lambda: attach_at(desk, tmp_path)) is FaultCode.FILE_IS_FOLDER
    monkeypatch.setattr(attaching.core, "LARGEST_TOTAL", len(PHOTO) + len(PLAN))
    monkeypatch.setattr(attaching.core, "MOST_FILES", 1)
    assert code_of(lambda: attach_at(desk, plan)) is FaultCode.ATTACHMENTS_TOO_MANY
    assert names(desk) == ["photo.png"]
    desk.close()


def test_a_save_without_the_bytes_says_so_once_and_keeps_the_entry(path: Path, plan: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "school", path)
    attached = attach_at(desk, plan)
    store = desk.workspace.attachment_store(desk.session.audit.id)
    assert store is not None
    store.path(attached.digest).unlink()
    desk.keeper.save()
    desk.keeper.save()
    assert desk.told(AttachmentsMissing) == [AttachmentsMissing((attached.digest,))]
    assert code_of(lambda: content(desk, attached)) is FaultCode.ATTACHMENT_MISSING
    desk.close()
    assert names(Desk(tmp_path / "visitor", path, None)) == ["plan.pdf"]


def test_the_stick_may_be_pulled_once_the_audit_is_open(path: Path, plan: Path, tmp_path: Path) -> None:
    first = Desk(tmp_path / "school", path)
    attach_at(first, plan)
    first.close()
    visitor = Desk(tmp_path / "visitor", path, VISITOR).settle()
    path.unlink()
    kept = tmp_path / "kept.audit"
    visitor.workspace.save_new(kept, visitor.session.audit)
    assert in_container(kept) == {PLAN}
    visitor.close()


def test_an_old_file_stays_while_a_version_that_may_need_it_cannot_be_read(
    path: Path, plan: Path, tmp_path: Path
) -> None:
    home = tmp_path / "school"
    desk = Desk(home, path)
    attached = attach_at(desk, plan)
    desk.close()
    desk = Desk(home, path)
    remove_attachment(desk.session, attached)
    take_out_for_good(desk.session, [attached.digest])
    desk.close()
    store = desk.workspace.attachment_store(desk.session.audit.id)
    backups = desk.workspace.backups()
    assert store is not None
    assert backups is not None
    os.utime(store.path(attached.digest), (0, 0))
    for held in (HeldBackups(), RealFilesystem()):
        Desk(home, path, filesystem=held).settle().close()
        assert store.has(attached.digest)
    for version in backups.files(desk.session.audit.id):
        version.unlink()
    Desk(home, path).settle().close()
    assert not store.has(attached.digest)


def test_a_copy_for_looking_at_is_private_and_marked(path: Path, plan: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "school", path)
    attached = attach_at(desk, plan)
    folder = tmp_path / "opened"
    copies = OpenedCopies(RealFilesystem(), DeskClock(), folder, marks=True)
    files = AttachedFiles(desk.workspace, desk.session.audit, path)
    opened = copies.make(files, attached)
    assert opened.read_bytes() == PLAN
    assert opened.name == "plan.pdf"
    assert opened.is_relative_to(folder)
    assert opened.parent.stat().st_mode & 0o077 == 0
    assert b"ZoneId=3" in opened.with_name("plan.pdf:Zone.Identifier").read_bytes()
    assert copies.make(files, attached) != opened
    desk.close()


def test_copies_that_were_looked_at_go_when_one_is_opened_a_day_later(path: Path, plan: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "school", path)
    attached = attach_at(desk, plan)
    copies = OpenedCopies(RealFilesystem(), desk.clock, tmp_path / "opened")
    files = AttachedFiles(desk.workspace, desk.session.audit, path)
    old, young = copies.make(files, attached), copies.make(files, attached)
    now = desk.clock.now().timestamp()
    for copy, hours in ((old, 25), (young, 23)):
        os.utime(copy, (now - hours * 3600,) * 2)
    copies.make(files, attached)
    assert (old.exists(), young.exists()) == (False, True)
    desk.close()
