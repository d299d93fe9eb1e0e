"""A framework's CommonMark as HTML and as plain text; only text with markup in it needs any of this."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextDocument

from audit_desktop.ui.form.links import allowed_link

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QTextBlock

_PICTURE = "\ufffc"


class _SealedDocument(QTextDocument):
    """A document that loads nothing, whatever its text asks for."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        del kind, name
        return None


def plain_text(text: str) -> str:
    """Return the CommonMark `text` without its markup."""
    return _parsed(text).toPlainText().replace(_PICTURE, "")


def safe_html(text: str, letter_width: int = 7) -> tuple[str, bool]:
    """Return HTML that says what the CommonMark `text` says, and whether it has links.

    The HTML is put together here from letters that are all escaped: paragraphs, bold, italics, list marks, and
    links that may be opened. HTML and pictures in `text` are left out.
    """
    document = _parsed(text)
    parts: list[str] = []
    has_links = False
    block = document.begin()
    while block.isValid():
        words, links = _words(block)
        has_links = has_links or links
        if words:
            parts.append(_paragraph(block, words, letter_width, is_first=not parts))
        block = block.next()
    return "".join(parts), has_links


def _parsed(text: str) -> QTextDocument:
    document = _SealedDocument()
    feature = QTextDocument.MarkdownFeature
    document.setMarkdown(text, feature.MarkdownDialectCommonMark | feature.MarkdownNoHTML)
    return document


def _paragraph(block: QTextBlock, words: str, letter_width: int, *, is_first: bool) -> str:
    in_list = block.textList()
    if in_list is None:
        return f'<p style="margin:{0 if is_first else 6}px 0 0 0">{words}</p>'
    style = in_list.format()
    if style.style() in (style.Style.ListDecimal,):
        number = in_list.itemNumber(block) + (style.start() if hasattr(style, "start") else 1)
        mark = f"{number}{escape(style.numberSuffix() or '.')}"
    else:
        mark = "•" if style.indent() < 2 else "–"
    hanging = letter_width * 2
    left = hanging * max(1, style.indent())
    return f'<p style="margin:3px 0 0 {left}px; text-indent:-{hanging}px">{mark}&nbsp;&nbsp;{words}</p>'


def _words(block: QTextBlock) -> tuple[str, bool]:
    parts: list[str] = []
    has_links = False
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        look = fragment.charFormat()
        words = escape(fragment.text().replace(_PICTURE, "")).replace("\u2028", "<br/>")
        if words:
            if look.fontWeight() > QFont.Weight.Medium:
                words = f"<b>{words}</b>"
            if look.fontItalic():
                words = f"<i>{words}</i>"
            link = allowed_link(look.anchorHref()) if look.isAnchor() else None
            if link is not None:
                has_links = True
                words = link_html(words, link.url, link.leads_to)
            parts.append(words)
        at += 1
    return "".join(parts), has_links


def bullet_html(words: str, letter_width: int) -> str:
    """Return the HTML of an entry of a list that says `words`, which are HTML already."""
    hanging = letter_width * 2
    return f'<p style="margin:0 0 0 {hanging}px; text-indent:-{hanging}px">•&nbsp;&nbsp;{words}</p>'


def link_html(words: str, url: str, leads_to: str) -> str:
    """Return the HTML of a link around `words`, which are HTML already, followed by where it leads."""
    shown = "" if escape(leads_to) in words else f" ({escape(leads_to)})"
    return f'<a href="{escape(url, quote=True)}">{words}</a>{shown}'
