"""What visitors said about statements, as Word's own comments in the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.exchange.word import xml_text
from audit_desktop.exchange.word.xml_text import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit_desktop.exchange.report_model import MarginComment

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION: Final = f"{xml_text.RELATIONS}/comments"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MOST_INITIALS = 3
_SECONDS = len("2026-01-05T09:00:00")
_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'


def comments_xml(comments: Sequence[MarginComment]) -> str:
    """Return the comments part; each comment's id is its place in `comments`."""
    drawn = "".join(_comment(own_id, comment) for own_id, comment in enumerate(comments))
    return f'{_DECLARATION}<w:comments xmlns:w="{xml_text.NAMESPACE}">{drawn}</w:comments>'


def _comment(own_id: int, comment: MarginComment) -> str:
    first, *rest = comment.text.split("\n")
    lines = [xml_text.paragraph("CommentText", _REFERENCE + xml_text.run(first))]
    lines.extend(xml_text.paragraph("CommentText", xml_text.run(line)) for line in rest)
    initials = "".join(word[0] for word in comment.author.split())[:_MOST_INITIALS]
    moment = f' w:date="{escape(comment.at[:_SECONDS])}Z"' if len(comment.at) >= _SECONDS else ""
    return (
        f'<w:comment w:id="{own_id}" w:author="{escape(comment.author)}"{moment} w:initials="{escape(initials)}">'
        f"{''.join(lines)}</w:comment>"
    )
