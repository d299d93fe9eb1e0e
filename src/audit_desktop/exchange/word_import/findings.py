"""Gathers what is found in a document while it is walked through, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.addresses import statement_address
from audit_desktop.core.common_fields import NOT_APPLICABLE
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.report_answers import is_reference
from audit_desktop.exchange.word_import.cell_values import Reading, read_field
from audit_desktop.exchange.word_import.import_result import Doubt, FoundComment, FoundText, Place
from audit_desktop.exchange.word_import.plain_text import answer_text, comparable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field
    from audit_desktop.exchange.word_import.document import Cell, Paragraph, WordComment
    from audit_desktop.exchange.word_import.framework_text import FrameworkText


class Findings:
    """Answers, doubts and texts in the order in which they were found."""

    def __init__(self, words: FrameworkText, comments: Iterable[WordComment]) -> None:
        self.words = words
        self.answers: dict[str, JsonValue | None] = {}
        self.references: dict[str, str] = {}
        """What fields that name another thing by its id show instead: what that thing is called."""
        self.doubts: list[Doubt] = []
        self.unrecognised: list[FoundText] = []
        self.comments: list[FoundComment] = []
        self._open_comments = {comment.id: comment for comment in comments}

    def answer(self, address: str, value: JsonValue | None, place: Place) -> None:
        """Keep `value` as what the document says at `address`; what is there already is never replaced."""
        if address not in self.answers:
            self.answers[address] = value
        elif value is not None and value != self.answers[address]:
            if self.answers[address] is None:
                self.answers[address] = value
            else:
                self.text(str(value), place)

    def read(self, address: str, field: Field, text: str, place: Place) -> None:
        """Keep what `text`, the whole text of a box, says as an answer to `field`."""
        if is_unsettled(text):
            return
        if is_reference(address):
            self.references[address] = text
            return
        self.reading(address, field, read_field(self.words.framework, field, text), place)

    def reading(self, address: str, field: Field, reading: Reading, place: Place) -> None:
        """Keep a `reading` of the answer at `address`; a text that is no answer becomes a doubt."""
        if reading.leftover and reading.value is None:
            self.doubts.append(Doubt(address, reading.leftover, place))
            return
        self.answer(address, reading.value, place)
        if reading.leftover:
            self.text(reading.leftover, place)

    def text(self, text: str, place: Place) -> None:
        """Keep `text`, which nothing else could be made of."""
        text = answer_text(text).strip()
        if text and comparable(text):
            self.unrecognised.append(FoundText(text, place))

    def leave_out_grades_of_what_does_not_apply(self) -> None:
        """Let go of doubts about grades that say "Not applicable" where the document gives the reason for that.

        Our own documents show it as the prompt of the list to choose from, which some programs make ordinary text.
        """
        self.doubts = [doubt for doubt in self.doubts if not self._does_not_apply(doubt)]

    def _does_not_apply(self, doubt: Doubt) -> bool:
        kind, _, rest = doubt.address.partition("/")
        reason = statement_address(rest.partition("/")[0], NOT_APPLICABLE.id)
        says_so = comparable(doubt.text) == comparable(wording.NOT_APPLICABLE)
        return kind == "statement" and says_so and bool(self.answers.get(reason))

    def unknown(self, text: str, place: Place) -> None:
        """Keep the lines of `text` that are not the framework's own."""
        said = "\n".join(self.words.unknown_lines(text))
        if said:
            self.text(said, place)

    def comments_of(self, block: Paragraph | Cell, address: str, place: Place) -> None:
        """Keep the comments on `block`: at `address`, that of a visitor's comment, or as text where there is none."""
        for comment_id in block.comments:
            comment = self._open_comments.pop(comment_id, None)
            if comment is not None and comment.text.strip():
                if address:
                    self.comments.append(FoundComment(address, comment.author, comment.date, comment.text.strip()))
                else:
                    self.text(f"{comment.author}: {comment.text}", place)

    def rest_of_comments(self) -> None:
        """Keep the comments that stand nowhere in the text."""
        for comment in self._open_comments.values():
            self.text(f"{comment.author}: {comment.text}", Place())
        self._open_comments = {}


def is_unsettled(text: str) -> bool:
    """Return whether `text` shows several answers that are not settled, as our own documents do: no new answer."""
    return wording.CONFLICT in text
