"""Answers: what a value of each kind of field must look like, and how it reads."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, assert_never, cast

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.framework import FieldKind
from audit_desktop.core.text import LONGEST_TEXT, clean_text, one_line

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Framework

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_LARGEST_NUMBER = 1_000_000_000


def normalise(framework: Framework, field: Field, value: JsonValue, address: str) -> JsonValue | None:
    """Return `value` as it is stored for `field`, or `None` if it is empty and takes the answer back.

    Text is cleaned. Raises `AuditDesktopError` with the fault and `address` if the field cannot hold the value.
    """
    if value is None or value in ("", [], {}):
        return None
    match field.kind:
        case FieldKind.RATING:
            level_id = _text(field, value, address)
            scale = framework.scale(field.scale)
            if scale.level(level_id) is None:
                known = ", ".join(level.id for level in scale.levels)
                raise AuditDesktopError(FaultCode.LEVEL_UNKNOWN, address, value=level_id, known=known)
            return level_id
        case FieldKind.TEXT:
            return one_line(_text(field, value, address)) or None
        case FieldKind.LONG_TEXT:
            text = clean_text(_text(field, value, address))
            return text if text.strip() else None
        case FieldKind.NUMBER:
            return _number(field, value, address)
        case FieldKind.DATE:
            return _date(field, value, address)
        case FieldKind.CHOICE:
            return _option(field, value, address)
        case FieldKind.CHOICES:
            if not isinstance(value, list):
                raise AuditDesktopError(FaultCode.VALUE_WRONG_TYPE, address, expected="a list")
            chosen = {_option(field, entry, address) for entry in cast("list[JsonValue]", value)}
            return [option.id for option in field.options if option.id in chosen]
        case FieldKind.FLAG:
            if not isinstance(value, bool):
                raise AuditDesktopError(FaultCode.VALUE_WRONG_TYPE, address, expected="true or false")
            return value or None
        case FieldKind.STATUS:
            return _status(framework, field, value, address)
        case _ as never:
            assert_never(never)


PLAIN_TYPES: Final[dict[FieldKind, type]] = {
    FieldKind.RATING: str,
    FieldKind.TEXT: str,
    FieldKind.LONG_TEXT: str,
    FieldKind.CHOICE: str,
    FieldKind.FLAG: bool,
}
"""The kinds of fields whose values need to be of one type and nothing more for the program to work with them."""


def fits(framework: Framework, field: Field, value: JsonValue) -> bool:
    """Return whether the program can work with `value`, which came from a file, as an answer to `field`.

    A level or an option that the framework does not know is shown as it stands; text where a number belongs is not.
    """
    if value is None:
        return True
    plain = PLAIN_TYPES.get(field.kind)
    if plain is not None:
        return type(value) is plain
    if field.kind is FieldKind.CHOICES:
        return isinstance(value, list) and all(isinstance(entry, str) for entry in cast("list[JsonValue]", value))
    try:
        return normalise(framework, field, value, "") is not None
    except AuditDesktopError:
        return False


def display_text(framework: Framework, field: Field, value: JsonValue | None) -> str:
    """Return `value`, an answer to `field`, as a person reads it; empty for no answer."""
    if value is None:
        return ""
    match field.kind:
        case FieldKind.RATING:
            level = framework.scale(field.scale).level(value)
            return level.label if level is not None else str(value)
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return str(value)
        case FieldKind.NUMBER:
            period = value.get("period", "")
            number = value.get("number")
            return " ".join(
                part for part in ("" if number is None else f"{number:,}", f"({period})" if period else "") if part
            )
        case FieldKind.DATE:
            return _long_date(value)
        case FieldKind.CHOICE:
            return _option_label(field, value)
        case FieldKind.CHOICES:
            return "; ".join(_option_label(field, option_id) for option_id in value)
        case FieldKind.FLAG:
            return "Yes" if value else ""
        case FieldKind.STATUS:
            level = framework.scale(field.scale).level(value["status"])
            return level.label if level is not None else str(value["status"])
        case _ as never:
            assert_never(never)


def _text(field: Field, value: JsonValue, address: str) -> str:
    if not isinstance(value, str):
        raise AuditDesktopError(FaultCode.VALUE_WRONG_TYPE, address, expected="text")
    if len(value) > LONGEST_TEXT:
        raise AuditDesktopError(FaultCode.TEXT_TOO_LONG, address, length=len(value), longest=LONGEST_TEXT)
    return value


def _parts(value: JsonValue, keys: tuple[str, str], address: str) -> dict[str, JsonValue]:
    if isinstance(value, dict):
        parts = cast("dict[str, JsonValue]", value)
        if parts.keys() <= set(keys):
            return parts
    expected = f'an object with "{keys[0]}" and "{keys[1]}"'
    raise AuditDesktopError(FaultCode.VALUE_WRONG_TYPE, address, expected=expected)


def _number(field: Field, value: JsonValue, address: str) -> JsonValue | None:
    parts = _parts(value, ("number", "period"), address)
    answer: dict[str, JsonValue] = {}
    number = parts.get("number")
    if number is not None:
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            raise AuditDesktopError(FaultCode.NUMBER_INVALID, address, value=number)
        if abs(number) > _LARGEST_NUMBER or not math.isfinite(number):
            raise AuditDesktopError(FaultCode.NUMBER_INVALID, address, value=number)
        answer["number"] = int(number) if number == int(number) else number
    period = one_line(_text(field, parts.get("period") or "", address))
    if period:
        answer["period"] = period
    return answer or None


def _date(field: Field, value: JsonValue, address: str) -> str:
    # Imported here, since most audits are opened without a date being changed.
    from datetime import date

    text = _text(field, value, address)
    try:
        if not _DATE.match(text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise AuditDesktopError(FaultCode.DATE_INVALID, address, value=text) from None
    return text


_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def _long_date(value: str) -> str:
    year, month, day = value.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def _option(field: Field, value: JsonValue, address: str) -> str:
    text = _text(field, value, address)
    if all(option.id != text for option in field.options):
        known = ", ".join(option.id for option in field.options)
        raise AuditDesktopError(FaultCode.OPTION_UNKNOWN, address, value=text, known=known)
    return text


def _option_label(field: Field, option_id: str) -> str:
    """Return how an option reads; of a statement that only an earlier version of the framework had, its id."""
    label = next((option.label for option in field.options if option.id == option_id), option_id)
    return label.removeprefix("statement/")


def _status(framework: Framework, field: Field, value: JsonValue, address: str) -> JsonValue:
    parts = _parts(value, ("status", "reason"), address)
    status = _text(field, parts.get("status") or "", address)
    scale = framework.scale(field.scale)
    if scale.level(status) is None:
        known = ", ".join(level.id for level in scale.levels)
        raise AuditDesktopError(FaultCode.STATUS_UNKNOWN, address, value=status, known=known)
    reason = clean_text(_text(field, parts.get("reason") or "", address)).strip()
    if not reason:
        raise AuditDesktopError(FaultCode.REASON_MISSING, address)
    return {"status": status, "reason": reason}
