"""Statuses: the rule against a second, simple reading of it, and the sentences that explain them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.framework import Framework
from audit_desktop.core.scoring import Score, Scores, score_audit
from tests.builders import RATING, framework_document, make_audit

ratings = st.sampled_from([*RATING, None, "not-applicable"])


def score(*sections: list[str | None], **answers: Any) -> Scores:
    """Return the scores of an audit whose sections are rated so; `None` is unrated."""
    given_answers: dict[str, Any] = {}
    for section, levels in enumerate(sections, start=1):
        for index, level in enumerate(levels, start=1):
            if level == "not-applicable":
                given_answers[f"statement/{section}.{index}/not-applicable"] = "Not here."
            elif level is not None:
                given_answers[f"statement/{section}.{index}/rating"] = level
    framework = Framework.build(framework_document([len(levels) for levels in sections]))
    return score_audit(make_audit({**given_answers, **answers.get("also", {})}, framework=framework).state)


def section(*levels: str | None) -> Score:
    return score(list(levels)).sections["1"]


def status_of(green_things: int, amber_things: int, red_things: int) -> str | None:
    """Return the status as design section 4 words the rule, in whole numbers."""
    rated = green_things + amber_things + red_things
    if rated == 0:
        return None
    if 2 * green_things > rated and red_things == 0:
        return "green"
    if 2 * (amber_things + green_things) > rated:
        return "amber"
    return "red"


@given(st.lists(st.lists(ratings, min_size=1, max_size=9), min_size=1, max_size=6))
def test_every_status_is_what_the_rule_says(sections: list[list[str | None]]) -> None:
    scores = score(*sections)
    statuses: list[str | None] = []
    for number, levels in enumerate(sections, start=1):
        worked_out = scores.sections[str(number)]
        expected = status_of(levels.count("established"), levels.count("developing"), levels.count("not-in-place"))
        statuses.append(expected)
        assert worked_out.status == worked_out.rule_status == expected
        assert worked_out.provisional == (expected is not None and None in levels)
        assert worked_out.counts == {level: levels.count(level) for level in RATING}
        assert (worked_out.unrated, worked_out.not_applicable) == (levels.count(None), levels.count("not-applicable"))
        assert worked_out.rated == sum(worked_out.counts.values())
    assert scores.overall.status == status_of(*(statuses.count(status) for status in ("green", "amber", "red")))
    assert scores.overall.provisional == (
        scores.overall.status is not None and any(None in levels for levels in sections)
    )


@given(st.lists(ratings, min_size=1, max_size=12))
def test_every_status_comes_with_one_sentence_that_names_it(levels: list[str | None]) -> None:
    worked_out = section(*levels)
    assert worked_out.reason.endswith(".")
    assert "{" not in worked_out.reason
    if worked_out.status is None:
        assert worked_out.reason == "No statement is rated yet."
    else:
        assert worked_out.reason.startswith(f"{worked_out.status.capitalize()}: ")


NO, DEV, EST = RATING


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ([EST, EST, DEV], "Green: 2 of 3 statements are Established and none is Not in place."),
        ([EST], "Green: 1 of 1 statement is Established and none is Not in place."),
        ([EST, EST, NO], "Amber: 2 of 3 statements are Developing or Established; 1.3 is Not in place."),
        (
            [EST] * 6 + [NO, NO],
            "Amber: 6 of 8 statements are Developing or Established; 1.7 and 1.8 are Not in place.",
        ),
        (
            [EST] * 6 + [NO] * 4,
            "Amber: 6 of 10 statements are Developing or Established; 4 of 10 statements are Not in place.",
        ),
        (
            [EST, DEV, DEV],
            "Amber: 3 of 3 statements are Developing or Established; only 1 of 3 statements is Established.",
        ),
        ([DEV], "Amber: 1 of 1 statement is Developing or Established; no statement is Established."),
        ([NO, NO, DEV], "Red: only 1 of 3 statements is Developing or Established."),
        ([NO], "Red: no statement is Developing or Established."),
        ([NO, EST], "Red: only 1 of 2 statements is Developing or Established."),
        (
            [EST, EST, None],
            "Green: 2 of 2 statements are Established and none is Not in place "
            "(provisional, 1 of 3 statements not yet rated).",
        ),
    ],
)
def test_the_sentence_says_why(levels: list[str | None], sentence: str) -> None:
    assert section(*levels).reason == sentence


def test_exactly_half_is_not_more_than_half() -> None:
    assert section(EST, EST, DEV, DEV).status == "amber"
    assert section(DEV, EST, NO, NO).status == "red"


def test_one_thing_not_in_place_keeps_a_section_from_green() -> None:
    assert section(*[EST] * 14, NO).status == "amber"


def test_what_is_not_applicable_is_left_out_of_the_counts() -> None:
    worked_out = section(EST, "not-applicable", "not-applicable")
    assert (worked_out.status, worked_out.provisional, worked_out.rated) == ("green", False, 1)
    assert worked_out.not_applicable == 2


def test_a_rating_counts_no_more_once_its_statement_is_not_applicable() -> None:
    scores = score([EST, NO], also={"statement/1.2/not-applicable": "No nursery."})
    assert scores.sections["1"].status == "green"


def test_a_rating_in_conflict_counts_as_not_yet_rated() -> None:
    audit = make_audit({"statement/1.1/rating": EST})
    other = make_audit({"statement/1.1/rating": NO}).state.heads("statement/1.1/rating")[0]
    audit.record(other)
    worked_out = score_audit(audit.state).sections["1"]
    assert (worked_out.status, worked_out.unrated) == (None, 3)


def test_another_status_stands_and_the_rules_own_is_kept_beside_it() -> None:
    override = {"status": "green", "reason": "Fixed since the visit."}
    worked_out = score([NO, None], also={"section/1/status-override": override}).sections["1"]
    assert (worked_out.status, worked_out.rule_status) == ("green", "red")
    assert worked_out.override is not None
    assert worked_out.override.reason == "Fixed since the visit."
    assert worked_out.reason.startswith("Red: ")
    assert not worked_out.provisional


def test_a_section_counts_overall_with_the_status_that_stands() -> None:
    override = {"status": "green", "reason": "Fixed since."}
    scores = score([NO], [EST], also={"section/1/status-override": override})
    assert scores.overall.status == "green"
    assert scores.overall.reason == "Green: 2 of 2 standards are Green and none is Red."


def test_another_overall_status_stands() -> None:
    override = {"status": "amber", "reason": "One term is too short."}
    overall = score([EST], also={"audit/status-override": override}).overall
    assert (overall.status, overall.rule_status) == ("amber", "green")


def test_the_overall_sentence_names_the_standards_that_stand_too_low() -> None:
    assert score([EST], [EST], [NO]).overall.reason == (
        "Amber: 2 of 3 standards are Amber or Green; Standard 3 is Red."
    )


def test_a_section_in_which_nothing_applies_has_no_say_overall() -> None:
    overall = score([EST], ["not-applicable"]).overall
    assert (overall.status, overall.provisional, overall.not_applicable) == ("green", False, 1)


def test_nothing_rated_is_no_status() -> None:
    overall = score([None], [None]).overall
    assert (overall.status, overall.provisional) == (None, False)
    assert overall.reason == "No standard is rated yet."


def test_without_a_rule_there_is_a_profile_and_no_status() -> None:
    framework = Framework.build(framework_document((2, 1), scored=False))
    audit = make_audit({"statement/1.1/rating": EST, "statement/2.1/rating": EST}, framework=framework)
    scores = score_audit(audit.state)
    assert scores.overall.counts == {NO: 0, DEV: 0, EST: 2}
    assert (scores.overall.status, scores.overall.rule_status, scores.overall.reason) == (None, None, "")
    assert (scores.overall.rated, scores.overall.unrated) == (2, 1)


def test_a_statement_that_is_not_rated_counts_nowhere() -> None:
    document = framework_document((2,))
    document["sections"][0]["statements"][1]["without"] = ["rating"]
    scores = score_audit(make_audit({"statement/1.1/rating": EST}, framework=document).state)
    assert (scores.sections["1"].unrated, scores.sections["1"].provisional) == (0, False)


def test_the_rule_is_the_frameworks_own() -> None:
    document = framework_document((2,))
    document["scoring"]["outcomes"][0]["when"] = [{"levels": ["established"], "more_than": "0/1"}]
    audit = make_audit({"statement/1.1/rating": EST, "statement/1.2/rating": NO}, framework=document)
    assert score_audit(audit.state).sections["1"].status == "green"
