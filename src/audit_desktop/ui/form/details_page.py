"""The school's details, the people and dates, and how the audit was carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.addresses import audit_address
from audit_desktop.core.common_fields import ACTIVITIES, AUDIT_FIELDS
from audit_desktop.core.framework import FieldKind
from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.scroll_page import ScrollPage
from audit_desktop.ui.form.side_by_side import SideBySide
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering


class DetailsPage(ScrollPage):
    """The fields that every audit has."""

    def __init__(self, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(FORM.details, parent)
        self.card = FormCard(session, answering)
        self.card.setAccessibleName(FORM.details)
        self.card.body.addWidget(heading(FORM.details))
        self.card.body.addWidget(plain_label(FORM.details_lead, "muted"))
        self.card.body.addSpacing(Space.SMALL)
        common = {field.id for field in AUDIT_FIELDS}
        pair: list[str] = []
        for field in session.audit.state.addresses.audit_fields():
            if field.id not in common and field.id != ACTIVITIES.id:
                continue
            if field.kind is FieldKind.CHOICES or field.required:
                self._add_pair(pair)
                self.card.add_row(audit_address(field.id), shows_help=True)
            else:
                pair.append(field.id)
        self._add_pair(pair)
        self.cards.addWidget(self.card)
        self.cards.addStretch(1)

    def refresh(self, addresses: Collection[str] | None, initiator: object) -> None:
        """Show what changed; `None` for everything."""
        if addresses is None or self.card.concerns(addresses):
            self.card.refresh(addresses, initiator)

    def _add_pair(self, field_ids: list[str]) -> None:
        if field_ids:
            beside = SideBySide()
            for field_id in field_ids:
                self.card.add_row(audit_address(field_id), beside, shows_help=True)
            self.card.body.addLayout(beside)
            field_ids.clear()
