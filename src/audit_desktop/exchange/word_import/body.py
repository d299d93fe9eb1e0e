"""The body of a document: its paragraphs and tables in order, through everything that may stand around them.

Elements around text are looked into unless they hold what a reader of the document does not see. A word processor
may wrap a run, a paragraph, a cell or a row into a content control, an insertion or a smart tag; the cells of a row
stay in their columns whatever is around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.text import clean_text
from audit_desktop.exchange.word_import import limits
from audit_desktop.exchange.word_import.document import Cell, Control, NoteCode, Paragraph, Table
from audit_desktop.exchange.word_import.marks import ShortNames, attribute, child, is_on, number
from audit_desktop.exchange.word_import.text_run import character_of, form_field_text

if TYPE_CHECKING:
    from audit_desktop.exchange.word_import.marks import XmlElement

_UNSEEN: Final = frozenset(
    {"del", "moveFrom", "instrText", "delText", "delInstrText", "mc:Fallback", "rPr", "sectPr", "tblPr", "tblGrid"}
)
_TEXT_BOX: Final = "txbxContent"
_LONGEST_BOOKMARK: Final = 255


class _Collector:
    """What was met since the last paragraph outside tables, or in one cell."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.bookmarks: list[str] = []
        self.controls: list[Control] = []
        self.comments: list[str] = []

    def text(self) -> str:
        return clean_text("".join(self.pieces))

    def marks(self) -> tuple[tuple[str, ...], tuple[Control, ...], tuple[str, ...]]:
        return tuple(self.bookmarks), tuple(self.controls), tuple(dict.fromkeys(self.comments))


