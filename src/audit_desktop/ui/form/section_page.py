"""One section as a page: its status above, and a column of cards with its statements and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.core.addresses import section_address
from audit_desktop.ui.form.card_column import CardColumn
from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.section_cards import HeadingCard, SectionFieldsCard, StatusCard
from audit_desktop.ui.form.statement_card import StatementCard
from audit_desktop.ui.form.status_view import StatusView
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from collections.abc import Collection

    from audit_desktop.core.attachments import Attachment
    from audit_desktop.core.framework import Section, Statement
    from audit_desktop.core.scoring import Score
    from audit_desktop.core.upgrade import Rewording
    from audit_desktop.core.visits import EarlierComment
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering


class SectionPage(QWidget):
    """The cards: the heading, one for each statement, the section's own fields, its status.

    Signals:
        statement_changed: another statement is the current one; carries it, or `None` for the section's other cards.
        file_wanted: the `FileWish` of the person.
    """

    statement_changed = Signal(object)
    file_wanted = Signal(object)

    def __init__(
        self, section: Section, session: AuditSession, answering: Answering, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.section = section
        self._session = session
        self._answering = answering
        framework = session.audit.framework
        self._has_fields = bool(framework.fields.section)
        self._has_status = framework.scoring is not None
        self._index_of = {statement.id: at for at, statement in enumerate(section.statements, 1)}
        self._marked: StatementCard | None = None
        self._earlier: dict[str, tuple[EarlierComment, ...]] | None = None
        """What was said at earlier visits, by statement; `None` until it is looked up."""
        self._attached: dict[str, tuple[Attachment, ...]] | None = None
        """The attached files, by what they belong to; `None` until they are looked up."""
        self._reworded: dict[str, Rewording] | None = None
        """Ratings given to other words, by statement; `None` until they are looked up."""

        self.status = StatusView(framework)
        self.status.setObjectName("section-status")
        strip = QFrame(self)
        strip.setProperty("role", "status-strip")
        strip_layout = QVBoxLayout(strip)
        strip_layout.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.SMALL)
        strip_layout.addWidget(self.status)
        self.column = CardColumn(self, self)
        self.column.setAccessibleName(section.heading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self.column, 1)

        self.column.current_changed.connect(self._on_current_changed)

    # What the column asks

    def count(self) -> int:
        """Return how many cards the section has."""
        return 1 + len(self.section.statements) + self._has_fields + self._has_status

    def estimate(self, index: int) -> int:
        """Return about how high card `index` will be."""
        line = self.fontMetrics().height()
        if 1 <= index <= len(self.section.statements):
            return line * (13 + len(self.section.statements[index - 1].text) // 90)
        return line * 12

    def build(self, index: int, parent: QWidget) -> QWidget:
        """Return card `index`, newly built."""
        card: FormCard
        statements = self.section.statements
        if index == 0:
            card = HeadingCard(self.section, self._session, self._answering, parent)
        elif index <= len(statements):
            card = StatementCard(statements[index - 1], self._session, self._answering, parent)
            card.show_earlier(self._earlier_comments().get(card.statement.id, ()))
            card.show_reworded(self._reworded_ratings().get(card.statement.id))
            if index == self.column.current:
                self._mark(card)
        elif self._has_fields and index == 1 + len(statements):
            card = SectionFieldsCard(self.section, self._session, self._answering, parent)
        else:
            card = StatusCard(
                section_address(self.section.id, "status-override"),
                self.section.status_label,
                self._session,
                self._answering,
                parent,
            )
            card.show_score(self._session.scores().sections[self.section.id])
        card.layout_changed.connect(self.column.request_measure)
        card.file_wanted.connect(self.file_wanted)
        self._show_files(card)
        return card

    # What the view asks

    def current_statement(self) -> Statement | None:
        """Return the statement that the person looks at, or `None` on the section's other cards."""
        index = self.column.current
        return self.section.statements[index - 1] if 1 <= index <= len(self.section.statements) else None

    def current_card(self) -> StatementCard | None:
        """Return the card of the current statement, built if it is not there, or `None` on other cards."""
        if self.current_statement() is None:
            return None
        card = self.column.need(self.column.current)
        return card if isinstance(card, StatementCard) else None

    def show_statement(self, statement_id: str, *, focus: bool = True) -> None:
        """Scroll to the statement; with `focus` its rating gets the focus."""
        index = self._index_of[statement_id]
        self.column.show_card(index)
        card = self.column.need(index)
        if focus and isinstance(card, StatementCard):
            card.focus_rating()
            self.column.show_card(index)

    def begin_at(self, statement_id: str) -> None:
        """Begin at the statement when the page is first shown."""
        self.column.begin_at(self._index_of[statement_id])

    def show_end(self) -> None:
        """Scroll to the section's own fields and its status."""
        self.column.show_card(min(len(self.section.statements) + 1, self.count() - 1))

    def is_below_statements(self) -> bool:
        """Return whether the person looks at what stands below the statements."""
        return self.column.current > len(self.section.statements)

    def show_top(self) -> None:
        """Scroll to the heading."""
        self.column.show_card(0)

    def refresh(self, addresses: Collection[str] | None, initiator: object) -> None:
        """Show what changed; `None` for everything."""
        if addresses is None or any(address.startswith(("earlier-comments/", "visits/")) for address in addresses):
            self._earlier = None
            for _, card in self.column.built():
                if isinstance(card, StatementCard):
                    card.show_earlier(self._earlier_comments().get(card.statement.id, ()))
        if addresses is None or self._reworded_ratings():
            self._reworded = None
            for _, card in self.column.built():
                if isinstance(card, StatementCard):
                    card.show_reworded(self._reworded_ratings().get(card.statement.id))
        if addresses is None or any(address.startswith("attachments/") for address in addresses):
            self._attached = None
            for _, card in self.column.built():
                self._show_files(card)
        for _, card in self.column.built():
            if addresses is None or card.concerns(addresses):  # type: ignore[attr-defined]
                card.refresh(addresses, initiator)  # type: ignore[attr-defined]

    def show_score(self, score: Score) -> None:
        """Show how the section stands."""
        self.status.show_score(score)
        card = self.column.card(self.count() - 1)
        if isinstance(card, StatusCard):
            card.show_score(score)

    @Slot(int)
    def _on_current_changed(self, index: int) -> None:
        card = self.column.card(index)
        self._mark(card if isinstance(card, StatementCard) else None)
        self.statement_changed.emit(self.current_statement())

    def _earlier_comments(self) -> dict[str, tuple[EarlierComment, ...]]:
        if self._earlier is None:
            state, self._earlier = self._session.audit.state, {}
            if any(address.startswith("earlier-comments/") for address in state.all_heads()):
                from audit_desktop.core.visits import earlier_comments

                self._earlier = earlier_comments(state)
        return self._earlier

    def _reworded_ratings(self) -> dict[str, Rewording]:
        if self._reworded is None:
            state, self._reworded = self._session.audit.state, {}
            if any(address.startswith("upgrades/") for address in state.all_heads()):
                from audit_desktop.core.upgrade import reworded_ratings

                self._reworded = reworded_ratings(state)
        return self._reworded

    def _show_files(self, card: QWidget) -> None:
        if not isinstance(card, FormCard) or card.files is None:
            return
        if self._attached is None:
            state, self._attached = self._session.audit.state, {}
            if any(address.startswith("attachments/") for address in state.all_heads()):
                from audit_desktop.core.attachments import attachments_by_subject

                self._attached = attachments_by_subject(state)
        card.files.show_files(self._attached.get(card.files.subject, ()))

    def _mark(self, card: StatementCard | None) -> None:
        if self._marked is not card:
            if self._marked is not None and any(built is self._marked for _, built in self.column.built()):
                self._marked.set_current(False)
            self._marked = card
            if card is not None:
                card.set_current(True)
