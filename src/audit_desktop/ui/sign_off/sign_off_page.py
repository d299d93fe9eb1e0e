"""The page on which an audit is signed off, with what is still open, its seals, and the way to open it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from audit_desktop.core.completeness import MissingKind, missing_for_sign_off
from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.core.sign_off import SIGN_OFFS, sign_offs
from audit_desktop.session.signing import reopen
from audit_desktop.storage.seals import Verification, verify_seals
from audit_desktop.ui.form.scroll_page import ScrollPage
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.fault_label import fault_label, show_fault_at
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.parts.roles import set_role
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit.missing_list import MissingList
from audit_desktop.ui.visit_wording import SIGN_OFF
from audit_desktop.ui.wording import WHO, sentence_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QShowEvent

    from audit_desktop.core.sign_off import SignOff
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.sign_off.signing_desk import SigningDesk


class SignOffPage(ScrollPage):
    """Sign-offs; without a `desk` they can only be read.

    Signals:
        address_wanted: the person wants to go to an address.
    """

    address_wanted = Signal(str)

    def __init__(self, session: AuditSession, desk: SigningDesk | None, parent: QWidget | None = None) -> None:
        super().__init__(SIGN_OFF.title, parent)
        self._session = session
        self._desk = desk
        self._records: list[QWidget] = []
        self.cards.addWidget(heading(SIGN_OFF.title))
        self.cards.addWidget(plain_label(SIGN_OFF.lead, "muted"))

        self.open_card, layout = _card(SIGN_OFF.open)
        self.missing = MissingList(self.open_card)
        self.missing.address_wanted.connect(self.address_wanted)
        layout.addWidget(self.missing)
        self._who = plain_label("", "strong")
        layout.addWidget(self._who)
        self._fault = fault_label("sign-off:fault")
        self.sign_button = button(SIGN_OFF.sign, "primary", name="sign-off:sign", on_click=self._on_sign)
        layout.addWidget(self._fault)
        layout.addWidget(self.sign_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.cards.addWidget(self.open_card)

        self.reopen_card, layout = _card(SIGN_OFF.reopen)
        label = plain_label(SIGN_OFF.reason, "strong")
        self.reason_box = QLineEdit()
        self.reason_box.setObjectName("sign-off:reason")
        self.reason_box.setAccessibleName(SIGN_OFF.reason)
        label.setBuddy(self.reason_box)
        self._reopen_fault = fault_label("sign-off:reopen-fault")
        self.reopen_button = button(SIGN_OFF.reopen, "danger", name="sign-off:reopen", on_click=self._on_reopen)
        for part in (label, self.reason_box, self._reopen_fault):
            layout.addWidget(part)
        layout.addWidget(self.reopen_button, 0, Qt.AlignmentFlag.AlignLeft)

        self._place = QVBoxLayout()
        self._place.setSpacing(Space.MEDIUM)
        self.cards.addLayout(self._place)
        self.cards.addWidget(self.reopen_card)
        self.cards.addStretch(1)

    def refresh(self, addresses: Collection[str] | None, initiator: object) -> None:
        """Show what changed; `None` for everything."""
        if self.isVisible():
            self._arrange(with_records=addresses is None or any(one.startswith(SIGN_OFFS) for one in addresses))

    def showEvent(self, event: QShowEvent) -> None:
        """Work out what is open, and what the seals prove, when the page is looked at."""
        super().showEvent(event)
        self._arrange(with_records=True)

    def _arrange(self, *, with_records: bool) -> None:
        session, who = self._session, self._session.who
        missing = missing_for_sign_off(session.audit.state, who.role) if who is not None else ()
        has_conflict = any(one.kind is MissingKind.CONFLICT for one in missing)
        has_signed = who is not None and any(
            (one.name, one.role) == (who.name, who.role.value) for one in session.sign_offs
        )
        self.missing.show_missing(session.audit.state.addresses, missing, SIGN_OFF.complete if who else SIGN_OFF.nobody)
        can_sign = self._desk is not None and who is not None and not session.is_read_only
        self.open_card.setVisible(not has_signed)
        self._who.setText(SIGN_OFF.signs(WHO.shown(who)) if can_sign else SIGN_OFF.cannot)
        self.sign_button.setVisible(can_sign)
        self.sign_button.setEnabled(not has_conflict)
        text = SIGN_OFF.sign_anyway if missing else SIGN_OFF.sign
        self.sign_button.setText(text)
        self.sign_button.setAccessibleName(text)
        self.sign_button.setAccessibleDescription(SIGN_OFF.conflicts_first if has_conflict else "")
        set_role(self.sign_button, "danger" if missing else "primary")
        show_fault_at(self._fault, SIGN_OFF.conflicts_first if has_conflict else "")
        self.reopen_card.setVisible(bool(session.sign_offs) and can_sign)
        if with_records:
            self._show_records()

    def _show_records(self) -> None:
        for card in self._records:
            card.hide()
            card.deleteLater()
        self._records = []
        records = sign_offs(self._session.audit.state)
        if not records:
            return
        verification = verify_seals(self._session.audit)
        for sign_off in reversed(records):
            card = self._record(sign_off, verification)
            self._place.addWidget(card)
            self._records.append(card)

    def _record(self, sign_off: SignOff, verification: Verification) -> QFrame:
        card, layout = _card(SIGN_OFF.signed)
        layout.addWidget(plain_label(SIGN_OFF.who(sign_off.name, sign_off.role, sign_off.date), "strong"))
        verified = next((one for one in verification.seals if one.seal.id == sign_off.seal), None)
        if verified is not None and self._desk is not None:
            layout.addWidget(plain_label(SIGN_OFF.fingerprint, "caption"))
            words = plain_label(self._desk.fingerprint(verified.seal.public_key), "subheading", selectable=True)
            words.setObjectName("sign-off:fingerprint")
            layout.addWidget(words)
            layout.addWidget(plain_label(SIGN_OFF.fingerprint_help, "caption"))
        if sign_off.stands and verified is not None and verified.holds:
            layout.addWidget(plain_label(SIGN_OFF.unchanged, "success"))
        elif sign_off.stands:
            for fault in verification.faults(""):
                layout.addWidget(plain_label(sentence_for(fault, place=SIGN_OFF.title), "error"))
        else:
            text = SIGN_OFF.reopened(sign_off.reopened_by, sign_off.reopened_on, sign_off.reopened_reason)
            layout.addWidget(plain_label(text, "muted", selectable=True))
        return card

    def _on_sign(self) -> None:
        who = self._session.who
        if self._desk is None or who is None:
            return
        self._session.commit_typing()
        missing = missing_for_sign_off(self._session.audit.state, who.role)
        try:
            self._desk.sign(self._session, although_incomplete=bool(missing))
        except AuditDesktopError as fault:
            show_fault_at(self._fault, sentence_for(fault))
            return
        self.reason_box.clear()

    def _on_reopen(self) -> None:
        try:
            reopen(self._session, self.reason_box.text())
        except AuditDesktopError as fault:
            show_fault_at(self._reopen_fault, sentence_for(fault, place=SIGN_OFF.reason), self.reason_box)
            self.reason_box.setFocus()
            return
        show_fault_at(self._reopen_fault, "", self.reason_box)


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    card.setAccessibleName(title)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
    layout.setSpacing(Space.SMALL)
    layout.addWidget(heading(title, "subheading"))
    return card, layout
