"""Answers of an audit as documents show them: one text, or every version of what is not settled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from audit_desktop.core.addresses import item_address
from audit_desktop.core.answers import display_text
from audit_desktop.core.attachments import ATTACHMENTS
from audit_desktop.core.framework import Field, FieldKind
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.report_model import Answer, MarginComment, NumberAnswer, Version

if TYPE_CHECKING:
    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Edit, JsonValue
    from audit_desktop.core.framework import Framework, Level

REFERENCES: Final = frozenset(
    {
        ("earlier-comments", "visit"),
        ("earlier-comments", "statement"),
        ("recommendations", "visit"),
        ("recommendations", "progress-visit"),
        ("actions", "recommendation"),
        ("attachments", "sha256"),
    }
)
"""Fields of items, by list and id, of which documents show something else than what is kept.

They name another thing by its own id, and documents show what that is called, or they are made short.
"""

_DIGEST_SHOWN: Final = 12
_PERIOD_ASKED = re.compile(r"\[[^\]]*period[^\]]*\]", re.IGNORECASE)


def is_reference(address: str) -> bool:
    """Return whether documents show something else than what is kept at `address`."""
    list_name, _, rest = address.partition("/")
    return (list_name, rest.rpartition("/")[2]) in REFERENCES


class AnswerReader:
    """Reads what stands at the addresses of one audit."""

    def __init__(self, state: AuditState) -> None:
        self.state = state
        self.framework: Framework = state.addresses.framework

    def at(self, address: str, field: Field | None = None) -> Answer:
        """Return what stands at `address`, whose field may be given by those who have it."""
        if field is None:
            field = self.state.addresses.field(address)
            if field is None:
                raise KeyError(address)
        heads = self.state.heads(address)
        if len(heads) == 1 and field.kind is FieldKind.LONG_TEXT and (words := heads[0].value):
            # Nearly all that anybody says is this.
            return Answer(address, field.label, words, words)
        latest = heads[0] if heads else None
        if len(heads) > 1 and self.state.has_conflict(address):
            answer = Answer(address, field.label, versions=self._versions(field, heads))
        elif latest is None or latest.value is None:
            answer = Answer(address, field.label)
        else:
            answer = Answer(address, field.label, self.text(field, latest.value), latest.value)
            if field.kind is FieldKind.STATUS:
                pieces = (display_text(self.framework, field, latest.value), latest.value["reason"])
                answer = answer._replace(author=wording.author(latest.author), pieces=pieces)
        if field.kind is FieldKind.CHOICE:
            return answer._replace(options=tuple(option.label for option in field.options))
        return answer

    def item(self, list_name: str, own_id: str, field: Field) -> Answer:
        """Return what stands in `field` of an item; one that names another thing says what that is called."""
        answer = self.at(item_address(list_name, own_id, field.id), field)
        if not answer.text or not is_reference(answer.address):
            return answer
        if list_name == ATTACHMENTS:
            # The beginning of a SHA-256 tells a file from others.
            return answer._replace(text=answer.text[:_DIGEST_SHOWN])
        return answer._replace(text=self._called(field.id, answer.text))

    def _called(self, field_id: str, own_id: str) -> str:
        if field_id == "statement":
            statement = self.state.addresses.statements.get(own_id)
            return statement.reference if statement is not None else own_id
        if field_id == "recommendation":
            known = self.state.items("recommendations")
            return wording.recommendation(known.index(own_id) + 1) if own_id in known else own_id
        date = self.state.value(item_address("visits", own_id, "date"))
        return wording.visit_of(wording.date_of(date)) if date else own_id

    def comments(self, address: str, field: Field) -> tuple[MarginComment, ...]:
        """Return every comment that stands at `address`: several where two visitors did not know of each other."""
        return tuple(
            MarginComment(head.author.name, head.at, self.text(field, head.value))
            for head in self.state.heads(address)
            if head.value is not None
        )

    def _versions(self, field: Field, heads: tuple[Edit, ...]) -> tuple[Version, ...]:
        return tuple(
            Version(self.text(field, head.value), wording.author(head.author), wording.date_of(head.at), head.value)
            for head in heads
        )

    def text(self, field: Field, value: JsonValue | None) -> str:
        """Return `value` as a document shows it; another status comes with its reason."""
        if field.kind is FieldKind.LONG_TEXT:
            return value or ""
        shown = display_text(self.framework, field, value)
        if field.kind is FieldKind.STATUS and value is not None:
            return f"{shown}: {value['reason']}"
        if field.kind is FieldKind.CHOICES:
            return shown.replace("; ", "\n") if value else ""
        return shown

    def level(self, answer: Answer, field: Field) -> Level | None:
        """Return the level that a rating chose, or `None` if there is none or several."""
        return self.framework.scale(field.scale).level(answer.value) if isinstance(answer.value, str) else None

    def number(self, address: str, field: Field) -> NumberAnswer:
        """Return a number asked for, the period given put where the request asks for it."""
        answer = self.at(address, field)
        request = field.label
        value = answer.value
        if not isinstance(value, dict):
            return NumberAnswer(request, "", answer)
        given = cast("dict[str, JsonValue]", value)
        period = str(given.get("period", ""))
        if period:
            request, replaced = _PERIOD_ASKED.subn(lambda _: f"[{period}]", request, count=1)
            if not replaced:
                request = f"{request} [{period}]"
        number = "" if given.get("number") is None else f"{given['number']:,}"
        pieces = tuple(piece for piece in (period, number) if piece)
        return NumberAnswer(request, number, answer._replace(pieces=pieces))
