"""An audit goes on to a newer version of its framework on the command line, and a copy left behind comes along."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.builders import framework_document
from tests.journeys.test_handing_over_commands import Line


def newer() -> dict[str, Any]:
    document = framework_document((3, 2)) | {"version": "1.1.0", "revised": "Revised"}
    first, second = document["sections"]
    first["statements"][0]["text"] = "Statement 1.1 holds every day."
    first["statements"][1] |= {"id": "1.4", "reference": "1.4"}
    second["statements"] = second["statements"][1:]
    document["earlier"] = {"statements": [{"id": "1.2", "now": ["1.4"]}, {"id": "2.1"}]}
    return document


def install(document: dict[str, Any]) -> None:
    folder = Path(os.environ["AUDIT_DESKTOP_HOME"]) / "frameworks" / document["id"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{document['version']}.json").write_text(json.dumps(document), "utf-8")


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    install(framework_document((3, 2)))
    install(newer())
    return Line(tmp_path, capsys)


@pytest.fixture
def path(line: Line) -> Path:
    path = line.folder / "hill.audit"
    assert line.run("new", path, "--framework", "small@1.0.0", "--school", "Hill Primary School") == 0, line.errors
    line.fill(
        path,
        {
            "statement/1.1/rating": "established",
            "statement/1.2/rating": "developing",
            "statement/1.2/evidence": "Registers",
            "statement/2.1/evidence": "Letters",
        },
    )
    return path


def shown(line: Line, path: Path) -> dict[str, Any]:
    assert line.run("show", path, "--json") == 0
    return json.loads(line.output)


def test_a_preview_says_what_becomes_of_everything_and_changes_nothing(line: Line, path: Path) -> None:
    before = path.read_bytes()
    assert line.run("upgrade", path, "--to", "1.1.0", "--preview") == 0
    assert line.output.splitlines() == [
        "1.1: reworded; its rating is to be looked at again (1 answer)",
        "1.2 → 1.4: has another place (2 answers)",
        "2.1: taken out; its answers are kept and printed at the end (1 answer)",
        "2 statements stay as they were.",
        f"{path}: nothing was changed.",
    ]
    assert path.read_bytes() == before


def test_every_answer_goes_along_or_is_kept(line: Line, path: Path) -> None:
    before = shown(line, path)
    assert line.run("upgrade", path, "--to", "1.1.0") == 0
    assert line.output.splitlines()[-1] == (
        f"{path}: The audit stands on version 1.1.0 now. 1 rating was given to other words: the statements say so."
    )
    document = shown(line, path)
    assert document["framework"]["version"] == "1.1.0"
    assert document["answers"] == {
        "audit/school-name": "Hill Primary School",
        "statement/1.1/rating": "established",
        "statement/1.4/rating": "developing",
        "statement/1.4/evidence": "Registers",
    }
    assert {edit["id"] for edit in before["history"]} <= {edit["id"] for edit in document["history"]}
    assert line.run("show", path) == 0
    assert "  statement/2.1/evidence: Letters" in line.output.splitlines()
    assert "1.1: Reworded since it was rated (version 1.0.0): please look again." in line.output.splitlines()
    line.fill(path, {"statement/1.1/rating": "developing"})
    assert line.run("show", path) == 0
    assert "Reworded" not in line.output
    assert line.run("check", path) == 0, line.errors


def test_a_copy_left_on_the_old_version_merges_and_goes_along(line: Line, path: Path) -> None:
    visitors = line.folder / "visitor.audit"
    shutil.copy(path, visitors)
    assert line.run("upgrade", path, "--to", "1.1.0") == 0
    line.fill(visitors, {"statement/1.2/visitor-comment": "Seen"}, "visitor", "Alex Moss")
    out = line.folder / "both.audit"
    assert line.run("merge", path, visitors, "--out", out) == 0, line.errors
    document = shown(line, out)
    assert document["framework"]["version"] == "1.1.0"
    assert document["answers"]["statement/1.4/visitor-comment"] == "Seen"
    assert document["conflicts"] == []


@pytest.mark.parametrize(
    ("to", "said"),
    [("1.0.0", "no way back"), ("1.0.5", "not installed"), ("latest", "not installed")],
)
def test_where_there_is_no_way_nothing_is_changed(line: Line, path: Path, to: str, said: str) -> None:
    assert line.run("upgrade", path, "--to", "1.1.0") == 0
    before = path.read_bytes()
    assert line.run("upgrade", path, "--to", to) == 1
    assert said in line.errors
    assert len(line.errors.splitlines()) == 1
    assert path.read_bytes() == before


def test_on_the_version_that_it_stands_on_nothing_happens(line: Line, path: Path) -> None:
    before = path.read_bytes()
    assert line.run("upgrade", path, "--to", "1.0.0") == 0
    assert line.output == f"{path}: stands on version 1.0.0 already.\n"
    assert path.read_bytes() == before


def test_an_audit_that_is_signed_off_stays_on_its_version(line: Line, path: Path) -> None:
    assert line.run("sign", path, "--as", "school", "--name", "Sam Reed", "--although-incomplete") == 0, line.errors
    before = path.read_bytes()
    assert line.run("upgrade", path, "--to", "1.1.0") == 1
    assert "signed off" in line.errors
    assert path.read_bytes() == before


@pytest.mark.parametrize("to", ["html", "word"])
def test_documents_print_what_is_no_longer_asked_and_what_was_rated_in_other_words(
    line: Line, path: Path, to: str
) -> None:
    assert line.run("upgrade", path, "--to", "1.1.0") == 0
    out = line.folder / "hill.docx"
    assert line.run("export", path, "--to", to, "--out", out) == 0, line.errors
    text = out.read_text("utf-8") if to == "html" else document_text(out)
    for words in ("Answers to what is no longer asked", "Statement 2.1 holds.", "Letters", "Statement 1.1 holds."):
        assert words in text


def test_a_document_that_comes_back_repeats_nothing_of_that(line: Line, path: Path) -> None:
    assert line.run("upgrade", path, "--to", "1.1.0") == 0
    form, out = line.folder / "hill.docx", line.folder / "back.audit"
    assert line.run("export", path, "--to", "word", "--out", form) == 0, line.errors
    assert line.run("import", form, "--into", path, "--out", out) == 0, line.errors
    assert line.output.splitlines() == [f"Made {out}: 0 answers from the document; 4 said the same before."]


def document_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    return "".join(root.itertext())
