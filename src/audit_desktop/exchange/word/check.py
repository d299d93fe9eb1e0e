"""Reads a finished Word document back and counts what it holds, before anybody is told that it was exported."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.text import clean_text
from audit_desktop.exchange.document_wording import MARK
from audit_desktop.exchange.report_model import Choice, Mark, Report, StatementTable, piece_answers, row_answers
from audit_desktop.exchange.word.statement_table import MARK_STYLE
from audit_desktop.exchange.word.xml_text import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.exchange.report_model import Answer, StatementRow
    from audit_desktop.exchange.word.anchors import Anchors

_BOOKMARK_NAME = re.compile(r'w:name="([^"]*)"/>')
_LINE_OR_TAB = re.compile("[\n\t]")
_TAG = re.compile("<[^>]*>")
_MARK_CELL = f'<w:pStyle w:val="{MARK_STYLE}"/>'
_MARK = f">{MARK}</w:t>"


@dataclass(frozen=True, slots=True)
class _Place:
    """The XML between one bookmark and the next."""

    xml: str

    def text(self) -> str:
        """Return its text, one line for each paragraph."""
        xml = self.xml.replace("</w:p>", "\n").replace("<w:tab/>", "\t").replace("<w:br/>", "\n")
        text = _TAG.sub("", xml)
        return unescape(text) if "&" in text else text

    def marked(self, *, from_start: bool) -> list[bool]:
        """Return for each cell of a level whether it is marked; `from_start` says that the first holds the bookmark."""
        cells = self.xml.split(_MARK_CELL)
        return [_MARK in cell.partition("</w:p>")[0] for cell in (cells if from_start else cells[1:])]


def check_document(data: bytes, report: Report, anchors: Anchors) -> None:
    """Read the Word document `data` and find every statement, rating and answer of `report` in it, each in its place.

    Raises `AuditDesktopError` with `EXPORT_INCOMPLETE` and the first address that is missing; its details are
    `missing`, that address, and `expected` and `found`, how many things the document should hold and does.
    """
    places = _read(data)
    expected = found = 0
    missing = ""
    for address, is_there in _findings(report, anchors, places):
        expected += 1
        if is_there:
            found += 1
        else:
            missing = missing or address
    if found != expected:
        raise AuditDesktopError(FaultCode.EXPORT_INCOMPLETE, missing, missing=missing, expected=expected, found=found)


def _findings(report: Report, anchors: Anchors, places: dict[str, _Place]) -> Iterable[tuple[str, bool]]:
    """Yield each thing the document should hold, by its address, and whether it does."""
    seen: set[str] = set()
    nowhere = _Place("")
    for piece in report.pieces():
        if isinstance(piece, StatementTable):
            for row in piece.rows:
                seen.add(row.statement_id)
                place = places.get(anchors.statements[row.statement_id])
                yield row.statement_id, place is not None and _ratings_agree(row, place)
                answers = row_answers(row)
                yield from _answers(answers if row.rating is None else answers[1:], place or nowhere)
            others = [] if piece.status is None else [piece.status.override]
        else:
            others = piece_answers(piece)
        for answer in others:
            if not answer.is_empty:
                yield from _answers([answer], places.get(anchors.place(answer.address), nowhere))
    for statement_id in report.statement_ids:
        if statement_id not in seen:
            yield statement_id, False


def _ratings_agree(row: StatementRow, place: _Place) -> bool:
    marked = [cell.chosen for cell in row.cells if isinstance(cell, Mark)]
    from_start = isinstance(row.cells[0], Mark)
    choices = [part for cell in row.cells if not isinstance(cell, Mark) for part in cell if isinstance(part, Choice)]
    prompts = sum(choice.level is None for choice in choices)
    lists = place.xml.count("<w:dropDownList>")
    return (place.marked(from_start=from_start), lists, place.xml.count("<w:showingPlcHdr/>")) == (
        marked,
        len(choices),
        prompts,
    )


def _answers(answers: Iterable[Answer], place: _Place) -> Iterable[tuple[str, bool]]:
    """Yield for each text whether it stands in `place`, after those before it."""
    xml, start = place.xml, 0
    for answer in answers:
        for text in answer.texts():
            at = _end_of(text, xml, start)
            start = max(at, start)
            # What is no paragraph of its own is looked for in the text without its markup.
            yield answer.address, at >= 0 or clean_text(text) in place.text()


def _end_of(text: str, xml: str, start: int) -> int:
    """Return where `text` ends whose lines follow one another in `xml`, each as a whole run, or -1."""
    for line in _LINE_OR_TAB.split(text):
        if line:
            run = f">{escape(line)}</w:t>"
            found = xml.find(run, start)
            if found < 0:
                return -1
            start = found + len(run)
    return start


def _read(data: bytes) -> dict[str, _Place]:
    """Return what stands after each bookmark of the document, whose XML is found to be well-formed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        content = archive.read("word/document.xml")
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError as error:
        raise AuditDesktopError(FaultCode.EXPORT_INCOMPLETE, "word/document.xml", missing=str(error)) from error
    places: dict[str, _Place] = {}
    for piece in content.decode("utf-8").split("<w:bookmarkStart ")[1:]:
        found = _BOOKMARK_NAME.search(piece)
        if found is not None:
            places[found.group(1)] = _Place(piece[found.end() :])
    return places
