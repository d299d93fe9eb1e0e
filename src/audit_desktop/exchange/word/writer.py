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
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Cm
from lxml import etree

from audit_desktop.core.text import clean_text
from audit_desktop.exchange.report_model import (
    AnswerBoxes,
    DescriptorTable,
    Facts,
    Heading,
    ItemTable,
    Profile,
    StatementTable,
    StatusBox,
)
from audit_desktop.exchange.word import chart, comments, xml_text
from audit_desktop.exchange.word.contents import contents
from audit_desktop.exchange.word.drawing import DEEPEST_LINKED, Drawing
from audit_desktop.exchange.word.package import package_bytes
from audit_desktop.exchange.word.pieces import PieceDrawing
from audit_desktop.exchange.word.snapshot import add_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document as WordDocument
    from docx.opc.package import OpcPackage

    from audit_desktop.exchange.report_model import Orientation, Report
    from audit_desktop.exchange.report_model import Part as ReportPart
    from audit_desktop.exchange.word.anchors import Anchors

_TABLES = (Facts, Profile, StatementTable, StatusBox, AnswerBoxes, DescriptorTable, ItemTable)
_LONGEST_IN_HEADER = 120
_PACKED_TOGETHER = 20
"""Pieces of XML, rows as a rule, that are packed at once: few enough to lie in the processor's cache."""
_EMU_IN_TWIP = 635
_LANDSCAPE_MARGIN = Cm(1.7)
_NAMESPACES = f'xmlns:w="{xml_text.NAMESPACE}" xmlns:r="{xml_text.RELATIONS}"'


def word_document(report: Report, anchors: Anchors, template: Path) -> bytes:
    """Return `report` as the bytes of a Word file; the same report gives the same bytes."""
    document = Document(str(template))
    # First of all, while the template's one section is there: its header is the header of every section.
    _describe(document, report)
    drawing = Drawing(
        anchors,
        link=lambda link: document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
        add_chart=lambda profile: _add_part(
            document,
            "/word/charts/chart1.xml",
            chart.CONTENT_TYPE,
            chart.RELATION,
            chart.chart_xml(profile, report.language),
        ),
    )
    drawn = _draw(document, report, drawing)
    _number(document, drawing)
    if drawing.comments:
        xml = comments.comments_xml(drawing.comments)
        _add_part(document, "/word/comments.xml", comments.CONTENT_TYPE, comments.RELATION, xml)
    add_snapshot(document, report)
    return package_bytes(
        cast("OpcPackage", document.part.package), {document.part.partname: _with_body(document.part.blob, drawn)}
    )


def _add_part(document: WordDocument, name: str, content_type: str, relation: str, xml: str) -> str:
    """Add a part to the document and return the id of the relationship that leads to it."""
    package: Any = document.part.package
    part = Part(PackURI(name), content_type, xml.encode("utf-8"), package)
    return document.part.relate_to(part, relation)


def _with_body(blob: bytes, drawn: list[str]) -> Iterator[bytes]:
    """Yield the main part with what was drawn before its last section.

    The text goes in as it is, piece by piece. A tree of it would only be made to be written again, and costs as much
    as all the rest; whether it is well-formed is seen when the document is read back.
    """
    before, mark, after = blob.partition(b"<w:sectPr")
    yield before
    for start in range(0, len(drawn), _PACKED_TOGETHER):
        yield "".join(drawn[start : start + _PACKED_TOGETHER]).encode("utf-8")
    yield mark + after


def _draw(document: WordDocument, report: Report, drawing: Drawing) -> list[str]:
    body: Any = document.element.body
    first = body.sectPr
    pages = [_pages(document, first, part.orientation, is_first=not index) for index, part in enumerate(report.parts)]
    drawn = [xml_text.paragraph("Title", xml_text.run(report.title))]
    drawn.extend(
        xml_text.paragraph("Subtitle", xml_text.run(text)) for text in (report.subtitle, report.school) if text
    )
    drawn_contents = _contents(report, drawing)
    for index, (part, page) in enumerate(zip(report.parts, pages, strict=True)):
        _draw_part(part, page, drawing, drawn, drawn_contents if index == 0 else "")
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


def _contents(report: Report, drawing: Drawing) -> str:
    """Return the contents of what comes after the cover, or nothing where that is too little."""
    headings = [piece for piece in report.pieces() if isinstance(piece, Heading)]
    found = [(heading.level, heading.text, drawing.heading_address(heading)) for heading in headings]
    drawing.restart_headings()
    start = next((place for place, (level, _, _) in enumerate(found) if level == 1), len(found))
    listed = [entry for entry in found[start:] if entry[0] <= DEEPEST_LINKED]
    return contents(drawing, listed) if len(listed) > 1 else ""


def _draw_part(part: ReportPart, page: Section, drawing: Drawing, drawn: list[str], drawn_contents: str) -> None:
    width = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    pieces = PieceDrawing(drawing, width // _EMU_IN_TWIP, portrait=part.orientation == "portrait")
    after_table = False
    for piece in part.pieces:
        is_table = isinstance(piece, _TABLES)
        if isinstance(piece, Heading) and piece.level == 1:
            # The cover ends where the first chapter begins.
            drawn.append(drawn_contents)
            drawn_contents = ""
        if is_table and after_table:
            # Word would make one table of two that touch.
            drawn.append(xml_text.paragraph("SectionEnd", ""))
        drawn += pieces.draw(piece, after_table=after_table)
        after_table = is_table and not (isinstance(piece, Profile) and piece.has_chart)
    drawn.append(drawn_contents)


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
