"""One visit with its date, its people, its summary and the good practice seen; and the form that starts one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.core.addresses import item_address
from audit_desktop.core.common_fields import LISTS
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.session.visiting import start_visit
from audit_desktop.ui.fields.editors import make_editor
from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.side_by_side import SideBySide
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.fault_label import fault_label, show_fault_at
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit_wording import VISIT
from audit_desktop.ui.wording import BUTTONS, sentence_for

if TYPE_CHECKING:
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering

_DATE, _PEOPLE = LISTS["visits"][:2]


class VisitCard(FormCard):
    """A visit."""

    def __init__(self, own_id: str, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(session, answering, parent)
        self.own_id = own_id
        self.setObjectName(f"visit:{own_id}")
        self.title = heading("", "subheading")
        self.body.addWidget(self.title)
        beside = SideBySide()
        self.body.addLayout(beside)
        for field in LISTS["visits"]:
            is_short = field in (_DATE, _PEOPLE)
            self.add_row(item_address("visits", own_id, field.id), beside if is_short else None, context=VISIT.title)

    def set_number(self, number: int) -> None:
        """Show which visit this is."""
        text = VISIT.visit(number, self.session.audit.state.value(item_address("visits", self.own_id, "date")) or "")
        self.title.setText(text)
        self.setAccessibleName(text)


class StartVisitCard(QFrame):
    """Asks for the date and the people of a new visit.

    Signals:
        started: a visit began; carries its own id.
        cancelled: none shall begin.
    """

    started = Signal(str)
    cancelled = Signal()

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "card")
        self.setObjectName("start-visit")
        self.setAccessibleName(VISIT.start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(heading(VISIT.start, "subheading"))
        is_first = not session.audit.state.items("visits")
        layout.addWidget(plain_label(VISIT.start_first_help if is_first else VISIT.start_help, "muted"))
        self.date, self.people = make_editor(_DATE, None, self), make_editor(_PEOPLE, None, self)
        self._fault = fault_label("start-visit:fault")
        for editor, text in ((self.date, VISIT.date), (self.people, VISIT.people)):
            label = plain_label(text, "strong")
            label.setBuddy(editor.boxes()[0])
            editor.set_name(text, "")
            layout.addWidget(label)
            layout.addWidget(editor)
        layout.addWidget(self._fault)
        self.start_button = button(VISIT.start, "primary", name="start-visit:start", on_click=self._on_start)
        layout.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeft)
        cancel = button(BUTTONS.cancel, "card-link", name="start-visit:cancel", on_click=self.cancelled.emit)
        layout.addWidget(cancel, 0, Qt.AlignmentFlag.AlignLeft)
        self.date.set_value(session.clock.now().astimezone().date().isoformat())
        self.people.set_value(session.who.name if session.who is not None else None)

    def _on_start(self) -> None:
        if not self.date.value():
            show_fault_at(self._fault, VISIT.date_needed, self.date.boxes()[0])
            self.date.focus()
            return
        try:
            visit = start_visit(self._session, self.date.value() or "", self.people.value() or "")
        except AuditDesktopError as fault:
            show_fault_at(self._fault, sentence_for(fault, place=VISIT.date), self.date.boxes()[0])
            self.date.focus()
            return
        self.started.emit(visit)
