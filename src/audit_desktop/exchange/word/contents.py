"""A table of contents that is filled in already: a field that asks nothing when the document is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.word import xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit_desktop.exchange.word.drawing import Drawing

# Headings of two levels as links, without the numbers of their pages, which nobody knows yet.
_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\n \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def contents(drawing: Drawing, headings: Sequence[tuple[int, str, str]]) -> str:
    """Return the contents as paragraphs that link to `headings`: their levels, texts and addresses."""
    drawn = [xml_text.paragraph("TOCHeading", xml_text.run(wording.CONTENTS))]
    for place, (level, text, address) in enumerate(headings):
        first = _BEGIN if place == 0 else ""
        last = _END if place == len(headings) - 1 else ""
        drawn.append(xml_text.paragraph(f"TOC{level}", first + drawing.inner_link(address, text) + last))
    return "".join(drawn)
