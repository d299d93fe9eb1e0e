"""Goes through a document block by block: what stood before says what a paragraph or a row may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.addresses import audit_address, section_address
from audit_desktop.core.common_fields import SCHOOL_NAME
from audit_desktop.core.framework import FieldKind
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.word_import.cell_values import read_level
from audit_desktop.exchange.word_import.columns import ColumnHeadings, ColumnUse
from audit_desktop.exchange.word_import.document import Paragraph, Table
from audit_desktop.exchange.word_import.findings import Findings, is_unsettled
from audit_desktop.exchange.word_import.framework_text import FrameworkText
from audit_desktop.exchange.word_import.import_result import FoundText, ImportResult, Place
from audit_desktop.exchange.word_import.list_items import ListItems, without_number
from audit_desktop.exchange.word_import.matching import Match, match_rows
from audit_desktop.exchange.word_import.own_document import (
    exported_answers,
    framework_named,
    is_own,
    names_of_statuses,
    overriding,
    own_lines,
)
from audit_desktop.exchange.word_import.plain_text import answer_text, comparable, split_reference
from audit_desktop.exchange.word_import.references import keep_references
from audit_desktop.exchange.word_import.statement_rows import StatementRows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.framework import Field, Framework
    from audit_desktop.exchange.word_import.document import Cell, WordDocument

_LONG: Final = 20
"""From how many characters on text of the form where an answer is expected is the form's, and no short answer."""


