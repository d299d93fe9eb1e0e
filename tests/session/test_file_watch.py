"""Several people with one file: each is told of the others, and what anybody wrote is in the end in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.errors import FaultCode
from audit_desktop.session.events import AuditReplaced, SaveState
from audit_desktop.session.file_watch import SECONDS_BETWEEN_LOOKS
from audit_desktop.session.notices import FileTrouble, FileWellAgain, HeldByOther, HoldFree
from audit_desktop.storage.lock import SECONDS_UNTIL_STALE, lock_path
from tests.session.two_desks import (
    COMMENT,
    EVIDENCE,
    RATING,
    VISITOR,
    Desk,
    DeskClock,
    PatientWorker,
    new_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "share" / "hill.audit"
    new_file(path)
    return path


@pytest.fixture
def sit(tmp_path: Path, path: Path) -> Callable[..., Desk]:
    clock = DeskClock()

    def sit(name: str, **options: object) -> Desk:
        return Desk(tmp_path / name, path, clock=clock, **options).settle()  # type: ignore[arg-type]

    return sit


def test_the_first_holds_the_file_until_it_is_closed(sit: Callable[..., Desk], path: Path) -> None:
    first = sit("first")
    assert lock_path(path).exists()

    first.close()

    assert not lock_path(path).exists()


def test_the_second_is_told_who_has_the_file_and_can_only_read(sit: Callable[..., Desk]) -> None:
    sit("first")

    second = sit("second", who=VISITOR)

    (held,) = second.told(HeldByOther)
    assert isinstance(held, HeldByOther)
    assert (held.holder.name, held.is_stale) == ("Sam Reed", False)
    assert second.session.is_read_only
    assert second.keeper.state.state is SaveState.READ_ONLY


def test_the_second_may_change_things_once_the_first_has_closed(sit: Callable[..., Desk], path: Path) -> None:
    first, second = sit("first"), sit("second", who=VISITOR)
    first.session.set_answer(RATING, "established")
    first.close()

    second.wait(10)
    assert second.told(HoldFree)
    assert second.session.value(RATING) == "established"
    second.keeper.set_read_only(is_read_only=False)
    second.session.set_answer(COMMENT, "Seen.")
    second.close()

    assert answers(path) == {RATING: "established", COMMENT: "Seen."}


def test_a_holder_who_shows_no_life_can_be_taken_over_and_loses_nothing(sit: Callable[..., Desk], path: Path) -> None:
    first, second = sit("first"), sit("second", who=VISITOR)
    first.session.set_answer(RATING, "established")
    second.wait(SECONDS_UNTIL_STALE / 2)
    second.wait(SECONDS_UNTIL_STALE)
    assert [held.is_stale for held in second.told(HeldByOther)] == [False, True]  # type: ignore[attr-defined]

    second.watch.take_over()
    second.keeper.set_read_only(is_read_only=False)
    second.session.set_answer(COMMENT, "Seen.")
    second.keeper.save()
    first.wait(60)
    first.close()
    second.close()

    assert answers(path) == {RATING: "established", COMMENT: "Seen."}
    assert first.told(HeldByOther), "whoever comes back is told that the file was taken over"


def test_a_holder_who_shows_life_is_never_stale(sit: Callable[..., Desk]) -> None:
    first, second = sit("first"), sit("second")
    for _ in range(12):
        first.watch.tick()
        second.wait(10)

    assert [held.is_stale for held in second.told(HeldByOther)] == [False]  # type: ignore[attr-defined]


def test_what_somebody_else_saved_comes_in_without_a_save_of_ours(sit: Callable[..., Desk], path: Path) -> None:
    first, second = sit("first"), sit("second", who=VISITOR)
    first.session.set_answer(RATING, "established")
    first.keeper.save()
    as_saved = path.read_bytes()

    second.wait(SECONDS_BETWEEN_LOOKS)

    assert second.session.value(RATING) == "established"
    assert path.read_bytes() == as_saved
    came_in = [edit.address for event in second.told(AuditReplaced) for edit in event.came_in]  # type: ignore[attr-defined]
    assert came_in == [RATING]


def test_a_look_that_finds_nothing_new_changes_nothing(sit: Callable[..., Desk]) -> None:
    first = sit("first")
    before = list(first.events)

    first.watch.look()
    first.watch.look()

    assert first.events == before


@pytest.mark.parametrize("first_closes_first", [True, False])
def test_one_file_edited_in_two_windows_holds_the_work_of_both(
    sit: Callable[..., Desk], path: Path, first_closes_first: bool
) -> None:
    first, second = sit("first"), sit("second", who=VISITOR)
    second.keeper.set_read_only(is_read_only=False)
    first.session.set_answers({RATING: "established", EVIDENCE: "Register"})
    second.session.set_answer(COMMENT, "Seen.")

    for desk in (first, second) if first_closes_first else (second, first):
        desk.close()

    assert answers(path) == {RATING: "established", EVIDENCE: "Register", COMMENT: "Seen."}


def test_different_answers_to_one_field_are_both_kept(sit: Callable[..., Desk], path: Path) -> None:
    first, second = sit("first"), sit("second")
    second.keeper.set_read_only(is_read_only=False)
    first.session.set_answer(RATING, "established")
    second.session.set_answer(RATING, "developing")
    first.keeper.save()
    second.watch.look()

    assert second.session.audit.state.has_conflict(RATING)
    first.watch.look()
    assert first.session.audit.state.has_conflict(RATING)


def test_what_is_typed_while_others_save_stays_what_was_typed(sit: Callable[..., Desk]) -> None:
    first, second = sit("first"), sit("second", who=VISITOR)
    second.keeper.set_read_only(is_read_only=False)
    second.session.type_answer(COMMENT, "Se")
    first.session.set_answer(RATING, "established")
    first.keeper.save()

    second.watch.look()
    second.session.type_answer(COMMENT, "Seen")
    second.close()
    first.watch.look()

    assert first.session.value(COMMENT) == "Seen"


def test_a_file_that_goes_away_is_told_once_and_so_is_its_return(sit: Callable[..., Desk], path: Path) -> None:
    first = sit("first")
    away = path.with_name("elsewhere")
    path.rename(away)
    first.watch.look()
    first.watch.look()
    assert [event.fault.code for event in first.told(FileTrouble)] == [FaultCode.FILE_MISSING]  # type: ignore[attr-defined]

    away.rename(path)
    first.watch.look()

    assert len(first.told(FileWellAgain)) == 1


def test_another_audit_in_the_place_of_the_file_is_left_alone(sit: Callable[..., Desk], path: Path) -> None:
    first = sit("first")
    path.write_bytes(b"something else")
    first.watch.look()
    first.session.set_answer(RATING, "established")
    first.keeper.save()

    assert path.read_bytes() == b"something else"
    assert [event.fault.code for event in first.told(FileTrouble)] == [FaultCode.NOT_AN_AUDIT]  # type: ignore[attr-defined]
    assert [answers(copy) for copy in path.parent.glob("*recovered copy*")] == [{RATING: "established"}]


def answers(path: Path) -> dict[str, object]:
    from audit_desktop.storage.audit_files import read_audit
    from audit_desktop.storage.filesystem import RealFilesystem

    audit = read_audit(RealFilesystem(), DeskClock(), path, lambda _: True).audit
    assert not list(audit.state.conflicts())
    return dict(audit.state.answers())


def behind_another_person(sit: Callable[..., Desk]) -> tuple[Desk, PatientWorker]:
    """Return a desk with a slow disk, and its worker, whose file a visitor has commented in meanwhile."""
    slow = PatientWorker()
    first = sit("first", worker=slow)
    slow.run()
    second = sit("second", who=VISITOR)
    second.keeper.set_read_only(is_read_only=False)
    second.session.set_answer(COMMENT, "Seen.")
    second.close()
    return first, slow


def test_what_another_person_saved_is_not_written_over_by_a_save_that_waited_behind_the_one_that_took_it_in(
    sit: Callable[..., Desk], path: Path
) -> None:
    first, slow = behind_another_person(sit)
    first.session.set_answer(RATING, "established")
    first.keeper.save()
    first.keeper.save()
    slow.run()
    first.close()

    assert answers(path) == {RATING: "established", COMMENT: "Seen."}


def test_what_another_person_saved_is_not_written_over_by_a_save_that_is_asked_for_while_it_comes_in(
    sit: Callable[..., Desk], path: Path
) -> None:
    first, slow = behind_another_person(sit)
    first.watch.look()
    # The look finds their version; before it is taken in, the file is saved.
    slow.jobs.pop(0)()
    first.keeper.save()
    slow.run()
    first.close()

    assert answers(path) == {COMMENT: "Seen."}
    assert first.session.value(COMMENT) == "Seen."
