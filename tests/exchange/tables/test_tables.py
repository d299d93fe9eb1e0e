"""Audits as tables: nothing is lost, and nothing that people wrote is run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.exchange.exporters import export_audit
from audit_desktop.exchange.tables.comma_separated import csv_bytes, harmless
from audit_desktop.exchange.tables.sheets import Cell, Column, Sheet, WorkbookProperties
from audit_desktop.exchange.tables.workbook import LONGEST_CELL, workbook_bytes
from tests.exchange.audits import BOTH, NOW, RAG, TEMPLATE, answer, disagree, shipped, with_everything

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit

FORMULAS = ('=HYPERLINK("https://x","y")', "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "＝1")
PROPERTIES = WorkbookProperties("Title & more", "Subject", "School", NOW)


def xlsx_of(audit: Audit) -> bytes:
    return export_audit(audit, "xlsx", template=TEMPLATE, now=NOW)


def values_of(data: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book.worksheets}


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("framework_id", BOTH)
def test_everything_that_was_answered_is_in_the_workbook(framework_id: str) -> None:
    audit, words = with_everything(framework_id)
    pages = values_of(xlsx_of(audit))
    text = "\n".join(str(value) for rows in pages.values() for row in rows for value in row)
    assert [word for word in words.values() if word not in text] == []
    assert list(pages) == [
        "Summary", "Statements", "Recommendations", "Action plan", "Visitor comments", "Sharing", "Attached files",
        "History",
    ]  # fmt: skip
    assert len(pages["Statements"]) == 1 + len(audit.state.addresses.statements)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text: str) -> None:
    audit = shipped(RAG)
    answer(audit, "section/1/evidence", text)
    answer(audit, "actions/a-1/what", f"{text} https://example.org")
    with ZipFile(io.BytesIO(xlsx_of(audit))) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert not any("<f>" in page or "hyperlink" in page for page in pages)
        assert not any(name.endswith((".bin", "externalLink1.xml")) for name in archive.namelist())


def test_what_is_too_long_for_a_cell_runs_on_in_the_next_row() -> None:
    long = "x" * (2 * LONGEST_CELL + 5)
    sheet = Sheet("S", (Column("Key"), Column("Text")), ((Cell("1.1"), Cell(long)), (Cell("1.2"), Cell("short"))))
    rows = values_of(workbook_bytes((sheet,), PROPERTIES))["S"]
    assert "".join(str(row[1]) for row in rows if row[0] == "1.1") == long
    assert rows[-1] == ["1.2", "short"]


def test_a_workbook_can_be_filtered_and_its_head_stays() -> None:
    page = openpyxl.load_workbook(io.BytesIO(xlsx_of(with_everything(RAG)[0])))["Statements"]
    assert page.auto_filter.ref
    assert page.freeze_panes == "B2"
    assert page.print_title_rows == "$1:$1"


def test_an_answer_that_is_not_settled_shows_every_side() -> None:
    audit = shipped(RAG)
    disagree(audit, "statement/1.1/visitor-comment", "One", "Another")
    pages = values_of(xlsx_of(audit))
    shown = next(str(row[3]) for row in pages["Visitor comments"] if row[0] == "1.1")
    assert "Person 1 (visitor): One" in shown
    assert "Person 2 (visitor): Another" in shown


def test_sheets_get_names_that_excel_takes_and_no_two_alike() -> None:
    sheets = [Sheet(name, (Column("A"),)) for name in ("a/b:c", "A b c", "x" * 40, "")]
    names = list(values_of(workbook_bytes(sheets, PROPERTIES)))
    assert len({name.casefold() for name in names}) == 4
    assert all(0 < len(name) <= 31 for name in names)


def test_the_same_audit_gives_the_same_workbook() -> None:
    assert xlsx_of(with_everything(RAG)[0]) == xlsx_of(with_everything(RAG)[0])


@pytest.mark.parametrize("text", FORMULAS)
def test_a_spreadsheet_takes_no_text_of_a_csv_file_for_a_formula(text: str) -> None:
    rows = rows_of(csv_bytes(Sheet("S", (Column("A"),), ((Cell(text),), (Cell(-5),)))))
    assert rows[1] == [f"'{text}"]
    assert rows[2] == ["-5"]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=5))
def test_text_comes_back_from_a_csv_file_as_it_was(texts: list[str]) -> None:
    sheet = Sheet("S", tuple(Column("A") for _ in texts), (tuple(Cell(text) for text in texts),))
    assert rows_of(csv_bytes(sheet))[1] == [harmless(text) for text in texts]


@pytest.mark.parametrize("framework_id", BOTH)
def test_every_answer_has_its_own_row_in_a_csv_file(framework_id: str) -> None:
    audit, _ = with_everything(framework_id)
    rows = rows_of(export_audit(audit, "csv", template=TEMPLATE, now=NOW))
    addresses = [row[0] for row in rows[1:]]
    assert sorted(addresses) == sorted(address for address, _ in audit.state.answers())


def test_each_side_of_what_is_not_settled_has_a_row_in_a_csv_file() -> None:
    audit = shipped(RAG)
    disagree(audit, "section/1/evidence", "One", "Another")
    rows = rows_of(export_audit(audit, "csv", template=TEMPLATE, now=NOW))
    assert {(row[7], row[9]) for row in rows[1:]} == {("One", "not settled"), ("Another", "not settled")}


def test_excel_is_told_that_a_csv_file_is_unicode() -> None:
    assert export_audit(shipped(RAG), "csv", template=TEMPLATE, now=NOW).startswith(b"\xef\xbb\xbf")
