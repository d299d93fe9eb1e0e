"""Other people's programs open every document, find everything in it, and save it so that it comes back complete.

LibreOffice and AbiWord are editors that a school may have; pandoc is a second reader; python-docx a library that
rewrites a document as it understands it. All are there in CI; on another machine, what is missing is skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from audit_desktop.core.framework import FieldKind
from audit_desktop.exchange.report_answers import is_reference
from audit_desktop.exchange.word_import.import_plan import same_answer
from tests.exchange.audits import exported, with_everything
from tests.exchange.states import SHIPPED, STATES, audit_in_state, differences, read_back

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit_desktop.core.audit import Audit

PAGE_OF = re.compile(r"Page (\d+) of (\d+)")
SECONDS = 300

pytestmark = pytest.mark.parametrize("framework_id", SHIPPED)


def run(program: str, *arguments: object) -> str:
    """Run `program` and return what it printed; a test that needs one that is not there is skipped, but not in CI."""
    path = shutil.which(program)
    if path is None and not os.environ.get("CI"):
        pytest.skip(f"{program} is not installed")
    ended = subprocess.run(
        [path or program, *map(str, arguments)], capture_output=True, check=True, timeout=SECONDS, encoding="utf-8"
    )
    return ended.stdout


def converted(sources: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """Return the documents at `sources` as LibreOffice saves them, all in one run of it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", to, "--outdir", folder, *sources)
    return [folder / f"{source.stem}.{to}" for source in sources]


@pytest.fixture
def audits(framework_id: str) -> dict[str, Audit]:
    """An audit in every state, by the state."""
    return {state: audit_in_state(framework_id, state) for state in STATES}


@pytest.fixture
def documents(audits: dict[str, Audit], tmp_path: Path) -> list[Path]:
    """The same audits as Word documents, each named after its state."""
    for state, audit in audits.items():
        (tmp_path / f"{state}.docx").write_bytes(exported(audit))
    return [tmp_path / f"{state}.docx" for state in audits]


def came_back(audits: dict[str, Audit], saved: Sequence[Path]) -> None:
    found = {path.stem: differences(audits[path.stem], path.read_bytes()) for path in saved}
    assert found == {state: {} for state in audits}


def test_libreoffice_saves_what_comes_back_complete(
    audits: dict[str, Audit], documents: list[Path], tmp_path: Path
) -> None:
    came_back(audits, converted(documents, "docx", tmp_path / "saved"))


def test_libreoffice_saves_as_its_own_kind_and_back_what_comes_back_complete(
    audits: dict[str, Audit], documents: list[Path], tmp_path: Path
) -> None:
    own = converted(documents, "odt", tmp_path / "own")
    came_back(audits, converted(own, "docx", tmp_path / "back"))


def test_abiword_saves_what_comes_back_complete(
    audits: dict[str, Audit], documents: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "saved").mkdir()
    for path in documents:
        run("abiword", "--to=docx", f"--to-name={tmp_path / 'saved' / path.name}", path)
    came_back(audits, [tmp_path / "saved" / path.name for path in documents])


def test_python_docx_saves_what_comes_back_complete(framework_id: str) -> None:
    for state in STATES:
        audit, saved = audit_in_state(framework_id, state), BytesIO()
        docx.Document(BytesIO(exported(audit))).save(saved)
        assert differences(audit, saved.getvalue()) == {}, state


def test_pandoc_rewrites_a_document_and_no_answer_at_a_statement_and_no_word_is_lost(
    audits: dict[str, Audit], documents: list[Path], tmp_path: Path
) -> None:
    """It drops bookmarks, controls and properties: what remains is what somebody sees who retypes the form."""
    for path in documents:
        saved = tmp_path / f"pandoc-{path.name}"
        run("pandoc", path, "-o", saved)
        audit = audits[path.stem]
        result = read_back(audit, saved.read_bytes())
        held = {address: value for address, value in audit.state.answers() if address.startswith("statement/")}
        assert [address for address in held if not same_answer(result.answers.get(address), held[address])] == []
        assert result.doubts == ()
        found = [*result.answers.values(), *(text.text for text in result.unrecognised)]
        kept = json.dumps(found, ensure_ascii=False)
        assert [word for word in words_of(audit) if json.dumps(word, ensure_ascii=False)[1:-1] not in kept] == [], (
            path.stem
        )


def words_of(audit: Audit) -> set[str]:
    """Return the first line of everything that people wrote in `audit`."""
    texts: set[str] = set()
    for address, value in audit.state.answers():
        field = audit.state.addresses.field(address)
        if field is None or is_reference(address):
            continue
        if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
            texts.add(value.split("\n")[0].strip())
        elif field.kind is FieldKind.STATUS:
            texts.add(value["reason"].split("\n")[0].strip())
    return texts


def test_pandoc_reads_every_statement_every_rating_and_every_word_that_anybody_wrote(
    framework_id: str, tmp_path: Path
) -> None:
    audit, words = with_everything(framework_id)
    path = tmp_path / "everything.docx"
    path.write_bytes(exported(audit))
    text = run("pandoc", path, "--to", "plain", "--wrap", "none", "--columns", "100000")
    squeezed = " ".join(text.split())
    assert [word for word in words.values() if word not in squeezed] == []
    for section in audit.framework.sections:
        for statement in section.statements:
            assert re.search(rf"(?<![\d.]){re.escape(statement.reference)}\s", squeezed), statement.reference
    ratings = [field for field in audit.framework.fields.statement if field.kind is FieldKind.RATING]
    for field in ratings:
        assert audit.framework.scale(field.scale).levels[-1].label in squeezed


def test_a_pdf_by_libreoffice_has_every_page_and_every_word(framework_id: str, tmp_path: Path) -> None:
    audit, words = with_everything(framework_id)
    sources = {"everything": audit} | {state: audit_in_state(framework_id, state) for state in STATES}
    for name, source in sources.items():
        (tmp_path / f"{name}.docx").write_bytes(exported(source))
    for path in converted([tmp_path / f"{name}.docx" for name in sources], "pdf", tmp_path / "pdf"):
        *pages, after_the_last = run("pdftotext", "-layout", path, "-").split("\f")
        assert after_the_last == ""
        numbers = [tuple(map(int, PAGE_OF.findall(page)[-1])) for page in pages]
        assert numbers == [(number, len(pages)) for number in range(1, len(pages) + 1)], path.stem
        bare = [number for number, page in enumerate(pages, start=1) if len(PAGE_OF.sub("", page).split()) < 5]
        assert bare == [], path.stem
    everything = re.sub(r"\s", "", run("pdftotext", tmp_path / "pdf" / "everything.pdf", "-"))
    assert [word for word in words.values() if word not in everything] == []
