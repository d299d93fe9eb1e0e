"""Draws a report as a Word document on our template."""

# lxml says nothing of its types, and python-docx has no public way to the properties of a section.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportAttributeAccessIssue=false, reportUnknownArgumentType=false, reportPrivateUsage=false

from __future__ import annotations

from copy import deepcopy
from datetime import UTC
from textwrap import shorten
from typing import TYPE_CHECKING, Any, cast

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Cm
from lxml import etree

from audit_desktop.core.text import clean_text
from audit_desktop.exchange.report_model import (
    AnswerBoxes,
    DescriptorTable,
    Facts,
    ItemTable,
    Profile,
    StatementTable,
    StatusBox,
)
from audit_desktop.exchange.word import xml_text
from audit_desktop.exchange.word.drawing import Drawing
from audit_desktop.exchange.word.package import package_bytes
from audit_desktop.exchange.word.pieces import PieceDrawing
from audit_desktop.exchange.word.snapshot import add_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument
    from docx.opc.package import OpcPackage

    from audit_desktop.exchange.report_model import Orientation, Part, Report
    from audit_desktop.exchange.word.anchors import Anchors

_TABLES = (Facts, Profile, StatementTable, StatusBox, AnswerBoxes, DescriptorTable, ItemTable)
_LONGEST_IN_HEADER = 120
_EMU_IN_TWIP = 635
_LANDSCAPE_MARGIN = Cm(1.7)
_NAMESPACES = f'xmlns:w="{xml_text.NAMESPACE}" xmlns:r="{xml_text.RELATIONS}"'


def word_document(report: Report, anchors: Anchors, template: Path) -> bytes:
    """Return `report` as the bytes of a Word file; the same report gives the same bytes."""
    document = Document(str(template))
    # First of all, while the template's one section is there: its header is the header of every section.
    _describe(document, report)
    drawing = Drawing(
        anchors, lambda link: document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )
    drawn = _draw(document, report, drawing)
    _number(document, drawing)
    add_snapshot(document, report)
    return package_bytes(
        cast("OpcPackage", document.part.package), {document.part.partname: _with_body(document.part.blob, drawn)}
    )


def _with_body(blob: bytes, drawn: list[str]) -> bytes:
    """Return the main part with what was drawn before its last section.

    The text goes in as it is. A tree of it would only be made to be written again, and costs as much as all the rest;
    whether it is well-formed is seen when the document is read back.
    """
    before, mark, after = blob.partition(b"<w:sectPr")
    return b"".join((before, "".join(drawn).encode("utf-8"), mark, after))


def _draw(document: WordDocument, report: Report, drawing: Drawing) -> list[str]:
    body: Any = document.element.body
    first = body.sectPr
    pages = [_pages(document, first, part.orientation, is_first=not index) for index, part in enumerate(report.parts)]
    drawn = [xml_text.paragraph("Title", xml_text.run(report.title))]
    drawn.extend(
        xml_text.paragraph("Subtitle", xml_text.run(text)) for text in (report.subtitle, report.school) if text
    )
    for index, (part, page) in enumerate(zip(report.parts, pages, strict=True)):
        _draw_part(part, page, drawing, drawn)
        if index < len(pages) - 1:
            mark = etree.tostring(page._sectPr, encoding="unicode")
            drawn.append(f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{mark}</w:pPr></w:p>')
    body.replace(first, pages[-1]._sectPr)
    return drawn


def _pages(document: WordDocument, template: Any, orientation: Orientation, *, is_first: bool) -> Section:
    section = Section(deepcopy(template), document.part)
    if orientation == "landscape":
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = _LANDSCAPE_MARGIN
    if not is_first:
        # What is left out is as in the section before.
        for child in list(section._sectPr):
            if child.tag.endswith(("}headerReference", "}footerReference", "}titlePg")):
                section._sectPr.remove(child)
    return section


def _draw_part(part: Part, page: Section, drawing: Drawing, drawn: list[str]) -> None:
    width = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    pieces = PieceDrawing(drawing, width // _EMU_IN_TWIP, portrait=part.orientation == "portrait")
    after_table = False
    for piece in part.pieces:
        is_table = isinstance(piece, _TABLES)
        if is_table and after_table:
            # Word would make one table of two that touch.
            drawn.append(xml_text.paragraph("SectionEnd", ""))
        drawn.append(pieces.draw(piece, after_table=after_table))
        after_table = is_table


def _number(document: WordDocument, drawing: Drawing) -> None:
    if drawing.numberings:
        numbering: Any = document.part.numbering_part.element
        made: Any = parse_xml(f"<w:numbering {_NAMESPACES}>{''.join(drawing.numberings)}</w:numbering>")
        numbering.extend(list(made))


def _describe(document: WordDocument, report: Report) -> None:
    moment = report.exported_at.astimezone(UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = clean_text(f"{report.title}: {report.school}" if report.school else report.title)[:255]
    properties.subject = clean_text(report.title)[:255]
    properties.author = clean_text(report.school)[:255]
    properties.language = report.language
    properties.created = properties.modified = moment
    properties.revision = 1
    header = document.sections[0].header.paragraphs[0]
    header.add_run(
        " \u00b7 ".join(
            shorten(clean_text(text), _LONGEST_IN_HEADER, placeholder="…")
            for text in (report.title, report.school)
            if text
        )
    )
    language = document.styles.element.find(".//{*}docDefaults//{*}lang")
    if language is not None:
        language.set(f"{{{xml_text.NAMESPACE}}}val", report.language)
    theme_language = document.settings.element.find("{*}themeFontLang")
    if theme_language is not None:
        theme_language.set(f"{{{xml_text.NAMESPACE}}}val", report.language)
