"""Formatted text without a format: runs of text in paragraphs and list items."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Run(NamedTuple):
    """Text of one look; `link` is an address that it leads to."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


class Block(NamedTuple):
    """A paragraph or a list item.

    `depth` counts the lists an item stands in, less one. `number` is an item's number in a numbered list, whose mark
    is `mark`.
    """

    runs: tuple[Run, ...]
    kind: Literal["paragraph", "bullet", "number"] = "paragraph"
    depth: int = 0
    number: int = 0
    mark: Literal[".", ")"] = "."

    @property
    def text(self) -> str:
        """The text without its looks."""
        return "".join(run.text for run in self.runs)


def paragraph(text: str, *, bold: bool = False, italic: bool = False, link: str = "") -> Block:
    """Return a paragraph of one run."""
    return Block((Run(text, bold, italic, link),))


def plain_lines(text: str) -> tuple[Block, ...]:
    """Return one paragraph for each line of `text`, which nobody interprets; none for empty text."""
    return tuple(Block((Run(line),)) for line in text.split("\n")) if text else ()
