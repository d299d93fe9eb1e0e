"""Writes a Word package so that the same content gives the same bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docx.opc.package import OpcPackage
    from docx.opc.part import Part

_LEVEL: Final = 3
"""Less than half the work of the usual 6, for documents a sixth larger: 45 kB instead of 38 for a completed audit."""
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def package_bytes(package: OpcPackage, instead: Mapping[str, Iterable[bytes]]) -> bytes:
    """Return `package` as the bytes of a file: parts in the order of their names, nothing of the moment in it.

    `instead` holds the content of parts, by name and in pieces, that is to be written in place of their own.
    """
    parts = sorted(package.iter_parts(), key=lambda part: part.partname)
    entries: list[tuple[str, Iterable[bytes]]] = [
        ("[Content_Types].xml", [_content_types(parts)]),
        ("_rels/.rels", [_xml(package.rels.xml)]),
    ]
    for part in parts:
        content = instead.get(part.partname)
        entries.append((part.partname.membername, [part.blob] if content is None else content))
        if part.rels:
            entries.append((part.partname.rels_uri.membername, [_xml(part.rels.xml)]))
    return zip_bytes(entries)


def zip_bytes(entries: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """Return a ZIP file of `entries`, names with their content in pieces, in their order, all with one fixed moment."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry._compresslevel = _LEVEL  # pyright: ignore[reportAttributeAccessIssue] - public from Python 3.13 on
            # Otherwise it says on which system the document was made.
            entry.create_system = 0
            with archive.open(entry, "w") as target:
                for piece in content:
                    target.write(piece)
    return buffer.getvalue()


def _xml(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _content_types(parts: Iterable[Part]) -> bytes:
    overrides = "".join(
        f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>'
        for part in parts
        if part.content_type != "application/xml"
    )
    return (
        f'{_DECLARATION}<Types xmlns="{_CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()
