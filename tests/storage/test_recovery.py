"""What a crash left in the journals is found, told readably, and put back only where it is missing."""

from __future__ import annotations

import dataclasses
import errno
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.audit import Audit
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import replace
from audit_desktop.storage.audit_container import Revision
from audit_desktop.storage.journal import Journal, JournalHeader
from audit_desktop.storage.process import ProcessMark
from audit_desktop.storage.recovery import LostWork, Recovery, merge_lost_work, missing_from
from tests.builders import edit, framework_document, make_audit
from tests.storage.simulated_filesystem import Fault, Hold, SimulatedFilesystem

if TYPE_CHECKING:
    from audit_desktop.core.edits import Edit

FOLDER = Path("/home/journals")
EVIDENCE = "statement/1.1/evidence"


@pytest.fixture
def filesystem() -> SimulatedFilesystem:
    filesystem = SimulatedFilesystem()
    filesystem.furnish(FOLDER)
    return filesystem


def crash_with(
    filesystem: SimulatedFilesystem,
    *edits: Edit,
    sitting: str = "s1",
    audit_id: str = "audit-1",
    pid: int = 1,
    process: ProcessMark | None = None,
) -> Journal:
    """Journal `edits` and do not live to save them; returns the journal as it was left."""
    source = make_audit(framework=framework_document()).framework_source
    header = JournalHeader(
        audit_id,
        sitting,
        "/desk/hill.audit",
        "",
        "small",
        "1.0.0",
        sha256(source).hexdigest(),
        f"2026-03-02T14:02:0{sitting[-1]}Z",
        process or ProcessMark("here", pid, ""),
    )
    journal = Journal(filesystem, FOLDER, header, source)
    journal.append(edits)
    return journal


def recovery(filesystem: SimulatedFilesystem) -> Recovery:
    return Recovery(filesystem, filesystem.clock, FOLDER, is_gone=lambda header: header.process.pid == 1)


def lost_work(filesystem: SimulatedFilesystem) -> LostWork:
    work = recovery(filesystem).of_audit("audit-1")
    assert work is not None
    return work


def rebuilt(found: Recovery, work: LostWork) -> Audit:
    """Return the audit that the journals alone make, as where its file was never saved."""
    framework, source = found.framework_of(work)
    return Audit.from_edits(work.audit_id, framework, source, work.edits)


def test_nothing_is_found_where_nothing_was_lost(filesystem: SimulatedFilesystem) -> None:
    assert recovery(filesystem).of_audit("audit-1") is None
    assert recovery(filesystem).all() == ()
    assert Recovery(filesystem, filesystem.clock, Path("/none")).all() == ()


def test_work_in_a_journal_whose_first_line_is_damaged_is_found_when_its_audit_is_opened(
    filesystem: SimulatedFilesystem,
) -> None:
    written = edit(EVIDENCE, "first", minute=1)
    crash_with(filesystem, written)
    (path,) = [path for path in filesystem.names if path.name.endswith(".journal")]
    filesystem.names[path].data = filesystem.names[path].data.replace(b"/desk/hill.audit", b"/desk/hill.audjt", 1)

    work = lost_work(filesystem)

    assert (work.edits, work.damaged_lines, work.path) == ((written,), 1, None)
    assert recovery(filesystem).all() == ()


def test_edits_of_several_crashes_are_found_together_in_order(filesystem: SimulatedFilesystem) -> None:
    first, second = edit(EVIDENCE, "first", minute=1), edit("statement/1.2/evidence", "second", minute=2)
    crash_with(filesystem, second, sitting="s2")
    crash_with(filesystem, first, sitting="s1")

    work = lost_work(filesystem)

    assert work.edits == (first, second)
    assert work.header.sitting == "s2"
    assert work.path == Path("/desk/hill.audit")


def test_journal_of_a_program_that_still_runs_is_left_alone(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "first"), pid=2)

    assert recovery(filesystem).of_audit("audit-1") is None