class DocumentWalk:
    """One way through a document, block by block; what stood before says what a block may be."""

    def __init__(self, document: WordDocument, framework: Framework, known: Iterable[str]) -> None:
        self._document = document
        self._framework = framework
        self._words = FrameworkText(framework)
        self._findings = Findings(self._words, document.comments)
        self._rows = StatementRows(self._findings)
        self._headings = ColumnHeadings(self._words)
        self._matches = match_rows(document.tables(), self._words)
        self._is_own = is_own(document, self._words)
        self._own_lines = own_lines()
        self._base = exported_answers(document, self._words)
        self._bookmarks = dict(self._words.address_of_bookmark)
        for address in (*(self._base or ()), *known):
            if not address.startswith("statement/"):
                self._bookmarks.setdefault(self._words.anchors.place(address), address)
        self._section = ""
        self._statement = ""
        self._rows_below = 0
        self._box: tuple[str, Field] | None = None
        self._box_text: list[str] = []
        self._box_place = Place()
        self._use: ColumnUse | None = None
        self._after_status = False
        self._lists = ListItems(self._findings)
        visitor_fields = [field for field in framework.fields.statement if field.id == "visitor-comment"]
        self._comment_field = visitor_fields[0].id if visitor_fields else ""

    def result(self) -> ImportResult:
        """Walk through the document and return what it says."""
        for block in self._document.blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self._paragraph(block)
        self._close_box()
        self._findings.rest_of_comments()
        findings = self._findings
        findings.leave_out_grades_of_what_does_not_apply()
        keep_references(findings.answers, self._base or {}, findings.references, self._words)
        doubtful = {doubt.address for doubt in findings.doubts}
        order = {statement_id: index for index, statement_id in enumerate(self._words.statements)}
        found = {match.statement_id for match in self._matches.values()}
        return ImportResult(
            framework=framework_named(self._document),
            answers={address: value for address, value in findings.answers.items() if address not in doubtful},
            base=self._base,
            doubts=tuple(findings.doubts),
            unrecognised=tuple(found for found in findings.unrecognised if not self._repeats_school(found)),
            comments=tuple(findings.comments),
            statements=tuple(sorted(found, key=order.__getitem__)),
            notes=self._document.notes,
        )

    def _repeats_school(self, found: FoundText) -> bool:
        """Return whether a text is the school's name below the title, where our own documents say it again."""
        address = audit_address(SCHOOL_NAME.id)
        names = (self._findings.answers.get(address), (self._base or {}).get(address))
        return self._is_own and not found.place.table and found.text in names

    # Paragraphs outside tables

    def _paragraph(self, paragraph: Paragraph) -> None:
        self._findings.comments_of(paragraph, "", Place(section=self._section))
        text = answer_text(paragraph.text)
        if not text.strip():
            if self._box is not None and self._box_text:
                self._box_text.append("")
            return
        said = comparable(text)
        if self._landmark(said, text):
            return
        if self._box is not None and not self._words.is_known(text):
            self._box_text.append(text)
            return
        self._close_box()
        if self._audit_line(text):
            return
        if not self._words.is_known(text) and not self._is_own_line(text):
            self._statement = ""
            self._findings.unknown(text, Place(section=self._section))

    def _is_own_line(self, text: str) -> bool:
        """Return whether our own documents say `text` outside tables: the school's name again, or what was counted."""
        if not self._is_own:
            return False
        return (
            self._own_lines.fullmatch(text) is not None
            # A line of the contents, with its page.
            or ("\t" in text and self._words.is_known(text.rpartition("\t")[0]))
        )

    def _landmark(self, said: str, text: str) -> bool:
        """Take note of a heading or label that `said`, a whole text, is, and return whether it is one."""
        section_id = self._words.section_by_heading.get(said)
        if section_id is not None:
            self._close_box()
            self._section, self._statement, self._lists.list_name = section_id, "", ""
            return True
        if self._lists.announced(said):
            self._close_box()
            self._statement = ""
            return True
        box = self._box_called(said)
        if box is not None:
            self._open_box(*box)
            return True
        first, _, rest = text.partition("\n")
        box = self._box_called(comparable(first)) if rest.strip() else None
        if box is not None:
            self._open_box(*box)
            self._box_text.append(rest)
        return box is not None

    def _box_called(self, said: str) -> tuple[str, Field] | None:
        """Return the address and field of the box whose label `said` is: a section's own, or one of the audit."""
        field = self._words.box_labels.get(said)
        if field is not None and self._section:
            return section_address(self._section, field.id), field
        for own in self._framework.fields.audit:
            if said == comparable(own.label):
                return f"audit/{own.id}", own
        return None

    def _open_box(self, address: str, field: Field) -> None:
        self._close_box()
        self._statement = ""
        self._box = (address, field)
        self._box_place = Place(section=self._section)

    def _close_box(self) -> None:
        if self._box is not None:
            address, field = self._box
            if address not in self._findings.answers or self._box_text:
                self._findings.read(address, field, "\n".join(self._box_text), self._box_place)
        self._box = None
        self._box_text = []

    def _audit_line(self, text: str) -> bool:
        """Read a line such as "School: Hill Primary" in front of a form, and return whether it was one."""
        label, colon, rest = text.partition(":")
        address = self._words.audit_labels.get(comparable(label)) if colon else None
        field = self._words.addresses.field(address) if address else None
        if address is None or field is None or "\n" in text:
            return False
        self._findings.read(address, field, rest, Place())
        return True

    # Tables

    def _table(self, table: Table) -> None:
        self._after_status = False
        if table.rows and self._headings.is_profile(table.rows[0]):
            self._close_box()
            self._profile(table)
            return
        columns_of_list: list[Field] = []
        for index, cells in enumerate(table.rows):
            place = Place(table.number, index + 1, self._section, self._statement)
            match = self._matches.get((table.number, index))
            if match is not None:
                self._statement_row(match, cells, place)
                continue
            if self._answers_by_bookmark(cells, columns_of_list, place):
                continue
            header = self._headings.read_header(cells)
            if header is not None:
                self._close_box()
                for said in self._headings.added_to(cells):
                    self._findings.unknown(said, place)
                self._use, self._statement = header, ""
                self._section = self._words.section_by_heading.get(comparable(cells[0].text), self._section)
                continue
            if not index:
                columns_of_list = self._lists.columns(cells)
                if columns_of_list:
                    self._close_box()
                    continue
            if columns_of_list and len(cells) == len(columns_of_list):
                self._lists.read_added_row(columns_of_list, cells, place)
                continue
            self._other_row(cells, place)

    def _profile(self, table: Table) -> None:
        """Pass over a table of counts, which are made again, and keep what else somebody wrote into it."""
        for index, cells in enumerate(table.rows):
            for cell in cells:
                if not cell.text.strip().isdecimal() and not self._is_status(cell.text):
                    self._findings.unknown(cell.text, Place(table.number, index + 1))

    def _is_status(self, text: str) -> bool:
        """Return whether `text` is nothing but a status, as documents show it."""
        said = comparable(text).removesuffix(comparable(wording.PROVISIONAL)).strip()
        return said in {"", "n a", *map(comparable, (*names_of_statuses(self._framework), wording.NOT_YET_RATED))}

    def _statement_row(self, match: Match, cells: tuple[Cell, ...], place: Place) -> None:
        self._close_box()
        self._after_status = False
        self._statement, self._rows_below = match.statement_id, 0
        self._section = self._words.addresses.section_of_statement[match.statement_id].id
        place = Place(place.table, place.row, self._section, self._statement)
        use = self._use
        if use is None or all(column is None for _, column in use.of(cells)[1:]):
            use = self._headings.by_place(cells)
        self._rows.read_row(match.statement_id, cells, use, place)
        self._comments(cells, place)

    def _answers_by_bookmark(self, cells: tuple[Cell, ...], columns: list[Field], place: Place) -> bool:
        """Read the cells that a bookmark of ours marks as an answer, and return whether there were any.

        In a table of a list, whose `columns` are its fields, the item's other cells are read with them.
        """
        found: dict[int, str] = {}
        for index, cell in enumerate(cells):
            named = (self._bookmarks.get(name) or self._words.item_of_bookmark(name) for name in cell.bookmarks)
            address = next((address for address in named if address), "")
            if address and self._words.addresses.field(address) is not None:
                found[index] = address
        if not found:
            return False
        self._close_box()
        self._statement = ""
        found = self._lists.addresses_of(next(iter(found.values())), columns, cells) or found
        for index, cell in enumerate(cells):
            address = found.get(index, "")
            field = self._words.addresses.field(address) if address else None
            if field is None:
                self._findings.unknown(cell.text, place)
            elif field.kind is FieldKind.STATUS:
                self._override(address, field, cell.text, place)
            else:
                is_head_of_card = len(cells) == 1 and self._lists.item
                self._findings.read(address, field, without_number(cell.text) if is_head_of_card else cell.text, place)
        self._comments(cells, place)
        return True

    def _override(self, address: str, field: Field, text: str, place: Place) -> None:
        """Read a status that a person set, from the sentence that says so."""
        if is_unsettled(text):
            return
        lines = text.split("\n")
        for index, line in enumerate(lines):
            label, reason = overriding(line)
            level = read_level(self._framework.scale(field.scale), label).value if label else None
            if level is not None:
                reason = "\n".join((reason, *lines[index + 1 :])).strip()
                if reason:
                    self._findings.answer(address, {"status": level, "reason": reason}, place)
                return
            self._explanation(line, place)

    def _explanation(self, text: str, place: Place) -> None:
        """Pass over the sentences that explain a status, which are worked out again, and keep what else is there."""
        starts = (*names_of_statuses(self._framework), wording.WORKED_OUT, wording.PROVISIONAL, "No ", wording.CONFLICT)
        others = [line for line in text.split("\n") if not line.startswith(starts)]
        self._findings.unknown("\n".join(others), place)

    def _other_row(self, cells: tuple[Cell, ...], place: Place) -> None:
        """Read a row that is no statement: a heading, a box, a fact, or a row below a statement."""
        filled = [cell for cell in cells if answer_text(cell.text).strip()]
        self._comments(cells, place)
        if not filled:
            self._empty_row(cells, place)
            return
        first = answer_text(filled[0].text)
        said = comparable(first)
        if self._status_row(said, filled, place):
            return
        if len(filled) == 1 and self._landmark(said, first):
            return
        if len(cells) > 1 and self._labelled_row(cells, place):
            return
        if self._box is None and not self._statement and self._lists.read_card_row(cells, first, place):
            return
        text = "\n".join(cell.text for cell in filled)
        if self._box is not None:
            if self._words.unknown_lines(text) or (not self._box_text and len(said) < _LONG):
                self._box_text.append(text)
            else:
                self._close_box()
            return
        if self._after_status and self._is_own:
            self._after_status = False
            self._explanation(text, place)
            return
        known = not self._words.unknown_lines(text)
        if self._statement and len(cells) > 1 and (len(filled) > 1 or split_reference(first)[0]):
            # A statement that the framework does not have: what follows is not about the one before.
            self._statement = ""
        if self._statement and not (known and len(said) >= _LONG and not said.startswith(self._label_words)):
            self._rows.read_below(self._statement, cells, self._rows_below, place)
            self._rows_below += 1
            return
        if known:
            section_id = next(
                filter(None, (self._words.section_by_heading.get(comparable(line)) for line in first.split("\n"))), None
            )
            if section_id:
                self._section, self._statement = section_id, ""
            return
        self._findings.unknown(text, place)

    @property
    def _label_words(self) -> tuple[str, ...]:
        return tuple(comparable(field.label) for field in self._framework.fields.statement)

    def _empty_row(self, cells: tuple[Cell, ...], place: Place) -> None:
        if self._statement:
            self._rows.read_below(self._statement, cells, self._rows_below, place)
            self._rows_below += 1

    def _status_row(self, said: str, filled: list[Cell], place: Place) -> bool:
        """Pass over a status: it is worked out from the ratings. What else was typed there is kept."""
        if said == comparable(wording.PROGRESS) and self._is_own:
            return True
        label = next((label for label in self._words.status_labels if said.startswith(label)), None)
        if label is None:
            return False
        self._close_box()
        self._statement, self._after_status = "", True
        added = comparable(filled[0].text).removeprefix(label)
        if added and not self._is_status(added):
            self._findings.unknown(filled[0].text, place)
        for cell in filled[1:]:
            if not self._is_status(cell.text):
                self._findings.unknown(cell.text, place)
        return True

    def _labelled_row(self, cells: tuple[Cell, ...], place: Place) -> bool:
        """Read a row of a label and its answer, and return whether it is one."""
        said = comparable(cells[0].text)
        box = self._box_called(said)
        text = "\n".join(cell.text for cell in cells[1:] if cell.text.strip())
        if box is not None:
            self._open_box(*box)
            if text.strip():
                self._box_text.append(text)
            return True
        address = self._words.audit_labels.get(said)
        field = self._words.addresses.field(address) if address else None
        if address is None or field is None or self._statement:
            return False
        self._close_box()
        self._findings.read(address, field, text, place)
        return True

    def _comments(self, cells: tuple[Cell, ...], place: Place) -> None:
        address = (
            f"statement/{self._statement}/{self._comment_field}" if self._statement and self._comment_field else ""
        )
        for cell in cells:
            self._findings.comments_of(cell, address, place)
