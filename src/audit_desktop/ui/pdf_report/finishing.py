"""What Qt leaves out of a PDF: its language, its title in the window, and bookmarks. Added as an update at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_CATALOG: Final = re.compile(rb"(\d+) 0 obj\n<<\n/Type /Catalog\n(.*?)>>\nendobj", re.DOTALL)
_PAGES: Final = re.compile(rb"/Type /Pages\s*/Kids\s*\[(.*?)\]", re.DOTALL)
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_TRAILER: Final = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z", re.DOTALL)
# Qt writes the moment of writing; these have the same length in every file.
_MADE: Final = re.compile(rb"(/(?:Creation|Mod)Date ?\(D:)\d{14}(?:Z|[+-]\d\d'\d\d'?)")
_MADE_TOO: Final = re.compile(rb'(xmp:(?:Create|Modify|Metadata)Date=")[^"]*')


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading: its level from 1, its text, the page from 0, and how far up the page in points."""

    level: int
    text: str
    page: int
    height: float


def finished(data: bytes, language: str, bookmarks: Sequence[Bookmark], made: datetime) -> bytes:
    """Return the PDF `data` with its language and `bookmarks`; unchanged if it is not as Qt used to write it."""
    data = _at_moment(data, made)
    catalog, pages, trailer = _CATALOG.search(data), _PAGES.search(data), _TRAILER.search(data)
    size = re.search(rb"/Size (\d+)", trailer[1]) if trailer else None
    if catalog is None or pages is None or trailer is None or size is None:
        return data
    first = int(size[1])
    page_ids = [int(found) for found in _REFERENCE.findall(pages[1])]
    entries = catalog[2] + b"/Lang " + _text(language) + b"\n/ViewerPreferences <</DisplayDocTitle true>>\n"
    objects: dict[int, bytes] = {}
    if bookmarks:
        objects |= _outline(bookmarks, page_ids, first)
        entries += b"/Outlines %d 0 R\n/PageMode /UseOutlines\n" % first
    objects[int(catalog[1])] = b"<<\n/Type /Catalog\n" + entries + b">>"
    return data + _update(objects, len(data), trailer[1], int(trailer[2]), max((first, *(n + 1 for n in objects))))


def _at_moment(data: bytes, made: datetime) -> bytes:
    """Return `data` with the moment `made`, in UTC, wherever Qt wrote one; nothing moves from its place."""

    def in_place(found: re.Match[bytes], *moments: str) -> bytes:
        texts = (found[1] + moment.encode() for moment in moments)
        return next((text for text in texts if len(text) == len(found[0])), found[0])

    digits = f"{made:%Y%m%d%H%M%S}"
    data = _MADE.sub(lambda found: in_place(found, f"{digits}Z", f"{digits}+00'00'", f"{digits}+00'00"), data)
    return _MADE_TOO.sub(lambda found: in_place(found, f"{made:%Y-%m-%dT%H:%M:%S}+00:00"), data)


def _outline(bookmarks: Sequence[Bookmark], page_ids: list[int], first: int) -> dict[int, bytes]:
    """Return the objects of the tree of bookmarks: the root is object `first`, and the others follow in order."""
    parents: list[int] = []
    trail: list[tuple[int, int]] = []
    for index, mark in enumerate(bookmarks):
        while trail and trail[-1][0] >= mark.level:
            trail.pop()
        parents.append(trail[-1][1] if trail else -1)
        trail.append((mark.level, index))
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)

    def number(index: int) -> bytes:
        return b"%d 0 R" % (first + 1 + index)

    def family(index: int) -> bytes:
        own = children.get(index, [])
        if not own:
            return b""
        # A negative count means that it is closed to begin with.
        count = len(own) if index < 0 else -len(own)
        return b"/First %s /Last %s /Count %d\n" % (number(own[0]), number(own[-1]), count)

    objects = {first: b"<<\n/Type /Outlines\n" + family(-1) + b">>"}
    for index, mark in enumerate(bookmarks):
        siblings = children[parents[index]]
        place = siblings.index(index)
        body = b"<<\n/Title %s\n/Parent %s\n" % (
            _text(mark.text),
            number(parents[index]) if parents[index] >= 0 else b"%d 0 R" % first,
        )
        if place:
            body += b"/Prev %s\n" % number(siblings[place - 1])
        if place < len(siblings) - 1:
            body += b"/Next %s\n" % number(siblings[place + 1])
        body += b"/Dest [%d 0 R /XYZ null %.1f null]\n" % (page_ids[mark.page], mark.height)
        objects[first + 1 + index] = body + family(index) + b">>"
    return objects


def _update(objects: dict[int, bytes], start: int, trailer: bytes, before: int, size: int) -> bytes:
    text = b""
    places: dict[int, int] = {}
    for own_id, body in sorted(objects.items()):
        places[own_id] = start + len(text)
        text += b"%d 0 obj\n%s\nendobj\n" % (own_id, body)
    table = start + len(text)
    text += b"xref\n"
    for own_id, place in sorted(places.items()):
        text += b"%d 1\n%010d 00000 n \n" % (own_id, place)
    kept = re.sub(rb"/Size \d+", b"", trailer).strip()
    return text + b"trailer\n<<\n/Size %d\n/Prev %d\n%s\n>>\nstartxref\n%d\n%%%%EOF\n" % (size, before, kept, table)


def _text(text: str) -> bytes:
    return b"<" + b"\xfe\xff".hex().encode() + text.encode("utf-16-be", "replace").hex().encode() + b">"
