"""Small frameworks, audits and edits for tests, made in memory and readable at a glance."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from audit_desktop.core.addresses import Addresses
from audit_desktop.core.audit import Audit
from audit_desktop.core.audit_state import AuditState
from audit_desktop.core.edits import Author, Edit, JsonValue, Role
from audit_desktop.core.framework import Framework

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SCHOOL = Author("Sam Reed", Role.SCHOOL, "Hill Primary School")
VISITOR = Author("Alex Moss", Role.VISITOR)

RAG_SCORING: dict[str, Any] = {
    "rating": "rating",
    "status_scale": "status",
    "outcomes": [
        {
            "status": "green",
            "counts_as": "established",
            "when": [
                {"levels": ["established"], "more_than": "1/2"},
                {"levels": ["not-in-place"], "at_most": 0},
            ],
        },
        {
            "status": "amber",
            "counts_as": "developing",
            "when": [{"levels": ["developing", "established"], "more_than": "1/2"}],
        },
        {"status": "red", "counts_as": "not-in-place"},
    ],
    "phrases": {"section_unit": "standard", "section_units": "standards"},
}
RATING = ("not-in-place", "developing", "established")


def framework_document(
    statements: Sequence[int] = (3, 2), *, scored: bool = True, framework_id: str = "small"
) -> dict[str, Any]:
    """Return the JSON object of a framework whose sections have so many `statements`.

    They are called `1.1`, `1.2`, … `2.1`, … The last statement of each section asks for a number. The school rates,
    and writes evidence; the visitor comments.
    """
    rating = {"id": "rating", "kind": "rating", "label": "Rating", "scale": "rating", "required": True}
    return {
        "format": 1,
        "id": framework_id,
        "version": "1.0.0",
        "title": "A small audit",
        "publisher": "Nobody",
        "source": "Made for a test",
        "language": "en-GB",
        "summary": "Shows what tests need.",
        "section_noun": "Standard",
        "introduction": [{"heading": "Introduction", "text": "Read *this* first."}],
        "scales": [_scale("rating", RATING), _scale("status", ("red", "amber", "green"))],
        "fields": {
            "statement": [
                rating,
                {"id": "evidence", "kind": "long-text", "label": "How do we know?"},
                {"id": "visitor-comment", "kind": "long-text", "label": "LAP comment", "owner": "visitor"},
                {**rating, "id": "visitor-rating", "label": "LAP rating", "owner": "visitor", "required": False},
                {
                    "id": "visitor-rating-reason",
                    "kind": "long-text",
                    "label": "Why the LAP rating differs",
                    "owner": "visitor",
                    "required_when": {"field": "visitor-rating", "differs_from": "rating"},
                },
            ],
            "section": [
                {"id": "evidence", "kind": "long-text", "label": "Evidence"},
                {"id": "action", "kind": "long-text", "label": "Action"},
            ],
            "audit": [
                {
                    "id": "recommended-actions",
                    "kind": "long-text",
                    "label": "Recommended actions",
                    "owner": "visitor",
                }
            ],
        },
        "sections": [_section(number, count) for number, count in enumerate(statements, start=1)],
        "layout": {
            "orientation": "portrait",
            "columns": [
                {"heading": "", "width": 61, "shows": ["reference", "text", "numbers", "evidence"]},
                *({"heading": level, "width": 13, "marks": level} for level in RATING),
            ],
            "below": ["visitor-comment"],
        },
        "activities": [{"id": "walk", "label": "A walk"}, {"id": "talk", "label": "A talk"}],
        "scoring": deepcopy(RAG_SCORING) if scored else None,
        "overall": {"heading": "Overall status"} if scored else None,
    }


def _scale(scale_id: str, levels: Sequence[str]) -> dict[str, Any]:
    return {
        "id": scale_id,
        "label": scale_id.title(),
        "levels": [
            {"id": level, "label": level.replace("-", " ").capitalize(), "colour": "#808080"} for level in levels
        ],
    }


def _section(number: int, count: int) -> dict[str, Any]:
    statements: list[dict[str, Any]] = [
        {"id": f"{number}.{index}", "reference": f"{number}.{index}", "text": f"Statement {number}.{index} holds."}
        for index in range(1, count + 1)
    ]
    statements[-1]["numbers"] = [{"id": "number-1", "label": "How many [time period]:"}]
    return {
        "id": str(number),
        "title": f"Section {number}",
        "heading": f"{number}. SECTION {number}",
        "status_label": f"Standard {number} Status",
        "statements": statements,
    }


def make_framework(statements: Sequence[int] = (3, 2), *, scored: bool = True) -> Framework:
    """Return a framework whose sections have so many `statements`."""
    return Framework.build(framework_document(statements, scored=scored))


def make_audit(
    answers: Mapping[str, JsonValue] | None = None,
    *,
    framework: Framework | dict[str, Any] | None = None,
    audit_id: str = "audit-1",
    author: Author = SCHOOL,
) -> Audit:
    """Return an audit with `answers` by address, each given by `author` (the visitor's fields by the visitor).

    `framework` is a framework, its JSON object or nothing, which means `make_framework()`.
    """
    document = framework_document() if framework is None else framework
    if isinstance(document, Framework):
        source, built = b"", document
    else:
        source, built = json.dumps(document).encode("utf-8"), Framework.build(document)
    audit = Audit.new(audit_id, built, source)
    for number, (address, value) in enumerate((answers or {}).items()):
        field = audit.state.addresses.field(address)
        by = VISITOR if field is not None and field.owner == "visitor" else author
        audit.record(audit.state.make_edit(address, value, at=at(number), author=by, sitting="sitting-1"))
    return audit


def make_state(edits: Iterable[Edit] = (), *, framework: Framework | None = None) -> AuditState:
    """Return what `edits` say of an audit of `framework`."""
    return AuditState.from_edits(Addresses(framework or make_framework()), edits)


def edit(
    address: str,
    value: JsonValue,
    *replaces: Edit,
    author: Author = SCHOOL,
    minute: int = 0,
    sitting: str = "sitting-1",
) -> Edit:
    """Return an edit that takes the place of `replaces`."""
    return Edit.make(
        address,
        value,
        replaces=tuple(replaced.id for replaced in replaces),
        at=at(minute),
        author=author,
        sitting=sitting,
    )


def at(minute: int) -> str:
    """Return the time so many minutes into the sample day."""
    return f"2026-01-05T{9 + minute // 60:02}:{minute % 60:02}:00.000Z"
