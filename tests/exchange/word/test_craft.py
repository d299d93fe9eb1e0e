"""What makes a document pleasant: contents, a chart, comments in the margin, a plan to work with, a form to fill in."""

from __future__ import annotations

import pytest
from lxml import etree

from audit_desktop.core.answers import display_text
from audit_desktop.exchange.exporters import export_audit
from audit_desktop.exchange.report_answers import is_reference
from audit_desktop.exchange.report_builder import build_report
from audit_desktop.exchange.report_model import ItemTable
from audit_desktop.exchange.word.anchors import Anchors
from tests.exchange.audits import (
    BOTH,
    NORFOLK,
    NOW,
    RAG,
    TEMPLATE,
    answer,
    disagree,
    exported,
    shipped,
    with_everything,
)
from tests.exchange.word.documents import W, controls, main_part, parts, style_of, text_of

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
BEFORE, AFTER = "2026-11-21", "2026-11-23"


def form(framework_id: str) -> bytes:
    return export_audit(shipped(framework_id), "word", template=TEMPLATE, now=NOW, as_form=True)


def tables_called(document: etree._Element, caption: str) -> list[etree._Element]:
    return [
        table for table in document.iter(f"{W}tbl") if table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == caption
    ]


# Contents


@pytest.mark.parametrize("framework_id", BOTH)
def test_the_contents_name_every_heading_after_the_cover_and_lead_to_it(framework_id: str) -> None:
    document = main_part(exported(with_everything(framework_id)[0]))
    headings: list[tuple[str, str]] = []
    for paragraph in document.iter(f"{W}p"):
        if style_of(paragraph) in ("Heading1", "Heading2") and (headings or style_of(paragraph) == "Heading1"):
            headings.append((text_of(paragraph), paragraph.find(f"{W}bookmarkStart").get(f"{W}name")))
    lines = [p for p in document.iter(f"{W}p") if style_of(p) in ("TOC1", "TOC2")]
    assert len(headings) > 10
    assert [(text_of(line), line.find(f"{W}hyperlink").get(f"{W}anchor")) for line in lines] == headings


def test_the_contents_are_one_whole_field_that_word_can_fill_in_again() -> None:
    document = main_part(exported(shipped(RAG)))
    lines = [p for p in document.iter(f"{W}p") if style_of(p).startswith("TOC")]
    kinds = [mark.get(f"{W}fldCharType") for line in lines for mark in line.iter(f"{W}fldChar")]
    codes = [code.text for line in lines for code in line.iter(f"{W}instrText")]
    assert kinds == ["begin", "separate", "end"]
    assert codes == [' TOC \\o "1-2" \\h \\n \\z \\u ']
    assert style_of(lines[0]) == "TOCHeading"


# The chart


def test_the_chart_shows_how_many_statements_of_each_section_stand_where() -> None:
    audit = shipped(RAG)
    for statement, level in (("1.1", "developing"), ("1.2", "established"), ("2.1", "established")):
        answer(audit, f"statement/{statement}/rating", level)
    chart = etree.fromstring(parts(exported(audit))["word/charts/chart1.xml"])
    shown = {
        series.findtext(f"{C}tx/{C}v"): [point.text for point in series.find(f"{C}val").iter(f"{C}v")]
        for series in chart.iter(f"{C}ser")
    }
    assert shown == {
        "Developing": ["1", "0", "0", "0"],
        "Established": ["1", "1", "0", "0"],
        "Not yet rated": ["9", "15", "8", "15"],
    }


def test_the_chart_is_said_in_words_too() -> None:
    audit = shipped(RAG)
    answer(audit, "statement/1.1/rating", "developing")
    (drawn,) = main_part(exported(audit)).iter(f"{WP}docPr")
    assert "1. Policy, procedures, registration and data: 1 Developing, 10 Not yet rated" in drawn.get("descr")


def test_nothing_is_drawn_where_nothing_is_rated() -> None:
    document = parts(exported(shipped(NORFOLK)))
    assert not any(name.startswith("word/charts") for name in document)


