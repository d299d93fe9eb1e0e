"""The command line, from an empty audit to its documents; and what it says when it is given something bad."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from audit_desktop.cli import main
from audit_desktop.storage.filesystem import RealFilesystem

RAG = "attendance-standards-rag"
NORFOLK = "norfolk-attendance-self-assessment"
FRAMEWORKS = Path(__file__).parents[2] / "frameworks"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class CommandLine:
    """Runs commands and keeps what they printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.output = ""
        self.errors = ""

    def run(self, *arguments: object) -> int:
        """Run a command and return its exit status."""
        status = main([str(argument) for argument in arguments])
        self.output, self.errors = self._capsys.readouterr()
        return status

    def audit(self, name: str = "hill.audit", framework: str = RAG) -> Path:
        """Make an audit and return its file."""
        path = self.folder / name
        assert self.run("new", path, "--framework", framework, "--school", "Hill Primary School") == 0
        return path

    def answers(self, answers: object) -> Path:
        """Write an answers file and return it."""
        path = self.folder / "answers.json"
        path.write_text(answers if isinstance(answers, str) else json.dumps(answers), "utf-8")
        return path

    def fill(self, path: Path, answers: object, role: str = "school") -> int:
        """Fill an audit and return the exit status."""
        return self.run("fill", path, self.answers(answers), "--as", role, "--name", "Sam Reed")

    def show(self, path: Path) -> dict[str, Any]:
        """Return the whole state of an audit."""
        assert self.run("show", path, "--json") == 0
        return json.loads(self.output)

    def refused(self, path: Path | None, *arguments: object) -> str:
        """Run a command that must fail with one sentence and leave the file at `path` alone; return the sentence."""
        before = path.read_bytes() if path is not None and path.is_file() else None
        listed = _names(self.folder)
        assert self.run(*arguments) == 1
        assert self.output == ""
        assert "Traceback" not in self.errors
        assert len(self.errors.strip().splitlines()) == 1
        assert before == (path.read_bytes() if path is not None and path.is_file() else None)
        assert _names(self.folder) == listed
        return self.errors.strip()


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, capsys)


def test_the_five_frameworks_are_listed(line: CommandLine) -> None:
    assert line.run("frameworks", "--json") == 0
    assert {(entry["id"], entry["version"]) for entry in json.loads(line.output)} == {
        (RAG, "1.0.0"),
        (NORFOLK, "1.0.0"),
        ("attendance-policy-review", "1.0.0"),
        ("thresholds-and-responsibilities", "1.0.0"),
        ("dfe-summary-of-responsibilities", "1.0.0"),
    }


def test_a_new_audit_has_its_school_and_nothing_else(line: CommandLine) -> None:
    shown = line.show(line.audit())

    assert shown["framework"]["id"] == RAG
    assert shown["framework"]["version"] == "1.0.0"
    assert shown["answers"] == {"audit/school-name": "Hill Primary School"}
    assert shown["scores"]["overall"]["status"] == "not-yet-rated"
    assert shown["history_length"] == 1


def test_answers_of_both_roles_are_kept_and_scored(line: CommandLine) -> None:
    path = line.audit()
    ratings = {f"statement/1.{number}/rating": "established" for number in range(1, 12)}
    assert (
        line.fill(
            path, {**ratings, "statement/1.6/rating": "not-in-place", "section/1/evidence": "Policy <2026> & more"}
        )
        == 0
    )
    assert line.fill(path, {"statement/1.1/visitor-comment": "Seen"}, role="visitor") == 0

    shown = line.show(path)

    assert shown["answers"]["statement/1.1/visitor-comment"] == "Seen"
    assert shown["answers"]["section/1/evidence"] == "Policy <2026> & more"
    standard = shown["scores"]["sections"]["1"]
    assert (standard["status"], standard["provisional"]) == ("amber", False)
    assert standard["counts"] == {"not-in-place": 1, "developing": 0, "established": 10}
    assert "1.6 is Not in place" in standard["reason"]
    assert shown["scores"]["overall"]["provisional"] is True


def test_the_numbers_of_the_second_5_8_are_its_own(line: CommandLine) -> None:
    path = line.audit(framework=NORFOLK)

    assert (
        line.fill(
            path,
            {
                "statement/5.8b/number-2": {"number": 4},
                "statement/5.8/number-1": {"number": 12, "period": "Autumn term"},
            },
        )
        == 0
    )

    answers = line.show(path)["answers"]
    assert answers["statement/5.8b/number-2"] == {"number": 4}
    assert answers["statement/5.8/number-1"] == {"number": 12, "period": "Autumn term"}


def test_an_empty_value_takes_an_answer_back(line: CommandLine) -> None:
    path = line.audit()
    line.fill(path, {"statement/1.1/rating": "established"})

    assert line.fill(path, {"statement/1.1/rating": ""}) == 0

    assert "statement/1.1/rating" not in line.show(path)["answers"]


