"""What the drawing of one Word document keeps count of, and the small things all its parts are drawn with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.word import xml_text
from audit_desktop.exchange.word.anchors import control_tag
from audit_desktop.exchange.word.chart import chart_drawing
from audit_desktop.exchange.word.colours import fill_of, ink_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audit_desktop.core.framework import Level
    from audit_desktop.exchange.blocks import Block, Run
    from audit_desktop.exchange.report_model import Answer, Heading, MarginComment, Profile
    from audit_desktop.exchange.word.anchors import Anchors

_MAY_BE_LINKED = ("https:", "http:", "mailto:")
_FIRST_FREE_NUMBERING = 4
_TEXTS_REMEMBERED = 16_384
"""Texts of frameworks are the same in every audit of an export of many."""
_ABSTRACT_NUMBERINGS = {".": 2, ")": 3}
DEEPEST_LINKED = 2
"""The level down to which headings stand in the contents."""
_FIRST_CONTROL = 100_000
_PROMPT = '<w:rStyle w:val="PlaceholderText"/>'
BOLD = "<w:b/><w:bCs/>"
ITALIC = "<w:i/><w:iCs/>"


class Drawing:
    """The counters and names of one document.

    `link` registers an address, and `add_chart` the chart of a profile; both return the relationship's id.
    """

    def __init__(self, anchors: Anchors, link: Callable[[str], str], add_chart: Callable[[Profile], str]) -> None:
        self.anchors = anchors
        self._add_chart = add_chart
        self._link = link
        self._links: dict[str, str] = {}
        self._bookmarks = 0
        self._controls = 0
        self._headings = 0
        self.numberings: list[str] = []
        """Word's definitions of the numbered lists that were drawn."""
        self.comments: list[MarginComment] = []
        """What was put in the margin, each under its place in this list."""

    def bookmark(self, name: str) -> str:
        """Return a point bookmark."""
        self._bookmarks += 1
        return f'<w:bookmarkStart w:id="{self._bookmarks}" w:name="{name}"/><w:bookmarkEnd w:id="{self._bookmarks}"/>'

    def mark(self, address: str) -> str:
        """Return the bookmark of the place of an answer, or of whatever else has an address."""
        return self.bookmark(self.anchors.place(address))

    def heading_address(self, heading: Heading) -> str:
        """Return the address of a heading for its bookmark, its anchor where it has one; empty for small headings."""
        if heading.anchor or heading.level > DEEPEST_LINKED:
            return heading.anchor
        self._headings += 1
        return f"heading/{self._headings}"

    def restart_headings(self) -> None:
        """Count the headings again from the first: they are gone through once for the contents."""
        self._headings = 0

    def chart(self, profile: Profile, width: int) -> str:
        """Return the run that shows the chart of `profile`."""
        return chart_drawing(profile, self._add_chart(profile), width)

    def margin(self, comments: Iterable[MarginComment], content: str) -> str:
        """Return `content` with `comments` on it in the margin."""
        for comment in comments:
            own_id = len(self.comments)
            self.comments.append(comment)
            content = (
                f'<w:commentRangeStart w:id="{own_id}"/>{content}<w:commentRangeEnd w:id="{own_id}"/>'
                f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{own_id}"/></w:r>'
            )
        return content

    def drop_down(
        self,
        address: str,
        label: str,
        choices: tuple[tuple[str, str], ...],
        chosen: str,
        look: str = "",
        prompt: str = wording.CHOOSE,
    ) -> str:
        """Return a control to choose one of `choices`, pairs of value and text; without `chosen` it shows `prompt`.

        It is placed in a paragraph, and cannot be deleted by accident.
        """
        return self.control(control_parts(label, choices, chosen, look, prompt), address)

    def control(self, parts: tuple[str, str, str], address: str) -> str:
        """Return the control that consists of `parts`, tied to the answer at `address`."""
        self._controls += 1
        before_tag, before_id, rest = parts
        tag = xml_text.escape(control_tag(address))
        return f"{before_tag}{tag}{before_id}{_FIRST_CONTROL + self._controls}{rest}"

    def runs(self, runs: Iterable[Run]) -> str:
        """Return runs and links as XML."""
        return "".join([self._run(one) for one in runs])

    def _run(self, one: Run) -> str:
        relation = self._links.get(one.link)
        if relation is None:
            if not one.link.lower().startswith(_MAY_BE_LINKED):
                return xml_text.run(one.text, _look(one))
            relation = self._links[one.link] = self._link(one.link)
        return _linked(one.text, _look(one), relation)

    def inner_link(self, anchor: str, text: str, properties: str = "") -> str:
        """Return a link to a place in the document."""
        name = self.anchors.place(anchor)
        linked = xml_text.run(text, f'<w:rStyle w:val="Hyperlink"/>{properties}')
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{linked}</w:hyperlink>'

    def blocks(
        self, blocks: tuple[Block, ...], *, in_table: bool, lead: str = "", keep: str = "", style: str = ""
    ) -> str:
        """Return paragraphs and list items as XML, `lead` at the start of the first one."""
        if in_table and not style:
            known = without_links(blocks, keep)
            if known is not None:
                return f"{known[0]}{lead}{known[1]}"
        plain, bullet, numbered = (
            ("TableText", "TableBullet", "TableNumber") if in_table else ("Normal", "ListBullet", "ListNumber")
        )
        drawn: list[str] = []
        numbering = 0
        expected: tuple[int, int, str] | None = None
        for block in blocks:
            content = lead + self.runs(block.runs)
            lead = ""
            match block.kind:
                case "paragraph":
                    drawn.append(xml_text.paragraph(style or plain, content, keep))
                    continue
                case "bullet":
                    drawn.append(xml_text.paragraph(bullet, content, keep + _depth(block)))
                case "number":
                    if expected != (block.depth, block.number, block.mark):
                        numbering = self._start_numbering(block)
                    expected = (block.depth, block.number + 1, block.mark)
                    place = f'<w:numPr><w:ilvl w:val="{block.depth}"/><w:numId w:val="{numbering}"/></w:numPr>'
                    drawn.append(xml_text.paragraph(numbered, content, keep + place))
        if lead:
            drawn.append(xml_text.paragraph(style or plain, lead, keep))
        return "".join(drawn)

    def _start_numbering(self, block: Block) -> int:
        own_id = _FIRST_FREE_NUMBERING + len(self.numberings)
        self.numberings.append(
            f'<w:num w:numId="{own_id}"><w:abstractNumId w:val="{_ABSTRACT_NUMBERINGS[block.mark]}"/>'
            f'<w:lvlOverride w:ilvl="{block.depth}"><w:startOverride w:val="{block.number}"/></w:lvlOverride></w:num>'
        )
        return own_id

    def answer(
        self, answer: Answer, *, style: str = "TableText", lead: str = "", keep: str = "", line_style: str = ""
    ) -> str:
        """Return an answer as one paragraph for each of its lines, or every version of it; a paragraph in any case."""
        if answer.versions:
            return self.versions(answer, style=style, lead=lead)
        if answer.options:
            choices = tuple((option, option) for option in answer.options)
            control = self.drop_down(answer.address, answer.label, choices, answer.text)
            return xml_text.paragraph(style, lead + control, keep)
        return _lines(answer.text, line_style or style, lead, keep)

    def versions(self, answer: Answer, *, style: str = "TableText", lead: str = "") -> str:
        """Return every version of an answer that is not settled, each under the name of its author."""
        drawn = [xml_text.paragraph(style, lead + xml_text.run(wording.CONFLICT, BOLD + ITALIC))]
        for version in answer.versions:
            heading = xml_text.run(wording.said_by(version.author, version.on), BOLD)
            drawn.append(xml_text.paragraph(style, heading, "<w:keepNext/>"))
            drawn.append(_lines(version.text or wording.TAKEN_BACK, style, "", ""))
        return "".join(drawn)


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _linked(text: str, look: str, relation: str) -> str:
    linked = xml_text.run(text, f'<w:rStyle w:val="Hyperlink"/>{look}')
    return f'<w:hyperlink r:id="{relation}" w:history="1">{linked}</w:hyperlink>'


