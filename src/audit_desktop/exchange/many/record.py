"""The record of an export of many: a CSV file with a line for each audit, by which a stopped export is resumed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from audit_desktop.exchange.tables.comma_separated import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADINGS: Final = ("Audit", "Document", "Result", "Reason", "SHA-256", "Bytes")


class Result(StrEnum):
    """How an audit of many fared."""

    DONE = "done"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one audit. `document` is the name of its file in the folder; empty if there is none."""

    source: str
    document: str
    result: Result
    reason: str = ""
    sha256: str = ""
    size: int = 0

    @property
    def is_good(self) -> bool:
        """Whether its document is there."""
        return self.result in (Result.DONE, Result.UNCHANGED)


def head_bytes() -> bytes:
    """Return the beginning of a record."""
    return b"\xef\xbb\xbf" + _line(HEADINGS)


def outcome_bytes(outcome: Outcome) -> bytes:
    """Return the line of one audit."""
    return _line(
        (
            harmless(outcome.source),
            harmless(outcome.document),
            outcome.result.value,
            harmless(outcome.reason),
            outcome.sha256,
            str(outcome.size) if outcome.size else "",
        )
    )


def record_bytes(outcomes: Iterable[Outcome]) -> bytes:
    """Return a whole record."""
    return head_bytes() + b"".join(map(outcome_bytes, outcomes))


def read_record(data: bytes) -> dict[str, Outcome]:
    """Return what `data` says by audit, the last line of each; lines that are none of ours are left out.

    A line that a power cut broke off is one of those.
    """
    found: dict[str, Outcome] = {}
    text = data.decode("utf-8-sig", "replace")
    for row in csv.reader(io.StringIO(text, newline="")):
        try:
            source, document, result, reason, sha256, size = row
            outcome = Outcome(
                _as_it_was(source), _as_it_was(document), Result(result), _as_it_was(reason), sha256, int(size or 0)
            )
        except ValueError:
            continue
        found[outcome.source] = outcome
    return found


def _as_it_was(text: str) -> str:
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def _line(values: Iterable[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue().encode("utf-8", "replace")
