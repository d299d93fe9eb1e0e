"""A framework's CommonMark as a label: emphasis, lists and links, and nothing that loads or opens by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from audit_desktop.ui.parts.labels import plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget

_MARKUP = re.compile(r"[*_`\[\]<>\\&#~|\n]|^\s*(?:[-+]|\d+[.)])\s")


def rich_label(text: str, role: str = "", *, parent: QWidget | None = None) -> QLabel:
    """Return a label that shows the CommonMark `text`; its links ask before they open."""
    label = plain_label("", role, parent=parent)
    show_rich(label, text)
    return label


def show_rich(label: QLabel, text: str) -> None:
    """Show the CommonMark `text` in `label`, which `plain_label` made."""
    if not _MARKUP.search(text):
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(text)
        return
    from audit_desktop.ui.form.common_mark import plain_text, safe_html

    html, has_links = safe_html(text, label.fontMetrics().averageCharWidth())
    label.setTextFormat(Qt.TextFormat.RichText)
    if has_links and not label.property("opens-links"):
        label.setProperty("opens-links", True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        label.linkActivated.connect(lambda url: _open(url, label))
    label.setText(html)
    label.setAccessibleName(plain_text(text))


def _open(url: str, label: QLabel) -> None:
    from audit_desktop.ui.form.links import open_link

    open_link(url, label)
