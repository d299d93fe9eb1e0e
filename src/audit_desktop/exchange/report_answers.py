"""Answers of an audit as documents show them: one text, or every version of what is not settled."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from audit_desktop.core.answers import display_text
from audit_desktop.core.framework import Field, FieldKind
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.report_model import Answer, NumberAnswer, Version

if TYPE_CHECKING:
    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Framework, Level

_PERIOD_ASKED = re.compile(r"\[[^\]]*period[^\]]*\]", re.IGNORECASE)


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
        if len(heads) > 1 and self.state.has_conflict(address):
            versions = tuple(
                Version(self.text(field, head.value), wording.author(head.author), wording.date_of(head.at), head.value)
                for head in heads
            )
            return Answer(address, field.label, versions=versions)
        if not heads:
            return Answer(address, field.label)
        value = heads[0].value
        if value is None:
            return Answer(address, field.label)
        text = self.text(field, value)
        if field.kind is not FieldKind.STATUS:
            return Answer(address, field.label, text, value)
        pieces = (display_text(self.framework, field, value), value["reason"])
        return Answer(address, field.label, text, value, wording.author(heads[0].author), pieces=pieces)

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
        return NumberAnswer(request, number, replace(answer, pieces=pieces))
