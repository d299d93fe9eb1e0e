"""Links of a framework: what may be opened, and that nothing opens unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from audit_desktop.ui.form import links
from audit_desktop.ui.form.links import allowed_link, open_link

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HOSTILE = (
    "javascript:alert(1)", "JAVASCRIPT:alert(1)", "file:///etc/passwd", "http://example.org/", "ftp://example.org/",
    "\\\\server\\share", "//server/share", "https:\\\\server\\share", "search-ms:query=x", "ms-word:ofe|u|https://x",
    "data:text/html,x", "vbscript:x", "https://", "https:///path", "https://user@example.org/", "https://a:b@example.org/",
    "https://example.org@evil.example/", "https://exa mple.org/", "https://example.org/\u202etxt.exe",
    "https://example.org/\n", "https://exam%70le.org/", "mailto:", "mailto:nobody", "mailto:a@b@c",
    "mailto:a@example.org?attach=/etc/passwd", "mailto://a@example.org", "about:blank", "c:/windows", "tel:1", "",
    "https://[::1", "https://example.org:port/", "https://\u200bexample.org/",
)  # fmt: skip


@pytest.mark.parametrize("url", HOSTILE)
def test_a_link_that_could_do_harm_cannot_be_opened(url: str) -> None:
    assert allowed_link(url) is None


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("https://www.gov.uk/guidance?x=1#y", "www.gov.uk"),
        ("https://example.org:8443/", "example.org:8443"),
        ("https://ex\u00e4mple.org/", "xn--exmple-cua.org"),
        ("https://\u0430pple.example/", "xn--pple-43d.example"),
        ("mailto:attendance@example.org", "attendance@example.org"),
    ],
)
def test_a_link_says_where_it_leads_in_letters_that_cannot_be_disguised(url: str, leads_to: str) -> None:
    link = allowed_link(url)
    assert link is not None
    assert link.leads_to == leads_to


@pytest.mark.parametrize("says_yes", [True, False])
def test_a_link_opens_only_after_a_yes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, says_yes: bool) -> None:
    opened: list[str] = []
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    monkeypatch.setattr(links, "ask_to_open", lambda link, _parent: asked.append(link.leads_to) or says_yes)
    parent = QWidget()
    qtbot.addWidget(parent)
    open_link("https://www.gov.uk/", parent)
    assert asked == ["www.gov.uk"]
    assert opened == (["https://www.gov.uk/"] if says_yes else [])


def test_a_hostile_link_is_not_even_asked_about(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(links, "ask_to_open", lambda link, _parent: asked.append(link.leads_to))
    parent = QWidget()
    qtbot.addWidget(parent)
    open_link("file:///etc/passwd", parent)
    assert asked == []
