"""Likely pupil data in what was written: pupil numbers, dates of birth, e-mail addresses and the names beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.edits import Edit, JsonValue


class PupilDataKind(StrEnum):
    """What was found."""

    PUPIL_NUMBER = "pupil-number"
    """A unique pupil number whose check letter is right."""
    POSSIBLE_PUPIL_NUMBER = "possible-pupil-number"
    """The same form with a check letter that is not: perhaps one mistyped."""
    DATE_OF_BIRTH = "date-of-birth"
    EMAIL_ADDRESS = "email-address"
    NAME = "name"
    """Two or three words with capitals beside one of the others."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of a text that is likely pupil data: `text[start:end]`."""

    kind: PupilDataKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PupilData:
    """A finding in an audit. `is_earlier` says that the answer was replaced: the words stand in the history alone."""

    address: str
    kind: PupilDataKind
    text: str
    start: int
    end: int
    is_earlier: bool = False


# I, O and S are not used, since they read like figures.
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_PUPIL_NUMBER = re.compile(rf"(?<![0-9A-Za-z])[{_LETTERS}{_LETTERS.lower()}]\d{{11}}[0-9{_LETTERS}](?![0-9A-Za-z])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}\b", re.IGNORECASE)
_ANYTHING = re.compile(r"[@\d]")
# Mailboxes that belong to an office and to no person.
_OFFICES = """
admin admissions attendance contact contactus enquiries enquiry ews finance general head headteacher help hr info
information inclusion mail mailbox noreply office operations post principal reception safeguarding school secretary
senco send support
"""
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})|\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\.?,?\s+\d{{4}})"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdates?\s+of\s+births?\b|\bborn\b|\bbirth\s?dates?\b|\bbirthdays?\b)", re.IGNORECASE
)
_BIRTH_REACH = 30
"""Characters that may stand between "date of birth" and the date."""
_NUMBER_REACH = 40
"""Characters that may stand between a pupil number and a date for the date to be one of birth."""

_NAME_PART = r"[A-Z][a-zà-öø-ÿ]+(?:['’-][A-Z][a-zà-öø-ÿ]+)*"
_NAME = re.compile(rf"{_NAME_PART}(?: (?:Mc|Mac|O['’])?{_NAME_PART}){{1,2}}")
_NAME_REACH = 12
_NAME_STRETCH = 120
# Words with capitals that are no part of a pupil's name.
_NO_NAMES = """
academy action april attendance august autumn birth born case child class code contact council county data date december
department dob email evidence family february friday governor head headteacher in january june july key leader letter
link march may mental monday mr mrs ms miss no norfolk november number october office officer our parent pastoral phase
plan policy primary pupil record reference register report review safeguarding saturday school secondary section see
senior september spring stage standard statement student summer sunday support table target team term the this thursday
trust tuesday unique upn wednesday week welfare year
"""


def pupil_number_letter(figures: str) -> str:
    """Return the check letter of the pupil number whose other twelve characters are `figures`."""
    values = (int(figure) if figure.isdigit() else _LETTERS.index(figure) for figure in figures)
    return _LETTERS[sum(value * weight for weight, value in enumerate(values, 2)) % len(_LETTERS)]


def pupil_data_in(text: str) -> tuple[Finding, ...]:
    """Return what in `text` is likely pupil data, in the order in which it stands there.

    A date counts only where it is called one of birth or stands beside a pupil number, a name only beside another
    finding, and the mailbox of an office not at all.
    """
    if not _ANYTHING.search(text):
        return ()
    numbers = [_number(match) for match in _PUPIL_NUMBER.finditer(text)]
    births = list(_births(text, numbers))
    mails = [
        Finding(PupilDataKind.EMAIL_ADDRESS, match.start(), match.end())
        for match in _EMAIL.finditer(text)
        if match[0].partition("@")[0].lower() not in _OFFICES.split()
    ]
    found = [*numbers, *births, *mails]
    names = {name for finding in found for name in _names_beside(text, finding)}
    return tuple(sorted({*found, *names}, key=lambda finding: (finding.start, finding.end, finding.kind)))


