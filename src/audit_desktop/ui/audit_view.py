"""The open audit: sections on the left, one section's statements in the middle, guidance on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from audit_desktop.core.progress import undone
from audit_desktop.session.events import UndoChanged
from audit_desktop.ui.fields.segment import Segment
from audit_desktop.ui.form.answering import Answering
from audit_desktop.ui.form.columns import Columns
from audit_desktop.ui.form.guidance_panel import GuidancePanel
from audit_desktop.ui.form.pages import Pages
from audit_desktop.ui.form.section_list import SectionList
from audit_desktop.ui.form.section_model import OVERALL, section_key, sections_concerned
from audit_desktop.ui.form.view_bar import ViewBar
from audit_desktop.ui.form.where_shown import address_around, page_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

    from audit_desktop.core.edits import Author
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.bridge import Bridge
    from audit_desktop.ui.theme import Theme

_GUIDANCE_DELAY = 40
"""Milliseconds that a statement has to be the current one before its guidance is shown: scrolling passes many."""


class AuditView(QWidget):
    """The form of one audit. Pages are built when they are first shown."""

    def __init__(self, session: AuditSession, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._order = list(session.audit.state.addresses.statements)
        self._place_of = {statement_id: at for at, statement_id in enumerate(self._order)}

        self.answering = Answering(session, self)
        self.list = SectionList(session, theme, self)
        middle = QWidget(self)
        self.bar = ViewBar(session.who, middle)
        self.pages = Pages(session, self.answering, middle)
        self.guidance = GuidancePanel(session.audit.framework, self)
        self.columns = Columns(self, self.list, middle, self.guidance, self.bar)
        self._guidance_soon = QTimer(self)
        self._guidance_soon.setSingleShot(True)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.pages, 1)

        self._guidance_soon.timeout.connect(self._on_guidance_due)
        self.list.chosen.connect(self._on_page_chosen)
        self.pages.place_changed.connect(self._on_place_changed)
        self.pages.section_wanted.connect(self.show_section)
        self.pages.address_wanted.connect(self.show_address)
        self.bar.contents_wanted.connect(self._on_contents_wanted)
        self.bar.guidance_wanted.connect(self._on_guidance_wanted)
        self.bar.previous_wanted.connect(self.previous_statement)
        self.bar.next_wanted.connect(self.next_statement)
        self.bar.unanswered_wanted.connect(self.next_unanswered)
        self.answering.typing_started.connect(self._on_typing_started)
        bridge.answers_changed.connect(self._on_answers_changed)
        bridge.audit_replaced.connect(self._on_audit_replaced)
        bridge.who_changed.connect(self._on_who_changed)
        self._show_first()

    # Going somewhere

    @Slot(str)
    def show_section(self, section_id: str) -> None:
        """Show the section from its beginning; raises `KeyError` if there is none."""
        self.show_page(section_key(section_id))
        self.pages.section_page(section_id).show_top()

    def show_statement(self, statement_id: str, *, focus: bool = True) -> None:
        """Show the statement; with `focus` it can be rated at once. Raises `KeyError` if there is none."""
        section = self._session.audit.state.addresses.section_of_statement[statement_id]
        self.show_page(section_key(section.id))
        self.pages.section_page(section.id).show_statement(statement_id, focus=focus)

    def show_page(self, key: str) -> None:
        """Show the page called `key`, as the section list names it; raises `KeyError` if there is none."""
        if key != self.pages.key:
            self.answering.commit()
            self.list.show_page(key)
        self.pages.show_page(key)

    def show_addresses(self, addresses: Iterable[str]) -> None:
        """Show where the first of `addresses` is, unless it is in view already."""
        address = min(addresses, default="")
        key = page_of(self._session.audit.state.addresses, address)
        owner_id = address.split("/")[1] if key else ""
        if address.startswith("statement/") and key:
            current = self.pages.current_statement()
            if current is None or current.id != owner_id:
                self.show_statement(owner_id, focus=False)
        elif key:
            self.show_page(key)
            if (page := self.pages.current_section()) is not None:
                page.show_end()

    @Slot(str)
    def show_address(self, address: str) -> None:
        """Show the field at `address` and put the focus into it."""
        self.show_addresses((address,))
        self.pages.reveal(address)

    @Slot()
    def next_statement(self) -> bool:
        """Go to the next statement; returns whether there is one."""
        return self._step(1)

    @Slot()
    def previous_statement(self) -> bool:
        """Go to the statement before; returns whether there is one."""
        return self._step(-1)

    @Slot()
    def next_unanswered(self) -> bool:
        """Go to the next statement that is still to be rated, or for a visitor to be commented on, all the way round.

        Returns whether there is any.
        """
        left = [statement.id for statement in undone(self._session.audit.state, self._session.who)]
        if not left:
            return False
        current = self.pages.current_statement()
        start = self._place_of[current.id] + 1 if current is not None else self._after_here()
        self.show_statement(next((each for each in left if self._place_of[each] >= start), left[0]))
        return True

    # Doing something

    def rate_current(self, index: int) -> None:
        """Choose level `index`, counted from 0, where the focus is, or else for the current statement."""
        focused = QApplication.focusWidget()
        if isinstance(focused, Segment) and self.isAncestorOf(focused):
            focused.digit.emit(index + 1)
            return
        page = self.pages.current_section()
        card = page.current_card() if page is not None else None
        if card is not None:
            card.rate(index + 1)

    def commit(self) -> None:
        """Turn what is being typed into an edit now."""
        self.answering.commit()

    def focused_address(self) -> str:
        """Return the address of the answer that has the focus, or an empty text."""
        return address_around(QApplication.focusWidget())

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours and sizes of `theme`."""
        self.list.set_theme(theme)
        self.columns.arrange()

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each column its room."""
        super().resizeEvent(event)
        self.columns.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the keys work on the cards at once, and have the guidance there."""
        super().showEvent(event)
        self._on_guidance_due()
        page = self.pages.current_section()
        focused = QApplication.focusWidget()
        if page is not None and (focused is None or not self.isAncestorOf(focused)):
            page.column.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rate and move by key where no menu has these keys."""
        key = event.key()
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.rate_current(key - Qt.Key.Key_1)
        elif control and key == Qt.Key.Key_Down:
            self.next_statement()
        elif control and key == Qt.Key.Key_Up:
            self.previous_statement()
        elif plain and key == Qt.Key.Key_F8:
            self.next_unanswered()
        elif key != Qt.Key.Key_Escape or not self.columns.close_drawer():
            super().keyPressEvent(event)

    # What the session says

    @Slot(object, object)
    def _on_answers_changed(self, addresses: Collection[str], initiator: object) -> None:
        self.pages.refresh(addresses, initiator)
        sections = sections_concerned(self._session.audit.state.addresses, addresses)
        if sections or any(address.startswith("audit/status") for address in addresses):
            self._show_scores(sections, addresses)

    @Slot()
    def _on_audit_replaced(self) -> None:
        self.pages.refresh()
        self._show_scores()

    @Slot(object)
    def _on_who_changed(self, who: Author) -> None:
        self.bar.show_who(who)
        self.pages.refresh()

    @Slot()
    def _on_typing_started(self) -> None:
        # Typing can be undone from its first letter on; the session says so only when it becomes an edit.
        self._session.events.publish(UndoChanged(self._session.can_undo, self._session.can_redo))

    # What the person does

    @Slot(str)
    def _on_page_chosen(self, key: str) -> None:
        self.show_page(key)
        self.columns.close_drawer()

    @Slot()
    def _on_contents_wanted(self) -> None:
        self.columns.toggle_contents()
        if not self.list.isHidden():
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_guidance_wanted(self) -> None:
        self.columns.toggle_guidance()
        self._on_guidance_due()

    @Slot()
    def _on_place_changed(self) -> None:
        page = self.pages.current_section()
        if page is not None:
            noun = self._session.audit.framework.section_noun
            self.bar.show_place(noun, page.section, page.current_statement())
        else:
            self.bar.show_title(self.list.model.title(self.pages.key))
        self.columns.offer_guidance(offered=page is not None or self.pages.key == OVERALL)
        self._guidance_soon.start(_GUIDANCE_DELAY)

    @Slot()
    def _on_guidance_due(self) -> None:
        page = self.pages.current_section()
        if self.guidance.isHidden():
            return
        if page is not None:
            self.guidance.show_statement(page.section, page.current_statement())
        elif self.pages.key == OVERALL:
            self.guidance.show_overall()

    # Inside

    def _show_first(self) -> None:
        """Show where the work goes on: the first statement that is still to be rated or commented on."""
        state = self._session.audit.state
        statement = next(undone(state, self._session.who), None)
        begin = statement.id if statement is not None else self._order[0]
        section_id = state.addresses.section_of_statement[begin].id
        self._show_scores()
        self.show_page(section_key(section_id))
        if begin != self._order[0]:
            self.pages.section_page(section_id).begin_at(begin)

    def _after_here(self) -> int:
        """Return the place of the statement that comes after what is shown, where that is none itself."""
        page = self.pages.current_section()
        if page is None:
            return 0
        statements = page.section.statements
        if page.is_below_statements():
            return self._place_of[statements[-1].id] + 1
        return self._place_of[statements[0].id]

    def _step(self, by: int) -> bool:
        current = self.pages.current_statement()
        here = self._after_here() - (by > 0) if current is None else self._place_of[current.id]
        to = here + by
        if not 0 <= to < len(self._order):
            return False
        self.show_statement(self._order[to])
        return True

    def _show_scores(self, sections: set[str] | None = None, addresses: Collection[str] | None = None) -> None:
        """Show how `sections` stand now, `None` for all of them, and how the whole does, after `addresses` changed."""
        scores = self._session.scores()
        self.list.model.refresh(sections, addresses)
        self.list.show_overall(scores.overall)
        self.pages.show_scores(scores, sections)
