"""The self-test believes no document: one that lacks something is found out, of whatever kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit_desktop.commands.read_back import read_back
from audit_desktop.exchange.exporters import ExportKind, ReadingOptions, export_audit
from tests.exchange import audits

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NOW = datetime(2026, 9, 1, tzinfo=UTC)
SCHOOL = "Hill Primary School"


def document(kind: ExportKind) -> tuple[bytes, audits.Audit]:
    audit = audits.shipped("attendance-standards-rag")
    audits.answer(audit, "audit/school-name", SCHOOL)
    audits.answer(audit, "statement/1.1/rating", "established")
    reading = ReadingOptions(RESOURCES / "report")
    return export_audit(audit, kind, template=RESOURCES / "word" / "template.docx", now=NOW, reading=reading), audit


@pytest.mark.parametrize("kind", ["word", "html", "xlsx", "csv", "json"])
def test_a_whole_document_is_believed(kind: ExportKind) -> None:
    data, audit = document(kind)
    read_back(data, kind, audit, SCHOOL)


@pytest.mark.parametrize("kind", ["html", "xlsx", "csv"])
def test_a_document_of_another_school_is_not(kind: ExportKind) -> None:
    data, audit = document(kind)
    with pytest.raises(ValueError, match="Lake Primary School"):
        read_back(data, kind, audit, "Lake Primary School")


@pytest.mark.parametrize("kind", ["word", "json"])
def test_a_document_that_lacks_an_answer_is_not(kind: ExportKind) -> None:
    data, audit = document(kind)
    audits.answer(audit, "statement/1.2/rating", "developing")
    with pytest.raises(ValueError, match=r"1\.2/rating|other answers"):
        read_back(data, kind, audit, SCHOOL)


def test_half_a_pdf_is_not() -> None:
    _, audit = document("json")
    with pytest.raises(ValueError, match="PDF"):
        read_back(b"%PDF-1.6\nhalf of it", "pdf", audit, SCHOOL)


def test_json_of_something_else_is_not() -> None:
    _, audit = document("json")
    with pytest.raises(ValueError, match="answers"):
        read_back(json.dumps({"answers": {}}).encode(), "json", audit, SCHOOL)
