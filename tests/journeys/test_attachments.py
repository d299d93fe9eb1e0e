"""Attached files on the command line: in, shown, exported, proven, and out again on another computer."""

from __future__ import annotations

import json
import os
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from audit_desktop.core import attachments
from tests.journeys.test_handing_over_commands import Line

PLAN = b"%PDF-1.7 the plan of the panel" * 300


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


def plan(line: Line, name: str = "plan.pdf", content: bytes = PLAN) -> Path:
    path = line.folder / name
    path.write_bytes(content)
    return path


def attach(line: Line, path: Path, *files: Path, to: str = "statement/1.6") -> int:
    return line.run("attach", path, *files, "--to", to, "--as", "school", "--name", "Sam Reed")


def another_computer(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT_DESKTOP_HOME", str(line.folder / "another home"))


def test_a_file_goes_in_and_comes_out_on_another_computer(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    path = line.audit()
    assert attach(line, path, plan(line)) == 0, line.errors
    assert "plan.pdf attached" in line.output
    another_computer(line, monkeypatch)
    out = line.folder / "out"
    out.mkdir()
    assert line.run("attachments", path, "--save", out) == 0, line.errors
    assert f"statement/1.6: plan.pdf  9 kB  {sha256(PLAN).hexdigest()[:12]}  Sam Reed (school)" in line.output
    assert (out / "plan.pdf").read_bytes() == PLAN
    assert line.run("attachments", path, "--save", out) == 0
    assert (out / "plan 2.pdf").read_bytes() == PLAN


def test_all_of_the_files_are_attached_or_none(line: Line) -> None:
    path = line.audit()
    before = path.read_bytes()
    assert attach(line, path, plan(line), plan(line, "tool.exe", b"MZ")) == 1
    assert line.errors.startswith("tool.exe was not attached")
    assert line.errors.count("\n") == 1
    assert path.read_bytes() == before


def test_files_that_are_too_large_together_leave_nothing_behind_that_would_come_back(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = line.audit()
    before = path.read_bytes()
    monkeypatch.setattr(attachments, "LARGEST_TOTAL", len(PLAN) + 10)
    assert attach(line, path, plan(line), plan(line, "more.pdf", PLAN + b"more")) == 1
    assert line.errors.startswith("more.pdf was not attached")
    assert path.read_bytes() == before
    assert not list(Path(os.environ["AUDIT_DESKTOP_HOME"]).rglob("*.journal"))


def test_where_there_is_no_folder_to_save_them_into_nothing_is_listed(line: Line) -> None:
    path = line.audit()
    assert attach(line, path, plan(line)) == 0
    assert line.run("attachments", path, "--save", line.folder / "nowhere") == 1
    assert (line.output, len(line.errors.splitlines())) == ("", 1)
    assert "There is no folder" in line.errors


@pytest.mark.parametrize(
    ("name", "content", "to", "said"),
    [
        ("plan.docm", b"PK\x03\x04", "statement/1.6", "macros"),
        ("plan.pdf", b"MZ", "statement/1.6", "not what its ending"),
        ("plan.xyz", b"x", "statement/1.6", "only these kinds"),
        ("plan.pdf", b"", "statement/1.6", "plan.pdf is empty, so there is nothing in it to read"),
        ("plan.pdf", PLAN, "statement/9.9", "statement/9.9"),
    ],
)
def test_bad_input_gets_one_plain_sentence(line: Line, name: str, content: bytes, to: str, said: str) -> None:
    path = line.audit()
    assert attach(line, path, plan(line, name, content), to=to) == 1
    assert said in line.errors
    assert len(line.errors.splitlines()) == 1


def test_exports_and_show_list_attached_files(line: Line) -> None:
    path = line.audit()
    assert attach(line, path, plan(line)) == 0
    assert line.run("show", path, "--json") == 0
    (shown,) = json.loads(line.output)["attachments"]
    assert (shown["name"], shown["size"], shown["about"]) == ("plan.pdf", len(PLAN), ["statement/1.6"])
    beginning = sha256(PLAN).hexdigest()[:12]
    for kind in ("html", "csv", "json"):
        out = line.folder / f"hill.{kind}"
        assert line.run("export", path, "--to", kind, "--out", out) == 0, line.errors
        assert beginning in out.read_text("utf-8")
    for kind, part in (("word", "word/document.xml"), ("xlsx", "xl/sharedStrings.xml")):
        out = line.folder / f"hill.{kind}"
        assert line.run("export", path, "--to", kind, "--out", out) == 0, line.errors
        with zipfile.ZipFile(out) as document:
            assert beginning in document.read(part).decode()


def test_merged_copies_have_the_files_of_both(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    path = line.audit()
    copy = line.folder / "copy.audit"
    copy.write_bytes(path.read_bytes())
    assert attach(line, path, plan(line)) == 0
    another_computer(line, monkeypatch)
    photo = plan(line, "photo.png", b"\x89PNG\r\n\x1a\n" + bytes(5_000))
    assert line.run("attach", copy, photo, "--to", "section/2", "--as", "visitor", "--name", "Alex Moss") == 0
    both, out = line.folder / "both.audit", line.folder / "out"
    out.mkdir()
    assert line.run("merge", path, copy, "--out", both) == 0, line.errors
    assert line.run("attachments", both, "--save", out) == 0, line.errors
    assert (out / "plan.pdf").read_bytes() == PLAN
    assert (out / "photo.png").read_bytes() == photo.read_bytes()


def test_check_and_verify_find_a_damaged_file(line: Line) -> None:
    path = line.audit()
    assert attach(line, path, plan(line)) == 0
    assert line.run("check", path) == 0
    assert line.run("sign", path, "--as", "school", "--name", "Sam Reed", "--although-incomplete") == 0, line.errors
    assert line.run("verify", path) == 0
    path.write_bytes(path.read_bytes().replace(PLAN[:60], b"?" * 60))
    assert line.run("check", path) == 1
    assert "plan.pdf is damaged" in line.errors
    assert line.run("verify", path) == 1
    assert "plan.pdf is damaged" in line.errors


def test_a_protected_copy_carries_attached_files(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    path, protected, opened = line.audit(), line.folder / "hill.age", line.folder / "opened.audit"
    assert attach(line, path, plan(line)) == 0
    words = line.passphrase()
    assert line.run("protect", path, "--out", protected, "--passphrase-file", words) == 0, line.errors
    another_computer(line, monkeypatch)
    assert line.run("open-protected", protected, "--out", opened, "--passphrase-file", words) == 0, line.errors
    out = line.folder / "out"
    out.mkdir()
    assert line.run("attachments", opened, "--save", out) == 0, line.errors
    assert (out / "plan.pdf").read_bytes() == PLAN


def test_what_this_computer_keeps_is_named_and_erased_only_with_a_yes(line: Line) -> None:
    path = line.audit()
    attach(line, path, plan(line))
    whole = path.read_bytes()
    store = next(Path(os.environ["AUDIT_DESKTOP_HOME"]).rglob(sha256(PLAN).hexdigest()))

    assert line.run("erase", path) == 0, line.errors
    assert "1 attached file" in line.output
    assert "Nothing was erased" in line.output
    assert store.exists()

    assert line.run("erase", path, "--yes") == 0, line.errors
    assert "were erased" in line.output
    assert not store.exists()
    assert path.read_bytes() == whole

    assert line.run("erase", line.folder / "none.audit", "--yes") == 1
    assert line.errors.count("\n") == 1
