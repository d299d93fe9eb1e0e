"""The report model: everything that a document of an audit shows, in order, before any format draws it.

What a document has thousands of is a named tuple: nothing else is made as fast.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from audit_desktop.exchange import document_wording as wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Level
    from audit_desktop.exchange.blocks import Block

Orientation = Literal["portrait", "landscape"]


class Version(NamedTuple):
    """One of several answers that did not know of each other, and who gave it."""

    text: str
    author: str
    on: str
    value: JsonValue


class Answer(NamedTuple):
    """What stands at one address, and who set it where that is shown.

    In a conflict `text` is empty and `versions` holds every answer.
    """

    address: str
    label: str
    text: str = ""
    value: JsonValue | None = None
    author: str = ""
    versions: tuple[Version, ...] = ()
    pieces: tuple[str, ...] = ()
    """The texts that stand apart in the document, in order, where `text` does not stand in one piece."""
    options: tuple[str, ...] = ()
    """For a choice: what can be chosen, as people read it."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.text and not self.versions

    def texts(self) -> tuple[str, ...]:
        """Return every text that the document must show for it."""
        if self.versions:
            return tuple(version.text for version in self.versions if version.text)
        return self.pieces or ((self.text,) if self.text else ())


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `anchor` names the place for links, and `new_page` starts a page with it."""

    level: Literal[1, 2, 3]
    text: str
    anchor: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """Text of the framework or of the document itself; `quiet` text is small print."""

    blocks: tuple[Block, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Answers as a table of two columns: what is asked, and the answer."""

    caption: str
    answers: tuple[Answer, ...]
    remarks: tuple[tuple[str, str, Level | None], ...] = ()
    """Further rows that are nobody's answer: label, text, and the level whose colour it has."""


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """How many statements of a section, or of all, stand where."""

    name: str
    anchor: str
    counts: tuple[int, ...]
    status: Level | None = None
    status_text: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts per level, one row per section."""

    caption: str
    headings: tuple[str, ...]
    levels: tuple[Level | None, ...]
    rows: tuple[ProfileRow, ...]
    has_status: bool = False
    has_chart: bool = False
    """Whether a chart of it belongs below; not where there is nothing to be seen."""


class Mark(NamedTuple):
    """The cell of one level; `chosen` where it is the rating."""

    level: Level
    chosen: bool


class Words(NamedTuple):
    """Text of the framework in a cell, a bold `reference` before it where it has one."""

    blocks: tuple[Block, ...]
    reference: str = ""


class NumberAnswer(NamedTuple):
    """A number asked for: the request with the period put in, and the number."""

    request: str
    number: str
    answer: Answer


class Choice(NamedTuple):
    """A rating to be chosen from a list; without a `level` its statement may be one that does not apply."""

    answer: Answer
    level: Level | None
    levels: tuple[Level, ...]
    is_not_applicable: bool = False

    @property
    def missing(self) -> str:
        """What stands in the place of a level where none is chosen, in a document to be read."""
        return wording.NOT_APPLICABLE if self.is_not_applicable else wording.NOT_YET_GRADED


class Text(NamedTuple):
    """An answer in people's own words."""

    answer: Answer


CellPart = Words | NumberAnswer | Choice | Text
Cell = Mark | tuple[CellPart, ...]


class Note(NamedTuple):
    """An answer in the row below its statement, after its label."""

    answer: Answer


class MarginComment(NamedTuple):
    """What a visitor said about a statement, as a comment in the margin; `at` is an ISO 8601 moment."""

    author: str
    at: str
    text: str


class StatementRow(NamedTuple):
    """A statement: its cells, and what stands below it.

    Each group of `below` is one row of its own; a group may be empty of answers where the source always has the row.
    """

    statement_id: str
    reference: str
    cells: tuple[Cell, ...]
    below: tuple[tuple[Note, ...], ...] = ()
    rating: Answer | None = None
    """The rating where marks show it."""
    comments: tuple[MarginComment, ...] = ()
    """What stands in the margin besides, where that was asked for."""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column; `level` where the column is the mark of a level."""

    lines: tuple[str, ...]
    width: int
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class StatusRow:
    """The status of a section or of the audit, with the sentences that explain it; a blank form has none."""

    label: str
    level: Level | None
    text: str
    sentences: tuple[str, ...]
    override: Answer


@dataclass(frozen=True, slots=True)
class StatementTable:
    """A section's statements as the source lays them out."""

    section_id: str
    caption: str
    description: str
    columns: tuple[ColumnHead, ...]
    rows: tuple[StatementRow, ...]
    status: StatusRow | None = None


@dataclass(frozen=True, slots=True)
class StatusBox:
    """The overall status."""

    caption: str
    status: StatusRow


@dataclass(frozen=True, slots=True)
class AnswerBoxes:
    """Answers in people's own words, each in a box under its label."""

    caption: str
    answers: tuple[Answer, ...]
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class DescriptorTable:
    """What each status looks like: heading, level, text."""

    caption: str
    entries: tuple[tuple[str, Level | None, tuple[Block, ...]], ...]


@dataclass(frozen=True, slots=True)
class ItemTable:
    """Things that come in a list, with the answers of each in the order of the headings."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Answer, ...], ...]
    shares: tuple[int, ...] = ()
    """How the columns share the width of a page, where the page has room for all of them side by side."""
    flags: tuple[str, ...] = ()
    """A word of warning for each row, empty for most."""


Piece = Heading | Prose | Facts | Profile | StatementTable | StatusBox | AnswerBoxes | DescriptorTable | ItemTable


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces on pages of one orientation."""

    orientation: Orientation
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document."""

    title: str
    subtitle: str
    school: str
    language: str
    framework_id: str
    framework_version: str
    exported_at: datetime
    parts: tuple[Part, ...]
    statement_ids: tuple[str, ...] = field(default=())
    is_form: bool = False
    """Whether it is a blank form, to be filled in."""

    def pieces(self) -> Iterator[Piece]:
        """Yield every piece in order."""
        for part in self.parts:
            yield from part.pieces

    def answers(self) -> Iterator[Answer]:
        """Yield everything that people may have answered, in the order in which it is shown."""
        for piece in self.pieces():
            yield from piece_answers(piece)


def piece_answers(piece: Piece) -> Iterator[Answer]:
    """Yield the answers of one piece in the order in which they are shown."""
    match piece:
        case StatementTable():
            for row in piece.rows:
                yield from row_answers(row)
            if piece.status is not None:
                yield piece.status.override
        case Facts() | AnswerBoxes():
            yield from piece.answers
        case StatusBox():
            yield piece.status.override
        case ItemTable():
            for item in piece.rows:
                yield from item
        case _:
            pass


def row_answers(row: StatementRow) -> list[Answer]:
    """Return the answers of one statement in the order in which they are shown."""
    answers = [] if row.rating is None else [row.rating]
    for cell in row.cells:
        if not isinstance(cell, Mark):
            for part in cell:
                if not isinstance(part, Words):
                    answers.append(part.answer)
    for group in row.below:
        answers += [note.answer for note in group]
    return answers