def control_parts(
    label: str, choices: tuple[tuple[str, str], ...], chosen: str, look: str, prompt: str
) -> tuple[str, str, str]:
    """Return what is the same in every control of one choice: what stands before its tag, before its id, and after."""
    items = "".join(
        f'<w:listItem w:displayText="{xml_text.escape(text)}" w:value="{xml_text.escape(value)}"/>'
        for value, text in choices
    )
    shown = xml_text.run(chosen, look) if chosen else xml_text.run(prompt, _PROMPT)
    return (
        f"<w:sdt><w:sdtPr>{f'<w:rPr>{look}</w:rPr>' if look else ''}"
        f'<w:alias w:val="{xml_text.escape(label[:60])}"/><w:tag w:val="',
        '"/><w:id w:val="',
        '"/><w:lock w:val="sdtLocked"/>'
        '<w:placeholder><w:docPart w:val="DefaultPlaceholder_AuditDesktopList"/></w:placeholder>'
        f"{'' if chosen else '<w:showingPlcHdr/>'}"
        f'<w:dropDownList><w:listItem w:value="{wording.CHOOSE}"/>{items}</w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{shown}</w:sdtContent></w:sdt>",
    )


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def without_links(blocks: tuple[Block, ...], keep: str) -> tuple[str, str] | None:
    """Return text of a table that is the same in every document: what stands before a lead in it, and after.

    `None` where it has links or numbered lists, which each document counts for itself, and where there is none.
    """
    drawn: list[str] = []
    for block in blocks:
        if block.kind == "number" or any(one.link for one in block.runs):
            return None
        style = "TableBullet" if block.kind == "bullet" else "TableText"
        content = "".join(xml_text.run(one.text, _look(one)) for one in block.runs)
        drawn.append(xml_text.paragraph(style, content, keep + _depth(block)))
    start, end, rest = "".join(drawn).partition("</w:pPr>")
    return (start + end, rest) if end else None


def _depth(block: Block) -> str:
    if block.kind == "paragraph" or not block.depth:
        return ""
    return f'<w:numPr><w:ilvl w:val="{block.depth}"/><w:numId w:val="1"/></w:numPr>'


def _look(one: Run) -> str:
    return (BOLD if one.bold else "") + (ITALIC if one.italic else "")


def _lines(text: str, style: str, lead: str, keep: str) -> str:
    if "\n" not in text:
        return xml_text.paragraph(style, lead + xml_text.run(text), keep)
    first, *rest = text.split("\n")
    drawn = [xml_text.paragraph(style, lead + xml_text.run(first), keep)]
    drawn += [xml_text.paragraph(style, xml_text.run(line), keep) for line in rest]
    return "".join(drawn)


def level_look(level: Level | None) -> tuple[str, str]:
    """Return the fill of a level's cell and the run properties that are readable on it; empty for no level."""
    if level is None:
        return "", ""
    fill = fill_of(level.colour)
    return fill, f'<w:color w:val="{ink_on(fill)}"/>'
