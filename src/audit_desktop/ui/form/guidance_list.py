"""Entries of further guidance as labels, those with an address as links that ask before they open."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from audit_desktop.ui.form.common_mark import bullet_html, link_html
from audit_desktop.ui.form.links import allowed_link, open_link
from audit_desktop.ui.parts.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLabel

    from audit_desktop.core.framework import GuidanceItem


def guidance_labels(items: Sequence[GuidanceItem]) -> list[QLabel]:
    """Return a label for each of `items`."""
    labels: list[QLabel] = []
    for item in items:
        link = allowed_link(item.link) if item.link else None
        if item.is_heading:
            labels.append(plain_label(item.title, "strong"))
            continue
        label = plain_label("")
        label.setTextFormat(Qt.TextFormat.RichText)
        words = link_html(escape(item.title), link.url, link.leads_to) if link is not None else escape(item.title)
        label.setText(bullet_html(words, label.fontMetrics().averageCharWidth()))
        label.setAccessibleName(item.title)
        if link is not None:
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            )
            label.setAccessibleName(f"{item.title} ({link.leads_to})")
            label.linkActivated.connect(lambda url, label=label: open_link(url, label))
        labels.append(label)
    return labels
