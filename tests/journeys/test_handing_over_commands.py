"""Copies that leave and come back, and sign-off, on the command line."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from audit_desktop.cli import main

if TYPE_CHECKING:
    from pathlib import Path

RAG = "attendance-standards-rag"
PASSPHRASE = "acorn bridge candle dune"


class Line:
    """Runs commands in a folder and keeps what they printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.output = ""
        self.errors = ""

    def run(self, *arguments: object) -> int:
        status = main([str(argument) for argument in arguments])
        self.output, self.errors = self._capsys.readouterr()
        return status

    def audit(self) -> Path:
        path = self.folder / "hill.audit"
        assert self.run("new", path, "--framework", RAG, "--school", "Hill Primary School") == 0
        return path

    def fill(self, path: Path, answers: dict[str, object], role: str = "school", name: str = "Sam Reed") -> None:
        given = self.folder / "answers.json"
        given.write_text(json.dumps(answers), "utf-8")
        assert self.run("fill", path, given, "--as", role, "--name", name) == 0, self.errors

    def rated(self) -> Path:
        path = self.audit()
        counts = {1: 11, 2: 16, 3: 8, 4: 15}
        self.fill(
            path,
            {
                f"statement/{section}.{number}/rating": "developing"
                for section, count in counts.items()
                for number in range(1, count + 1)
            },
        )
        return path

    def passphrase(self, words: str = PASSPHRASE) -> Path:
        path = self.folder / "passphrase.txt"
        path.write_text(f"{words}\n", "utf-8")
        return path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


def test_a_merge_says_in_numbers_what_it_does(line: Line, tmp_path: Path) -> None:
    mine = line.audit()
    theirs = tmp_path / "theirs.audit"
    shutil.copy(mine, theirs)
    line.fill(theirs, {"statement/1.1/visitor-comment": "Seen", "audit/visit-date": "2026-03-04"}, "visitor")
    line.fill(mine, {"audit/visit-date": "2026-03-05"})

    assert line.run("merge", mine, theirs, "--preview") == 0
    assert "1 new from the copy" in line.output
    assert "1 answer changed by both" in line.output
    assert "audit/visit-date" in line.output
    assert not (tmp_path / "merged.audit").exists()

    assert line.run("merge", mine, theirs, "--out", tmp_path / "merged.audit") == 0
    assert (tmp_path / "merged.audit").is_file()


def test_a_signed_audit_is_verified_and_takes_no_answer(line: Line) -> None:
    path = line.rated()
    assert line.run("sign", path, "--as", "school", "--name", "Sam Reed") == 0, line.errors
    words = line.output.rpartition("key: ")[2].strip(".\n")
    assert len(words.split()) == 6
    assert line.run("verify", path) == 0
    assert words in line.output
    assert line.run("check", path) == 0
    answers = line.folder / "more.json"
    answers.write_text('{"statement/1.1/rating": "established"}', "utf-8")
    assert line.run("fill", path, answers, "--as", "school", "--name", "Sam Reed") == 1
    assert "signed off" in line.errors


def test_an_incomplete_audit_is_signed_only_on_purpose(line: Line) -> None:
    path = line.audit()
    before = path.read_bytes()
    assert line.run("sign", path, "--as", "school", "--name", "Sam Reed") == 1
    assert len(line.errors.strip().splitlines()) == 1
    assert path.read_bytes() == before
    assert line.run("sign", path, "--as", "school", "--name", "Sam Reed", "--although-incomplete") == 0


def test_an_audit_that_nobody_signed_is_not_verified(line: Line) -> None:
    path = line.audit()
    assert line.run("verify", path) == 1
    assert (line.output, len(line.errors.strip().splitlines())) == ("", 1)


def test_a_protected_copy_opens_with_its_passphrase_only(line: Line, tmp_path: Path) -> None:
    path = line.audit()
    copy, opened = tmp_path / "copy.audit.age", tmp_path / "opened.audit"
    assert line.run("protect", path, "--out", copy, "--passphrase-file", line.passphrase()) == 0
    wrong = line.passphrase("other words than these")
    assert line.run("open-protected", copy, "--out", opened, "--passphrase-file", wrong) == 1
    assert not opened.exists()
    right = line.passphrase()
    assert line.run("open-protected", copy, "--out", opened, "--passphrase-file", right) == 0
    assert line.run("show", opened) == 0
    assert "Hill Primary School" in line.output


def test_a_passphrase_is_made_up_where_none_is_given(line: Line, tmp_path: Path) -> None:
    path, copy, opened = line.audit(), tmp_path / "copy.age", tmp_path / "opened.audit"
    assert line.run("protect", path, "--out", copy) == 0
    words = line.output.partition("Passphrase: ")[2].splitlines()[0]
    assert line.run("open-protected", copy, "--out", opened, "--passphrase-file", line.passphrase(words)) == 0


def test_a_protected_copy_that_came_back_is_merged(line: Line, tmp_path: Path) -> None:
    mine, theirs, copy = line.audit(), tmp_path / "theirs.audit", tmp_path / "theirs.age"
    shutil.copy(mine, theirs)
    line.fill(theirs, {"statement/1.1/visitor-comment": "Seen"}, "visitor")
    assert line.run("protect", theirs, "--out", copy, "--passphrase-file", line.passphrase()) == 0
    out = tmp_path / "merged.audit"
    assert line.run("merge", mine, copy, "--out", out) == 1
    assert not out.exists()
    assert line.run("merge", mine, copy, "--out", out, "--passphrase-file", line.passphrase()) == 0
    assert line.run("show", out) == 0
    assert "Seen" in line.output
