"""The keeper: what was typed is in the journal at once and in the file at every checkpoint."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.events import SaveChanged, SaveState, TypingGoesOn
from audit_desktop.session.file_keeping import FileKeeping
from audit_desktop.session.keeper import CHECKPOINT_AFTER, SLOW_CHECKPOINT_AFTER, AuditKeeper
from audit_desktop.session.worker import InlineWorker, ThreadWorker
from audit_desktop.storage.audit_container import Snapshot
from audit_desktop.storage.audit_files import read_audit, write_audit
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.journal import Journal, JournalHeader, read_journal
from audit_desktop.storage.places import Place, PlaceKind
from audit_desktop.storage.process import ProcessMark
from audit_desktop.storage.recovery import LostWork, Recovery, merge_lost_work
from tests.builders import make_audit

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Edit

SCHOOL = Author("Alex Morgan", Role.SCHOOL)
VISITOR = Author("Sam Reed", Role.VISITOR)
RATING = "statement/1.1/rating"
EVIDENCE = "section/1/evidence"


class FakeClock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime(2026, 9, 1, 14, 2, tzinfo=UTC)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class Kept:
    """A session on a real file, with its keeper and journal."""

    def __init__(self, folder: Path, filesystem: RealFilesystem | None = None) -> None:
        self.clock = FakeClock()
        self.filesystem = filesystem or RealFilesystem()
        self.path = folder / "audit.audit"
        self.journals = folder / "journals"
        self.versions: list[bytes] = []
        self.place = Place()
        audit = make_audit()
        self.revision = write_audit(
            RealFilesystem(), self.clock, self.path, Snapshot.of(audit), None, is_known_good=lambda _: True
        ).revision
        self.session = AuditSession(self.read(), SCHOOL, self.clock)
        self.saves: list[SaveState] = []
        header = JournalHeader(
            audit_id=audit.id,
            sitting=self.session.sitting,
            path=str(self.path),
            base_doc_rev=self.revision.doc_rev,
            framework_id=audit.framework.id,
            framework_version=audit.framework.version,
            framework_sha256="0" * 64,
            started_at="2026-09-01T14:02:00",
            process=ProcessMark("host", 1, "1"),
        )
        self.journal = Journal(self.filesystem, self.journals, header, audit.framework_source)
        self.keeper = AuditKeeper(
            self.session,
            self.path,
            self.revision,
            FileKeeping(
                self.filesystem,
                self.clock,
                lambda _: True,
                put_by=self.versions.append,
                find_place=lambda _: self.place,
            ),
            InlineWorker(),
            lambda job: job(),
            self.journal,
        )
        self.session.events.subscribe(
            lambda event: self.saves.append(event.state) if isinstance(event, SaveChanged) else None
        )

    def read(self) -> Audit:
        return read_audit(RealFilesystem(), self.clock, self.path, lambda _: True).audit

    def lost_work(self) -> LostWork:
        recovery = Recovery(RealFilesystem(), self.clock, self.journals, is_gone=lambda _: True)
        work = recovery.of_audit(self.session.audit.id)
        assert work is not None
        return work

    def journaled(self) -> set[str]:
        return {
            edit.address for path in self.journals.rglob("*.journal") for edit in read_journal(path.read_bytes()).edits
        }


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_a_choice_is_in_the_journal_before_it_counts_as_kept(kept: Kept) -> None:
    kept.session.set_answer(RATING, "established")

    assert kept.journaled() == {RATING}
    assert kept.keeper.state.state is SaveState.KEPT_LOCALLY


def test_typing_is_not_called_kept_until_it_is_written(kept: Kept) -> None:
    kept.session.type_answer(EVIDENCE, "Policy")
    assert kept.keeper.state.state is SaveState.TYPING

    kept.keeper.keep()

    assert kept.journaled() == {EVIDENCE}
    assert kept.keeper.state.state is SaveState.KEPT_LOCALLY


def test_the_file_is_written_at_the_checkpoint_and_not_before(kept: Kept) -> None:
    kept.session.set_answer(RATING, "established")
    kept.clock.seconds += CHECKPOINT_AFTER - 1
    kept.keeper.tick()
    assert kept.read().state.value(RATING) is None

    kept.clock.seconds += 1
    kept.keeper.tick()

    assert kept.read().state.value(RATING) == "established"
    assert kept.keeper.state.state is SaveState.SAVED


def test_closing_saves_what_is_still_being_typed(kept: Kept) -> None:
    kept.session.type_answer(EVIDENCE, "Half a sent")

    kept.keeper.close()

    assert kept.read().state.value(EVIDENCE) == "Half a sent"
    assert kept.journaled() == set()


def test_what_somebody_else_saved_meanwhile_is_merged_into_the_session(kept: Kept) -> None:
    theirs = AuditSession(kept.read(), VISITOR, kept.clock)
    theirs.set_answer("statement/1.2/visitor-comment", "Seen in the policy")
    write_audit(RealFilesystem(), kept.clock, kept.path, theirs.snapshot(), kept.revision, is_known_good=lambda _: True)
    kept.session.set_answer(RATING, "established")

    kept.keeper.save()

    assert kept.session.value("statement/1.2/visitor-comment") == "Seen in the policy"
    assert kept.session.value(RATING) == "established"
    assert kept.read().state.value(RATING) == "established"
    assert kept.keeper.state.state is SaveState.SAVED


def test_a_file_that_cannot_be_written_leaves_a_copy_beside_it_and_says_so(tmp_path: Path) -> None:
    class Stubborn(RealFilesystem):
        def exchange(self, new: Path, target: Path) -> Path:
            raise PermissionError(13, "in use")

    kept = Kept(tmp_path, Stubborn())
    kept.session.set_answer(RATING, "established")

    kept.keeper.save()

    copies = list(tmp_path.glob("*recovered copy*"))
    assert len(copies) == 1
    state = kept.keeper.state
    assert state.state is SaveState.FAILED
    assert isinstance(state.fault, AuditDesktopError)
    assert kept.read().state.value(RATING) is None
    assert kept.journaled() == {RATING}


def test_a_journal_that_cannot_be_written_makes_the_file_be_saved_at_once(tmp_path: Path) -> None:
    class NoJournal(RealFilesystem):
        def make_folder(self, path: Path) -> None:
            raise PermissionError(13, "not here")

    kept = Kept(tmp_path, NoJournal())

    kept.session.set_answer(RATING, "established")

    assert kept.read().state.value(RATING) == "established"
    assert kept.saves[-1] is SaveState.SAVED


def test_minutes_of_typing_are_one_entry_of_the_history(kept: Kept) -> None:
    for text in ("Our", "Our policy", "Our policy of 2026"):
        kept.session.type_answer(EVIDENCE, text)
        kept.session.commit_typing()
    kept.keeper.save()

    history = [edit.value for edit in kept.read().log.all().values() if edit.address == EVIDENCE]

    assert history == ["Our policy of 2026"]


def test_what_was_saved_once_stays_in_the_history(kept: Kept) -> None:
    kept.session.set_answer(EVIDENCE, "First")
    kept.keeper.save()
    kept.session.set_answer(EVIDENCE, "Second")
    kept.keeper.save()

    history = [edit.value for edit in kept.read().log.all().values() if edit.address == EVIDENCE]

    assert sorted(history) == ["First", "Second"]


def test_jobs_run_in_order_on_a_thread_and_finish_waits_for_them() -> None:
    done: list[int] = []
    worker = ThreadWorker()

    for number in range(100):
        worker.submit(lambda number=number: done.append(number))
    worker.finish()

    assert done == list(range(100))


def test_another_audit_at_the_same_place_is_never_written_over(kept: Kept) -> None:
    other = make_audit()
    other.id = "another-audit"
    kept.path.unlink()
    write_audit(RealFilesystem(), kept.clock, kept.path, Snapshot.of(other), None, is_known_good=lambda _: True)
    kept.session.set_answer(RATING, "established")

    kept.keeper.save()

    fault = kept.keeper.state.fault
    assert fault is not None
    assert fault.code is FaultCode.DIFFERENT_AUDIT
    assert kept.read().id == "another-audit"


def test_edits_that_left_with_an_undone_merge_are_not_offered_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    theirs = AuditSession(kept.read(), VISITOR, kept.clock)
    theirs.set_answer("statement/1.1/visitor-comment", "Seen.")
    kept.session.merge_in(theirs.audit)
    kept.session.set_answer(EVIDENCE, "Register")
    kept.session.undo()
    kept.session.undo()
    assert kept.journal.unsaved_count == 0
    assert not list(kept.read().state.answers())
    kept.session.redo()
    assert dict(kept.read().state.answers()) == {"statement/1.1/visitor-comment": "Seen."}


def test_an_hour_of_typing_does_not_make_every_entry_of_the_history_larger(kept: Kept) -> None:
    for count in range(1, 101):
        kept.session.type_answer(EVIDENCE, "word " * count)
        kept.session.commit_typing()

    longest = max(len(edit.replaces) for edit in kept.session.audit.log.later() if edit.address == EVIDENCE)

    assert longest < 40
    assert len([edit for edit in kept.session.audit.log.later() if edit.address == EVIDENCE]) < 10


def test_what_is_being_typed_is_safe_after_a_second_although_it_is_no_edit_yet(kept: Kept) -> None:
    kept.session.type_answer(EVIDENCE, "Half a sent")
    kept.session.events.publish(TypingGoesOn())
    kept.session.type_answer(EVIDENCE, "Half a sentence")
    kept.session.events.publish(TypingGoesOn())

    assert [edit.value for edit in journal_edits(kept)] == ["Half a sentence"]
    assert kept.keeper.state.state is SaveState.TYPING
    assert len(kept.session.audit.log) == 0


def test_what_was_typed_on_is_not_found_again_beside_the_answer_that_it_became(kept: Kept) -> None:
    kept.session.type_answer(EVIDENCE, "Half a sent")
    kept.session.events.publish(TypingGoesOn())
    kept.session.type_answer(EVIDENCE, "Half a sentence")
    kept.session.commit_typing()

    assert [edit.value for edit in journal_edits(kept)] == ["Half a sentence"]


def test_a_save_ends_what_the_journal_says_of_typing(kept: Kept) -> None:
    kept.session.type_answer(EVIDENCE, "Register")
    kept.session.events.publish(TypingGoesOn())
    kept.keeper.save()
    kept.session.set_answer(RATING, "established")

    found = merge_lost_work(kept.read(), kept.lost_work()).audit
    assert dict(found.state.answers()) == {EVIDENCE: "Register", RATING: "established"}


@pytest.mark.parametrize("kind", [PlaceKind.SYNCED, PlaceKind.NETWORK, PlaceKind.REMOVABLE])
def test_a_file_in_a_cloud_folder_or_on_another_drive_is_written_every_ten_minutes(kept: Kept, kind: PlaceKind) -> None:
    kept.place = Place(kind, folder="Governors")
    kept.keeper.find_place()
    kept.session.set_answer(RATING, "developing")
    assert kept.keeper.state.is_slow

    kept.clock.seconds += SLOW_CHECKPOINT_AFTER - 1
    kept.keeper.tick()
    assert kept.read().state.value(RATING) is None
    assert kept.journaled() == {RATING}

    kept.clock.seconds += 1
    kept.keeper.tick()
    assert kept.read().state.value(RATING) == "developing"
    assert kept.keeper.state.place == kept.place


def test_one_copy_takes_the_place_of_a_file_that_cannot_be_written_however_often(tmp_path: Path) -> None:
    class Stubborn(RealFilesystem):
        def exchange(self, new: Path, target: Path) -> Path:
            if target.name == "audit.audit":
                raise PermissionError(13, "in use")
            return super().exchange(new, target)

    kept = Kept(tmp_path, Stubborn())
    for value in ("developing", "established"):
        kept.session.set_answer(RATING, value)
        kept.keeper.save()

    (copy,) = tmp_path.glob("*recovered copy*")
    audit = read_audit(RealFilesystem(), kept.clock, copy, lambda _: True).audit
    assert audit.state.value(RATING) == "established"


def test_work_in_the_journal_is_not_called_safe_in_the_file_while_the_file_cannot_be_written(tmp_path: Path) -> None:
    class Stubborn(RealFilesystem):
        def exchange(self, new: Path, target: Path) -> Path:
            raise PermissionError(13, "in use")

    kept = Kept(tmp_path, Stubborn())
    kept.session.set_answer(RATING, "developing")
    kept.keeper.save()

    kept.session.set_answer(RATING, "established")

    assert kept.keeper.state.state is SaveState.FAILED


def test_a_save_that_breaks_the_program_is_told_and_does_not_hold_up_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path)
    kept.session.set_answer(RATING, "developing")
    with monkeypatch.context() as patch:
        patch.setattr(kept.keeper.files, "write", lambda *_, **__: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            kept.keeper.save()
    assert kept.keeper.state.state is SaveState.FAILED

    kept.clock.seconds += CHECKPOINT_AFTER
    kept.keeper.tick()

    assert kept.keeper.state.state is SaveState.SAVED
    assert kept.read().state.value(RATING) == "developing"


def test_a_job_that_breaks_does_not_keep_the_next_from_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda what: reported.append(what.exc_type))
    done: list[int] = []
    worker = ThreadWorker()

    worker.submit(lambda: done.append(1 // 0))
    worker.submit(lambda: done.append(2))
    worker.finish()

    assert done == [2]
    assert reported == [ZeroDivisionError]


def journal_edits(kept: Kept) -> list[Edit]:
    return [edit for path in kept.journals.rglob("*.journal") for edit in read_journal(path.read_bytes()).edits]


def test_what_was_typed_and_taken_back_is_not_offered_after_a_crash(kept: Kept) -> None:
    kept.session.type_answer(EVIDENCE, "A name that does not belong here")
    kept.session.events.publish(TypingGoesOn())
    kept.session.type_answer(EVIDENCE, "")
    kept.session.commit_typing(end_step=True)

    assert kept.lost_work().edits == ()


def test_typing_that_is_taken_back_leaves_everything_as_safe_as_it_was(kept: Kept) -> None:
    for answer, state in ((None, SaveState.SAVED), ("established", SaveState.KEPT_LOCALLY)):
        if answer is not None:
            kept.session.set_answer(RATING, answer)
        kept.session.type_answer(EVIDENCE, "A")
        assert kept.keeper.state.state is SaveState.TYPING
        kept.session.type_answer(EVIDENCE, "")
        kept.session.commit_typing()
        assert kept.keeper.state.state is state


def test_what_is_read_only_cannot_be_undone_or_done_again(kept: Kept) -> None:
    kept.session.set_answer(RATING, "developing")
    kept.session.set_answer(RATING, "established")
    kept.session.undo()
    kept.keeper.save()
    kept.keeper.set_read_only(is_read_only=True)

    assert not kept.session.can_undo
    assert not kept.session.can_redo
    assert kept.session.undo() == kept.session.redo() == frozenset()
    assert kept.session.value(RATING) == "developing"
