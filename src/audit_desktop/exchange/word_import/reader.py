"""Reads a Word document out of untrusted bytes: everything is checked first, only text is read, nothing is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.word_import.body import BodyReader
from audit_desktop.exchange.word_import.document import NoteCode, Paragraph, Table, WordComment, WordDocument
from audit_desktop.exchange.word_import.marks import ShortNames, attribute
from audit_desktop.exchange.word_import.snapshot import read_snapshot
from audit_desktop.exchange.word_import.xml_parts import Package
from audit_desktop.exchange.word_import.zip_parts import ZipParts

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.marks import XmlElement


def read_word(data: bytes, place: str) -> WordDocument:
    """Return what the Word document in `data` says; `place` names the file in a fault.

    Raises `AuditDesktopError` and nothing else: `FILE_EMPTY`, `WORD_NOT_A_DOCUMENT`, `WORD_PROTECTED_OR_OLD`,
    `WORD_DAMAGED`, `WORD_TOO_LARGE` or `WORD_HAS_DOCTYPE`. Comments, properties and the hidden copy of the answers
    that cannot be read are left out, with a note; a document type in them is refused all the same.
    """
    package = Package(ZipParts(data, place), place)
    root = package.main()
    short = ShortNames()
    if short[root.tag] != "document":
        raise AuditDesktopError(FaultCode.WORD_NOT_A_DOCUMENT, place)
    reader = BodyReader(place)
    blocks: tuple[Paragraph | Table, ...] = ()
    # There is one, as a rule; what stands in another would be lost without anybody's noticing.
    for body in filter(lambda element: short[element.tag] == "body", root):
        blocks = reader.read(body)
    comments: tuple[WordComment, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    snapshot: dict[str, JsonValue] | None = None
    try:
        comments = tuple(comment for part in package.of_main("comments") for comment in _comments(part, reader))
        properties = tuple(pair for part in package.of_package("custom-properties") for pair in _properties(part))
        snapshot = next(filter(None, map(read_snapshot, package.of_main("customXml"))), None)
    except AuditDesktopError as fault:
        if fault.code is not FaultCode.WORD_DAMAGED:
            raise
        reader.notes.add(NoteCode.COMMENTS_DAMAGED)
    if package.has_macros():
        reader.notes.add(NoteCode.MACROS_IGNORED)
    if package.refers_to_files():
        reader.notes.add(NoteCode.EXTERNAL_FILES)
    return WordDocument(blocks, comments, properties, snapshot, tuple(sorted(reader.notes)))


def _comments(part: XmlElement, reader: BodyReader) -> list[WordComment]:
    short = ShortNames()
    return [
        WordComment(
            attribute(element, "id"), attribute(element, "author"), attribute(element, "date"), reader.text_of(element)
        )
        for element in part
        if short[element.tag] == "comment"
    ]


def _properties(part: XmlElement) -> list[tuple[str, str]]:
    return [
        (element.get("name", ""), "".join(element.itertext()).strip()) for element in part if element.get("name", "")
    ]