# Comments in the margin


def with_comments() -> bytes:
    audit = shipped(RAG)
    answer(audit, "statement/1.1/visitor-comment", "Seen <the> minutes.\nAll of them.")
    disagree(audit, "statement/2.3/visitor-comment", "Well kept.", "Not seen.")
    return export_audit(audit, "word", template=TEMPLATE, now=NOW, comments_as_word_comments=True)


def test_visitors_comments_stand_in_the_margin_with_author_and_date() -> None:
    comments = etree.fromstring(parts(with_comments())["word/comments.xml"])
    said = [(c.get(f"{W}author"), c.get(f"{W}date")[:10], text_of(c)) for c in comments]
    assert said[0] == ("Alex Moss", "2026-01-05", "Seen <the> minutes.\nAll of them.")
    assert {(author, text) for author, _, text in said[1:]} == {("Person 1", "Well kept."), ("Person 2", "Not seen.")}


def test_a_comment_hangs_on_the_number_of_its_statement() -> None:
    document = main_part(with_comments())
    for reference, count in (("1.1 ", 1), ("2.3 ", 2)):
        (run,) = [r for r in document.iter(f"{W}r") if text_of_run(r) == reference and r.getparent().tag == f"{W}p"]
        paragraph = run.getparent()
        assert len(list(paragraph.iter(f"{W}commentRangeStart"))) == count
        assert len(list(paragraph.iter(f"{W}commentReference"))) == count


def text_of_run(run: etree._Element) -> str:
    return "".join(text.text or "" for text in run.iter(f"{W}t"))


def test_without_being_asked_for_there_are_no_comments_in_the_margin() -> None:
    audit = shipped(RAG)
    answer(audit, "statement/1.1/visitor-comment", "Seen.")
    assert "word/comments.xml" not in parts(exported(audit))


# Lists


def test_an_action_that_is_overdue_is_marked_and_one_that_is_done_is_not() -> None:
    audit = shipped(RAG)
    for own_id, due, status in (("a", BEFORE, "under-way"), ("b", BEFORE, "done"), ("c", AFTER, "not-started")):
        answer(audit, f"actions/{own_id}/what", own_id)
        answer(audit, f"actions/{own_id}/due", due)
        answer(audit, f"actions/{own_id}/status", status)
    (table,) = tables_called(main_part(exported(audit)), "Action plan")
    assert [text_of(row).split("\n")[0] for row in table.iter(f"{W}tr")] == ["Action", "a", "Overdue", "b", "c"]


def test_a_recommendation_is_overdue_until_it_is_done_or_declined() -> None:
    audit = shipped(RAG)
    for own_id in "abc":
        answer(audit, f"recommendations/{own_id}/what", own_id)
        answer(audit, f"recommendations/{own_id}/by-when", BEFORE)
    answer(audit, "recommendations/b/progress", "done")
    answer(audit, "recommendations/c/response", "declined")
    flags = [p.flags for p in build_report(audit, NOW).pieces() if isinstance(p, ItemTable)]
    assert flags == [("Overdue", "", "")]


@pytest.mark.parametrize("framework_id", BOTH)
def test_the_action_plan_lies_across_and_the_rest_of_the_end_stands_upright(framework_id: str) -> None:
    audit = shipped(framework_id)
    answer(audit, "actions/a/what", "New rota")
    report = build_report(audit, NOW)
    (part,) = [part for part in report.parts if any(getattr(p, "caption", "") == "Action plan" for p in part.pieces)]
    assert part.orientation == "landscape"
    assert report.parts[-1].orientation == "portrait"


