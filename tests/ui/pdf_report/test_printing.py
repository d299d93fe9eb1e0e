"""The printed report."""

from __future__ import annotations

import re
import zlib

import pytest

from audit_desktop.exchange.exporters import ReadingOptions, export_audit
from audit_desktop.ui.pdf_report.finishing import Bookmark, finished
from audit_desktop.ui.pdf_report.printing import print_report
from tests.exchange.audits import BOTH, NOW, RAG, ROOT, TEMPLATE, answer, awkward_texts, shipped, with_everything

READING = ReadingOptions(ROOT / "resources" / "report", print_report)


def pdf_of(audit: object) -> bytes:
    return export_audit(audit, "pdf", template=TEMPLATE, now=NOW, reading=READING)  # type: ignore[arg-type]


def pages_of(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", data))


@pytest.mark.parametrize("framework_id", BOTH)
def test_a_report_is_printed_with_title_language_and_bookmarks(qapp: object, framework_id: str) -> None:
    del qapp
    data = pdf_of(with_everything(framework_id)[0])
    assert data.startswith(b"%PDF-1.6")
    assert data.rstrip().endswith(b"%%EOF")
    assert pages_of(data) > 5
    assert b"/Lang <feff" + "en-GB".encode("utf-16-be").hex().encode() in data
    assert b"/DisplayDocTitle true" in data
    assert "Summary".encode("utf-16-be").hex().encode() in data


def test_text_that_is_longer_than_a_page_goes_on_overleaf(qapp: object) -> None:
    del qapp
    short, long = shipped(RAG), shipped(RAG)
    answer(long, "section/1/evidence", awkward_texts()["long"])
    assert pages_of(pdf_of(long)) >= pages_of(pdf_of(short)) + 3


@pytest.mark.parametrize("name", awkward_texts())
def test_no_text_keeps_a_report_from_being_printed(qapp: object, name: str) -> None:
    del qapp
    audit = shipped(RAG)
    answer(audit, "section/1/evidence", awkward_texts()[name])
    answer(audit, "audit/school-name", awkward_texts()[name][:200] or "x")
    assert pages_of(pdf_of(audit)) > 5


def test_links_lead_to_the_web_and_to_e_mail_only(qapp: object) -> None:
    del qapp
    data = pdf_of(with_everything(BOTH[1])[0])
    targets = re.findall(rb"/URI \((.*?)\)", data)
    assert targets
    assert all(target.startswith((b"https://", b"mailto:")) for target in targets)


def test_the_same_audit_gives_the_same_pdf(qapp: object) -> None:
    del qapp
    assert pdf_of(shipped(RAG)) == pdf_of(shipped(RAG))
    assert pdf_of(shipped(RAG)).count(b"Date (D:20261122140200") == 2


def test_a_pdf_of_another_make_is_left_as_it_is() -> None:
    data = b"%PDF-1.7\nsomething else"
    assert finished(data, "en-GB", [Bookmark(1, "A", 0, 1.0)], NOW) == data


def test_what_is_drawn_is_text_and_no_picture(qapp: object) -> None:
    del qapp
    data = pdf_of(shipped(RAG))
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)
    drawn = b""
    for stream in streams:
        try:
            drawn += zlib.decompress(stream)
        except zlib.error:
            continue
    assert drawn.count(b" Tj") + drawn.count(b"Tj\n") + drawn.count(b"TJ") > 100
