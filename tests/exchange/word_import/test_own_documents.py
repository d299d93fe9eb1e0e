"""Our own documents come back exactly, also after other programs have written them again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_desktop.core.edits import Role
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.framework import FieldKind
from audit_desktop.core.text import clean_text
from audit_desktop.exchange.word_import.answers_from_word import answers_from_word, framework_of
from audit_desktop.exchange.word_import.import_plan import plan_import, same_answer
from audit_desktop.exchange.word_import.reader import read_word
from tests.builders import framework_document, make_audit
from tests.exchange import audits
from tests.exchange.word_import.documents import zip_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.import_result import ImportResult

SOFFICE = shutil.which("soffice")


def imported(data: bytes, audit: Audit) -> ImportResult:
    return answers_from_word(read_word(data, "form.docx"), audit.framework)


def given_answers(result: ImportResult) -> dict[str, JsonValue]:
    return {address: value for address, value in result.answers.items() if value is not None}


def with_awkward_texts(framework_id: str) -> Audit:
    audit = audits.shipped(framework_id)
    texts = [text[:5_000] for text in audits.awkward_texts().values()]
    for number, (address, field) in enumerate(audits.every_address(audit)):
        if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
            audits.answer(audit, address, texts[number % len(texts)])
    return audit


def differences(result: ImportResult, audit: Audit) -> dict[str, tuple[JsonValue, JsonValue]]:
    """Return where document and audit differ: by address what each says."""
    said, held = given_answers(result), dict(audit.state.answers())
    return {
        address: (said.get(address), held.get(address))
        for address in said.keys() | held.keys()
        if not same_answer(said.get(address), held.get(address))
    }


@pytest.mark.parametrize("framework_id", audits.BOTH)
def test_every_answer_there_can_be_comes_back_exactly(framework_id: str):
    audit, _ = audits.with_everything(framework_id)
    result = imported(audits.exported(audit), audit)
    assert given_answers(result) == dict(audit.state.answers())
    assert (result.unrecognised, result.doubts) == ((), ())


def test_an_answer_in_the_cell_of_its_statement_comes_back_without_the_forms_words():
    # The column shows number, text and numbers of a statement, and the evidence below them.
    answers: dict[str, JsonValue] = {
        "audit/school-name": "Hill Primary School",
        "statement/1.1/evidence": "Registers\nStatement 1.1 holds.",
        "statement/1.3/evidence": "Letters",
        "statement/2.2/number-1": {"number": 12, "period": "Autumn term"},
    }
    audit = make_audit(answers, framework=framework_document())
    result = imported(audits.exported(audit), audit)
    assert given_answers(result) == answers
    assert (result.unrecognised, result.doubts) == ((), ())


@pytest.mark.parametrize("framework_id", audits.BOTH)
def test_an_empty_document_says_nothing(framework_id: str):
    audit = audits.shipped(framework_id)
    result = imported(audits.exported(audit), audit)
    assert given_answers(result) == {}
    assert (result.unrecognised, result.doubts) == ((), ())


@pytest.mark.parametrize("framework_id", audits.BOTH)
def test_awkward_texts_come_back(framework_id: str):
    audit = with_awkward_texts(framework_id)
    result = imported(audits.exported(audit), audit)
    assert differences(result, audit) == {}
    assert (result.unrecognised, result.doubts) == ((), ())


@pytest.mark.parametrize("framework_id", audits.BOTH)
def test_the_exported_answers_travel_along_as_the_base(framework_id: str):
    audit, _ = audits.with_everything(framework_id)
    assert imported(audits.exported(audit), audit).base == dict(audit.state.answers())


def test_a_document_names_its_framework():
    audit = audits.shipped(audits.RAG)
    document = read_word(audits.exported(audit), "form.docx")
    assert imported(audits.exported(audit), audit).framework == "attendance-standards-rag@1.0.0"
    installed = [audits.shipped(audits.NORFOLK).framework, audit.framework]
    assert framework_of(document, installed, "form.docx") is audit.framework


def test_a_document_of_a_framework_that_is_not_installed_is_refused_by_its_name():
    document = read_word(audits.exported(audits.shipped(audits.RAG)), "form.docx")
    with pytest.raises(AuditDesktopError) as caught:
        framework_of(document, [audits.shipped(audits.NORFOLK).framework], "form.docx")
    assert caught.value.details == {"found": "attendance-standards-rag@1.0.0"}


def test_a_document_of_another_framework_does_not_enter_an_audit():
    document = read_word(audits.exported(audits.shipped(audits.RAG)), "form.docx")
    with pytest.raises(AuditDesktopError) as caught:
        answers_from_word(document, audits.shipped(audits.NORFOLK).framework)
    assert caught.value.code is FaultCode.WORD_OTHER_FRAMEWORK


@pytest.mark.parametrize("framework_id", audits.BOTH)
def test_an_untouched_document_changes_nothing(framework_id: str):
    audit, _ = audits.with_everything(framework_id)
    plan = plan_import(audit.state, imported(audits.exported(audit), audit), Role.SCHOOL)
    assert (plan.answers, plan.to_apply(), plan.missing_statements) == ((), {}, ())


@pytest.mark.parametrize("framework_id", audits.BOTH)
def test_answers_in_conflict_stay_in_conflict(framework_id: str):
    audit = audits.shipped(framework_id)
    levels = [level.id for level in audit.framework.scales[0].levels]
    audits.disagree(audit, "statement/1.1/rating", *levels[:2])
    audits.disagree(audit, "statement/1.2/visitor-comment", "one\ntwo", "three")
    audits.disagree(audit, "audit/headteacher", "A. Ward", "B. Ward")
    result = imported(audits.exported(audit), audit)
    assert given_answers(result) == {}
    assert (result.unrecognised, result.doubts) == ((), ())
    assert plan_import(audit.state, result, Role.SCHOOL).answers == ()


def edited(data: bytes, old: str, new: str) -> bytes:
    """Return a document in which the text `old` was typed over."""
    from audit_desktop.exchange.word_import.zip_parts import ZipParts

    parts = ZipParts(data, "form.docx")
    main = parts.read("word/document.xml").decode("utf-8")
    assert old in main
    everything: dict[str, str | bytes] = {name: parts.read(name) for name in parts.names()}
    return zip_of({**everything, "word/document.xml": main.replace(old, new, 1)})


def test_what_was_typed_in_word_is_all_that_changes():
    audit, words = audits.with_everything(audits.NORFOLK)
    word = words["statement/2.2/evidence"]
    result = imported(edited(audits.exported(audit), word, "Typed in Word"), audit)
    assert differences(result, audit) == {"statement/2.2/evidence": ("Typed in Word", word)}


def test_an_answer_deleted_in_word_is_an_empty_answer():
    audit, words = audits.with_everything(audits.NORFOLK)
    result = imported(edited(audits.exported(audit), words["statement/2.2/evidence"], ""), audit)
    assert result.answers["statement/2.2/evidence"] is None


def test_a_row_added_to_the_sharing_record_is_a_new_item_whenever_it_is_read():
    audit = audits.shipped(audits.RAG)
    audits.answer(audit, "sharing/item-1/with", "trust")
    audits.answer(audit, "sharing/item-1/on", "2026-09-03")
    data = audits.exported(audit)
    from audit_desktop.exchange.word_import.zip_parts import ZipParts

    main = ZipParts(data, "x").read("word/document.xml").decode("utf-8")
    (row,) = re.findall(r"<w:tr>(?:(?!<w:tr>).)*?>Trust<(?:(?!<w:tr>).)*?</w:tr>", main)
    added = re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", row).replace("Trust", "Governing board")
    copy = edited(data, row, row + added)
    new = {
        address: value
        for address, value in given_answers(imported(copy, audit)).items()
        if address.startswith("sharing/word-")
    }
    assert sorted(new.values()) == ["2026-09-03", "governing-board"]
    assert new.items() <= imported(copy, audit).answers.items()


@pytest.mark.parametrize("framework_id", audits.BOTH)
@pytest.mark.parametrize("word", ["No", "EV", "the"])
def test_the_shortest_answers_below_a_statement_are_not_taken_for_the_forms_own_text(framework_id: str, word: str):
    audit = audits.shipped(framework_id)
    for field in ("visitor-comment", "visitor-rating-reason"):
        audits.answer(audit, f"statement/1.4/{field}", word)
    assert differences(imported(audits.exported(audit), audit), audit) == {}


def test_without_the_hidden_copy_everything_still_comes_back():
    audit, _ = audits.with_everything(audits.RAG)
    from audit_desktop.exchange.word_import.zip_parts import ZipParts

    parts = ZipParts(audits.exported(audit), "x")
    kept: Mapping[str, str | bytes] = {
        name: parts.read(name) for name in parts.names() if not name.startswith(("customxml", "docprops/custom"))
    }
    result = answers_from_word(read_word(zip_of(kept), "form.docx"), audit.framework, known=dict(audit.state.answers()))
    assert result.base is None
    assert given_answers(result) == dict(audit.state.answers())


@given(data=st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_people_write_comes_back(data: st.DataObject):
    audit = audits.shipped(data.draw(st.sampled_from(audits.BOTH)))
    fields = [
        (address, field)
        for address, field in audits.every_address(audit)
        if field.kind in (FieldKind.LONG_TEXT, FieldKind.TEXT, FieldKind.NUMBER) and field.id != "not-applicable"
    ]
    for address, field in data.draw(st.lists(st.sampled_from(fields), max_size=8, unique_by=lambda pair: pair[0])):
        if field.kind is FieldKind.NUMBER:
            value: JsonValue = {"number": data.draw(st.integers(-999_999, 999_999))}
        else:
            # A form's own labels, and signs that stand for other people's answers, are no answers.
            value = data.draw(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
        if not isinstance(value, str) or re.search(r"[\w]", clean_text(value)):
            audits.answer(audit, address, value)
    result = imported(audits.exported(audit), audit)
    assert differences(result, audit) == {}
    assert result.doubts == ()


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """Return full documents of both frameworks as LibreOffice writes them, straight and by way of OpenDocument."""
    if SOFFICE is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing: install libreoffice-writer")
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("resaved")
    for framework_id in audits.BOTH:
        (folder / f"{framework_id}.docx").write_bytes(audits.exported(audits.with_everything(framework_id)[0]))
    _convert(folder, "docx", folder / "straight", sorted(folder.glob("*.docx")))
    _convert(folder, "odt", folder / "odt", sorted(folder.glob("*.docx")))
    _convert(folder, "docx", folder / "by-odt", sorted((folder / "odt").glob("*.odt")))
    return {
        way: {framework_id: (folder / way / f"{framework_id}.docx").read_bytes() for framework_id in audits.BOTH}
        for way in ("straight", "by-odt")
    }


def _convert(home: Path, to: str, out: Path, files: list[Path]) -> None:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    subprocess.run(
        [SOFFICE, profile, "--headless", "--convert-to", to, "--outdir", str(out), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=180,
    )


@pytest.mark.parametrize("way", ["straight", "by-odt"])
@pytest.mark.parametrize("framework_id", audits.BOTH)
def test_a_document_saved_by_libreoffice_comes_back_without_a_difference(
    framework_id: str, way: str, resaved: dict[str, dict[str, bytes]]
):
    audit, _ = audits.with_everything(framework_id)
    result = imported(resaved[way][framework_id], audit)
    assert differences(result, audit) == {}
    assert (result.unrecognised, result.doubts) == ((), ())


@pytest.mark.parametrize("keeps_the_mark_of_a_prompt", [True, False])
def test_the_grade_of_a_statement_that_does_not_apply_says_so_and_comes_back_as_none(
    keeps_the_mark_of_a_prompt: bool,
):
    audit = audits.shipped(audits.NORFOLK)
    audits.answer(audit, "statement/2.1/not-applicable", "We have no sixth form.")
    parts = parts_of(audits.exported(audit))
    main = parts["word/document.xml"].decode()
    assert len(re.findall(r"<w:sdtContent>(?:(?!</w:sdt>).)*>Not applicable<", main)) == 1
    if not keeps_the_mark_of_a_prompt:
        parts["word/document.xml"] = main.replace("<w:showingPlcHdr/>", "").encode()
    result = imported(zip_of(parts), audit)
    assert given_answers(result) == dict(audit.state.answers())
    assert (result.unrecognised, result.doubts) == ((), ())


def test_a_grade_that_somebody_typed_as_not_applicable_without_a_reason_is_asked_about():
    audit = audits.shipped(audits.NORFOLK)
    audits.answer(audit, "statement/2.1/rating", "embedding")
    parts = parts_of(audits.exported(audit))
    main = parts["word/document.xml"].decode()
    changed = re.sub(r"(<w:sdtContent>(?:(?!</w:sdt>).)*>)Embedding<", r"\1Not applicable<", main)
    parts["word/document.xml"] = changed.encode()
    result = imported(zip_of(parts), audit)
    assert [(doubt.address, doubt.text) for doubt in result.doubts] == [("statement/2.1/rating", "Not applicable")]


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a document, by their names."""
    from audit_desktop.exchange.word_import.zip_parts import ZipParts

    parts = ZipParts(data, "form.docx")
    return {name: parts.read(name) for name in parts.names()}
