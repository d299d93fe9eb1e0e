"""Word's XML as text. `escape` is the only way by which anybody's text enters it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from audit_desktop.core.text import clean_text

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

CELL_END: Final = "</w:tc>"
TABLE_END: Final = "</w:tbl>"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def escape(text: str) -> str:
    """Return `text` cleaned of what XML cannot hold and safe as an element's text or an attribute's value."""
    # Most text needs nothing done, which each of these looks finds out sooner than one pattern for all of them.
    if not text.isascii() or (not text.isprintable() and _CONTROL.search(text)):
        text = clean_text(text)
    if "&" in text or "<" in text or ">" in text or '"' in text:
        # Several times as fast as one translation.
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text


def run(text: str, properties: str = "") -> str:
    """Return a run of `text` with run `properties`; line ends become line breaks, tabs stay tabs."""
    if not text:
        return ""
    inner = escape(text)
    if not inner.isascii() and _RIGHT_TO_LEFT.search(inner):
        properties += "<w:rtl/>"
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    if "\t" in inner or "\n" in inner:
        inner = inner.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
        inner = inner.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{look}<w:t xml:space="preserve">{inner}</w:t></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph in a style of the template, with direct `properties` in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def cell(width: int, content: str, *, fill: str = "", span: int = 1, align: str = "", margin: int = 0) -> str:
    """Return a table cell `width` twentieths of a point wide; `content` ends with a paragraph.

    `margin` is that at its left and right, where it is another than the table's.
    """
    return f"{_cell_start(width, fill, span, align, margin)}{content}{CELL_END}"


@lru_cache(maxsize=1024)
def _cell_start(width: int, fill: str, span: int, align: str, margin: int) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")
        + (
            f'<w:tcMar><w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tcMar>'
            if margin
            else ""
        )
        + (f'<w:vAlign w:val="{align}"/>' if align else "")
        + "</w:tcPr>"
    )


def row(cells: str, *, header: bool = False, may_split: bool = False, height: int = 0) -> str:
    """Return a table row; a `header` row is repeated on every page."""
    properties = ("" if may_split else "<w:cantSplit/>") + (
        f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    )
    if header:
        properties += "<w:tblHeader/>"
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>" if properties else f"<w:tr>{cells}</w:tr>"


def table(widths: tuple[int, ...], rows: list[str], *, caption: str, description: str = "") -> str:
    """Return a table with fixed column `widths` in twentieths of a point."""
    return "".join((table_start(widths, caption, description), *rows, TABLE_END))


def table_start(widths: tuple[int, ...], caption: str, description: str = "") -> str:
    """Return what stands before the rows of a table; `TABLE_END` stands after them."""
    first_row = (
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="AuditTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{first_row}<w:tblCaption w:val="{escape(caption)}"/>'
        + (f'<w:tblDescription w:val="{escape(description)}"/>' if description else "")
        + f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def shares(total: int, parts: tuple[int, ...]) -> tuple[int, ...]:
    """Return `total` divided in proportion to `parts`, without a remainder."""
    whole = sum(parts)
    widths = [total * part // whole for part in parts]
    widths[-1] += total - sum(widths)
    return tuple(widths)
