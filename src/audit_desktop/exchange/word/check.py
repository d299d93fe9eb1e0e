"""Reads a finished Word document back and counts what it holds, before anybody is told that it was exported."""

# lxml says nothing of its types.
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

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

_LINE_OR_TAB = re.compile("[\n\t]")
_TAG = re.compile("<[^>]*>|^[^<]*?/>")
_MARK_CELL = f'<w:pStyle w:val="{MARK_STYLE}"/>'
_MARK = f">{MARK}</w:t>"


@dataclass(frozen=True, slots=True)
class _Place:
    """The XML from one bookmark, that is from its attributes, to the next."""

    xml: str
    following: str = ""
    """The bookmark after it."""

    def text(self) -> str:
        """Return its text, one line for each paragraph."""
        xml = self.xml.replace("</w:p>", "\n").replace("<w:tab/>", "\t").replace("<w:br/>", "\n")
        text = _TAG.sub("", xml)
        return unescape(text) if "&" in text else text

    def marked(self, *, from_start: bool) -> list[bool]:
        """Return for each cell of a level whether it is marked; `from_start` says that the first holds the bookmark."""
        cells = self.xml.split(_MARK_CELL)
        return [_MARK in cell.partition("</w:p>")[0] for cell in (cells if from_start else cells[1:])]

    def holds(self, text: str) -> bool:
        """Return whether `text` stands here: its lines one after another, each as a whole run."""
        if "\n" not in text and "\t" not in text:
            return not text or f">{escape(text)}</w:t>" in self.xml or clean_text(text) in self.text()
        start = 0
        for line in _LINE_OR_TAB.split(text):
            if line:
                run = f">{escape(line)}</w:t>"
                found = self.xml.find(run, start)
                if found < 0:
                    # What is no paragraph of its own is looked for in the text without its markup.
                    return clean_text(text) in self.text()
                start = found + len(run)
        return True


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
    for piece in report.pieces():
        if isinstance(piece, StatementTable):
            for row in piece.rows:
                seen.add(row.statement_id)
                answers = row_answers(row)
                yield row.statement_id, _is_rated_alike(row, answers, anchors, places)
                yield from _answers(answers if row.rating is None else answers[1:], anchors, places)
            others = [] if piece.status is None else [piece.status.override]
        else:
            others = piece_answers(piece)
        yield from _answers(others, anchors, places)
    for statement_id in report.statement_ids:
        if statement_id not in seen:
            yield statement_id, False


def _is_rated_alike(row: StatementRow, answers: list[Answer], anchors: Anchors, places: dict[str, _Place]) -> bool:
    """Return whether the document shows the rating of `row` in its marks and in its lists to choose from."""
    place = places.get(anchors.statements[row.statement_id])
    if place is None:
        return False
    marked: list[bool] = []
    for cell in row.cells:
        if isinstance(cell, Mark):
            marked.append(cell.chosen)
            continue
        for part in cell:
            if isinstance(part, Choice):
                own = places.get(anchors.place(part.answer.address), _NOWHERE).xml
                prompts = own.count("<w:showingPlcHdr/>")
                if own.count("<w:dropDownList>") != 1 or prompts != (part.level is None):
                    return False
    if not marked:
        return True
    of_row = {anchors.place(answer.address) for answer in answers}
    xml = [place.xml]
    while place.following in of_row:
        place = places[place.following]
        xml.append(place.xml)
    return _Place("".join(xml)).marked(from_start=isinstance(row.cells[0], Mark)) == marked


def _answers(answers: Iterable[Answer], anchors: Anchors, places: dict[str, _Place]) -> Iterable[tuple[str, bool]]:
    """Yield for each text of `answers` whether it stands in the place of its answer."""
    for answer in answers:
        if answer.text or answer.versions:
            place = places.get(anchors.place(answer.address), _NOWHERE)
            for text in answer.texts():
                yield answer.address, place.holds(text)


def _read(data: bytes) -> dict[str, _Place]:
    """Return what stands after each bookmark of the document, whose XML is found to be well-formed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        content = archive.read("word/document.xml")
    try:
        etree.fromstring(content, etree.XMLParser(target=_Unread(), resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise AuditDesktopError(FaultCode.EXPORT_INCOMPLETE, "word/document.xml", missing=str(error)) from error
    places: dict[str, _Place] = {}
    following = ""
    for piece in reversed(content.decode("utf-8").split("<w:bookmarkStart ")[1:]):
        start = piece.find('w:name="') + len('w:name="')
        name = piece[start : piece.find('"', start)]
        places[name] = _Place(piece, following)
        following = name
    return places


class _Unread:
    """Takes what a parser finds in a document that need only be found well-formed."""

    def close(self) -> None:
        """End the document."""


_NOWHERE = _Place("")