def test_two_copies_merge_and_their_conflict_is_never_decided(line: CommandLine) -> None:
    mine = line.audit("mine.audit")
    theirs = line.folder / "theirs.audit"
    theirs.write_bytes(mine.read_bytes())
    line.fill(mine, {"statement/1.1/rating": "established", "statement/1.2/rating": "developing"})
    line.fill(theirs, {"statement/1.1/rating": "not-in-place"})
    both, other_way = line.folder / "both.audit", line.folder / "other-way.audit"

    assert line.run("merge", mine, theirs, "--out", both) == 0
    assert line.run("merge", theirs, mine, "--out", other_way) == 0

    shown = line.show(both)
    assert "statement/1.1/rating" not in shown["answers"]
    assert shown["answers"]["statement/1.2/rating"] == "developing"
    (conflict,) = shown["conflicts"]
    assert conflict["address"] == "statement/1.1/rating"
    assert {value["value"] for value in conflict["values"]} == {"established", "not-in-place"}
    assert line.show(other_way)["answers"] == shown["answers"]


@pytest.mark.parametrize("framework", [RAG, NORFOLK])
def test_an_audit_is_exported_as_a_word_document(line: CommandLine, framework: str) -> None:
    path = line.audit(framework=framework)
    document = line.folder / "hill.docx"

    assert line.run("export", path, "--to", "word", "--out", document) == 0

    assert document.read_bytes().startswith(b"PK")


def test_many_audits_go_into_a_folder_and_a_bad_one_does_not_stop_the_others(line: CommandLine) -> None:
    first, second = line.audit("a.audit"), line.audit("b.audit")
    broken = line.folder / "broken.audit"
    broken.write_bytes(first.read_bytes()[:-200])
    folder = line.folder / "documents"
    folder.mkdir()

    assert line.run("export", first, broken, second, "--to", "json", "--out", folder) == 1

    assert [name for name in _names(folder) if name.endswith(".json")] == ["a.json", "b.json"]
    assert "broken.audit" in line.errors


def test_a_folder_of_audits_is_exported_under_the_names_of_schools_with_a_record(line: CommandLine) -> None:
    audits, documents = line.folder / "audits", line.folder / "documents"
    audits.mkdir()
    documents.mkdir()
    line.audit("audits/one.audit")
    line.audit("audits/two.audit", NORFOLK)

    assert line.run("export", audits, "--to", "csv", "--out", documents, "--template", "{school} {framework}") == 0

    assert _names(documents) == [
        f"Hill Primary School {RAG} statements.csv",
        f"Hill Primary School {RAG}.csv",
        f"Hill Primary School {NORFOLK} statements.csv",
        f"Hill Primary School {NORFOLK}.csv",
        "export-record-csv.csv",
    ]
    assert line.run("export", audits, "--to", "csv", "--out", documents, "--resume") == 0
    assert (documents / "export-record-csv.csv").read_text("utf-8-sig").count("unchanged") == 2


@pytest.mark.parametrize(("to", "start"), [("html", b"<!DOCTYPE"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_an_audit_is_exported_in_every_other_form(line: CommandLine, to: str, start: bytes) -> None:
    path = line.audit()

    assert line.run("export", path, "--to", to, "--out", line.folder / "document") == 0

    assert (line.folder / "document").read_bytes().startswith(start)


def test_a_report_says_what_changed_since_an_earlier_audit(line: CommandLine) -> None:
    earlier, path = line.audit("earlier.audit"), line.audit()
    line.fill(earlier, {"statement/1.1/rating": "developing"})
    line.fill(path, {"statement/1.1/rating": "established"})

    assert line.run("export", path, "--to", "html", "--out", line.folder / "new.html", "--since", earlier) == 0

    assert "1 rating is better" in (line.folder / "new.html").read_text("utf-8")


def test_many_audits_are_not_compared_with_an_earlier_one_and_nothing_is_written(line: CommandLine) -> None:
    audits, reports = line.folder / "audits", line.folder / "reports"
    audits.mkdir()
    reports.mkdir()
    earlier = line.audit("earlier.audit")
    line.audit("audits/one.audit")

    assert line.run("export", audits, "--to", "html", "--out", reports, "--since", earlier) == 1

    assert _names(reports) == []


def test_an_audit_opens_where_its_framework_is_not_installed(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = line.audit()
    monkeypatch.setattr("audit_desktop.storage.catalogue.Catalogue.entries", lambda _self: ())

    assert line.show(path)["framework"]["id"] == RAG


def test_a_sound_audit_and_framework_have_no_faults(line: CommandLine) -> None:
    assert line.run("check", line.audit(), FRAMEWORKS) == 0


def test_every_fault_of_a_framework_is_on_a_line_of_its_own(line: CommandLine) -> None:
    document = json.loads((FRAMEWORKS / RAG / "1.0.0.json").read_text("utf-8"))
    document["colour"] = "blue"
    document["sections"][0]["statements"][1]["id"] = "1.1"
    path = line.folder / "framework.json"
    path.write_text(json.dumps(document), "utf-8")

    assert line.run("check", path) == 1

    lines = line.errors.strip().splitlines()
    assert any('"colour"' in fault for fault in lines)
    assert any('"1.1"' in fault and "twice" in fault for fault in lines)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 rubbish", "not an audit"),
        (b"%PDF-1.7 a letter", "not an audit"),
        ("Dear Sir".encode("utf-16"), "not an audit"),
    ],
)
def test_a_file_that_is_no_audit_is_refused(line: CommandLine, content: bytes, said: str) -> None:
    path = line.folder / "letter.audit"
    path.write_bytes(content)

    for command in (("show", path), ("fill", path, line.answers({}), "--as", "school", "--name", "Sam")):
        assert said in line.refused(path, *command)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_file_is_called_damaged(line: CommandLine, share: float) -> None:
    path = line.audit()
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])

    assert "damaged" in line.refused(path, "show", path)


