"""A document is read back before anybody is told that it was exported."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.report_builder import build_report
from audit_desktop.exchange.word.anchors import Anchors
from audit_desktop.exchange.word.check import check_document
from audit_desktop.exchange.word.package import zip_bytes
from tests.exchange.audits import BOTH, NORFOLK, NOW, RAG, answer, exported, shipped, with_everything

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit


def tampered(data: bytes, old: str, new: str) -> bytes:
    """Return the document `data` with the first `old` of its text replaced."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    text = entries["word/document.xml"].decode("utf-8")
    assert old in text
    entries["word/document.xml"] = text.replace(old, new, 1).encode("utf-8")
    return zip_bytes((name, [content]) for name, content in entries.items())


def fault_of(audit: Audit, data: bytes) -> AuditDesktopError:
    with pytest.raises(AuditDesktopError) as caught:
        check_document(data, build_report(audit, NOW), Anchors(audit.framework))
    assert caught.value.code is FaultCode.EXPORT_INCOMPLETE
    return caught.value


@pytest.mark.parametrize("framework_id", BOTH)
def test_a_whole_document_passes(framework_id: str) -> None:
    audit, _ = with_everything(framework_id)
    check_document(exported(audit), build_report(audit, NOW), Anchors(audit.framework))


def test_a_lost_answer_is_named() -> None:
    audit = shipped(RAG)
    answer(audit, "statement/2.3/visitor-comment", "Seen the minutes.")
    fault = fault_of(audit, tampered(exported(audit), "Seen the minutes.", "Seen"))
    assert fault.place == "statement/2.3/visitor-comment"
    assert fault.details["expected"] == fault.details["found"] + 1


def test_an_answer_under_another_statement_is_missed() -> None:
    audit = shipped(RAG)
    answer(audit, "statement/2.3/visitor-comment", "Seen the minutes.")
    moved = tampered(tampered(exported(audit), "Seen the minutes.", ""), "2. CASE MANAGEMENT", "Seen the minutes.")
    assert fault_of(audit, moved).place == "statement/2.3/visitor-comment"


def test_a_lost_mark_is_noticed() -> None:
    audit = shipped(RAG)
    answer(audit, "statement/1.1/rating", "developing")
    assert fault_of(audit, tampered(exported(audit), ">X<", "><")).place == "1.1"


def test_a_mark_in_another_column_is_noticed() -> None:
    audit, other = shipped(RAG), shipped(RAG)
    answer(audit, "statement/1.1/rating", "developing")
    answer(other, "statement/1.1/rating", "established")
    assert fault_of(audit, exported(other)).place == "1.1"


def test_a_grade_that_shows_another_level_is_noticed() -> None:
    audit = shipped(NORFOLK)
    answer(audit, "statement/1.1/rating", "embedding")
    # The first "Embedding" in a run of its own is the grade's.
    fault = fault_of(
        audit,
        tampered(
            exported(audit),
            '"preserve">Embedding</w:t></w:r></w:sdtContent>',
            '"preserve">S</w:t></w:r></w:sdtContent>',
        ),
    )
    assert fault.place == "statement/1.1/rating"


def test_a_lost_statement_is_noticed() -> None:
    audit = shipped(NORFOLK)
    assert fault_of(audit, tampered(exported(audit), 'w:name="_ad1_5_8b"', 'w:name="_elsewhere"')).place == "5.8b"


def test_a_document_that_is_no_longer_well_formed_is_noticed() -> None:
    audit = shipped(RAG)
    assert fault_of(audit, tampered(exported(audit), "</w:tbl>", "")).place == "word/document.xml"


def test_a_drop_down_that_shows_its_prompt_instead_of_the_grade_is_noticed() -> None:
    audit = shipped(NORFOLK)
    answer(audit, "statement/1.1/rating", "embedding")
    tag = '<w:tag w:val="ad1:1.1:rating"/>'
    fault = fault_of(audit, tampered(exported(audit), tag, f"{tag}<w:showingPlcHdr/>"))
    assert fault.place == "statement/1.1/rating"
