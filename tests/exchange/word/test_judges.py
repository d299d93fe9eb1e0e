"""Judges that are not ours accept every document and table: Microsoft's validator, docx-integrity, a second reader."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import docx
import docx_integrity
import pytest

from audit_desktop.core.overview import audit_line, compared
from audit_desktop.exchange.exporters import export_audit
from audit_desktop.exchange.overview_documents import export_overview
from tests.exchange.audits import NOW, ROOT, TEMPLATE, answer, awkward_texts, disagree, shipped, with_everything
from tests.exchange.states import SHIPPED, STATES, audit_in_state
from tests.exchange.word.documents import main_part, text_of

NO_VALIDATOR = "AUDIT_DESKTOP_NO_WORD_VALIDATOR"
VALIDATOR = "AUDIT_DESKTOP_WORD_VALIDATOR"
"""The path of the program, where it is not installed beside these tests."""
INSTALLED = ROOT / "tests" / "exchange" / "word_validator" / "node_modules" / ".bin" / "ooxml-validator"
CRAFTED = ("everything", "awkward", "rated", "form")
"""States of an audit besides those of `states.STATES`."""


@pytest.fixture(scope="session")
def validator() -> Path:
    if os.environ.get(NO_VALIDATOR):
        pytest.skip(f"{NO_VALIDATOR} is set")
    path = Path(os.environ.get(VALIDATOR, INSTALLED))
    if not path.exists():
        pytest.fail(
            f"Microsoft's validator is missing: run 'npm install --no-package-lock' in tests/exchange/word_validator, "
            f"name the program in {VALIDATOR}, or set {NO_VALIDATOR} to do without it."
        )
    return path


@pytest.fixture(
    scope="session", params=[(name, state) for name in SHIPPED for state in (*STATES, *CRAFTED)], ids="-".join
)
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    framework_id, state = request.param
    audit = audit_in_state(framework_id, state) if state in STATES else shipped(framework_id)
    if state == "everything":
        audit, _ = with_everything(framework_id)
    if state == "awkward":
        for statement, text in zip(audit.state.addresses.statements, awkward_texts().values(), strict=False):
            answer(audit, f"statement/{statement}/visitor-comment", text)
            if audit.state.addresses.field(f"statement/{statement}/rating") is not None:
                levels = audit.framework.scales[0].levels
                disagree(audit, f"statement/{statement}/rating", levels[1].id, levels[0].id)
            answer(audit, f"statement/{statement}/not-applicable", text)
        answer(audit, "audit/school-name", awkward_texts()["markup"])
    if state == "rated":
        # With a chart, comments in the margin and an action that is overdue.
        for statement in list(audit.state.addresses.statements)[:5]:
            answer(audit, f"statement/{statement}/rating", audit.framework.scales[0].levels[1].id)
            answer(audit, f"statement/{statement}/visitor-comment", "Seen & heard.\nTwice.")
        answer(audit, "actions/a/what", "New rota")
        answer(audit, "actions/a/due", "2026-01-31")
    path = tmp_path_factory.mktemp("documents") / f"{state}.docx"
    as_form, with_comments = state == "form", state == "rated"
    path.write_bytes(
        export_audit(
            audit, "word", template=TEMPLATE, now=NOW, as_form=as_form, comments_as_word_comments=with_comments
        )
    )
    return path


LEVELS = ("Office2010", "Microsoft365")


def faults_found(validator: Path, path: Path, level: str) -> list[object]:
    """Return what Microsoft's validator has against the document at `path`."""
    ended = subprocess.run(
        [validator, path, "--officeVersion", level], capture_output=True, text=True, check=False, timeout=120
    )
    faults = json.loads(ended.stdout)["errors"]
    assert (ended.returncode == 0) == (not faults)
    return faults


@pytest.mark.parametrize("level", LEVELS)
def test_microsofts_validator_finds_no_fault(document: Path, level: str, validator: Path) -> None:
    assert faults_found(validator, document, level) == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", ["audit.xlsx", "overview.xlsx", "overview.docx"])
def test_microsofts_validator_finds_no_fault_in_a_table(kind: str, level: str, validator: Path, tmp_path: Path) -> None:
    audits = [with_everything(framework_id)[0] for framework_id in SHIPPED]
    path = tmp_path / kind
    if kind == "audit.xlsx":
        path.write_bytes(export_audit(audits[0], "xlsx", template=TEMPLATE, now=NOW))
    else:
        lines = compared([audit_line(audit, f"{audit.framework.id}.audit") for audit in audits], NOW)
        to = "xlsx" if kind.endswith("xlsx") else "word"
        path.write_bytes(export_overview(lines, to, template=TEMPLATE, now=NOW, explain=str))
    assert faults_found(validator, path, level) == []


def test_docx_integrity_finds_no_fault(document: Path) -> None:
    assert [str(finding) for finding in docx_integrity.check(str(document))] == []


def test_a_second_reader_reads_the_same_words(document: Path) -> None:
    opened = docx.Document(str(document))
    read = {paragraph.text for paragraph in opened.paragraphs if paragraph.text.strip()}
    ours = set(text_of(main_part(document.read_bytes())).splitlines())
    assert read
    assert {line for text in read for line in text.splitlines()} <= ours