def test_what_names_another_thing_by_its_id_says_what_that_is_called() -> None:
    audit = shipped(NORFOLK)
    answer(audit, "visits/0a1b/date", "2026-06-10")
    answer(audit, "recommendations/0c1d/what", "Review")
    answer(audit, "recommendations/0c1d/visit", "0a1b")
    answer(audit, "actions/0e1f/what", "Rota")
    answer(audit, "actions/0e1f/recommendation", "0c1d")
    answer(audit, "earlier-comments/0a9b/visit", "0a1b")
    answer(audit, "earlier-comments/0a9b/statement", "5.8b")
    shown = {entry.address: entry.text for entry in build_report(audit, NOW).answers() if is_reference(entry.address)}
    assert {address: text for address, text in shown.items() if text} == {
        "recommendations/0c1d/visit": "Visit of 10 June 2026",
        "actions/0e1f/recommendation": "Recommendation 1",
        "earlier-comments/0a9b/visit": "Visit of 10 June 2026",
        "earlier-comments/0a9b/statement": "5.8",
    }


def test_marked_statements_are_listed_under_what_they_are_marked_as() -> None:
    audit = shipped(RAG)
    answer(audit, "statement/1.2/good-practice", value=True)
    answer(audit, "statement/2.1/needs-support", value=True)
    text = text_of(main_part(exported(audit)))
    listed = text[text.rindex("Marked statements") :]
    assert listed.index("Needs support") < listed.index("2.1 ") < listed.index("Good practice") < listed.index("1.2 ")
    assert "To discuss" not in listed


def test_a_sign_off_shows_the_whole_seal_and_says_what_it_is() -> None:
    audit = shipped(RAG)
    seal = "0123456789abcdef" * 4
    answer(audit, "sign-offs/x/name", "Dana Field")
    answer(audit, "sign-offs/x/seal", seal)
    text = text_of(main_part(exported(audit)))
    assert seal in text
    assert "fingerprint" in text


# Places to fill in


@pytest.mark.parametrize("framework_id", BOTH)
def test_every_place_to_fill_in_has_a_bookmark_of_its_own(framework_id: str) -> None:
    audit = shipped(framework_id)
    names = {mark.get(f"{W}name") for mark in main_part(form(framework_id)).iter(f"{W}bookmarkStart")}
    anchors = Anchors(audit.framework)
    answers = build_report(audit, NOW, as_form=True).answers()
    shown = [entry.address for entry in answers if "status-override" not in entry.address]
    marks = {f"statement/{own}/rating" for own in audit.state.addresses.statements} if framework_id == RAG else set()
    assert [address for address in shown if anchors.place(address) not in names and address not in marks] == []
    assert len(shown) > 100


def test_the_hidden_copy_holds_nothing_that_cannot_be_read() -> None:
    audit, _ = with_everything(RAG)
    document = parts(exported(audit))
    visible = text_of(etree.fromstring(document["word/document.xml"]))
    addresses = audit.state.addresses
    for entry in etree.fromstring(document["customXml/item1.xml"]):
        address = entry.get("address")
        field = addresses.field(address)
        if address.endswith("/rating") and address.startswith("statement/"):
            continue  # a mark in its column
        for line in display_text(audit.framework, field, audit.state.value(address)).replace("; ", "\n").split("\n"):
            said = line.removeprefix("1,234").strip(" ()[]")
            assert said in visible, address


# The blank form


@pytest.mark.parametrize("framework_id", BOTH)
def test_a_form_counts_and_judges_nothing(framework_id: str) -> None:
    text = text_of(main_part(form(framework_id)))
    judged = ("Not yet rated", "provisional", " of 50", " of 33", "At a glance", "Profile:", "No statement is rated")
    assert [word for word in judged if word in text] == []
    for statement in shipped(framework_id).framework.sections[0].statements:
        assert f"{statement.reference} " in text


def test_a_form_has_rows_to_fill_in_and_prompts_to_choose_from() -> None:
    document = main_part(form(NORFOLK))
    (plan,) = tables_called(document, "Action plan")
    assert len(list(plan.iter(f"{W}tr"))) == 7
    assert all("Choose an item." in text_of(control.getparent()) for _, control in controls(document))
    assert "ad1:audit:phase" in {tag for tag, _ in controls(document)}


def test_a_form_names_its_framework_for_the_way_back() -> None:
    assert b">norfolk-attendance-self-assessment@1.0.0<" in parts(form(NORFOLK))["docProps/custom.xml"]