def test_journal_of_a_computer_that_has_another_name_by_now_is_found_a_day_later(
    filesystem: SimulatedFilesystem,
) -> None:
    crash_with(filesystem, edit(EVIDENCE, "before the laptop was named anew"), pid=2)
    filesystem.clock.at += timedelta(hours=23)
    assert recovery(filesystem).of_audit("audit-1") is None

    filesystem.clock.at += timedelta(hours=2)
    assert [one.value for one in lost_work(filesystem).edits] == ["before the laptop was named anew"]


def test_journal_of_a_program_that_certainly_runs_is_left_alone_however_long(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "first"), process=ProcessMark.of_this_program())
    filesystem.clock.at += timedelta(days=40)

    assert Recovery(filesystem, filesystem.clock, FOLDER).of_audit("audit-1") is None


def test_journal_that_another_program_holds_for_a_moment_is_waited_for(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "looked at by a virus scanner"))
    (path,) = [path for path in filesystem.names if path.name.endswith(".journal")]
    filesystem.holds[path] = Hold(until=filesystem.clock.seconds + 1, stops_reading=True)

    assert [one.value for one in lost_work(filesystem).edits] == ["looked at by a virus scanner"]


def test_every_audit_with_lost_work_is_listed_the_newest_first(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "old", minute=1), audit_id="audit-1")
    crash_with(filesystem, edit(EVIDENCE, "new", minute=9), audit_id="audit-2")

    assert [work.audit_id for work in recovery(filesystem).all()] == ["audit-2", "audit-1"]


def test_only_what_the_file_lacks_is_missing(filesystem: SimulatedFilesystem) -> None:
    saved, unsaved = edit(EVIDENCE, "saved", minute=1), edit("statement/1.2/evidence", "unsaved", minute=2)
    crash_with(filesystem, saved, unsaved)
    audit = make_audit()
    audit.record(saved)

    assert missing_from(audit, lost_work(filesystem)) == (unsaved,)


def test_steps_of_typing_are_not_missing(filesystem: SimulatedFilesystem) -> None:
    step = edit(EVIDENCE, "Wel")
    whole = edit(EVIDENCE, "Well", step)
    crash_with(filesystem, step, whole)
    audit = make_audit()
    audit.record(whole)

    assert missing_from(audit, lost_work(filesystem)) == ()
    assert merge_lost_work(audit, lost_work(filesystem)).new_from_theirs == 0


def test_lost_answers_are_put_back_without_a_conflict(filesystem: SimulatedFilesystem) -> None:
    first = edit(EVIDENCE, "first", minute=1)
    second = edit(EVIDENCE, "second", first, minute=2)
    third = edit(EVIDENCE, "third", second, minute=3)
    crash_with(filesystem, second, third)
    audit = make_audit()
    audit.record(first)

    merge = merge_lost_work(audit, lost_work(filesystem))

    assert merge.audit.state.value(EVIDENCE) == "third"
    assert merge.conflicts == ()
    assert set(merge.audit.log.all()) == {first.id, second.id, third.id}
    assert merge_lost_work(merge.audit, lost_work(filesystem)).new_from_theirs == 0


def test_answer_given_after_the_crash_is_kept_beside_the_lost_one(filesystem: SimulatedFilesystem) -> None:
    lost, later = edit(EVIDENCE, "lost", minute=1), edit(EVIDENCE, "given since", minute=2)
    crash_with(filesystem, lost)
    audit = make_audit()
    audit.record(later)

    merge = merge_lost_work(audit, lost_work(filesystem))

    assert merge.conflicts == (EVIDENCE,)


def test_audit_that_was_never_saved_is_put_together_from_its_journal(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "only in the journal"))

    audit = rebuilt(recovery(filesystem), lost_work(filesystem))

    assert dict(audit.state.answers()) == {EVIDENCE: "only in the journal"}
    assert audit.framework == make_audit().framework


def test_framework_that_is_not_what_the_journal_names_is_refused(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "x"))
    work = lost_work(filesystem)

    with pytest.raises(AuditDesktopError) as caught:
        rebuilt(recovery(filesystem), dataclasses.replace(work, header=replace(work.header, framework_sha256="0" * 64)))

    assert caught.value.code is FaultCode.FRAMEWORK_VERSION_UNKNOWN


