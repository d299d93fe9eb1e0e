"""Reads the texts of frameworks, CommonMark, into blocks: paragraphs, lists, emphasis and links."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from audit_desktop.exchange.blocks import Block, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

_MAY_BE_LINKED = ("https:", "http:", "mailto:")
# Text without any of these is paragraphs and flat bullet lists, which need no parser (nor its import).
_NEEDS_PARSER = re.compile(
    r"""
    [\\`*_<>\[\]]           # emphasis, code, links, escapes
    | &\#?\w+;               # character references
    | [^\S\ \n]              # white space other than spaces
    | ^\ | \ $               # indentation, hard line breaks
    | ^[#+=~]                # headings, other lists, fences
    | ^\d{1,9}[.)]           # numbered lists
    | ^-(?!\ [^\s\-+\d#])     # whatever begins with a dash and is no plain item
    """,
    re.MULTILINE | re.VERBOSE,
)
_MAIL_ADDRESS = re.compile(r"([\w.+-]+@\w[\w-]*(?:\.[\w-]+)+)", re.ASCII)
_DEEPEST = 2
_TEXTS_REMEMBERED = 16_384
"""Texts of frameworks are the same in every audit of an export of many."""


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text`. Whatever is no paragraph, list, emphasis or link comes through as its text.

    Links lead only to web and e-mail addresses; others are left as their text.
    """
    if not text:
        return ()
    blocks = _parsed(text) if _NEEDS_PARSER.search(text) else tuple(_simple(text))
    return tuple(map(_with_mail_links, blocks)) if "@" in text else blocks


def _with_mail_links(block: Block) -> Block:
    """Return `block` with the e-mail addresses that it prints as links, as they are in the sources."""
    runs: list[Run] = []
    for run in block.runs:
        if run.link:
            runs.append(run)
            continue
        # Odd places hold the addresses, even ones what stands between them.
        for place, text in enumerate(_MAIL_ADDRESS.split(run.text)):
            if text:
                runs.append(Run(text, run.bold, run.italic, f"mailto:{text}" if place % 2 else ""))
    return block._replace(runs=tuple(runs))


def _simple(text: str) -> Iterable[Block]:
    """Yield the blocks of text that holds nothing but paragraphs and flat bullet lists."""
    kind: Literal["paragraph", "bullet"] = "paragraph"
    lines: list[str] = []
    for line in text.split("\n"):
        if not line:
            if lines:
                yield Block((Run(" ".join(lines)),), kind)
            kind, lines = "paragraph", []
        elif line.startswith("- "):
            if lines:
                yield Block((Run(" ".join(lines)),), kind)
            kind, lines = "bullet", [line[2:]]
        else:
            lines.append(line)
    if lines:
        yield Block((Run(" ".join(lines)),), kind)


def _parsed(text: str) -> tuple[Block, ...]:
    # Imported here: most texts are simple, and a window that only exports plain ones never pays for it.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").disable(["html_block", "html_inline", "image", "code", "heading", "lheading"])
    blocks: list[Block] = []
    lists: list[tuple[Literal["bullet", "number"], int, Literal[".", ")"]]] = []  # kind, items so far, mark
    first_in_item = False
    for token in parser.parse(text):
        match token.type:
            case "bullet_list_open":
                lists.append(("bullet", 0, "."))
            case "ordered_list_open":
                start = token.attrGet("start")
                start = 1 if start is None else int(start)
                lists.append(("number", start - 1, ")" if token.markup == ")" else "."))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                kind, number, mark = lists[-1]
                lists[-1] = (kind, number + 1, mark)
                first_in_item = True
            case "inline":
                runs = tuple(_runs(token.children or []))
                depth = min(len(lists) - 1, _DEEPEST) if lists else 0
                if lists and first_in_item:
                    kind, number, mark = lists[-1]
                    blocks.append(Block(runs, kind, depth, number if kind == "number" else 0, mark))
                else:
                    blocks.append(Block(runs, depth=depth))
                first_in_item = False
            case "fence" | "code_block":
                blocks.extend(Block((Run(line),)) for line in token.content.splitlines())
            case _:
                pass
    return tuple(block for block in blocks if block.text)


def _runs(tokens: Iterable[Token]) -> Iterable[Run]:
    bold = italic = 0
    link = ""
    collected: list[Run] = []

    def add(text: str) -> None:
        run = Run(text, bold > 0, italic > 0, link)
        last = collected[-1] if collected else None
        if last is not None and (last.bold, last.italic, last.link) == (run.bold, run.italic, run.link):
            collected[-1] = Run(last.text + text, run.bold, run.italic, run.link)
        elif text:
            collected.append(run)

    for token in tokens:
        match token.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "link_open":
                target = str(token.attrGet("href") or "")
                link = target if target.lower().startswith(_MAY_BE_LINKED) else ""
            case "link_close":
                link = ""
            case "softbreak":
                add(" ")
            case "hardbreak":
                add("\n")
            case _:
                add(token.content)
    return collected
