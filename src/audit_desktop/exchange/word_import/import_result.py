"""What a Word document was found to say about an audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.document import NoteCode


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document something stands: the table and row, from 1, or 0 outside tables.

    `statement` and `section` are the ids of those that it stands with, as far as it is known.
    """

    table: int = 0
    row: int = 0
    section: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class FoundText:
    """Text that is neither the framework's nor an answer that was understood; it is kept and shown."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer that only a person can read: two marks in a row, or a grade that the scale does not have.

    `choices` are the values that it may mean; none are known where `text` says something else.
    """

    address: str
    text: str
    place: Place
    choices: tuple[JsonValue, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundComment:
    """A comment that Word keeps beside the text, on a statement."""

    address: str
    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a document says. `answers` holds each address whose place was found, with `None` where it was empty.

    `framework` is what the document names (`id@version`), empty if it names none. `base` holds the answers as they
    were when the document was exported, `None` if it does not say. `statements` are the ids of the statements found.
    """

    framework: str
    answers: Mapping[str, JsonValue | None]
    base: Mapping[str, JsonValue] | None
    doubts: tuple[Doubt, ...] = ()
    unrecognised: tuple[FoundText, ...] = ()
    comments: tuple[FoundComment, ...] = ()
    statements: tuple[str, ...] = ()
    notes: tuple[NoteCode, ...] = ()
