"""The report to read, as a browser gets it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.exporters import ReadingOptions, export_audit
from audit_desktop.exchange.html_report.writer import css_text, safe_link
from audit_desktop.exchange.report_builder import build_report
from tests.exchange.audits import (
    BOTH,
    NORFOLK,
    NOW,
    RAG,
    ROOT,
    TEMPLATE,
    answer,
    awkward_texts,
    disagree,
    shipped,
    with_everything,
)

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit

TEMPLATES = ROOT / "resources" / "report"


class Page(HTMLParser):
    """The parts of a page that the tests ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def every(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def html_of(audit: Audit, earlier: Audit | None = None) -> str:
    reading = ReadingOptions(TEMPLATES, earlier=earlier)
    return export_audit(audit, "html", template=TEMPLATE, now=NOW, reading=reading).decode("utf-8")


def page_of(audit: Audit, earlier: Audit | None = None) -> Page:
    return Page(html_of(audit, earlier))


@pytest.mark.parametrize("framework_id", BOTH)
def test_everything_that_was_answered_is_in_the_page(framework_id: str) -> None:
    audit, words = with_everything(framework_id)
    text = page_of(audit).text
    assert [word for word in words.values() if word not in text] == []
    for shown in build_report(audit, NOW).answers():
        for piece in shown.texts():
            assert " ".join(piece.split()) in " ".join(text.split())


@pytest.mark.parametrize("name", awkward_texts())
def test_what_people_wrote_is_text_and_nothing_else(name: str) -> None:
    audit = shipped(RAG)
    hostile = f"<script>alert(1)</script><img src=x onerror=alert(1)> {awkward_texts()[name]}"
    answer(audit, "section/1/evidence", hostile)
    answer(audit, "audit/school-name", "</title></style><script>alert(2)</script>")
    page = page_of(audit)
    assert page.every("script", "img", "iframe", "object", "form") == []
    assert "<script>alert(1)</script>" in page.text


def test_the_page_needs_nothing_from_anywhere() -> None:
    html = html_of(with_everything(NORFOLK)[0])
    page = Page(html)
    assert page.every("link", "base", "script", "img") == []
    assert [found for tag in page.tags for key, found in tag[1].items() if key in ("src", "srcset", "action")] == []
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_links_lead_into_the_page_or_to_the_web_and_nowhere_else() -> None:
    page = page_of(with_everything(NORFOLK)[0])
    targets = [attributes["href"] or "" for attributes in page.every("a")]
    assert any(target.startswith("mailto:") for target in targets)
    assert [target for target in targets if not target.startswith(("#", "https://", "mailto:"))] == []


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "//host/share", "\\\\host\\x", "http://x", ""]
)
def test_no_link_is_made_of_other_addresses(link: str) -> None:
    assert safe_link(link) == ""


@pytest.mark.parametrize("framework_id", BOTH)
def test_every_link_into_the_page_finds_its_place_and_no_place_is_there_twice(framework_id: str) -> None:
    page = page_of(with_everything(framework_id)[0])
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    wanted = {(attributes["href"] or "")[1:] for attributes in page.every("a") if (attributes["href"] or "")[0] == "#"}
    assert sorted(ids) == sorted(set(ids))
    assert wanted <= set(ids)


@pytest.mark.parametrize("framework_id", BOTH)
def test_people_who_hear_the_page_are_told_what_is_where(framework_id: str) -> None:
    page = page_of(with_everything(framework_id)[0])
    assert page.every("html")[0]["lang"] == "en-GB"
    for landmark in ("main", "nav", "header", "footer"):
        assert len(page.every(landmark)) == 1
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(attributes.get("scope") in ("row", "col") for attributes in page.every("th"))
    for drawing in page.every("svg"):
        assert drawing["role"] == "img"
        assert drawing["aria-labelledby"]


def test_a_status_is_a_word_as_well_as_a_colour() -> None:
    audit = shipped(RAG)
    for number in range(1, 12):
        answer(audit, f"statement/1.{number}/rating", "established")
    html = html_of(audit)
    assert re.search(r'<span class="chip" style="background-color:#2F8F6B;color:#000000">Green', html)


def test_a_statement_that_does_not_apply_is_not_said_to_wait_for_its_grade() -> None:
    audit = shipped(NORFOLK)
    before = page_of(audit).text.count("Not yet graded")
    answer(audit, "statement/2.1/not-applicable", "We have no sixth form.")
    assert page_of(audit).text.count("Not yet graded") == before - 1


def test_what_is_not_settled_shows_every_side_first() -> None:
    audit = shipped(RAG)
    disagree(audit, "section/1/evidence", "The register", "The minutes")
    summary = html_of(audit).split('<div class="part')[0]
    assert "The register" in summary
    assert "The minutes" in summary
    assert "Person 1" in summary


def test_the_summary_says_what_changed_since_the_earlier_audit() -> None:
    audit, earlier = shipped(RAG), shipped(RAG)
    answer(earlier, "statement/1.1/rating", "developing")
    answer(audit, "statement/1.1/rating", "established")
    answer(earlier, "statement/1.2/rating", "established")
    answer(audit, "statement/1.2/rating", "not-in-place")
    text = " ".join(page_of(audit, earlier).text.split())
    assert "1 rating is better, 1 rating is worse" in text
    assert re.search(r"1\.1\s*Developing\s*Established\s*Better", text)
    assert re.search(r"1\.2\s*Established\s*Not in place\s*Worse", text)


def test_a_rating_that_two_people_now_see_differently_is_not_called_taken_back() -> None:
    audit, earlier = shipped(RAG), shipped(RAG)
    answer(earlier, "statement/1.1/rating", "developing")
    disagree(audit, "statement/1.1/rating", "developing", "established")

    text = " ".join(page_of(audit, earlier).text.split())

    assert re.search(r"1\.1\s*Developing\s*Not settled\s*Changed", text)


def test_an_audit_of_another_framework_cannot_be_the_earlier_one() -> None:
    with pytest.raises(AuditDesktopError) as caught:
        html_of(shipped(RAG), shipped(NORFOLK))
    assert caught.value.code is FaultCode.EARLIER_AUDIT_DIFFERS


def test_what_is_overdue_comes_first_among_what_is_to_be_done() -> None:
    audit = shipped(RAG)
    for own_id, what, due in (("a-1", "Later", "2027-01-01"), ("a-2", "Long ago", "2026-01-01")):
        answer(audit, f"actions/{own_id}/what", what)
        answer(audit, f"actions/{own_id}/due", due)
    summary = page_of(audit).text
    assert summary.index("Long ago") < summary.index("Later")
    assert "overdue" in summary


def test_a_name_cannot_leave_the_quotes_of_the_style_sheet() -> None:
    assert set(css_text('"; } </style> \\ é')) <= set("0123456789abcdef\\style")


def test_the_same_audit_gives_the_same_page() -> None:
    assert html_of(with_everything(RAG)[0]) == html_of(with_everything(RAG)[0])
