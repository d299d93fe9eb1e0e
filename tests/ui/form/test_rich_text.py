"""A framework's CommonMark on the screen: what it says is shown, and nothing else happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel

from audit_desktop.ui.form.common_mark import plain_text, safe_html
from audit_desktop.ui.form.rich_text import rich_label

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def shown(html: str) -> str:
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText().replace("\xa0", " ")


@pytest.mark.usefixtures("qapp")
def test_paragraphs_lists_and_emphasis_are_shown() -> None:
    html, has_links = safe_html("Consider:\n\n- one\n- **two**\n\nand *three*")
    assert shown(html) == "Consider:\n•  one\n•  two\nand three"
    assert "<b>two</b>" in html
    assert "<i>three</i>" in html
    assert not has_links


@pytest.mark.usefixtures("qapp")
def test_numbers_of_a_list_are_those_that_stand_in_the_text() -> None:
    html, _ = safe_html("1) Sustaining\n2) Embedding")
    assert shown(html) == "1)  Sustaining\n2)  Embedding"


@pytest.mark.parametrize("text", ["a < b & c > d", "5 <b>bold</b>", "<img src=x>", "<script>x</script>", "&lt; &amp;"])
@pytest.mark.usefixtures("qapp")
def test_html_in_a_framework_is_words(text: str) -> None:
    html, _ = safe_html(f"{text}\n\n*and more*")
    for tag in ("<b>", "<img", "<script"):
        assert tag not in html


@pytest.mark.usefixtures("qapp")
def test_a_link_is_one_only_if_it_may_be_opened() -> None:
    html, has_links = safe_html("[guidance](https://www.gov.uk/x), [bad](file:///etc/passwd), [worse](javascript:x)")
    assert has_links
    assert html.count("<a ") == 1
    assert "(www.gov.uk)" in html
    assert "passwd" not in html


def test_a_picture_is_neither_shown_nor_looked_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: list[str] = []
    monkeypatch.setattr(QTextDocument, "loadResource", lambda _self, _kind, url: wanted.append(url.toString()))
    label = rich_label("Look: ![here](file:///etc/passwd) and ![there](https://example.org/x.png)\n\n*and on*")
    qtbot.addWidget(label)
    label.show()
    QApplication.processEvents()
    assert "<img" not in label.text()
    assert wanted == []


def test_a_text_without_markup_is_shown_as_it_stands(qtbot: QtBot) -> None:
    label = rich_label("Leaders ensure that 3.6 holds - always.")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_screen_reader_hears_no_markup(qtbot: QtBot) -> None:
    label = rich_label("Consider:\n\n- **one**\n- two")
    qtbot.addWidget(label)
    assert "*" not in label.accessibleName()
    assert "one" in label.accessibleName()


def test_no_label_opens_links_by_itself(qtbot: QtBot) -> None:
    label = rich_label("[guidance](https://www.gov.uk/)")
    qtbot.addWidget(label)
    assert isinstance(label, QLabel)
    assert not label.openExternalLinks()


@given(text=st.text(st.sampled_from("ab<>&*_[]()!\"'#-1. \n\\`https:/j"), max_size=80))
@pytest.mark.usefixtures("qapp")
def test_no_text_makes_a_tag_that_is_not_ours(text: str) -> None:
    html, _ = safe_html(text)
    tags = {part.split(">")[0].split(" ")[0].strip("/") for part in html.split("<")[1:]}
    assert tags <= {"p", "b", "i", "a", "br"}
    plain_text(text)
