"""One recommended action: what the visitor asks for, what the school answers, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from audit_desktop.core.action_plan import ACTIONS, RECOMMENDATIONS
from audit_desktop.core.addresses import item_address
from audit_desktop.core.answers import display_text
from audit_desktop.core.visits import current_visit
from audit_desktop.session.items import remove_item
from audit_desktop.session.visiting import follow_up, plan_action
from audit_desktop.ui.form.form_card import FormCard
from audit_desktop.ui.form.side_by_side import SideBySide
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import divider, heading, plain_label
from audit_desktop.ui.visit.marks_wording import MARKS
from audit_desktop.ui.visit.subjects_box import SubjectsBox
from audit_desktop.ui.visit_wording import VISIT

if TYPE_CHECKING:
    from collections.abc import Collection

    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering

_ANSWERED = frozenset({"accepted", "amended"})


class RecommendationCard(FormCard):
    """A recommendation with the school's answer below it.

    Signals:
        address_wanted: the person wants to go to an address.
    """

    address_wanted = Signal(str)

    def __init__(self, own_id: str, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(session, answering, parent)
        self.own_id = own_id
        self.setObjectName(f"recommendation:{own_id}")
        self.title = heading("", "subheading")
        self.remove_button = button(VISIT.remove, "card-link", name="remove-recommendation", on_click=self._on_remove)
        self._origin = plain_label("", "caption")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._origin)
        name = VISIT.recommendations
        self.add_row(self._address("what"), context=name)
        beside = SideBySide()
        self.body.addLayout(beside)
        self.add_row(self._address("why"), context=name)
        self.add_row(self._address("priority"), beside, context=name)
        self.add_row(self._address("by-when"), beside, context=name)
        self.subjects = SubjectsBox(self._address("about"), name, session, self)
        self.body.addWidget(self.subjects)
        self._add_follow_up()
        self.body.addWidget(divider(self))
        self.add_row(self._address("response"), context=name)
        self.add_row(self._address("response-reason"), context=name)
        self.plan_button = button(VISIT.plan, name="plan-action", on_click=self._on_plan)
        self.planned_button = button("", "card-link", name="planned-action", on_click=self._on_planned)
        for one in (self.plan_button, self.planned_button):
            self.body.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        self.arrange()

    def set_number(self, number: int) -> None:
        """Show which recommendation this is."""
        text = VISIT.recommendation(number)
        if self.title.text() != text:
            self.title.setText(text)
            self.setAccessibleName(text)
            self.remove_button.setAccessibleName(f"{VISIT.remove}: {text}")
            self.plan_button.setAccessibleName(f"{VISIT.plan}: {text}")

    def refresh(self, addresses: Collection[str] | None = None, initiator: object = None) -> None:
        """Show what the session says now."""
        self.subjects.refresh()
        super().refresh(addresses, initiator)

    def arrange(self) -> None:
        """Show what this person can do, and what came of it."""
        state = self.session.audit.state
        visit = state.value(self._address("visit"))
        is_earlier = visit is not None and visit != current_visit(state)
        date = state.value(item_address("visits", visit, "date")) if visit is not None else None
        self._origin.setText(VISIT.from_visit(date or "") if is_earlier else "")
        self._origin.setVisible(is_earlier)
        self.remove_button.setVisible(self.session.can_change(self._address("deleted")))
        self._arrange_follow_up(is_earlier=is_earlier)
        action = self._action()
        answer = state.value(self._address("response"))
        can_plan = answer in _ANSWERED and self.session.can_change(item_address(ACTIONS, "new", "what"))
        self.plan_button.setVisible(action is None and can_plan)
        self.planned_button.setVisible(action is not None)
        if action is not None:
            address = item_address(ACTIONS, action, "status")
            status = display_text(self.session.audit.framework, self.session.field(address), state.value(address))
            self.planned_button.setText(VISIT.planned(status))
            self.planned_button.setAccessibleName(f"{VISIT.planned(status)}: {self.title.text()}")
        answers = self.rows[self._address("response-reason")]
        answers.setVisible(answer is not None or bool(state.heads(self._address("response-reason"))))

    # Was this done?

    def _add_follow_up(self) -> None:
        field = self.session.field(self._address("progress"))
        self._follow_up = QWidget(self)
        self._follow_up.setObjectName("follow-up")
        self._follow_up.setAccessibleName(VISIT.follow_up)
        self._answers: dict[str, QPushButton] = {}
        self._found = plain_label("", "strong")
        flow = FlowLayout(self._follow_up)
        for option in field.options:
            made = button(
                option.label,
                "chip",
                name=f"progress:{option.id}",
                accessible_name=f"{VISIT.follow_up} {option.label}",
                on_click=lambda progress=option.id: self._on_follow_up(progress),
            )
            made.setCheckable(True)
            self._answers[option.id] = made
            flow.addWidget(made)
        self._question = plain_label(VISIT.follow_up, "strong")
        for part in (self._question, self._follow_up, self._found):
            self.body.addWidget(part)
        self._note = self.add_row(self._address("progress-note"), context=VISIT.follow_up)

    def _arrange_follow_up(self, *, is_earlier: bool) -> None:
        address = self._address("progress")
        state = self.session.audit.state
        progress = state.value(address)
        can_change = self.session.can_change(address)
        heads = state.heads(address)
        for option_id, made in self._answers.items():
            made.setChecked(any(head.value == option_id for head in heads))
            text = self.session.field(address).options
            label = next(option.label for option in text if option.id == option_id)
            made.setText(MARKS.is_set.format(label=label) if made.isChecked() else label)
        shows = is_earlier or progress is not None
        self._question.setVisible(shows)
        self._follow_up.setVisible(shows and can_change)
        found = display_text(self.session.audit.framework, self.session.field(address), progress)
        self._found.setText(found)
        self._found.setVisible(bool(found) and not can_change)
        self._note.setVisible(shows and (can_change or self.session.value(self._note.address) is not None))

    def _on_follow_up(self, progress: str) -> None:
        self.session.commit_typing(end_step=True)
        note = self.session.value(self._address("progress-note")) or ""
        follow_up(self.session, self.own_id, progress, note)

    # What the buttons do

    def _address(self, field_id: str) -> str:
        return item_address(RECOMMENDATIONS, self.own_id, field_id)

    def _action(self) -> str | None:
        state = self.session.audit.state
        for own_id in state.items(ACTIONS):
            if state.value(item_address(ACTIONS, own_id, "recommendation")) == self.own_id:
                return own_id
        return None

    def _on_remove(self) -> None:
        remove_item(self.session, RECOMMENDATIONS, self.own_id)

    def _on_plan(self) -> None:
        action = plan_action(self.session, self.own_id)
        self.address_wanted.emit(item_address(ACTIONS, action, "owner"))

    def _on_planned(self) -> None:
        action = self._action()
        if action is not None:
            self.address_wanted.emit(item_address(ACTIONS, action, "status"))
