"""A copy that comes back into an open audit: one undo step, conflicts settled with it, and nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.edits import Author, Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.merge_preview import preview_merge
from audit_desktop.core.resolution import both_values
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.session.events import AuditReplaced
from audit_desktop.session.snapshots import snapshots, take_snapshot
from audit_desktop.storage.backups import Backups
from audit_desktop.storage.process import ProcessMark
from tests.core.people import merged
from tests.session.visit import SCHOOL, VISITOR, Laptop, VisitClock, session_of

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.audit import Audit

SCHOOL_COLLEAGUE = Author("Kim Hale", Role.SCHOOL)
RATING, EVIDENCE, COMMENT = "statement/1.1/rating", "statement/1.1/evidence", "statement/1.1/visitor-comment"


def copy_of(audit: Audit) -> Audit:
    return merged(audit, audit)


def visited(audit: Audit, answers: dict[str, object], who: object = VISITOR) -> Audit:
    clock = VisitClock()
    clock.sleep(3_600)
    session = AuditSession(copy_of(audit), who, clock)  # type: ignore[arg-type]
    session.set_answers(answers)
    return session.audit


def test_what_the_visitor_wrote_comes_in_and_can_be_taken_out_again_in_one_step() -> None:
    session = session_of({RATING: "developing"})
    seen = []
    session.events.subscribe(seen.append)
    merge = session.merge_in(visited(session.audit, {COMMENT: "Seen."}))
    assert merge.new_from_theirs == 1
    assert session.value(COMMENT) == "Seen."
    assert [edit.address for edit in session.take_unkept()] == [COMMENT]
    assert AuditReplaced(needs_saving=True) in seen
    assert session.undo() == {COMMENT}
    assert (session.value(COMMENT), session.value(RATING)) == (None, "developing")
    assert session.redo() == {COMMENT}
    assert session.value(COMMENT) == "Seen."


def test_work_after_the_merge_is_undone_before_it() -> None:
    session = session_of({RATING: "developing"})
    session.merge_in(visited(session.audit, {COMMENT: "Seen."}))
    session.set_answer(EVIDENCE, "Register")
    session.undo()
    assert (session.value(EVIDENCE), session.value(COMMENT)) == (None, "Seen.")
    session.undo()
    assert session.value(COMMENT) is None
    session.redo()
    session.redo()
    assert (session.value(EVIDENCE), session.value(COMMENT)) == ("Register", "Seen.")


def test_conflicts_settled_with_the_merge_belong_to_its_step() -> None:
    session = session_of({EVIDENCE: "Register"})
    theirs = visited(session.audit, {EVIDENCE: "Register, signed"}, who=SCHOOL_COLLEAGUE)
    session.set_answer(EVIDENCE, "Register and minutes")
    (card,) = preview_merge(session.audit, theirs).conflicts
    joined = both_values(session.field(EVIDENCE), (*card.mine, *card.theirs))
    session.merge_in(theirs, {EVIDENCE: joined})
    assert session.value(EVIDENCE) == "Sam Reed: Register and minutes\n\nKim Hale: Register, signed"
    assert not list(session.audit.state.conflicts())
    session.undo()
    assert session.value(EVIDENCE) == "Register and minutes"


def test_merging_old_copies_again_never_revives_a_settled_conflict() -> None:
    session = session_of({EVIDENCE: "Register"})
    theirs = visited(session.audit, {EVIDENCE: "Minutes"}, who=SCHOOL_COLLEAGUE)
    session.set_answer(EVIDENCE, "Both")
    mine = copy_of(session.audit)
    session.merge_in(theirs, {EVIDENCE: "Settled"})
    session.merge_in(theirs)
    session.merge_in(mine)
    assert session.value(EVIDENCE) == "Settled"
    assert not list(session.audit.state.conflicts())


def test_undoing_the_settling_of_a_conflict_shows_both_sides_again() -> None:
    session = session_of({EVIDENCE: "Register"})
    theirs = visited(session.audit, {EVIDENCE: "Minutes"}, who=SCHOOL_COLLEAGUE)
    session.set_answer(EVIDENCE, "Letters")
    session.merge_in(theirs)
    session.set_answer(EVIDENCE, "Settled")
    session.undo()
    assert {head.value for head in session.audit.state.heads(EVIDENCE)} == {"Minutes", "Letters"}
    assert session.audit.state.has_conflict(EVIDENCE)
    session.redo()
    assert session.value(EVIDENCE) == "Settled"


def test_a_settling_at_fault_leaves_everything_as_it_was() -> None:
    session = session_of({EVIDENCE: "Register"})
    theirs = visited(session.audit, {COMMENT: "Seen."})
    with pytest.raises(AuditDesktopError) as error:
        session.merge_in(theirs, {COMMENT: "Not the visitor's words"})
    assert error.value.code is FaultCode.FIELD_OF_OTHER_ROLE
    assert session.value(COMMENT) is None
    assert not session.can_undo


def test_a_merge_that_came_through_the_file_cannot_be_lost_by_undoing_an_earlier_one() -> None:
    session = session_of({RATING: "developing"})
    session.merge_in(visited(session.audit, {COMMENT: "Seen."}))
    session.take_over(visited(session.audit, {"statement/1.2/evidence": "By a colleague"}, who=SCHOOL_COLLEAGUE))
    assert not session.can_undo
    assert session.value("statement/1.2/evidence") == "By a colleague"


def test_a_snapshot_taken_after_a_merge_outlives_its_undoing_and_one_taken_then_its_redoing() -> None:
    session = session_of({RATING: "developing"})
    session.merge_in(visited(session.audit, {COMMENT: "Seen."}))
    take_snapshot(session, "With the visit")
    session.undo()
    assert [one.name for one in snapshots(session.audit.state)] == ["With the visit"]
    take_snapshot(session, "Without it")
    session.redo()
    assert {one.name for one in snapshots(session.audit.state)} == {"With the visit", "Without it"}
    assert session.value(COMMENT) == "Seen."


def test_what_undoing_a_merge_takes_out_stays_among_the_versions_on_this_computer(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "school")
    opened = laptop.open(laptop.new_audit(), SCHOOL)
    opened.session.merge_in(visited(opened.session.audit, {COMMENT: "Seen."}))
    opened.session.undo()
    backups = laptop.workspace.backups()
    assert backups is not None
    newest = laptop.workspace.read(backups.of_audit(opened.session.audit.id)[0].path).audit
    assert newest.state.value(COMMENT) == "Seen."


def test_what_undoing_a_merge_takes_out_stays_in_the_journal_if_no_version_can_be_put_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> bool:
        raise AuditDesktopError(FaultCode.DISK_FULL)

    laptop = Laptop(tmp_path / "school")
    opened = laptop.open(laptop.new_audit(), SCHOOL)
    opened.session.merge_in(visited(opened.session.audit, {COMMENT: "Seen."}))
    monkeypatch.setattr(Backups, "keep", full)
    opened.session.undo()
    opened.keeper.close()
    monkeypatch.setattr(ProcessMark, "is_gone", lambda _mark: True)
    recovering = laptop.workspace.recovering()
    assert recovering is not None
    found = recovering.for_audit(opened.session.audit)
    assert found is not None
    assert found.audit.state.value(COMMENT) == "Seen."


def test_the_file_follows_a_merge_and_its_undoing(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "school")
    path = laptop.new_audit()
    opened = laptop.open(path, SCHOOL)
    opened.session.merge_in(visited(opened.session.audit, {COMMENT: "Seen."}))
    assert laptop.workspace.read(path).audit.state.value(COMMENT) == "Seen."
    opened.session.undo()
    opened.keeper.close()
    assert laptop.workspace.read(path).audit.state.value(COMMENT) is None
