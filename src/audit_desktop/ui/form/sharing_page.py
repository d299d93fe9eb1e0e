"""With whom and when the audit was shared: a list of records that can be added and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt

from audit_desktop.core.addresses import item_address
from audit_desktop.core.common_fields import DELETED, LISTS
from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.scroll_page import ScrollPage
from audit_desktop.ui.form.side_by_side import SideBySide
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering

_LIST = "sharing"


class SharingPage(ScrollPage):
    """A card for each record."""

    def __init__(self, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(FORM.sharing, parent)
        self._session = session
        self._answering = answering
        self._records: dict[str, _RecordCard] = {}
        self._added: list[str] = []
        """Records added here and not filled in yet: they are in the audit once they say something."""
        self.cards.addWidget(heading(FORM.sharing))
        self.cards.addWidget(plain_label(FORM.sharing_lead, "muted"))
        self._empty = plain_label(FORM.sharing_empty, "muted")
        self.cards.addWidget(self._empty)
        self.add_button = button(FORM.sharing_add, name="add-record", on_click=self.add_record)
        self.cards.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.cards.addStretch(1)
        self._show_records()

    def add_record(self) -> None:
        """Add an empty record, for the person to fill in."""
        self._added.append(uuid4().hex)
        self._show_records()
        next(iter(self._records[self._added[-1]].rows.values())).editor.focus()

    def refresh(self, addresses: Collection[str] | None, initiator: object) -> None:
        """Show what changed; `None` for everything."""
        if addresses is None or any(address.startswith(f"{_LIST}/") for address in addresses):
            self._show_records()
            for card in self._records.values():
                card.refresh(addresses, initiator)
        self.add_button.setVisible(self._can_add())

    def _can_add(self) -> bool:
        return self._session.can_change(item_address(_LIST, "new", LISTS[_LIST][0].id))

    def _show_records(self) -> None:
        present = self._session.audit.state.items(_LIST)
        wanted = [*present, *(own_id for own_id in self._added if own_id not in present)]
        for own_id in tuple(self._records):
            if own_id not in wanted:
                card = self._records.pop(own_id)
                card.hide()
                card.deleteLater()
        for at, own_id in enumerate(wanted):
            if own_id not in self._records:
                card = _RecordCard(own_id, self._session, self._answering)
                card.remove_button.clicked.connect(lambda _checked=False, own_id=own_id: self._on_remove(own_id))
                self.cards.insertWidget(self.cards.indexOf(self.add_button), card)
                self._records[own_id] = card
            self._records[own_id].set_number(at + 1)
        self._empty.setVisible(not wanted)
        self.add_button.setVisible(self._can_add())

    def _on_remove(self, own_id: str) -> None:
        self._session.commit_typing(end_step=True)
        if own_id in self._added:
            self._added.remove(own_id)
        if own_id in self._session.audit.state.items(_LIST):
            self._session.set_answer(item_address(_LIST, own_id, DELETED.id), True)
        else:
            self._show_records()
        self.add_button.setFocus()


class _RecordCard(FormCard):
    """One record of the list."""

    def __init__(self, own_id: str, session: AuditSession, answering: Answering) -> None:
        super().__init__(session, answering)
        self._title = heading("", "subheading")
        self.body.addWidget(self._title)
        beside = SideBySide()
        self.body.addLayout(beside)
        fields = LISTS[_LIST]
        for field in fields[:2]:
            self.add_row(item_address(_LIST, own_id, field.id), beside, context=FORM.sharing)
        for field in fields[2:]:
            self.add_row(item_address(_LIST, own_id, field.id), context=FORM.sharing)
        self.remove_button = button(FORM.sharing_remove, "card-link", name="remove-record")
        self.body.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.arrange()

    def set_number(self, number: int) -> None:
        """Show which record this is."""
        text = FORM.sharing_record.format(number=number)
        self._title.setText(text)
        self.setAccessibleName(text)
        self.remove_button.setAccessibleName(f"{FORM.sharing_remove}, {number}")

    def arrange(self) -> None:
        """Offer to remove the record to those who may."""
        self.remove_button.setVisible(self.session.can_change(next(iter(self.rows))))
