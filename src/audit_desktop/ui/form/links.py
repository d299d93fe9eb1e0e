"""Links that a framework names: which may be opened, and opening one after the person has said yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.record import Record
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Link(Record):
    """A link that may be opened, and where it leads in words that cannot be disguised."""

    url: str
    leads_to: str


def allowed_link(url: str) -> Link | None:
    """Return `url` as a link, or `None` if it may not be opened.

    Only `https:` with a plain host and `mailto:` may be; a host in other letters than Latin ones is spelled out as
    the network knows it.
    """
    from urllib.parse import unquote, urlsplit

    if any(not letter.isprintable() or letter in ' \\"<>' for letter in url):
        return None
    try:
        parts = urlsplit(url)
        if parts.scheme == "https" and parts.hostname and "@" not in parts.netloc and "%" not in parts.netloc:
            host = parts.hostname.encode("idna").decode("ascii")
            return Link(url, host if parts.port is None else f"{host}:{parts.port}")
        if parts.scheme == "mailto" and not parts.netloc and not parts.query:
            address = unquote(parts.path)
            if address.isascii() and address.isprintable() and address.count("@") == 1:
                return Link(url, address)
    except ValueError:
        return None
    return None


def open_link(url: str, parent: QWidget) -> None:
    """Ask whether `url` shall be opened, saying where it leads, and open it if so. Nothing else opens links."""
    link = allowed_link(url)
    if link is not None and ask_to_open(link, parent):
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl(link.url))


def ask_to_open(link: Link, parent: QWidget) -> bool:
    """Return whether the person wants `link` opened."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    question = FORM.link_question.format(host=link.leads_to)
    box = QMessageBox(QMessageBox.Icon.NoIcon, FORM.link_title, question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(link.url)
    opens = box.addButton(FORM.link_open, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    return box.clickedButton() is opens