def test_lost_work_set_aside_is_not_offered_again_and_kept_for_30_days(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "x"))
    found = recovery(filesystem)
    found.set_aside(lost_work(filesystem))
    assert found.of_audit("audit-1") is None

    filesystem.clock.at += timedelta(days=29)
    found.sweep()
    assert any(name.endswith(".set-aside") for name in filesystem.list_folder(FOLDER / "audit-1"))

    filesystem.clock.at += timedelta(days=2)
    found.sweep()
    assert filesystem.list_folder(FOLDER / "audit-1") == []


def test_work_is_kept_for_30_days_from_the_day_it_was_set_aside(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "before the holidays"))
    filesystem.clock.at += timedelta(days=45)
    found = recovery(filesystem)
    found.set_aside(lost_work(filesystem))

    filesystem.clock.at += timedelta(days=29)
    found.sweep()
    kept = found.of_audit("audit-1", put_away=True)
    assert kept is not None
    assert rebuilt(found, kept).state.value(EVIDENCE) == "before the holidays"

    filesystem.clock.at += timedelta(days=2)
    found.sweep()
    assert filesystem.list_folder(FOLDER / "audit-1") == []


def test_work_that_was_set_aside_is_not_offered_again_after_a_power_cut(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "x"))
    recovery(filesystem).set_aside(lost_work(filesystem))

    for seed in range(20):
        assert recovery(filesystem.after_power_cut(Random(seed))).of_audit("audit-1") is None


def test_what_was_withdrawn_is_not_found_in_an_earlier_file_of_the_journal(filesystem: SimulatedFilesystem) -> None:
    withdrawn, kept = edit(EVIDENCE, "theirs"), edit("statement/1.2/evidence", "ours")
    journal = crash_with(filesystem, withdrawn)
    revision = Revision("a" * 64, "b" * 64, 10)
    for number in range(10):
        # So many files that the tenth must not be taken for an earlier one than the second.
        journal.append([edit("statement/1.3/evidence", str(number), minute=number)])
        journal.checkpoint(revision, Path("/desk/hill.audit"), [])
    journal.withdraw([withdrawn])
    journal.append([kept])

    assert withdrawn not in lost_work(filesystem).edits
    assert kept in lost_work(filesystem).edits

    journal.append([withdrawn])
    assert withdrawn in lost_work(filesystem).edits


def test_half_a_sentence_in_a_file_that_failed_is_not_offered_beside_the_whole_one(
    filesystem: SimulatedFilesystem,
) -> None:
    journal = crash_with(filesystem, edit("statement/1.2/evidence", "first"))
    journal.append_typing([edit(EVIDENCE, "Half a sent")])
    filesystem.fault = Fault(filesystem.changes + 1, errno.EIO)
    journal.append([edit(EVIDENCE, "Half a sentence, and the rest")])

    assert [one.value for one in lost_work(filesystem).edits] == ["first", "Half a sentence, and the rest"]


def test_journal_all_of_which_was_withdrawn_is_put_away(filesystem: SimulatedFilesystem) -> None:
    withdrawn = edit(EVIDENCE, "theirs")
    crash_with(filesystem, withdrawn).withdraw([withdrawn])
    assert recovery(filesystem).all() == ()
    work = lost_work(filesystem)

    assert missing_from(make_audit(), work) == ()
    recovery(filesystem).forget(work)
    assert recovery(filesystem).of_audit("audit-1") is None


def test_journal_nobody_has_looked_at_is_never_swept(filesystem: SimulatedFilesystem) -> None:
    crash_with(filesystem, edit(EVIDENCE, "x"))
    filesystem.clock.at += timedelta(days=400)

    recovery(filesystem).sweep()

    assert lost_work(filesystem).edits
    assert rebuilt(recovery(filesystem), lost_work(filesystem)).state.value(EVIDENCE) == "x"
