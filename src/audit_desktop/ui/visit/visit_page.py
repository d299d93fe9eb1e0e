"""The page of the visit: what is missing, the visits, and the recommended actions with what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.core.action_plan import RECOMMENDATIONS
from audit_desktop.core.addresses import item_address, statement_address
from audit_desktop.core.completeness import missing_for
from audit_desktop.core.visits import current_visit, marked_statements, needs_follow_up, visits_in_order
from audit_desktop.session.visiting import recommend
from audit_desktop.ui.form.scroll_page import ScrollPage
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit.item_cards import ItemCards
from audit_desktop.ui.visit.missing_list import MissingList
from audit_desktop.ui.visit.recommendation_card import RecommendationCard
from audit_desktop.ui.visit.visit_card import StartVisitCard, VisitCard
from audit_desktop.ui.visit_wording import VISIT

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QShowEvent

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering


class VisitPage(ScrollPage):
    """Everything of the visit that belongs to no single statement.

    Signals:
        address_wanted: the person wants to go to an address.
        meeting_wanted: the person wants the meeting view.
    """

    address_wanted = Signal(str)
    meeting_wanted = Signal()

    def __init__(self, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(VISIT.title, parent)
        self._session = session
        self._answering = answering
        self._start_card: StartVisitCard | None = None
        self.cards.addWidget(heading(VISIT.title))
        self.cards.addWidget(plain_label(VISIT.lead, "muted"))

        card, layout = _card()
        layout.addWidget(heading(VISIT.missing, "subheading"))
        self.missing = MissingList(card)
        self.missing.address_wanted.connect(self.address_wanted)
        layout.addWidget(self.missing)
        self._marked = MarkedList(session, "discuss", VISIT.agenda, card)
        self._marked.address_wanted.connect(self.address_wanted)
        layout.addWidget(self._marked)
        self._good = MarkedList(session, "good-practice", VISIT.good_practice, card)
        self._good.address_wanted.connect(self.address_wanted)
        layout.addWidget(self._good)
        meeting = button(VISIT.meeting, name="open-meeting", on_click=self.meeting_wanted.emit)
        layout.addWidget(meeting, 0, Qt.AlignmentFlag.AlignLeft)
        self.cards.addWidget(card)

        self._no_visits = plain_label(VISIT.no_visits, "muted")
        self.start_button = button(VISIT.start, name="start-visit:open", on_click=self._on_start)
        self.visits = ItemCards(lambda: visits_in_order(session.audit.state)[::-1], self._visit_card, self)
        self.cards.addWidget(self._no_visits)
        self.cards.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.cards.addWidget(self.visits)

        self.cards.addWidget(heading(VISIT.recommendations, "subheading"))
        self._no_recommendations = plain_label(VISIT.no_recommendations, "muted")
        self.recommendations = ItemCards(self._recommendations, self._recommendation_card, self)
        self.add_button = button(VISIT.add, name="add-recommendation", on_click=self._on_recommend)
        self._visit_first = plain_label(VISIT.visit_first, "caption")
        self.cards.addWidget(self._no_recommendations)
        self.cards.addWidget(self.recommendations)
        self.cards.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.cards.addWidget(self._visit_first)
        self.cards.addStretch(1)
        self._arrange()

    def refresh(self, addresses: Collection[str] | None, initiator: object) -> None:
        """Show what changed; `None` for everything."""
        if addresses is None or any(_concerns(address) for address in addresses):
            self.visits.refresh(addresses, initiator)
            self.recommendations.refresh(addresses, initiator)
        if self.isVisible():
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Work out what is missing when the page is looked at."""
        super().showEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        state, who = self._session.audit.state, self._session.who
        missing = missing_for(state, who.role) if who is not None else ()
        complete = VISIT.nothing_missing if who is not None else VISIT.nobody
        self.missing.show_missing(state.addresses, missing, complete)
        self._marked.refresh()
        self._good.refresh()
        visit = current_visit(state)
        for at, own_id in enumerate(visits_in_order(state), start=1):
            card = self.visits.cards.get(own_id)
            if isinstance(card, VisitCard):
                card.set_number(at)
        for at, own_id in enumerate(self._recommendations(), start=1):
            card = self.recommendations.cards.get(own_id)
            if isinstance(card, RecommendationCard):
                card.set_number(at)
        can_start = self._session.can_change(item_address("visits", "new", "date"))
        self._no_visits.setVisible(visit is None)
        self.start_button.setVisible(can_start and self._start_card is None)
        self.start_button.setText(VISIT.start if visit is None else VISIT.start_another)
        self.start_button.setAccessibleName(self.start_button.text())
        can_recommend = self._session.can_change(item_address(RECOMMENDATIONS, "new", "what"))
        self.add_button.setVisible(can_recommend and visit is not None)
        self._visit_first.setVisible(can_recommend and visit is None)
        self._no_recommendations.setVisible(not self.recommendations.cards)

    def _recommendations(self) -> list[str]:
        """Return the recommendations, those first about which the visit has to say whether they were carried out."""
        state = self._session.audit.state
        found = state.items(RECOMMENDATIONS)
        return sorted(found, key=lambda own_id: not needs_follow_up(state, own_id))

    def _visit_card(self, own_id: str) -> VisitCard:
        return VisitCard(own_id, self._session, self._answering)

    def _recommendation_card(self, own_id: str) -> RecommendationCard:
        card = RecommendationCard(own_id, self._session, self._answering)
        card.address_wanted.connect(self.address_wanted)
        return card

    def _on_start(self) -> None:
        self._start_card = StartVisitCard(self._session)
        self._start_card.started.connect(self._on_started)
        self._start_card.cancelled.connect(self._on_start_over)
        self.cards.insertWidget(self.cards.indexOf(self.start_button), self._start_card)
        self._arrange()
        self._start_card.people.focus()

    def _on_started(self, visit: str) -> None:
        self._on_start_over()
        self.address_wanted.emit(item_address("visits", visit, "summary"))

    def _on_start_over(self) -> None:
        if self._start_card is not None:
            self._start_card.hide()
            self._start_card.deleteLater()
            self._start_card = None
        self._arrange()

    def _on_recommend(self) -> None:
        self._answering.commit()
        own_id = recommend(self._session, {})
        self.address_wanted.emit(item_address(RECOMMENDATIONS, own_id, "what"))


