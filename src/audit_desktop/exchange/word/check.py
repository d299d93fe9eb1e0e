"""Reads a finished Word document back and counts what it holds, before anybody is told that it was exported."""

# lxml says nothing of its types.
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from __future__ import annotations

import re
import zipfile
from codecs import getincrementaldecoder
from functools import cached_property
from html import unescape
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.text import clean_text
from audit_desktop.exchange.document_wording import MARK
from audit_desktop.exchange.report_model import (
    Choice,
    Mark,
    Report,
    StatementTable,
    Words,
    piece_answers,
    row_answers,
)
from audit_desktop.exchange.word.statement_table import MARK_STYLE
from audit_desktop.exchange.word.xml_text import escape

if TYPE_CHECKING:
    from audit_desktop.exchange.report_model import Answer, StatementRow
    from audit_desktop.exchange.word.anchors import Anchors

_LINE_OR_TAB = re.compile("[\n\t]")
_TAG = re.compile("<[^>]*>|^[^<]*?/>")
_PIECE = 256 * 1024
_BOOKMARK = "<w:bookmarkStart "
_NAME = 'w:name="'
_MARK_CELL = f'<w:pStyle w:val="{MARK_STYLE}"/>'
_MARK = f">{MARK}</w:t>"


def check_document(data: bytes, report: Report, anchors: Anchors) -> None:
    """Read the Word document `data` and find every statement, rating and answer of `report` in it, each in its place.

    Raises `AuditDesktopError` with `EXPORT_INCOMPLETE` and the first address that is missing; its details are
    `missing`, that address, and `expected` and `found`, how many things the document should hold and does.
    """
    check = _Check(_read(data), anchors)
    seen: set[str] = set()
    for piece in report.pieces():
        if isinstance(piece, StatementTable):
            for row in piece.rows:
                seen.add(row.statement_id)
                check.row(row)
            if piece.status is not None:
                check.answer(piece.status.override)
        else:
            for answer in piece_answers(piece):
                check.answer(answer)
    for statement_id in report.statement_ids:
        if statement_id not in seen:
            check.note(statement_id, is_there=False)
    if check.missing:
        raise AuditDesktopError(
            FaultCode.EXPORT_INCOMPLETE,
            check.missing[0],
            missing=check.missing[0],
            expected=check.expected,
            found=check.expected - len(check.missing),
        )


class _Check:
    """Looks for things in a document and counts them."""

    def __init__(self, content: str, anchors: Anchors) -> None:
        self._anchors = anchors
        # What stands after each bookmark, from its attributes to the next one, by its name; of two with one name the
        # first counts, as in Word.
        self._places: dict[str, str] = {}
        self._names: list[str] = []
        for place in content.split(_BOOKMARK)[1:]:
            start = place.find(_NAME) + len(_NAME)
            name = place[start : place.find('"', start)]
            self._places.setdefault(name, place)
            self._names.append(name)
        self.expected = 0
        self.missing: list[str] = []
        """The addresses of what was not found."""

    @cached_property
    def _following(self) -> dict[str, str]:
        """The name of the bookmark after each; only rows with marks are read across their bookmarks."""
        return dict(reversed(list(pairwise(self._names))))

    def note(self, address: str, *, is_there: bool) -> None:
        """Count a thing that the document should hold."""
        self.expected += 1
        if not is_there:
            self.missing.append(address)

    def row(self, row: StatementRow) -> None:
        """Look for a statement, its rating and its answers."""
        name = self._anchors.statements[row.statement_id]
        marks = [cell.chosen for cell in row.cells if isinstance(cell, Mark)]
        is_there = name in self._places and (not marks or self._marks(row, name) == marks)
        self.note(row.statement_id, is_there=is_there)
        for cell in row.cells:
            if not isinstance(cell, Mark):
                for part in cell:
                    if not isinstance(part, Words):
                        if isinstance(part, Choice):
                            self._choice(part)
                        self.answer(part.answer)
        for group in row.below:
            for below in group:
                self.answer(below.answer)

    def answer(self, answer: Answer) -> None:
        """Look for each text of `answer` in its place."""
        if answer.text or answer.versions:
            place = self._places.get(self._anchors.place(answer.address), "")
            for text in answer.texts():
                self.expected += 1
                if not _holds(place, text):
                    self.missing.append(answer.address)

    def _choice(self, choice: Choice) -> None:
        """Look for a list to choose from, which shows its prompt only where no level is chosen."""
        address = choice.answer.address
        place = self._places.get(self._anchors.place(address), "")
        is_open = "<w:showingPlcHdr/>" in place
        self.note(address, is_there=place.count("<w:dropDownList>") == 1 and is_open == (choice.level is None))

    def _marks(self, row: StatementRow, name: str) -> list[bool]:
        """Return for each cell of a level, in the row whose bookmark is `name`, whether it is marked."""
        of_row = {self._anchors.place(answer.address) for answer in row_answers(row)}
        xml = [self._places[name]]
        while (name := self._following.get(name, "")) in of_row:
            xml.append(self._places[name])
        # What stands before the first cell of a level counts only where that cell holds the bookmark.
        cells = "".join(xml).split(_MARK_CELL)[0 if isinstance(row.cells[0], Mark) else 1 :]
        return [_MARK in cell.partition("</w:p>")[0] for cell in cells]


def _holds(place: str, text: str) -> bool:
    """Return whether `text` stands in the XML `place`: its lines one after another, each as a whole run."""
    lines = _LINE_OR_TAB.split(text) if "\t" in text else text.split("\n")
    start = 0
    for line in lines:
        if line:
            run = f">{escape(line)}</w:t>"
            found = place.find(run, start)
            if found < 0:
                # What is no paragraph of its own is looked for in the text without its markup.
                return clean_text(text) in _text_of(place)
            start = found + len(run)
    return True


def _text_of(place: str) -> str:
    """Return the text of the XML `place`, one line for each paragraph."""
    xml = place.replace("</w:p>", "\n").replace("<w:tab/>", "\t").replace("<w:br/>", "\n")
    text = _TAG.sub("", xml)
    return unescape(text) if "&" in text else text


def _read(data: bytes) -> str:
    """Return the body of the document as XML that was found to be well-formed."""
    parser = etree.XMLParser(target=_Unread(), resolve_entities=False, no_network=True)
    decoder = getincrementaldecoder("utf-8")()
    pieces: list[str] = []
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("word/document.xml") as part:
            # Piece by piece, each parsed while it still lies in the processor's cache.
            while piece := part.read(_PIECE):
                parser.feed(piece)
                pieces.append(decoder.decode(piece))
        parser.close()
    except etree.XMLSyntaxError as error:
        raise AuditDesktopError(FaultCode.EXPORT_INCOMPLETE, "word/document.xml", missing=str(error)) from error
    return "".join(pieces)


class _Unread:
    """Takes what a parser finds in a document that need only be found well-formed."""

    def close(self) -> None:
        """End the document."""
