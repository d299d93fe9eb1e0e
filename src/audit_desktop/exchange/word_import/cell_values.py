"""Answers as people write them into cells: marks, grades, numbers with their periods, dates and choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from audit_desktop.core.framework import FieldKind
from audit_desktop.core.text import one_line
from audit_desktop.exchange.word_import.plain_text import answer_text, comparable

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Framework, Level, NumberAsked, Scale

_MARK: Final = re.compile(
    r"(?:[×✓✔✗✘✕✖☒☑]+|x+(?![^\W_])|(?:yes|tick|ticked)\b|[•●■](?=\s*\Z))(.*)\Z", re.IGNORECASE | re.DOTALL
)
_NO_MARK: Final = frozenset("☐□-–—")
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_NUMERIC_DATE: Final = re.compile(r"(\d\d?)[/.\- ](\d\d?)[/.\- ](\d{4}|\d\d)")
_WRITTEN_DATE: Final = re.compile(r"(?:[a-z]+day,? )?(\d\d?)(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?,? (\d{4}|\d\d)")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER: Final = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?")
_BRACKETED: Final = re.compile(r"\[([^\]]*)\]")
_PERIOD_ASKED: Final = re.compile(r"(?:insert|specify|state|enter)\b.*\bperiod\Z", re.IGNORECASE)
_THIS_CENTURY: Final = 2000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says as an answer: the `value`, and the `leftover` that is no part of it."""

    value: JsonValue | None = None
    leftover: str = ""


def read_mark(text: str) -> Reading:
    """Return `True` if the cell of a level is marked, `None` if it is empty; other text is left over."""
    said = answer_text(text).strip()
    if not said or said in _NO_MARK:
        return Reading()
    found = _MARK.match(said)
    return Reading(None, said) if found is None else Reading(True, found[1].strip(" \n\t.:-"))


def read_level(scale: Scale, text: str) -> Reading:
    """Return the id of the level of `scale` that `text` names, by its label, its colour or the start of its label.

    What names no level, or several, is left over; so is what stands after a level's label.
    """
    said = answer_text(text).strip()
    words = comparable(said)
    if not words:
        return Reading()
    for level in scale.levels:
        if words in _names(level):
            return Reading(level.id)
    starting = [level for level in scale.levels if len(words) > 2 and comparable(level.label).startswith(f"{words} ")]
    if len(starting) == 1:
        return Reading(starting[0].id)
    named = [level for level in scale.levels if f" {comparable(level.label)} " in f" {words} "]
    if len(named) == 1:
        return Reading(named[0].id, said)
    return Reading(None, said)


def _names(level: Level) -> set[str]:
    label, colour = comparable(level.label), comparable(level.colour_name)
    return {label, comparable(level.id), *((colour, f"{label} {colour}", f"{colour} {label}") if colour else ())}


def read_numbers(asked: tuple[NumberAsked, ...], text: str) -> tuple[dict[str, Reading], str]:
    """Return the number that stands after each request in `text`, by the request's id, and the other lines.

    A period stands where the request asks for it, or in brackets after the number. A request that is not in `text`
    is not in what is returned; one without a number has the value `None`.
    """
    found: dict[str, Reading] = {}
    lines = text.split("\n")
    others: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        for request in asked:
            rest = None if request.id in found else _after_request(request, line)
            if rest is None:
                continue
            period, said = rest
            if not said.strip() and position < len(lines) and _NUMBER.fullmatch(lines[position].strip()):
                said = lines[position]
                position += 1
            found[request.id] = _number(period, said)
            break
        else:
            others.append(line)
    return found, "\n".join(others)