def test_a_missing_file_is_named(line: CommandLine) -> None:
    missing = line.folder / "nowhere.audit"

    assert "nowhere.audit" in line.refused(missing, "show", missing)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"statement/9.9/rating": "established"}, "statement/9.9/rating"),
        ({"statement/1.1/rating": "green"}, "green"),
        ({"statement/1.1/rating": 3}, "statement/1.1/rating"),
        ({"statement/1.1/visitor-comment": "x"}, "statement/1.1/visitor-comment"),
        ({"audit/status-override": {"status": "green"}}, "reason"),
        ({"audit/started-on": "yesterday"}, "yesterday"),
        ({"audit/phase": "sixth"}, "sixth"),
        ("[1, 2]", "answers.json"),
        ("{", "answers.json"),
        ('{"a": 1, "a": 2}', "answers.json"),
        ('{"statement/1.1/rating": NaN}', "answers.json"),
        ("", "answers.json"),
    ],
)
def test_answers_at_fault_change_nothing(line: CommandLine, answers: object, said: str) -> None:
    path = line.audit()
    if isinstance(answers, dict):
        answers = {"statement/1.2/rating": "developing", **answers}

    file = line.answers(answers)

    assert said in line.refused(path, "fill", path, file, "--as", "school", "--name", "Sam Reed")


def test_a_statement_without_a_grading_cannot_be_graded(line: CommandLine) -> None:
    path = line.audit(framework=NORFOLK)
    file = line.answers({"statement/1.6/rating": "embedding"})

    assert "statement/1.6/rating" in line.refused(path, "fill", path, file, "--as", "school", "--name", "Sam")


def test_an_unknown_framework_names_those_there_are(line: CommandLine) -> None:
    said = line.refused(None, "new", line.folder / "x.audit", "--framework", "ofsted", "--school", "Hill")

    assert RAG in said


def test_an_existing_file_is_not_replaced_by_a_new_audit(line: CommandLine) -> None:
    path = line.audit()

    assert path.name in line.refused(path, "new", path, "--framework", RAG, "--school", "Hill")


def test_a_folder_that_does_not_exist_is_named(line: CommandLine) -> None:
    path = line.folder / "nowhere" / "x.audit"

    assert "nowhere" in line.refused(None, "new", path, "--framework", RAG, "--school", "Hill")


def test_copies_of_different_audits_do_not_merge(line: CommandLine) -> None:
    mine, other = line.audit("mine.audit"), line.audit("other.audit")
    out = line.folder / "out.audit"

    line.refused(mine, "merge", mine, other, "--out", out)


def test_wrong_usage_is_status_2(line: CommandLine) -> None:
    with pytest.raises(SystemExit) as stopped:
        line.run("export", "x.audit")

    assert stopped.value.code == 2


def test_a_blank_form_of_a_framework_is_written(line: CommandLine) -> None:
    document = line.folder / "form.docx"

    assert line.run("form", "--framework", NORFOLK, "--out", document) == 0

    with zipfile.ZipFile(document) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    assert "Leaders create and maintain a culture" in text
    assert "of 33 " not in text


def test_visitor_comments_can_stand_in_the_margin_too(line: CommandLine) -> None:
    path = line.audit()
    line.fill(path, {"statement/1.1/visitor-comment": "Clear & recent"}, role="visitor")
    document = line.folder / "hill.docx"

    assert line.run("export", path, "--to", "word", "--out", document, "--visitor-comments-as-comments") == 0

    with zipfile.ZipFile(document) as archive:
        assert "Clear &amp; recent" in archive.read("word/comments.xml").decode("utf-8")


def test_an_audit_that_cannot_be_written_is_left_alone_and_its_answers_are_kept_nowhere_else(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object, _new: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use")

    path, given = line.audit(), line.answers({"audit/headteacher": "Only in the answers"})
    home = Path(os.environ["AUDIT_DESKTOP_HOME"])
    kept = _names(home / "journals") if (home / "journals").exists() else []
    with monkeypatch.context() as patch:
        patch.setattr(RealFilesystem, "exchange", refuse)
        line.refused(path, "fill", path, given, "--as", "school", "--name", "Sam Reed")
    assert (_names(home / "journals") if (home / "journals").exists() else []) == kept

    assert line.run("fill", path, given, "--as", "school", "--name", "Sam Reed") == 0
