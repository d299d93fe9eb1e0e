"""Every Unicode code point: typed into a box, saved, loaded, exported to Word and read back from there."""

from __future__ import annotations

import unicodedata
from random import Random
from typing import TYPE_CHECKING

from audit_desktop.core.edits import Author, Role
from audit_desktop.exchange.word_import.reader import read_word
from audit_desktop.session.audit_session import AuditSession
from audit_desktop.storage.audit_container import decode_audit, encode_audit, rebuild_if_different
from tests.exchange import audits
from tests.storage.simulated_filesystem import SimulatedClock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALL = range(0x110000)
IN_ONE_ANSWER = 400
ANSWERS_IN_ONE_AUDIT = 30
FENCE = "|"
NEW_LINES = frozenset("\n\r\v\f\x85\u2028\u2029")
LEFT_OUT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def sample(seed: int, count: int) -> list[int]:
    """Return `count` code points by chance, with those among the first 300 and around surrogates that matter most."""
    certain = [*range(300), *range(0xD7FE, 0xD802), *range(0xDFFE, 0xE002), *range(0xFFF9, 0x10001), 0x10FFFF]
    return [*certain, *Random(seed).sample(ALL, count - len(certain))]


def expected(point: int) -> str:
    """Return what a person finds where they typed the character `point`."""
    letter = chr(point)
    if letter in NEW_LINES:
        return "\n"
    if letter in LEFT_OUT:
        return ""
    if unicodedata.category(letter) == "Cs" or point in (0xFFFE, 0xFFFF, 0x7F) or (point < 0x20 and letter != "\t"):
        return "\ufffd"
    return unicodedata.normalize("NFC", letter)


def travel(points: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Take `points` through type, save, load and Word; yields how many were carried, and what is wrong."""
    step = IN_ONE_ANSWER * ANSWERS_IN_ONE_AUDIT
    for start in range(0, len(points), step):
        some = points[start : start + step]
        yield len(some), _travel_together(some)


def _travel_together(points: Sequence[int]) -> str:
    audit = audits.shipped(audits.NORFOLK)
    session = AuditSession(audit, Author("Sam Reed", Role.SCHOOL), SimulatedClock())
    addresses = [
        f"statement/{statement.id}/evidence" for section in audit.framework.sections for statement in section.statements
    ]
    texts: dict[str, str] = {}
    for number, start in enumerate(range(0, len(points), IN_ONE_ANSWER)):
        chosen = points[start : start + IN_ONE_ANSWER]
        address = addresses[number]
        session.type_answer(address, FENCE + FENCE.join(map(chr, chosen)) + FENCE)
        session.commit_typing()
        texts[address] = FENCE + FENCE.join(map(expected, chosen)) + FENCE
    data, _ = encode_audit(session.snapshot())
    opened = decode_audit(data, "characters", lambda _: True)
    if rebuild_if_different(opened) is not None:
        return "the summary differs from the history"
    for address, text in texts.items():
        found = opened.audit.state.value(address)
        if found != text:
            return f"{address}: {_first_difference(found, text)}"
    document = read_word(audits.exported(opened.audit), "characters")
    if document.snapshot is None:
        return "the document has no copy of the answers"
    copied = document.snapshot["answers"]
    shown = "\n".join(cell.text for table in document.tables() for row in table.rows for cell in row)
    squeezed = _squeezed(shown)
    for address, text in texts.items():
        if copied.get(address) != text:
            return f"{address}, the document's own copy: {_first_difference(copied.get(address), text)}"
        for line in text.split("\n"):
            if _squeezed(line) not in squeezed:
                return f"{address}: a line is not in the document: {line[:60]!r}"
    return ""


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _first_difference(found: object, wanted: str) -> str:
    if not isinstance(found, str):
        return f"{found!r} instead of a text"
    at = next(
        (at for at, pair in enumerate(zip(found, wanted, strict=False)) if pair[0] != pair[1]),
        min(len(found), len(wanted)),
    )
    return f"at {at} {found[at : at + 8]!r} instead of {wanted[at : at + 8]!r}"