def _after_request(request: NumberAsked, line: str) -> tuple[str, str] | None:
    """Return the period that stands in `line` and what follows the request, or `None` if it is another line."""
    # One space at most between words, so that no pattern has many ways to try.
    line = " ".join(line.split())
    before, bracket, after = request.label.partition("[")
    head = _loosely(before.rstrip().removesuffix(":"))
    tail = _loosely(after.partition("]")[2].strip().removesuffix(":").strip()) if bracket else ""
    found = re.match(rf"\s*{head}\s*\[(.*)\]\s*{tail}\s*:?(.*)\Z", line, re.IGNORECASE) or re.match(
        rf"\s*{head}\s*:\s*\[(.*)\](.*)\Z", line, re.IGNORECASE
    )
    if found is None and bracket:
        found = re.match(rf"\s*{head}\b[ \t]*([^:\[\]]*?)\s*{tail}\s*:(.*)\Z", line, re.IGNORECASE)
    if found is not None:
        period = found[1].strip()
        # As the form has it: nobody put one in.
        return "" if comparable(period) == comparable(after.partition("]")[0]) else period, found[2]
    found = re.match(rf"\s*{head}\s*{tail}\s*:?(.*)\Z", line, re.IGNORECASE)
    return ("", found[1]) if found is not None else None


def _loosely(text: str) -> str:
    """Return a pattern for `text` whatever its spaces."""
    return r"\s+".join(map(re.escape, text.split()))


def _number(period: str, said: str) -> Reading:
    if _PERIOD_ASKED.match(period):
        period = ""
    said = said.strip()
    found = _NUMBER.match(said)
    value: dict[str, JsonValue] = {}
    leftover = said
    if found is not None:
        number = float(found[0].replace(",", ""))
        value["number"] = int(number) if number.is_integer() else number
        leftover = said[found.end() :].strip(" .;")
        if not period and leftover.startswith("(") and leftover.endswith(")"):
            period, leftover = leftover[1:-1], ""
    if one_line(period):
        value["period"] = one_line(period)
    return Reading(value or None, leftover)


def read_field(framework: Framework, field: Field, text: str) -> Reading:
    """Return what `text`, the whole text of a box, says as an answer to `field`. What cannot be read is left over."""
    said = answer_text(text)
    if not said.strip():
        return Reading()
    match field.kind:
        case FieldKind.RATING:
            return read_level(framework.scale(field.scale), said)
        case FieldKind.TEXT:
            return Reading(one_line(said))
        case FieldKind.LONG_TEXT:
            return Reading(said)
        case FieldKind.NUMBER:
            reading = _number("", one_line(said))
            return reading if reading.value else Reading(None, said)
        case FieldKind.DATE:
            date = read_date(said)
            return Reading(date) if date else Reading(None, said)
        case FieldKind.CHOICE:
            chosen = next((option.id for option in field.options if comparable(option.label) == comparable(said)), None)
            return Reading(chosen, "" if chosen else said)
        case FieldKind.CHOICES:
            return _read_choices(field, said)
        case FieldKind.FLAG:
            return Reading(True) if comparable(said) in ("yes", "true") else Reading(None, said)
        case FieldKind.STATUS:
            return Reading(None, said)
        case _ as never:
            assert_never(never)


def _read_choices(field: Field, said: str) -> Reading:
    by_label = {comparable(option.label): option.id for option in field.options}
    chosen: list[str] = []
    leftover: list[str] = []
    for line in said.split("\n"):
        whole = by_label.get(comparable(line))
        for part in [line] if whole else line.split(";"):
            option_id = by_label.get(comparable(part))
            if option_id is not None:
                chosen.append(option_id)
            elif part.strip():
                leftover.append(part.strip())
    in_order = [option.id for option in field.options if option.id in chosen]
    return Reading(in_order or None, "\n".join(leftover))


def read_date(text: str) -> str:
    """Return the date that `text` writes, the day before the month, as `2026-09-03`; empty if it writes none."""
    # Imported here: only few cells hold dates.
    from datetime import date

    said = " ".join(text.lower().split())
    found = _ISO_DATE.fullmatch(said)
    if found is not None:
        year, month, day = map(int, found.groups())
    elif (found := _NUMERIC_DATE.fullmatch(said)) is not None:
        day, month, year = map(int, found.groups())
    elif (found := _WRITTEN_DATE.fullmatch(said)) is not None and found[2][:3] in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2][:3]) + 1, int(found[3])
    else:
        return ""
    try:
        return date(year if year > 99 else _THIS_CENTURY + year, month, day).isoformat()
    except ValueError:
        return ""
