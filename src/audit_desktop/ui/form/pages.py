"""The pages of the open audit, each built when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from audit_desktop.ui.form.scroll_page import ScrollPage
from audit_desktop.ui.form.section_model import (
    DETAILS,
    INTRODUCTION,
    OVERALL,
    PLAN,
    SHARING,
    SIGN_OFF,
    VISIT,
    section_key,
)
from audit_desktop.ui.form.section_page import SectionPage

if TYPE_CHECKING:
    from collections.abc import Collection

    from audit_desktop.core.framework import Statement
    from audit_desktop.core.scoring import Scores
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering
    from audit_desktop.ui.sign_off.signing_desk import SigningDesk


class Pages(QStackedWidget):
    """A stack of pages by the keys of the section list.

    Signals:
        place_changed: another page or another statement is the current one.
        section_wanted: a page asks for a section; carries its id.
        address_wanted: a page asks for the field at an address.
        meeting_wanted: the page of the visit asks for the meeting view.
        file_wanted: the `FileWish` of the person.
    """

    place_changed = Signal()
    section_wanted = Signal(str)
    address_wanted = Signal(str)
    meeting_wanted = Signal()
    file_wanted = Signal(object)

    def __init__(self, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._answering = answering
        self._pages: dict[str, SectionPage | ScrollPage] = {}
        self.key = ""
        self.signing: SigningDesk | None = None
        """What signing off needs; without it the page of sign-offs can only be read."""

    def show_page(self, key: str) -> None:
        """Show the page called `key`."""
        page = self._page(key)
        if key != self.key:
            self.key = key
            self.setCurrentWidget(page)
        self.place_changed.emit()

    def reveal(self, address: str) -> None:
        """Put the focus into the field at `address`, which is on the page that is shown."""
        from audit_desktop.ui.form.where_shown import focus_row

        page = self._pages[self.key]
        if isinstance(page, ScrollPage):
            page.prepare(address)
        row = focus_row(page, address)
        if row is not None and isinstance(page, ScrollPage):
            page.reveal(row)
        elif row is not None and isinstance(page, SectionPage):
            page.column.reveal(row)

    def section_page(self, section_id: str) -> SectionPage:
        """Return the page of a section, and show it."""
        self.show_page(section_key(section_id))
        page = self._pages[self.key]
        assert isinstance(page, SectionPage)
        return page

    def current_section(self) -> SectionPage | None:
        """Return the section that is shown, or `None` if another page is."""
        page = self._pages.get(self.key)
        return page if isinstance(page, SectionPage) else None

    def current_statement(self) -> Statement | None:
        """Return the statement that the person looks at, or `None`."""
        page = self.current_section()
        return page.current_statement() if page is not None else None

    def refresh(self, addresses: Collection[str] | None = None, initiator: object = None) -> None:
        """Show what changed on every page that was built; `None` for everything."""
        for page in self._pages.values():
            page.refresh(addresses, initiator)

    def show_scores(self, scores: Scores, sections: Collection[str] | None) -> None:
        """Show how `sections`, or all of them, and the whole audit stand."""
        for page in self._pages.values():
            if isinstance(page, ScrollPage):
                page.show_scores(scores)
            elif sections is None or page.section.id in sections:
                page.show_score(scores.sections[page.section.id])

    def _page(self, key: str) -> SectionPage | ScrollPage:
        if key not in self._pages:
            page = self._pages[key] = self._made(key)
            self.addWidget(page)
            scores = self._session.scores()
            if isinstance(page, SectionPage):
                page.statement_changed.connect(self._on_statement_changed)
                page.file_wanted.connect(self.file_wanted)
                page.show_score(scores.sections[page.section.id])
            else:
                page.show_scores(scores)
        return self._pages[key]

    def _made(self, key: str) -> SectionPage | ScrollPage:
        # Pages that are not shown at first are not imported at first either.
        if key == DETAILS:
            from audit_desktop.ui.form.details_page import DetailsPage

            return DetailsPage(self._session, self._answering)
        if key == INTRODUCTION:
            from audit_desktop.ui.form.introduction_page import IntroductionPage

            return IntroductionPage(self._session.audit.framework)
        if key == SHARING:
            from audit_desktop.ui.form.sharing_page import SharingPage

            return SharingPage(self._session, self._answering)
        if key == VISIT:
            from audit_desktop.ui.visit.visit_page import VisitPage

            visit = VisitPage(self._session, self._answering)
            visit.address_wanted.connect(self.address_wanted)
            visit.meeting_wanted.connect(self.meeting_wanted)
            return visit
        if key == PLAN:
            from audit_desktop.ui.plan.plan_page import PlanPage

            plan = PlanPage(self._session, self._answering)
            plan.address_wanted.connect(self.address_wanted)
            return plan
        if key == SIGN_OFF:
            from audit_desktop.ui.sign_off.sign_off_page import SignOffPage

            signing = SignOffPage(self._session, self.signing)
            signing.address_wanted.connect(self.address_wanted)
            return signing
        if key == OVERALL:
            from audit_desktop.ui.form.overall_page import OverallPage

            page = OverallPage(self._session, self._answering)
            page.section_wanted.connect(self.section_wanted)
            return page
        section = self._session.audit.state.addresses.sections[key.partition("/")[2]]
        return SectionPage(section, self._session, self._answering)

    @Slot(object)
    def _on_statement_changed(self, _statement: Statement | None) -> None:
        if self.sender() is self._pages.get(self.key):
            self.place_changed.emit()
