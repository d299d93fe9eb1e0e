"""After an audit is opened, what is wrong with its file or waits in journals is found and told, and nothing is lost."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.sign_off import sign_offs
from audit_desktop.session.notices import CopiesFound, HistoryDamaged, PlaceFound, SummaryRebuilt, WorkFound
from audit_desktop.session.recovering import Recovering, take_in
from audit_desktop.session.signing import reopen, sign_off
from audit_desktop.storage.places import PlaceProblem
from audit_desktop.storage.process import ProcessMark
from audit_desktop.storage.recovery import Recovery
from audit_desktop.storage.seals import verify_seals
from tests.builders import framework_document, make_audit
from tests.session.test_file_watch import answers
from tests.session.two_desks import COMMENT, EVIDENCE, RATING, VISITOR, Desk, PatientWorker, new_file
from tests.session.visit import KEY

if TYPE_CHECKING:
    from audit_desktop.session.recovering import FoundWork


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "docs" / "hill.audit"
    new_file(path)
    return path


def after_a_crash(desk: Desk) -> Recovering:
    """Return what the next start looks through: the program that wrote the journals runs no more."""
    recovery = Recovery(desk.filesystem, desk.clock, desk.local.journals, is_gone=lambda _: True)
    backups = desk.workspace.backups()
    assert backups is not None
    return Recovering(desk.filesystem, desk.clock, recovery, backups, lambda _: True)


def found_in(path: Path, crashed: Desk) -> FoundWork:
    found = after_a_crash(crashed).for_audit(crashed.workspace.read(path).audit)
    assert found is not None
    return found


def test_what_a_crash_left_in_the_journal_is_listed_with_what_stood_there_before(path: Path, tmp_path: Path) -> None:
    crashed = Desk(tmp_path / "home", path)
    crashed.session.set_answer(RATING, "developing")
    crashed.keeper.save()
    crashed.session.set_answer(RATING, "established")
    crashed.session.set_answer(EVIDENCE, "Register")

    found = found_in(path, crashed)

    listed = {change.address: (change.before, change.after, change.author.name) for change in found.changes}
    assert listed == {RATING: ("developing", "established", "Sam Reed"), EVIDENCE: (None, "Register", "Sam Reed")}
    assert found.count == 2


def test_keeping_lost_work_is_one_undo_step_and_ends_the_offer(path: Path, tmp_path: Path) -> None:
    crashed = Desk(tmp_path / "home", path)
    crashed.session.set_answers({RATING: "established", EVIDENCE: "Register"})
    found = found_in(path, crashed)
    again = Desk(tmp_path / "home", path)

    again.session.merge_in(take_in(again.session.audit, found))
    assert after_a_crash(crashed).forget_if_kept(found, path)

    assert answers(path) == {RATING: "established", EVIDENCE: "Register"}
    again.session.undo()
    assert again.session.value(RATING) is None
    assert after_a_crash(crashed).for_audit(again.session.audit) is None


def test_work_is_not_forgotten_before_the_file_holds_it(path: Path, tmp_path: Path) -> None:
    crashed = Desk(tmp_path / "home", path)
    crashed.session.set_answer(RATING, "established")
    found = found_in(path, crashed)

    assert not after_a_crash(crashed).forget_if_kept(found, path)

    assert found_in(path, crashed).count == 1


def test_work_set_aside_is_offered_no_more_and_stays_on_the_disk(path: Path, tmp_path: Path) -> None:
    crashed = Desk(tmp_path / "home", path)
    crashed.session.set_answer(RATING, "established")

    after_a_crash(crashed).set_aside(found_in(path, crashed))

    assert after_a_crash(crashed).for_audit(crashed.workspace.read(path).audit) is None
    assert any(b"established" in file.read_bytes() for file in crashed.local.journals.rglob("*.set-aside"))


def test_two_different_answers_are_both_kept_when_lost_work_comes_back(path: Path, tmp_path: Path) -> None:
    crashed = Desk(tmp_path / "home", path)
    crashed.session.set_answer(RATING, "established")
    other = Desk(tmp_path / "other", path)
    other.session.set_answer(RATING, "developing")
    other.keeper.save()

    found = found_in(path, crashed)

    assert [card.address for card in found.preview.conflicts] == [RATING]
    assert found.count == 1


def test_work_whose_file_is_gone_is_put_together_from_the_newest_version_here(path: Path, tmp_path: Path) -> None:
    crashed = Desk(tmp_path / "home", path)
    crashed.session.set_answer("audit/school-name", "Hill Primary School")
    crashed.keeper.save()
    crashed.clock.seconds += 3600
    crashed.session.set_answer(EVIDENCE, "Register")
    crashed.keeper.save()
    crashed.session.set_answer(RATING, "established")
    path.unlink()

    (homeless,) = after_a_crash(crashed).homeless()

    assert homeless.path == path
    assert homeless.school == "Hill Primary School"
    assert homeless.found.audit.state.value(RATING) == "established"


def test_work_whose_file_is_there_is_not_called_homeless(path: Path, tmp_path: Path) -> None:
    crashed = Desk(tmp_path / "home", path)
    crashed.session.set_answer(RATING, "established")

    assert after_a_crash(crashed).homeless() == ()
    assert after_a_crash(crashed).files_with_work() == (path,)


def test_work_whose_file_was_replaced_by_another_audit_is_offered_at_the_start(path: Path, tmp_path: Path) -> None:
    crashed = Desk(tmp_path / "home", path)
    crashed.session.set_answer(RATING, "established")
    crashed.keeper.save()
    crashed.session.set_answer(EVIDENCE, "Register")
    path.unlink()
    other = make_audit(framework=framework_document(), audit_id="next-year")
    crashed.workspace.save_new(path, other)

    (homeless,) = after_a_crash(crashed).homeless()

    assert homeless.found.audit.state.value(EVIDENCE) == "Register"
    assert after_a_crash(crashed).files_with_work() == ()


def test_work_in_a_file_that_was_named_from_its_folder_is_found_from_anywhere(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    crashed = Desk(tmp_path / "home", Path(path.name))
    crashed.session.set_answer(RATING, "established")
    monkeypatch.chdir(tmp_path)

    assert after_a_crash(crashed).homeless() == ()
    assert after_a_crash(crashed).files_with_work() == (path,)


def test_a_program_that_still_runs_keeps_its_journals_to_itself(path: Path, tmp_path: Path) -> None:
    Desk(tmp_path / "home", path).session.set_answer(RATING, "established")

    again = Desk(tmp_path / "home", path).settle()

    assert again.told(WorkFound) == []


def test_a_conflicted_copy_beside_the_file_is_found_if_it_says_something_new(path: Path, tmp_path: Path) -> None:
    conflicted = path.with_name("hill (LAPTOP-7 in conflict).audit")
    conflicted.write_bytes(path.read_bytes())
    same = path.with_name("copy of hill.audit")
    same.write_bytes(path.read_bytes())
    other = Desk(tmp_path / "other", conflicted, VISITOR)
    other.session.set_answer(COMMENT, "Seen.")
    other.close()

    desk = Desk(tmp_path / "home", path).settle()

    assert desk.told(CopiesFound) == [CopiesFound((conflicted,))]


@pytest.mark.parametrize("folder", ["Content.Outlook/ABC", "Temp1_visit.zip", "AppData/INetCache/IE"])
def test_nothing_can_be_changed_where_it_would_be_cleared_away(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "hill.audit"
    new_file(path)

    desk = Desk(tmp_path / "home", path).settle()

    assert [event.stops_changes for event in desk.told(PlaceFound)] == [True]  # type: ignore[attr-defined]
    assert desk.session.is_read_only


def test_the_folder_for_temporary_files_is_told_of_and_can_be_worked_in(tmp_path: Path, path: Path) -> None:
    desk = Desk(tmp_path / "home", path, temporary=tmp_path).settle()

    assert desk.told(PlaceFound) == [PlaceFound(PlaceProblem.TEMPORARY, stops_changes=False)]
    assert not desk.session.is_read_only


def test_a_whole_file_in_a_usual_place_is_said_nothing_about(path: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home", path).settle()

    assert desk.events == []


def test_a_summary_that_disagrees_with_the_history_gives_way_to_it(path: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home", path)
    desk.session.set_answer(RATING, "established")
    desk.close()
    replace_in_entry(path, "document.json", b'"established"', b'"not-in-place"')

    again = Desk(tmp_path / "home", path)
    assert again.session.value(RATING) == "not-in-place"
    again.settle()

    assert again.session.value(RATING) == "established"
    assert again.told(SummaryRebuilt) == [SummaryRebuilt()]


def test_a_damaged_history_is_mended_and_the_damaged_file_is_kept(path: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home", path)
    desk.session.set_answer(EVIDENCE, "First")
    desk.keeper.save()
    desk.clock.seconds += 3600
    desk.session.set_answer(EVIDENCE, "Second")
    desk.keeper.save()
    desk.session.set_answer(RATING, "established")
    desk.close()
    replace_in_entry(path, "history.jsonl", b'"First"', b'"F1rst"', keep_marks=True)
    damaged = path.read_bytes()

    again = Desk(tmp_path / "home", path).settle()
    again.session.set_answer(COMMENT.replace("visitor-comment", "evidence"), "More")
    again.close()

    (told,) = again.told(HistoryDamaged)
    assert isinstance(told, HistoryDamaged)
    assert told.copy is not None
    assert told.copy.read_bytes() == damaged
    state = again.workspace.read(path).audit
    assert dict(state.state.answers())[EVIDENCE] == "Second"
    assert "First" in {edit.value for edit in state.log.all().values()}, "a version on this computer still had it"


def test_a_file_that_is_damaged_twice_in_a_minute_is_kept_both_times(path: Path, tmp_path: Path) -> None:
    for value in ("First", "Second"):
        desk = Desk(tmp_path / "home", path)
        desk.session.set_answer(EVIDENCE, value)
        desk.close()
        replace_in_entry(path, "history.jsonl", value.encode(), value[::-1].encode(), keep_marks=True)
        damaged = path.read_bytes()
        desk = Desk(tmp_path / "home", path).settle()
        desk.close()
        assert any(copy.read_bytes() == damaged for copy in path.parent.glob("*(damaged*"))


def test_what_a_crash_left_is_offered_too_where_the_history_is_damaged(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashed = Desk(tmp_path / "home", path)
    crashed.session.set_answer(EVIDENCE, "First")
    crashed.keeper.save()
    crashed.session.set_answer(EVIDENCE, "Second")
    crashed.keeper.save()
    crashed.session.set_answer(RATING, "established")
    replace_in_entry(path, "history.jsonl", b'"First"', b'"F1rst"', keep_marks=True)
    monkeypatch.setattr(ProcessMark, "is_gone", lambda _mark: True)

    again = Desk(tmp_path / "home", path).settle()

    (told,) = again.told(WorkFound)
    assert isinstance(told, WorkFound)
    assert [change.address for change in told.found.changes] == [RATING]


def test_a_sign_off_that_was_cut_short_leaves_the_answers_and_no_record_without_its_seal(
    path: Path, tmp_path: Path
) -> None:
    slow = PatientWorker()
    crashed = Desk(tmp_path / "home", path, worker=slow)
    crashed.session.set_answer(RATING, "established")
    sign_off(crashed.session, KEY, "1.0", although_incomplete=True)
    # The journal has it all; then the program is killed, before the file has the seal.
    slow.jobs.pop(0)()
    slow.jobs.pop(0)()

    found = found_in(path, crashed)

    assert [change.address for change in found.changes] == [RATING]
    assert sign_offs(found.audit.state) == ()
    assert not verify_seals(found.audit).missing


def test_reopening_what_is_signed_comes_back_after_a_crash(path: Path, tmp_path: Path) -> None:
    slow = PatientWorker()
    crashed = Desk(tmp_path / "home", path, worker=slow)
    sign_off(crashed.session, KEY, "1.0", although_incomplete=True)
    slow.run()
    reopen(crashed.session, "More to say")
    slow.jobs.pop(0)()

    assert [one.stands for one in sign_offs(found_in(path, crashed).audit.state)] == [False]


def test_what_is_typed_while_the_file_is_looked_at_is_not_lost(path: Path, tmp_path: Path) -> None:
    worker = PatientWorker()
    desk = Desk(tmp_path / "home", path, worker=worker).settle()
    desk.session.type_answer(EVIDENCE, "Regis")

    worker.run()
    desk.session.type_answer(EVIDENCE, "Register")
    desk.close()

    assert answers(path) == {EVIDENCE: "Register"}


def replace_in_entry(path: Path, name: str, old: bytes, new: bytes, *, keep_marks: bool = False) -> None:
    """Change an entry of the file, and unless `keep_marks` what the manifest says of it."""
    import json
    from hashlib import sha256

    with zipfile.ZipFile(path) as file:
        entries = {info.filename: file.read(info) for info in file.infolist()}
    assert old in entries[name]
    entries[name] = entries[name].replace(old, new)
    if not keep_marks:
        manifest = json.loads(entries["manifest.json"])
        manifest["entries"][name] = {"sha256": sha256(entries[name]).hexdigest(), "size": len(entries[name])}
        entries["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as file:
        for entry, content in entries.items():
            stored = entry in ("mimetype", "manifest.json")
            file.writestr(entry, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
