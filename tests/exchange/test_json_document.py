"""The JSON of an audit."""

from __future__ import annotations

import re

import pytest

from audit_desktop.exchange.exporters import export_audit
from audit_desktop.exchange.json_document import audit_document
from tests.builders import make_audit, make_framework
from tests.exchange.audits import BOTH, NOW, ROOT, TEMPLATE, answer, awkward_texts, disagree, json_of, with_everything

RATINGS = {f"statement/1.{number}/rating": "established" for number in (1, 2, 3)}


def test_every_key_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "json-export.md").read_text("utf-8")))
    document = audit_document(make_audit(RATINGS))
    score, edit = document["scores"]["overall"], document["history"][0]
    assert {*document, *document["framework"], *document["progress"], *score, *edit} <= documented


def test_an_empty_audit_is_not_yet_rated() -> None:
    scores = audit_document(make_audit())["scores"]
    assert scores["overall"]["status"] == "not-yet-rated"
    assert scores["sections"]["1"]["status"] == "not-yet-rated"


def test_a_framework_without_a_rule_has_no_status() -> None:
    document = audit_document(make_audit(RATINGS, framework=make_framework(scored=False)))
    assert document["scores"]["sections"]["1"]["status"] is None
    assert document["scores"]["overall"]["counts"] == {"not-in-place": 0, "developing": 0, "established": 3}


def test_a_status_comes_with_its_counts_and_its_reason() -> None:
    score = audit_document(make_audit(RATINGS))["scores"]["sections"]["1"]
    assert (score["status"], score["provisional"], score["counts"]["established"]) == ("green", False, 3)
    assert score["reason"].startswith("Green: ")


def test_another_status_stands_beside_what_the_rule_says() -> None:
    override = {"status": "red", "reason": "Because."}
    score = audit_document(make_audit({**RATINGS, "section/1/status-override": override}))["scores"]["sections"]["1"]
    assert (score["status"], score["rule_status"], score["override"]) == ("red", "green", override)


def test_an_address_in_conflict_has_no_answer_and_shows_every_value() -> None:
    audit = make_audit()
    disagree(audit, "statement/1.1/rating", "established", "developing")
    document = audit_document(audit)
    assert "statement/1.1/rating" not in document["answers"]
    (conflict,) = document["conflicts"]
    assert conflict["address"] == "statement/1.1/rating"
    assert {(entry["name"], entry["value"]) for entry in conflict["values"]} == {
        ("Person 1", "established"),
        ("Person 2", "developing"),
    }


def test_the_history_holds_every_edit_in_order() -> None:
    audit = make_audit({"statement/1.1/evidence": "first"})
    answer(audit, "statement/1.1/evidence", "second")
    document = audit_document(audit)
    assert document["history_length"] == 2
    assert {edit["value"] for edit in document["history"]} == {"first", "second"}


@pytest.mark.parametrize("framework_id", BOTH)
def test_the_json_file_holds_every_answer(framework_id: str) -> None:
    audit, _ = with_everything(framework_id)
    document = json_of(export_audit(audit, "json", template=TEMPLATE, now=NOW))
    assert document["answers"] == dict(audit.state.answers())
    assert document["framework"]["id"] == framework_id


@pytest.mark.parametrize("text", awkward_texts().values(), ids=awkward_texts())
def test_any_text_comes_through(text: str) -> None:
    audit = make_audit()
    answer(audit, "statement/1.1/evidence", text)
    document = json_of(export_audit(audit, "json", template=TEMPLATE, now=NOW))
    assert document["answers"]["statement/1.1/evidence"] == audit.state.value("statement/1.1/evidence")