def pupil_data(audit: Audit, *, with_history: bool) -> tuple[PupilData, ...]:
    """Return the likely pupil data of `audit`: in its answers first, and `with_history` in earlier wording too.

    Both sides of a conflict are looked at, and edits that are set aside. What was found in an answer is not
    repeated for its earlier wordings.
    """
    found: dict[tuple[str, PupilDataKind, str], PupilData] = {}
    current = [edit for heads in audit.state.all_heads().values() for edit in heads]
    current += [aside.edit for aside in audit.state.set_aside()]
    _look_through(found, current, is_earlier=False)
    if with_history:
        _look_through(found, audit.log.all().values(), is_earlier=True)
    return tuple(found.values())


def _look_through(
    found: dict[tuple[str, PupilDataKind, str], PupilData], edits: Iterable[Edit], *, is_earlier: bool
) -> None:
    for edit in edits:
        for text in _texts(edit.value):
            for finding in pupil_data_in(text):
                words = text[finding.start : finding.end]
                data = PupilData(edit.address, finding.kind, words, finding.start, finding.end, is_earlier)
                found.setdefault((edit.address, finding.kind, words), data)


def _texts(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in cast("dict[str, JsonValue]", value).values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in cast("list[JsonValue]", value):
            yield from _texts(inner)


def _number(match: re.Match[str]) -> Finding:
    number = match[0].upper()
    is_right = pupil_number_letter(number[1:]) == number[0]
    kind = PupilDataKind.PUPIL_NUMBER if is_right else PupilDataKind.POSSIBLE_PUPIL_NUMBER
    return Finding(kind, match.start(), match.end())


def _births(text: str, numbers: list[Finding]) -> Iterator[Finding]:
    for match in _DATE.finditer(text):
        before = text[max(0, match.start() - _BIRTH_REACH) : match.start()].rsplit("\n", 1)[-1]
        cue = max(_BIRTH.finditer(before), key=re.Match[str].start, default=None)
        # "Born 3 May 2014; reviewed 12/9/2026": the cue belongs to the first date after it.
        is_called_so = cue is not None and not _DATE.search(before, cue.end())
        if is_called_so or any(_is_beside(text, number, match) for number in numbers):
            yield Finding(PupilDataKind.DATE_OF_BIRTH, match.start(), match.end())


def _is_beside(text: str, number: Finding, date: re.Match[str]) -> bool:
    start, end = (number.end, date.start()) if number.end <= date.start() else (date.end(), number.start)
    return end - start <= _NUMBER_REACH and not re.search(r"\n|[.;!?]\s", text[start:end])


def _names_beside(text: str, finding: Finding) -> Iterator[Finding]:
    no_names = frozenset(_NO_NAMES.split())
    # A stretch of the line, and not all of it: a line may be a hundred thousand characters long.
    first, last = max(0, finding.start - _NAME_STRETCH), min(len(text), finding.end + _NAME_STRETCH)
    line_start = text.rfind("\n", first, finding.start) + 1 or first
    line_end = text.find("\n", finding.end, last)
    for match in _NAME.finditer(text, line_start, last if line_end < 0 else line_end):
        start, words = match.start(), match[0].split(" ")
        while words and words[0].lower() in no_names:
            start += len(words.pop(0)) + 1
        end = match.end()
        while words and words[-1].lower() in no_names:
            end -= len(words.pop()) + 1
        if len(words) < 2 or any(word.lower() in no_names for word in words):
            continue
        gap = _BIRTH.sub("", text[end : finding.start] if end <= finding.start else text[finding.end : start])
        if (
            (end <= finding.start or start >= finding.end)
            and len(gap) <= _NAME_REACH
            and not re.search(r"[.;!?]\s", gap)
        ):
            yield Finding(PupilDataKind.NAME, start, end)
