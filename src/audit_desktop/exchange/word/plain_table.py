"""Writes one table without a report around it as a Word document, in the look of the others."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING, Any, cast

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.parser import parse_xml
from docx.shared import Cm

from audit_desktop.core.text import clean_text
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.word import xml_text
from audit_desktop.exchange.word.colours import ACCENT
from audit_desktop.exchange.word.drawing import BOLD, level_look
from audit_desktop.exchange.word.package import package_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from docx.opc.package import OpcPackage

    from audit_desktop.exchange.tables.sheets import Cell, Sheet, WorkbookProperties

_EMU_IN_TWIP = 635
_MARGIN = Cm(1.5)
_NARROWEST, _WIDEST = 12, 24
_WHITE = '<w:color w:val="FFFFFF"/>'
_SMALL = '<w:sz w:val="14"/><w:szCs w:val="14"/>'
_NAMESPACES = f'xmlns:w="{xml_text.NAMESPACE}" xmlns:r="{xml_text.RELATIONS}"'


def table_document(sheet: Sheet, summary: str, properties: WorkbookProperties, template: Path, language: str) -> bytes:
    """Return `sheet` as the bytes of a Word file on wide pages, its head repeated, with `summary` before it."""
    document = Document(str(template))
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = _MARGIN
    width = ((page.page_width or 0) - 2 * _MARGIN) // _EMU_IN_TWIP
    body = cast("Any", document.element).body
    body.clear_content()
    drawn = [
        xml_text.paragraph("Title", xml_text.run(properties.title)),
        xml_text.paragraph("Subtitle", xml_text.run(summary)),
        _table(sheet, width),
        xml_text.paragraph("SectionEnd", ""),
    ]
    content = parse_xml(f"<w:body {_NAMESPACES}>{''.join(drawn)}</w:body>")
    body[:0] = list(content)
    core = document.core_properties
    core.title, core.subject, core.author = properties.title, properties.subject, properties.author
    core.language = language
    core.created = core.modified = properties.created.astimezone(UTC).replace(tzinfo=None)
    core.revision = 1
    document.sections[0].header.paragraphs[0].add_run(clean_text(properties.title))
    return package_bytes(cast("OpcPackage", document.part.package), {})


def _table(sheet: Sheet, width: int) -> str:
    wanted = [min(max(column.width, _NARROWEST), _WIDEST) for column in sheet.columns]
    widths = xml_text.shares(width, tuple(wanted))
    head = "".join(
        xml_text.cell(
            own, xml_text.paragraph("TableHeading", xml_text.run(column.heading, _WHITE + _SMALL)), fill=ACCENT
        )
        for column, own in zip(sheet.columns, widths, strict=True)
    )
    rows = [xml_text.row(head, header=True)]
    for cells in sheet.rows:
        rows.append(xml_text.row("".join(_cell(cell, own) for cell, own in zip(cells, widths, strict=True))))
    return xml_text.table(widths, rows, caption=sheet.name)


def _cell(cell: Cell, width: int) -> str:
    fill, look = level_look(cell.level)
    text = wording.date_of(cell.text) if isinstance(cell.content, date) else cell.text
    content = xml_text.run(text, (BOLD if cell.level is not None else "") + look + _SMALL)
    return xml_text.cell(width, xml_text.paragraph("TableText", content), fill=fill)
