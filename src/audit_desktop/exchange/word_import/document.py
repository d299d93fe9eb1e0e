"""What a Word document says, as plain data without any of Word's markup.

Named tuples, since the process that reads a document would spend as long on importing what makes dataclasses.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue


class NoteCode(StrEnum):
    """Something about a document that its reader should be told."""

    MACROS_IGNORED = "macros-ignored"
    TRACKED_CHANGES = "tracked-changes"
    """Insertions were read as text, deletions were left out."""
    TEXT_BOXES_SKIPPED = "text-boxes-skipped"
    NESTED_TABLES = "nested-tables"
    """Tables inside cells were read as text of the cell."""
    CELL_CUT = "cell-cut"
    """A cell held more text than an answer can."""
    EXTERNAL_FILES = "external-files"
    """The document refers to pictures or templates elsewhere; nothing was fetched."""
    COMMENTS_DAMAGED = "comments-damaged"
    """The comments, the properties or the hidden copy of the answers could not be read; the text was."""


class Control(NamedTuple):
    """A content control or form field; `text` is what it shows, empty while it shows its prompt."""

    tag: str
    text: str
    is_drop_down: bool = False


class Paragraph(NamedTuple):
    """A paragraph outside tables. `comments` are the ids of the comments that begin in it."""

    text: str
    bookmarks: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    comments: tuple[str, ...] = ()


class Cell(NamedTuple):
    """A table cell: its whole text with newlines, and the columns of the grid that it covers, from 0."""

    text: str
    column: int
    span: int = 1
    bookmarks: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    comments: tuple[str, ...] = ()


class Table(NamedTuple):
    """A table, as the cells of its rows; `number` counts the tables outside cells from 1."""

    number: int
    rows: tuple[tuple[Cell, ...], ...]


class WordComment(NamedTuple):
    """A comment; `date` is what the document says, ISO 8601 or empty."""

    id: str
    author: str
    date: str
    text: str


class WordDocument(NamedTuple):
    """A document's text in order, and what it carries besides.

    `snapshot` is the copy of the exported answers that our own documents carry: each answer by its address.
    """

    blocks: tuple[Paragraph | Table, ...]
    comments: tuple[WordComment, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    snapshot: dict[str, JsonValue] | None = None
    notes: tuple[NoteCode, ...] = ()

    def property(self, name: str) -> str:
        """Return the custom property called `name`, or an empty text."""
        return next((value for key, value in self.properties if key == name), "")

    def tables(self) -> tuple[Table, ...]:
        """Return the tables in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def to_json(self) -> dict[str, JsonValue]:
        """Return the JSON object that `from_json` reads."""
        return {
            "blocks": [_block_to_json(block) for block in self.blocks],
            "comments": [[item.id, item.author, item.date, item.text] for item in self.comments],
            "properties": [list(pair) for pair in self.properties],
            "snapshot": self.snapshot,
            "notes": [note.value for note in self.notes],
        }

    @classmethod
    def from_json(cls, document: dict[str, JsonValue]) -> Self:
        """Return the document that `to_json` described.

        Raises `KeyError`, `TypeError` or `ValueError` for anything else.
        """
        return cls(
            blocks=tuple(_block_from_json(block) for block in document["blocks"]),
            comments=tuple(WordComment(*item) for item in document["comments"]),
            properties=tuple((name, value) for name, value in document["properties"]),
            snapshot=document["snapshot"],
            notes=tuple(NoteCode(note) for note in document["notes"]),
        )


def _marks_to_json(block: Paragraph | Cell) -> list[JsonValue]:
    controls = [[control.tag, control.text, control.is_drop_down] for control in block.controls]
    return [list(block.bookmarks), controls, list(block.comments)]


def _marks_from_json(marks: list[Any]) -> tuple[tuple[str, ...], tuple[Control, ...], tuple[str, ...]]:
    bookmarks, controls, comments = marks
    return tuple(bookmarks), tuple(Control(*control) for control in controls), tuple(comments)


def _block_to_json(block: Paragraph | Table) -> list[JsonValue]:
    if isinstance(block, Paragraph):
        return [block.text, *_marks_to_json(block)]
    rows = [[[cell.text, cell.column, cell.span, *_marks_to_json(cell)] for cell in row] for row in block.rows]
    return [block.number, rows]


def _block_from_json(block: list[Any]) -> Paragraph | Table:
    if isinstance(block[0], str):
        return Paragraph(block[0], *_marks_from_json(block[1:]))
    number, rows = block
    return Table(
        number,
        tuple(
            tuple(Cell(text, column, span, *_marks_from_json(marks)) for text, column, span, *marks in row)
            for row in rows
        ),
    )
