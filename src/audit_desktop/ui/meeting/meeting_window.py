"""The meeting view: one statement on the whole screen, the school's part beside the visitor's, worked by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from audit_desktop.core.visits import marked_statements
from audit_desktop.ui.form.answering import Answering
from audit_desktop.ui.form.statement_card import StatementCard
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.parts.tick_box import TickBox
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit_wording import MEETING

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.bridge import Bridge


class MeetingWindow(QWidget):
    """A window of its own. Its agenda is what was marked for discussion when it opened, or else every statement."""

    def __init__(
        self, session: AuditSession, bridge: Bridge, statement_id: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("meeting")
        self.setWindowTitle(MEETING.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(MEETING.title)
        self._session = session
        self._answering = Answering(session, self)
        self._agenda = tuple(statement.id for statement in marked_statements(session.audit.state, "discuss"))
        self._every = tuple(session.audit.state.addresses.statements)
        self._at = 0
        self.card: StatementCard | None = None

        self.place = plain_label("", "strong", wrap=False, name="meeting:place")
        self.agenda_box = TickBox(MEETING.agenda_only, "meeting:agenda")
        self.agenda_box.set_checked(bool(self._agenda))
        self.agenda_box.setVisible(bool(self._agenda))
        self.agenda_box.toggled.connect(self._on_agenda)
        head = FlowLayout(spacing=Space.MEDIUM)
        head.addWidget(self.place)
        head.addWidget(self.agenda_box)
        head.addWidget(button(MEETING.previous, name="meeting:previous", on_click=lambda: self.step(-1)))
        head.addWidget(button(MEETING.next, name="meeting:next", on_click=lambda: self.step(1)))
        head.addWidget(button(MEETING.close, "quiet", name="meeting:close", on_click=self.close))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        layout.addLayout(head)
        if not self._agenda:
            layout.addWidget(plain_label(MEETING.empty, "caption"))
        layout.addWidget(self._area, 1)
        layout.addWidget(plain_label(MEETING.keys, "caption"))

        bridge.answers_changed.connect(self._on_answers_changed)
        bridge.audit_replaced.connect(self._on_replaced)
        bridge.who_changed.connect(self._on_replaced)
        if statement_id in self._order:
            self._at = self._order.index(statement_id)
        self._show()

    @property
    def _order(self) -> tuple[str, ...]:
        return self._agenda if self.agenda_box.is_checked else self._every

    @property
    def statement_id(self) -> str:
        """The statement that is shown."""
        return self._order[self._at]

    def step(self, by: int) -> None:
        """Go on by so many statements, as far as there are any."""
        to = min(max(self._at + by, 0), len(self._order) - 1)
        if to != self._at:
            self._at = to
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything by key; a box that is written in takes plain keys for itself."""
        key, is_plain = event.key(), event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD)
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape:
            self._on_escape()
        elif (is_plain and key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown)) or (control and key == Qt.Key.Key_Down):
            self.step(1)
        elif (is_plain and key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp)) or (control and key == Qt.Key.Key_Up):
            self.step(-1)
        elif is_plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and self.card is not None:
            self.card.rate(key - Qt.Key.Key_1 + 1)
        elif is_plain and key == Qt.Key.Key_A and self._agenda:
            self.agenda_box.toggle()
        elif is_plain and key == Qt.Key.Key_D and self.card is not None:
            self.card.marks.toggle("discuss")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the card for the width of the screen."""
        super().resizeEvent(event)
        self._adapt()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed."""
        self._answering.commit()
        super().closeEvent(event)

    def _on_escape(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and focused is not self and self._area.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close()

    def _on_agenda(self, _is_on: bool) -> None:
        shown = self.card.statement.id if self.card is not None else ""
        self._at = self._order.index(shown) if shown in self._order else 0
        self._show()

    def _show(self) -> None:
        self._answering.commit()
        state = self._session.audit.state
        statement = state.addresses.statements[self.statement_id]
        section = state.addresses.section_of_statement[statement.id]
        is_agenda = self.agenda_box.is_checked
        self.place.setText(MEETING.place(self._at + 1, len(self._order), is_agenda=is_agenda))
        page = QWidget()
        page.setProperty("role", "page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        title = f"{state.addresses.framework.section_noun} {section.id}: {section.title}"
        layout.addWidget(heading(title, "subheading"))
        self.card = StatementCard(statement, self._session, self._answering, page, is_meeting=True)
        layout.addWidget(self.card)
        layout.addStretch(1)
        self._area.setWidget(page)
        self._adapt()
        self._show_earlier()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_earlier(self) -> None:
        from audit_desktop.core.visits import earlier_comments

        if self.card is not None:
            self.card.show_earlier(earlier_comments(self._session.audit.state).get(self.card.statement.id, ()))

    def _adapt(self) -> None:
        if self.card is not None:
            self.card.adapt(self._area.viewport().width())

    @Slot(object, object)
    def _on_answers_changed(self, addresses: Collection[str], initiator: object) -> None:
        if self.card is not None and self.card.concerns(addresses):
            self.card.refresh(addresses, initiator)

    @Slot()
    def _on_replaced(self) -> None:
        if self.card is not None:
            self.card.refresh()
            self._show_earlier()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
