"""A form goes out to Word and comes back: on the command line, through LibreOffice."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

import docx
import docx_integrity
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_desktop.cli import main
from audit_desktop.core.framework import FieldKind
from audit_desktop.exchange.word.anchors import Anchors
from tests.exchange.audits import NORFOLK, RAG, answer, every_address, exported, shipped, some_value
from tests.exchange.states import SHIPPED, STATES, audit_in_state, differences

SOFFICE = shutil.which("soffice")
GENERATED = int(os.environ.get("AUDIT_DESKTOP_GENERATED_AUDITS", "0"))
"""How many audits are made up, others in every run: hundreds in CI, thousands before a release."""
FEW = 15
"""How many where nobody asks for more; always the same."""


class Desk:
    """Runs commands in a folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.output = ""

    def run(self, *arguments: object, status: int = 0) -> str:
        """Run a command that ends with `status`; return what it printed."""
        assert main([str(argument) for argument in arguments]) == status
        output, errors = self._capsys.readouterr()
        self.output = output
        return errors if status else output

    def audit(self, name: str, framework: str = RAG, **answers: object) -> Path:
        path = self.folder / name
        self.run("new", path, "--framework", framework, "--school", "Hill Primary School")
        if answers:
            self.fill(path, answers)
        return path

    def fill(self, path: Path, answers: dict[str, object], role: str = "school") -> None:
        given = self.folder / "answers.json"
        given.write_text(json.dumps(answers), "utf-8")
        self.run("fill", path, given, "--as", role, "--name", "Sam Reed")

    def answers(self, path: Path) -> dict[str, Any]:
        return self.shown(path)["answers"]

    def shown(self, path: Path) -> dict[str, Any]:
        return json.loads(self.run("show", path, "--json"))


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def typed_over(path: Path, old: str, new: str) -> Path:
    """Type `new` over the text `old` in the document at `path`, as somebody in Word would."""
    copy = path.with_name(f"typed {path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                assert escape(old).encode() in data
                data = data.replace(escape(old).encode(), escape(new).encode())
            target.writestr(item, data)
    return copy


def test_an_exported_audit_comes_back_with_the_same_answers_and_statuses(desk: Desk) -> None:
    path = desk.audit("a.audit", **{"statement/1.1/rating": "established", "section/1/evidence": "Policy <1> & more"})
    desk.fill(path, {"statement/1.1/visitor-comment": "Seen"}, role="visitor")
    form, back = desk.folder / "a.docx", desk.folder / "back.audit"
    desk.run("export", path, "--to", "word", "--out", form)

    said = desk.run("import", form, "--out", back)

    assert said == f"Made {back}: 4 answers from the document.\n"
    before, after = desk.shown(path), desk.shown(back)
    assert (after["answers"], after["scores"]) == (before["answers"], before["scores"])


def test_what_was_typed_in_word_enters_the_audit_that_went_on_meanwhile(desk: Desk) -> None:
    path = desk.audit("a.audit", **{"section/1/evidence": "The evidence", "section/1/action": "The action"})
    form, out = desk.folder / "a.docx", desk.folder / "out.audit"
    desk.run("export", path, "--to", "word", "--out", form)
    desk.fill(path, {"section/1/action": "Changed here"})

    desk.run("import", typed_over(form, "The evidence", "Typed in Word"), "--into", path, "--out", out)

    answers = desk.answers(out)
    assert answers["section/1/evidence"] == "Typed in Word"
    assert answers["section/1/action"] == "Changed here"
    assert desk.answers(path)["section/1/evidence"] == "The evidence"


def test_where_both_changed_neither_side_is_lost_and_nothing_is_decided(desk: Desk) -> None:
    path = desk.audit("a.audit", **{"section/1/evidence": "The evidence"})
    form, out = desk.folder / "a.docx", desk.folder / "out.audit"
    desk.run("export", path, "--to", "word", "--out", form)
    desk.fill(path, {"section/1/evidence": "Changed here"})

    said = desk.run("import", typed_over(form, "The evidence", "Typed in Word"), "--into", path, "--out", out)

    assert "Standard 1 · Evidence" in said
    (conflict,) = desk.shown(out)["conflicts"]
    assert conflict["address"] == "section/1/evidence"
    assert {value["value"] for value in conflict["values"]} == {"Changed here", "Typed in Word"}


def test_a_role_takes_only_what_is_its_own_to_say(desk: Desk) -> None:
    path = desk.audit("a.audit", **{"statement/1.1/rating": "established"})
    desk.fill(path, {"statement/1.1/visitor-comment": "Seen"}, role="visitor")
    form, out = desk.folder / "a.docx", desk.folder / "out.audit"
    desk.run("export", path, "--to", "word", "--out", form)

    said = desk.run("import", form, "--out", out, "--as", "visitor", "--name", "V. Sample")

    assert desk.answers(out) == {"statement/1.1/visitor-comment": "Seen"}
    assert "1.1 · Rating: Established (Only the school can say this)" in said


def test_text_that_is_no_answer_is_in_the_report(desk: Desk) -> None:
    form, out = desk.folder / "a.docx", desk.folder / "out.audit"
    desk.run("export", desk.audit("a.audit"), "--to", "word", "--out", form)
    row = "<w:tr><w:tc><w:p><w:r><w:t>A note of mine</w:t></w:r></w:p></w:tc></w:tr>"
    with zipfile.ZipFile(form) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:tbl>", f"{row}</w:tbl>".encode(), 1)
    with zipfile.ZipFile(form, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)

    assert "A note of mine" in desk.run("import", form, "--out", out)


@pytest.mark.parametrize("content", [b"no document", b"PK\x03\x04 nor this", b""])
def test_a_bad_document_is_refused_in_one_sentence_and_nothing_is_written(desk: Desk, content: bytes) -> None:
    form, out = desk.folder / "bad.docx", desk.folder / "out.audit"
    form.write_bytes(content)

    said = desk.run("import", form, "--out", out, status=1)

    assert len(said.strip().splitlines()) == 1
    assert not out.exists()


def test_an_audit_that_is_there_is_never_written_over(desk: Desk) -> None:
    path = desk.audit("a.audit")
    form = desk.folder / "a.docx"
    desk.run("export", path, "--to", "word", "--out", form)
    before = path.read_bytes()

    assert "There is already a file" in desk.run("import", form, "--out", path, status=1)
    assert path.read_bytes() == before


def test_a_form_completed_in_an_office_program_becomes_an_audit(desk: Desk) -> None:
    """The blank form is saved by LibreOffice first, as somebody without Word would, and then filled in."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    blank = desk.folder / "blank.docx"
    blank.write_bytes(exported(shipped(NORFOLK)))
    form = converted(blank, "docx", desk.folder / "saved")
    complete(form, "1.1", "Embedding", "Seen in lessons")

    desk.run("import", form, "--out", desk.folder / "out.audit")

    assert desk.answers(desk.folder / "out.audit") == {
        "statement/1.1/rating": "embedding",
        "statement/1.1/evidence": "Seen in lessons",
    }


def converted(path: Path, to: str, folder: Path) -> Path:
    """Return the document at `path` as LibreOffice saves it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE or "", profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{to}"


def complete(form: Path, statement: str, level: str, evidence: str) -> None:
    """Choose in the drop-down list of `statement` and type into its box for evidence, as a person would.

    LibreOffice has dropped the tags of the lists by then: the statement's row is found as its reader sees it.
    """
    document = docx.Document(str(form))
    anchors = Anchors(shipped(NORFOLK).framework)
    marks = {mark.get(qn("w:name")): mark for mark in reversed(list(document.element.body.iter(qn("w:bookmarkStart"))))}
    row = next(marks[anchors.statements[statement]].iterancestors(qn("w:tr")))
    control = next(
        control for control in row.iter(qn("w:sdt")) if control.find(f".//{qn('w:dropDownList')}") is not None
    )
    for prompt in list(control.iter(qn("w:showingPlcHdr"))):
        prompt.getparent().remove(prompt)
    first, *others = control.iter(qn("w:t"))
    first.text = level
    for other in others:
        other.text = ""
    box = next(marks[anchors.place(f"statement/{statement}/evidence")].iterancestors(qn("w:p")))
    Paragraph(box, document).add_run(evidence)
    document.save(str(form))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("framework_id", SHIPPED)
def test_every_state_of_an_audit_comes_back(framework_id: str, state: str) -> None:
    audit = audit_in_state(framework_id, state)

    assert differences(audit, exported(audit)) == {}


WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), min_size=1, max_size=80
).filter(lambda text: re.search(r"\w\w", text) is not None)


@given(data=st.data())
@settings(max_examples=GENERATED or FEW, derandomize=not GENERATED, suppress_health_check=[HealthCheck.too_slow])
def test_generated_audits_pass_a_judge_and_come_back_as_they_were(data: st.DataObject) -> None:
    audit = shipped(data.draw(st.sampled_from(SHIPPED)))
    fields = [pair for pair in every_address(audit) if pair[1].id not in ("deleted", "not-applicable")]
    for address, field in data.draw(st.lists(st.sampled_from(fields), max_size=40, unique_by=lambda pair: pair[0])):
        levels = audit.framework.scale(field.scale).levels if field.kind is FieldKind.RATING else ()
        value = (
            data.draw(st.sampled_from(levels)).id if levels else some_value(audit.framework, field, data.draw(WORDS))
        )
        answer(audit, address, value)

    document = exported(audit)

    assert differences(audit, document) == {}
    with TemporaryDirectory() as folder:
        path = Path(folder, "audit.docx")
        path.write_bytes(document)
        assert [str(finding) for finding in docx_integrity.check(str(path))] == []
