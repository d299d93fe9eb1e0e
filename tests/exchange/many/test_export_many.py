"""Many audits into one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit_desktop.exchange.many.export_many import Many, Standing, export_many
from audit_desktop.exchange.many.record import Outcome, Result, head_bytes, read_record
from tests.exchange.many.work import TextWork

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Desk:
    """A folder with text files for audits, and one for the documents."""

    def __init__(self, folder: Path, *texts: str) -> None:
        self.sources = [folder / f"{number}.txt" for number in range(len(texts))]
        for source, text in zip(self.sources, texts, strict=True):
            source.write_text(text, "utf-8")
        self.out = folder / "out"
        self.out.mkdir()
        self.noted = head_bytes()
        self.standings: list[Standing] = []

    def run(
        self, processes: int = 1, *, resume: bool = False, is_cancelled: Callable[[], bool] = lambda: False
    ) -> list[Outcome]:
        earlier = read_record(self.noted) if resume else {}
        many = Many(self.sources, self.out, ".docx", "{school}", processes, earlier)
        return export_many(
            many,
            TextWork(),
            note=self._note,
            lost_reason="lost",
            stopped_reason="stopped",
            progress=self.standings.append,
            is_cancelled=is_cancelled,
        )

    def _note(self, line: bytes) -> None:
        self.noted += line

    @property
    def documents(self) -> dict[str, str]:
        return {path.name: path.read_text("utf-8") for path in sorted(self.out.iterdir())}


def test_a_bad_one_stops_none_of_the_others(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "Hill", "bad", "late", "Dale")
    outcomes = desk.run()
    assert [(outcome.result.value, outcome.reason) for outcome in outcomes] == [
        ("done", ""), ("failed", "it is bad"), ("failed", "too late"), ("done", ""),
    ]  # fmt: skip
    assert desk.documents == {"Dale.docx": "Dale", "Hill.docx": "Hill"}


@pytest.mark.parametrize("processes", [1, 2])
def test_names_follow_the_order_of_the_audits_however_many_work_at_once(tmp_path: Path, processes: int) -> None:
    desk = Desk(tmp_path, "Hill", "hill", "Dale", "HILL")
    assert [outcome.document for outcome in desk.run(processes)] == [
        "Hill.docx", "hill (2).docx", "Dale.docx", "HILL (3).docx",
    ]  # fmt: skip


def test_what_is_done_is_left_out_when_an_export_is_resumed(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "Hill", "Dale", "Brook")
    desk.run()
    (desk.out / "Dale.docx").unlink()
    (desk.out / "Brook.docx").write_text("Bro", "utf-8")
    results = [outcome.result for outcome in desk.run(resume=True)]
    assert results == [Result.UNCHANGED, Result.DONE, Result.DONE]
    assert desk.documents["Brook.docx"] == "Brook"


def test_a_document_keeps_its_name_when_an_audit_of_that_name_comes_before_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "Hill")
    desk.run()
    newcomer = tmp_path / "earlier.txt"
    newcomer.write_text("Hill", "utf-8")
    desk.sources.insert(0, newcomer)
    assert [outcome.document for outcome in desk.run(resume=True)] == ["Hill (2).docx", "Hill.docx"]


def test_a_stopped_export_says_what_was_not_begun_and_can_be_resumed(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "Hill", "Dale", "Brook")
    outcomes = desk.run(is_cancelled=lambda: bool(desk.standings))
    assert [outcome.result for outcome in outcomes] == [Result.DONE, Result.STOPPED, Result.STOPPED]
    desk.standings.clear()
    assert [outcome.result for outcome in desk.run(resume=True)] == [Result.UNCHANGED, Result.DONE, Result.DONE]


def test_the_record_is_written_line_by_line(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "Hill", "bad")
    outcomes = desk.run()
    assert sorted(read_record(desk.noted).values(), key=lambda one: one.source) == outcomes


def test_progress_counts_every_audit_and_ends_with_nothing_left(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "Hill", "bad", "Dale")
    desk.run()
    assert [(standing.done, standing.total, standing.failed) for standing in desk.standings] == [(2, 3, 1), (3, 3, 1)]
    assert desk.standings[-1].seconds_left == 0
