"""The cards of a section besides its statements: heading, own fields, and status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from audit_desktop.core.addresses import section_address
from audit_desktop.ui.attaching.card_wording import ATTACH
from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.rich_text import rich_label
from audit_desktop.ui.form.status_view import StatusView
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from audit_desktop.core.framework import Section
    from audit_desktop.core.scoring import Score
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering


class HeadingCard(FormCard):
    """The section's heading, purpose and instruction."""

    def __init__(
        self, section: Section, session: AuditSession, answering: Answering, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, answering, parent)
        self.setProperty("role", "plain")
        self.setAccessibleName(section.heading)
        self.body.setContentsMargins(Space.TINY, Space.SMALL, Space.TINY, Space.SMALL)
        self.body.setSpacing(Space.SMALL)
        if section.banner:
            self.body.addWidget(plain_label(section.banner, "caption"))
        self.body.addWidget(heading(section.heading))
        for text in (section.purpose, section.instruction):
            if text:
                self.body.addWidget(rich_label(text, "muted"))


class SectionFieldsCard(FormCard):
    """The fields of the section itself, as its evidence and action, and the files that belong to it as a whole."""

    def __init__(
        self, section: Section, session: AuditSession, answering: Answering, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, answering, parent)
        self.setAccessibleName(section.heading)
        context = f"{session.audit.framework.section_noun} {section.id}"
        for field in session.audit.framework.fields.section:
            self.add_row(section_address(section.id, field.id), context=context, placeholder=field.help)
        if not self.rows:
            self.body.addWidget(plain_label(ATTACH.whole_section.format(section=context), "strong"))
        self.add_files(f"section/{section.id}", context)


class StatusCard(FormCard):
    """The status that was worked out, and another one with its reason behind a quiet link."""

    def __init__(
        self, address: str, label: str, session: AuditSession, answering: Answering, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, answering, parent)
        self._address = address
        self._is_opened = False
        name = label or FORM.status
        self.setAccessibleName(name)
        self.view = StatusView(session.audit.framework, name, self)
        self.body.addWidget(self.view)
        self.link = button(
            FORM.other_status,
            "card-link",
            name="other-status",
            accessible_name=FORM.other_status_name.format(name=name),
            on_click=self._on_link,
        )
        self._row = self.add_row(address, context=name, shows_label=True, shows_help=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.link)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.arrange()

    def show_score(self, score: Score) -> None:
        """Show how the section or the audit stands."""
        self.view.show_score(score)

    def arrange(self) -> None:
        """Show the other status only where there is one or one is wanted."""
        is_set = self.session.value(self._address) is not None or self.session.audit.state.has_conflict(self._address)
        shows = is_set or self._is_opened
        self._row.setVisible(shows)
        self.link.setVisible(self.session.can_change(self._address))
        self.link.setText(FORM.no_other_status if shows else FORM.other_status)

    def _on_link(self) -> None:
        if self._is_opened or self.session.value(self._address) is not None:
            self._is_opened = False
            self.session.set_answer(self._address, None)
            self._row.show_fault("")
            self._row.editor.set_value(None)
            self.refresh()
            return
        self._is_opened = True
        self.arrange()
        self._row.editor.focus()
