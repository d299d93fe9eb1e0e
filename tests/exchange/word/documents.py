"""Reads Word documents the way a stranger's program would: zip, XML, and nothing of ours."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def main_part(data: bytes) -> etree._Element:
    """Return the document element."""
    return etree.fromstring(parts(data)["word/document.xml"])


def text_of(element: etree._Element) -> str:
    """Return the text of a paragraph, a cell or a whole document, one line per paragraph."""
    lines: list[str] = []
    own = [element] if element.tag == f"{W}p" else element.iter(f"{W}p")
    for paragraph in own:
        pieces: list[str] = []
        for inner in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
            pieces.append((inner.text or "") if inner.tag == f"{W}t" else ("\t" if inner.tag == f"{W}tab" else "\n"))
        lines.append("".join(pieces))
    return "\n".join(lines)


def rows_by_statement(document: etree._Element) -> dict[str, tuple[etree._Element, list[etree._Element]]]:
    """Return each statement's row, and the rows below it, by the name of its bookmark."""
    found: dict[str, tuple[etree._Element, list[etree._Element]]] = {}
    for table in document.iter(f"{W}tbl"):
        below: list[etree._Element] | None = None
        statement = ""
        for row in table.iterchildren(f"{W}tr"):
            names = [mark.get(f"{W}name", "") for mark in row.iter(f"{W}bookmarkStart")]
            own = [name for name in names if name.startswith("_ad1_") and "__" not in name]
            if own:
                below, statement = [], own[0]
                found[statement] = (row, below)
            elif not all(name.startswith(f"{statement}__") for name in names):
                below = None
            elif below is not None:
                below.append(row)
    return found


def cells(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row."""
    return list(row.iterchildren(f"{W}tc"))


def fill(cell: etree._Element) -> str:
    """Return the fill of a cell, or nothing."""
    shading = cell.find(f"{W}tcPr/{W}shd")
    return "" if shading is None else shading.get(f"{W}fill", "")


def style_of(paragraph: etree._Element) -> str:
    """Return the style of a paragraph."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def controls(document: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield each content control with its tag."""
    for control in document.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        yield ("" if tag is None else tag.get(f"{W}val", "")), control