class MarkedList(QWidget):
    """The statements that carry a mark, each a button that goes there; nothing at all where none does.

    Signals:
        address_wanted: the person wants to go to an address.
    """

    address_wanted = Signal(str)

    def __init__(
        self, session: AuditSession, mark: str, title: str, parent: QWidget | None = None, *, empty: str = ""
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._mark = mark
        self._empty = plain_label(empty, "muted")
        self._line: QWidget | None = None
        self._shown: tuple[str, ...] | None = None
        self.setAccessibleName(title)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Space.TINY)
        self._layout.addWidget(plain_label(title, "strong"))
        self._layout.addWidget(self._empty)
        self.refresh()

    def refresh(self) -> None:
        """Show what is marked now."""
        statements = marked_statements(self._session.audit.state, self._mark)
        shown = tuple(statement.id for statement in statements)
        if shown == self._shown:
            return
        self._shown = shown
        if self._line is not None:
            self._line.hide()
            self._line.deleteLater()
        self._line = QWidget(self)
        flow = FlowLayout(self._line)
        for statement in statements:
            address = statement_address(statement.id, self._mark)
            flow.addWidget(
                button(
                    statement.reference,
                    "card-link",
                    accessible_name=VISIT.jump.format(place=statement.reference),
                    on_click=lambda address=address: self.address_wanted.emit(address),
                )
            )
        self._layout.addWidget(self._line)
        self._line.show()
        self._empty.setVisible(not shown and bool(self._empty.text()))
        self.setVisible(bool(shown) or bool(self._empty.text()))


def _concerns(address: str) -> bool:
    return address.startswith(("visits/", "recommendations/", "actions/"))


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
    layout.setSpacing(Space.SMALL)
    return card, layout
