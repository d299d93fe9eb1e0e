"""One action of the plan with everything that is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from audit_desktop.core.action_plan import ACTIONS, RECOMMENDATIONS
from audit_desktop.core.addresses import item_address
from audit_desktop.session.items import remove_item
from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.side_by_side import SideBySide
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import heading
from audit_desktop.ui.visit.subjects_box import SubjectsBox
from audit_desktop.ui.visit_wording import PLAN

if TYPE_CHECKING:
    from collections.abc import Collection

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering


class ActionCard(FormCard):
    """An action.

    Signals:
        address_wanted: the person wants to go to an address.
    """

    address_wanted = Signal(str)

    def __init__(self, own_id: str, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(session, answering, parent)
        self.own_id = own_id
        self.setObjectName(f"action-card:{own_id}")
        self.setAccessibleName(PLAN.action)
        self.remove_button = button(PLAN.remove, "card-link", name="remove-action", on_click=self._on_remove)
        head = QHBoxLayout()
        head.addWidget(heading(PLAN.action, "subheading"), 1)
        head.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.add_row(self._address("what"), context=PLAN.action)
        beside = SideBySide(columns=3)
        self.body.addLayout(beside)
        for field_id in ("owner", "due", "status"):
            self.add_row(self._address(field_id), beside, context=PLAN.action)
        self.add_row(self._address("success-measure"), context=PLAN.action)
        self.subjects = SubjectsBox(self._address("about"), PLAN.action, session, self)
        self.body.addWidget(self.subjects)
        self.origin_button = button(PLAN.origin, "card-link", name="to-recommendation", on_click=self._on_origin)
        self.body.addWidget(self.origin_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.arrange()

    def refresh(self, addresses: Collection[str] | None = None, initiator: object = None) -> None:
        """Show what the session says now."""
        self.subjects.refresh()
        super().refresh(addresses, initiator)

    def arrange(self) -> None:
        """Offer what this person can do."""
        self.remove_button.setVisible(self.session.can_change(self._address("deleted")))
        self.origin_button.setVisible(self._origin() is not None)

    def _address(self, field_id: str) -> str:
        return item_address(ACTIONS, self.own_id, field_id)

    def _origin(self) -> str | None:
        return self.session.audit.state.value(self._address("recommendation"))

    def _on_remove(self) -> None:
        remove_item(self.session, ACTIONS, self.own_id)

    def _on_origin(self) -> None:
        origin = self._origin()
        if origin is not None:
            self.address_wanted.emit(item_address(RECOMMENDATIONS, origin, "what"))
