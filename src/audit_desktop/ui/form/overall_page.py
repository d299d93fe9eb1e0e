"""How the whole audit stands: the overall status or profile, the sections, and what is recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from audit_desktop.core.addresses import audit_address
from audit_desktop.core.common_fields import STATUS_OVERRIDE
from audit_desktop.core.upgrade import parked_answers
from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.scroll_page import ScrollPage
from audit_desktop.ui.form.section_cards import StatusCard
from audit_desktop.ui.form.status_view import StatusView
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import divider, heading
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from collections.abc import Collection

    from audit_desktop.core.scoring import Scores
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering
    from audit_desktop.ui.upgrading.parked_card import ParkedCard

_MOST_SECTIONS = 40
"""A list of more sections than this would help nobody; the section list has them all."""


class OverallPage(ScrollPage):
    """The last page of the audit.

    Signals:
        section_wanted: the person wants to go to a section; carries its id.
    """

    section_wanted = Signal(str)

    def __init__(self, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        framework = session.audit.framework
        title = framework.overall.heading if framework.overall else FORM.own_page
        super().__init__(title, parent)
        self._forms: list[FormCard] = []
        self.cards.addWidget(heading(title))
        self.status: StatusCard | None = None
        self.profile: StatusView | None = None
        if framework.scoring is not None:
            self.status = StatusCard(audit_address(STATUS_OVERRIDE.id), FORM.overall, session, answering)
            self._forms.append(self.status)
            self.cards.addWidget(self.status)
        else:
            card, layout = _card()
            self.profile = StatusView(framework, FORM.overall_profile)
            layout.addWidget(self.profile)
            self.cards.addWidget(card)
        self._sections: dict[str, StatusView] = {}
        self._add_sections(session)
        if framework.fields.audit:
            form = FormCard(session, answering)
            form.setAccessibleName(FORM.own_page)
            for field in framework.fields.audit:
                form.add_row(audit_address(field.id), shows_help=True)
            self._forms.append(form)
            self.cards.addWidget(form)
        self._session = session
        self._parked: ParkedCard | None = None
        self._show_parked()
        self.cards.addStretch(1)

    def refresh(self, addresses: Collection[str] | None, initiator: object) -> None:
        """Show what changed; `None` for everything."""
        for form in self._forms:
            if addresses is None or form.concerns(addresses):
                form.refresh(addresses, initiator)
        if addresses is None:
            self._show_parked()

    def show_scores(self, scores: Scores) -> None:
        """Show how the audit and each section stand."""
        if self.status is not None:
            self.status.show_score(scores.overall)
        if self.profile is not None:
            self.profile.show_score(scores.overall)
        for section_id, view in self._sections.items():
            view.show_score(scores.sections[section_id])

    def _show_parked(self) -> None:
        """Show the answers to what this version of the framework does not ask any more, if there are any."""
        answers = parked_answers(self._session.audit.state)
        if self._parked is not None:
            self._parked.hide()
            self._parked.deleteLater()
            self._parked = None
        if answers:
            # Most audits never had another version.
            from audit_desktop.ui.upgrading.parked_card import ParkedCard

            self._parked = ParkedCard(answers, self)
            last = self._forms[-1] if self._forms else None
            self.cards.insertWidget(self.cards.indexOf(last) + 1 if last is not None else -1, self._parked)

    def _add_sections(self, session: AuditSession) -> None:
        framework = session.audit.framework
        card, layout = _card()
        for at, section in enumerate(framework.sections[:_MOST_SECTIONS]):
            if at:
                layout.addWidget(divider())
            name = f"{framework.section_noun} {section.id}: {section.title}"
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(
                button(name, "card-link", on_click=lambda section_id=section.id: self.section_wanted.emit(section_id))
            )
            row.addStretch(1)
            layout.addLayout(row)
            view = StatusView(framework)
            self._sections[section.id] = view
            layout.addWidget(view)
        self.cards.addWidget(card)


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
    layout.setSpacing(Space.SMALL)
    return card, layout