class BodyReader:
    """Reads one body. `notes` tells afterwards what was left out."""

    def __init__(self, place: str) -> None:
        self.notes: set[NoteCode] = set()
        self._place = place
        self._short = ShortNames()
        self._blocks: list[Paragraph | Table] = []
        self._here = _Collector()
        self._in_cell = False
        self._tables = 0
        self._rows = 0
        self._paragraphs = 0

    def read(self, body: XmlElement) -> tuple[Paragraph | Table, ...]:
        """Return the blocks of `body`, after those of the bodies read before.

        Raises `WORD_TOO_LARGE` if there are too many of them.
        """
        self._children(body)
        if self._here.text().strip():
            # Text that stands in no paragraph; no program writes that, and it is not lost all the same.
            self._blocks.append(Paragraph(self._here.text(), *self._here.marks()))
            self._here = _Collector()
        return tuple(self._blocks)

    def text_of(self, element: XmlElement) -> str:
        """Return the text of `element`, a comment, with a newline after each paragraph but the last."""
        outer, self._here = self._here, _Collector()
        self._in_cell = True
        self._children(element)
        self._in_cell = False
        text, self._here = self._here.text(), outer
        return text.removesuffix("\n")

    def _children(self, element: XmlElement) -> None:
        for inner in element:
            self._element(inner)

    def _element(self, element: XmlElement) -> None:
        short = self._short[element.tag]
        if short == "r":
            self._children(element)
        elif short in _UNSEEN:
            if short in ("del", "moveFrom"):
                self.notes.add(NoteCode.TRACKED_CHANGES)
        elif (text := character_of(short, element)) is not None:
            self._here.pieces.append(text)
        elif short == "p":
            self._paragraph(element)
        elif short == "tbl":
            self._table(element)
        elif short == "sdt":
            self._control(element)
        elif short == "bookmarkStart":
            self._here.bookmarks.append(attribute(element, "name")[:_LONGEST_BOOKMARK])
        elif short in ("commentRangeStart", "commentReference"):
            self._here.comments.append(attribute(element, "id"))
        elif short == "fldChar":
            self._form_field(element)
        elif short == _TEXT_BOX:
            self.notes.add(NoteCode.TEXT_BOXES_SKIPPED)
        elif short != "pPr":
            if short in ("ins", "moveTo"):
                self.notes.add(NoteCode.TRACKED_CHANGES)
            self._children(element)

    def _paragraph(self, paragraph: XmlElement) -> None:
        self._children(paragraph)
        of_mark = child(child(paragraph, "pPr"), "rPr")
        if of_mark is not None and any(self._short[inner.tag] in ("del", "moveFrom") for inner in of_mark):
            # The mark at its end is deleted: it runs on into the next one.
            return
        if self._in_cell:
            self._here.pieces.append("\n")
            return
        self._paragraphs += 1
        if self._paragraphs > limits.MOST_PARAGRAPHS:
            self._refuse("paragraphs", self._paragraphs, limits.MOST_PARAGRAPHS)
        self._blocks.append(Paragraph(self._here.text(), *self._here.marks()))
        self._here = _Collector()

    def _form_field(self, element: XmlElement) -> None:
        data = child(element, "ffData")
        if data is None:
            return
        shown, is_list = form_field_text(data)
        self._here.pieces.append(shown)
        name = child(data, "name")
        if is_list:
            tag = attribute(name, "val") if name is not None else ""
            self._here.controls.append(Control(tag, shown, is_drop_down=True))

    def _control(self, control: XmlElement) -> None:
        """Read a control around runs or paragraphs, with nothing of its text while it shows its prompt."""
        content = child(control, "sdtContent")
        if content is None:
            return
        properties = child(control, "sdtPr")
        here = self._here
        start, first_block = len(here.pieces), len(self._blocks)
        shows_prompt = is_on(child(properties, "showingPlcHdr"))
        self._children(content)
        if here is not self._here:
            # It held whole paragraphs, each of which took its text along.
            if shows_prompt:
                self._blocks[first_block:] = [
                    block._replace(text="") if isinstance(block, Paragraph) else block
                    for block in self._blocks[first_block:]
                ]
            return
        if shows_prompt:
            ends = "\n" if start < len(here.pieces) and here.pieces[-1] == "\n" else ""
            here.pieces[start:] = [ends] if ends else []
        here.controls.append(self._described(properties, clean_text("".join(here.pieces[start:]))))

    def _described(self, properties: XmlElement | None, text: str) -> Control:
        tag = child(properties, "tag")
        is_list = child(properties, "dropDownList") is not None or child(properties, "comboBox") is not None
        return Control(attribute(tag, "val") if tag is not None else "", text.strip(), is_drop_down=is_list)

    def _table(self, table: XmlElement) -> None:
        if self._in_cell:
            self.notes.add(NoteCode.NESTED_TABLES)
            self._nested_table(table)
            return
        self._tables += 1
        if self._tables > limits.MOST_TABLES:
            self._refuse("tables", self._tables, limits.MOST_TABLES)
        number_of_this = self._tables
        rows: list[tuple[Cell, ...]] = []
        self._table_rows(table, (), rows)
        self._blocks.append(Table(number_of_this, tuple(rows)))

    def _table_rows(self, element: XmlElement, around: tuple[Control, ...], rows: list[tuple[Cell, ...]]) -> None:
        """Add the rows in `element`, through whatever is around them; `around` are the controls that are."""
        for inner in element:
            short = self._short[inner.tag]
            if short == "tr":
                self._row(inner, around, rows)
            elif short == "bookmarkStart":
                # Between rows; it belongs to what follows.
                self._here.bookmarks.append(attribute(inner, "name")[:_LONGEST_BOOKMARK])
            elif short == "sdt":
                content = child(inner, "sdtContent")
                if content is not None:
                    self._table_rows(content, (*around, self._described(child(inner, "sdtPr"), "")), rows)
            elif short in ("del", "moveFrom"):
                self.notes.add(NoteCode.TRACKED_CHANGES)
            elif short not in _UNSEEN:
                self._table_rows(inner, around, rows)

    def _row(self, row: XmlElement, around: tuple[Control, ...], rows: list[tuple[Cell, ...]]) -> None:
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            self.notes.add(NoteCode.TRACKED_CHANGES)
            return
        self._rows += 1
        if self._rows > limits.MOST_ROWS:
            self._refuse("rows", self._rows, limits.MOST_ROWS)
        cells: list[Cell] = []
        column = number(child(properties, "gridBefore"), 0)
        self._row_cells(row, around, cells, column)
        if cells:
            rows.append(tuple(cells))

    def _row_cells(
        self, element: XmlElement, around: tuple[Control, ...], cells: list[Cell], column: int, prompt: bool = False
    ) -> int:
        """Add the cells in `element`, the first of them at `column`, and return the column after the last."""
        for inner in element:
            short = self._short[inner.tag]
            if short == "tc":
                column = self._cell(inner, around, cells, column, prompt)
                around = ()
            elif short == "bookmarkStart":
                self._here.bookmarks.append(attribute(inner, "name")[:_LONGEST_BOOKMARK])
            elif short == "sdt":
                content, properties = child(inner, "sdtContent"), child(inner, "sdtPr")
                if content is not None:
                    wrapped = (*around, self._described(properties, ""))
                    around = ()
                    column = self._row_cells(content, wrapped, cells, column, is_on(child(properties, "showingPlcHdr")))
            elif short not in _UNSEEN and short not in ("trPr", "tblPrEx"):
                column = self._row_cells(inner, around, cells, column, prompt)
        return column

    def _cell(self, cell: XmlElement, around: tuple[Control, ...], cells: list[Cell], column: int, prompt: bool) -> int:
        properties = child(cell, "tcPr")
        span = max(1, number(child(properties, "gridSpan"), 1))
        outer, self._here = self._here, _Collector()
        # Bookmarks between cells belong to the next one.
        self._here.bookmarks, outer.bookmarks = outer.bookmarks, []
        self._in_cell = True
        if child(properties, "cellDel") is None:
            self._children(cell)
        else:
            self.notes.add(NoteCode.TRACKED_CHANGES)
        self._in_cell = False
        text = "" if prompt else self._here.text().removesuffix("\n")
        if len(text) > limits.LONGEST_CELL:
            self.notes.add(NoteCode.CELL_CUT)
            text = text[: limits.LONGEST_CELL]
        shown = tuple(Control(control.tag, text.strip(), control.is_drop_down) for control in around)
        bookmarks, controls, comments = self._here.marks()
        cells.append(Cell(text, column, span, bookmarks, (*shown, *controls), comments))
        self._here = outer
        return column + span

    def _nested_table(self, table: XmlElement) -> None:
        """Add the text of a table in a cell: a tab between its cells, a newline after each row."""
        self._nested_cells(table)
        if self._here.pieces and self._here.pieces[-1] == "\t":
            self._here.pieces[-1] = "\n"

    def _nested_cells(self, element: XmlElement) -> None:
        for inner in element:
            short = self._short[inner.tag]
            if short == "tc":
                self._children(inner)
                if self._here.pieces and self._here.pieces[-1] == "\n":
                    self._here.pieces[-1] = "\t"
            elif short == "tr":
                if child(child(inner, "trPr"), "del") is None:
                    self._nested_cells(inner)
                    if self._here.pieces and self._here.pieces[-1] == "\t":
                        self._here.pieces[-1] = "\n"
            elif short == "sdt":
                content = child(inner, "sdtContent")
                if content is not None:
                    self._nested_cells(content)
            elif short not in _UNSEEN and short not in ("trPr", "tblPrEx"):
                self._nested_cells(inner)

    def _refuse(self, what: str, found: int, most: int) -> NoReturn:
        raise AuditDesktopError(FaultCode.WORD_TOO_LARGE, self._place, what=what, found=found, most=most)
