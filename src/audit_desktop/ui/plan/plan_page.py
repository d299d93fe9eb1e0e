"""The page of the action plan: filters, the table of actions, the chosen one, and the list of what needs support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_desktop.core.action_plan import ACTIONS, action_plan
from audit_desktop.core.addresses import item_address
from audit_desktop.core.framework import Field, FieldKind, Option
from audit_desktop.session.items import add_item
from audit_desktop.ui.fields.choice import ChoiceEditor
from audit_desktop.ui.form.scroll_page import ScrollPage
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.plan.action_card import ActionCard
from audit_desktop.ui.plan.plan_model import (
    NO_DATE,
    NOBODY,
    OPEN,
    OVERDUE,
    STATUSES,
    WITHIN_MONTH,
    PlanFilter,
    PlanModel,
)
from audit_desktop.ui.plan.plan_table import PlanTable
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit.visit_page import MarkedList
from audit_desktop.ui.visit_wording import PLAN, VISIT

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QShowEvent

    from audit_desktop.core.action_plan import PlannedAction
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.ui.form.answering import Answering


_FILTER_LETTERS = 12


class PlanPage(ScrollPage):
    """Every action of the audit.

    Signals:
        address_wanted: the person wants to go to an address.
    """

    address_wanted = Signal(str)

    def __init__(self, session: AuditSession, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(PLAN.title, parent)
        self._session = session
        self._answering = answering
        self._actions: tuple[PlannedAction, ...] = ()
        self.card: ActionCard | None = None
        self.cards.addWidget(heading(PLAN.title))
        self.cards.addWidget(plain_label(PLAN.lead, "muted"))
        framework = session.audit.framework
        self.filters = {
            "status": _Filter(PLAN.status, [(OPEN, PLAN.open_ones), *STATUSES.items()]),
            "owner": _Filter(PLAN.owner, []),
            "section": _Filter(
                framework.section_noun,
                [(section.id, f"{section.id} {section.title}") for section in framework.sections],
            ),
            "due": _Filter(
                PLAN.due, [(OVERDUE, PLAN.overdue), (WITHIN_MONTH, PLAN.within_month), (NO_DATE, PLAN.no_date)]
            ),
        }
        line = QWidget()
        flow = FlowLayout(line)
        for one in self.filters.values():
            flow.addWidget(one)
            one.changed.connect(self._show_actions)
        self.cards.addWidget(line)
        self.count = plain_label("", "caption")
        self.cards.addWidget(self.count)
        self.model = PlanModel(session.audit.state.addresses, self)
        self.table = PlanTable(self.model)
        self.cards.addWidget(self.table)
        self._empty = plain_label("", "muted")
        self.cards.addWidget(self._empty)
        self.add_button = button(PLAN.add, name="add-action", on_click=self._on_add)
        self.cards.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._place = QVBoxLayout()
        self.cards.addLayout(self._place)
        self.support = MarkedList(session, "needs-support", VISIT.needs_support, self, empty=VISIT.no_support)
        self.support.address_wanted.connect(self.address_wanted)
        self.cards.addSpacing(Space.MEDIUM)
        self.cards.addWidget(self.support)
        self.cards.addStretch(1)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self._read()

    def refresh(self, addresses: Collection[str] | None, initiator: object) -> None:
        """Show what changed; `None` for everything."""
        if addresses is None or any(address.startswith(f"{ACTIONS}/") for address in addresses):
            self._read()
            if self.card is not None:
                self.card.refresh(addresses, initiator)
        if addresses is None or any(address.endswith("/needs-support") for address in addresses):
            self.support.refresh()

    def prepare(self, address: str) -> None:
        """Choose the action that `address` belongs to."""
        if address.startswith(f"{ACTIONS}/"):
            self.choose(address.split("/")[1])

    def choose(self, own_id: str) -> None:
        """Show everything of an action; filters that leave it out are taken back."""
        if self.model.row_of(own_id) is None:
            for one in self.filters.values():
                one.clear()
            self._show_actions()
        row = self.model.row_of(own_id)
        if row is not None:
            self._show_card(own_id)
            self._mark(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the date anew: something may be overdue since yesterday."""
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        self._today = self._session.clock.now().astimezone().date().isoformat()
        self._actions = action_plan(self._session.audit.state, self._today)
        owners = sorted({action.owner for action in self._actions if action.owner}, key=str.casefold)
        nobody = [(NOBODY, PLAN.nobody)] if any(not action.owner for action in self._actions) else []
        self.filters["owner"].show_options([*((owner, owner) for owner in owners), *nobody])
        self.add_button.setVisible(self._session.can_change(item_address(ACTIONS, "new", "what")))
        if self.card is not None and all(action.own_id != self.card.own_id for action in self._actions):
            self._show_card(None)
        self._show_actions()

    def _show_actions(self) -> None:
        wanted = PlanFilter(
            self.filters["status"].value,
            self.filters["owner"].value,
            self.filters["section"].value,
            self.filters["due"].value,
            self._today,
        )
        shown = [action for action in self._actions if wanted.takes(action)]
        self.model.show_actions(shown)
        overdue = sum(action.is_overdue for action in self._actions)
        self.count.setText(PLAN.shown(len(shown), len(self._actions), overdue))
        self.count.setVisible(bool(self._actions))
        self.table.setVisible(bool(shown))
        self._empty.setText(PLAN.filtered if self._actions else PLAN.none)
        self._empty.setVisible(not shown)
        row = self.model.row_of(self.card.own_id) if self.card is not None else None
        if row is not None:
            self._mark(row)

    def _mark(self, row: int) -> None:
        selection = self.table.selectionModel()
        if selection.currentIndex().row() != row or not selection.isRowSelected(row):
            blocked = selection.blockSignals(True)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(self.model.index(row, 0), flags)
            selection.blockSignals(blocked)
            self.table.viewport().update()

    def _show_card(self, own_id: str | None) -> None:
        if self.card is not None:
            if self.card.own_id == own_id:
                return
            self._answering.commit()
            self.card.hide()
            self.card.deleteLater()
            self.card = None
        if own_id is not None:
            self.card = ActionCard(own_id, self._session, self._answering)
            self.card.address_wanted.connect(self.address_wanted)
            self._place.addWidget(self.card)
            self.card.show()

    def _on_current_changed(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._show_card(self.model.action(index.row()).own_id)

    def _on_add(self) -> None:
        self._answering.commit()
        section = self.filters["section"].value
        about = [f"section/{section}"] if section is not None else None
        own_id = add_item(self._session, ACTIONS, {"status": "not-started", "about": about})
        self.address_wanted.emit(item_address(ACTIONS, own_id, "what"))


class _Filter(QWidget):
    """A drop-down with its name; its first entry leaves out nothing.

    Signals:
        changed: a person chose.
    """

    changed = Signal()

    def __init__(self, label: str, options: list[tuple[str, str]]) -> None:
        super().__init__()
        self._editor = ChoiceEditor(Field(id=label.lower(), kind=FieldKind.CHOICE, label=label), None, self)
        self._options: list[tuple[str, str]] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        layout.addWidget(plain_label(label, "caption", wrap=False))
        layout.addWidget(self._editor)
        self._editor.set_name(PLAN.filter_name(label), "")
        self._editor.box.setMinimumContentsLength(_FILTER_LETTERS)
        self.show_options(options)
        self._editor.value_edited.connect(lambda _value: self.changed.emit())

    @property
    def value(self) -> str | None:
        """What was chosen, or `None` for all."""
        return self._editor.value()

    def show_options(self, options: list[tuple[str, str]]) -> None:
        """Offer `options`, keeping what was chosen if it is among them."""
        if options == self._options:
            return
        chosen = self.value
        self._options = options
        box = self._editor.box
        box.clear()
        for option in (Option("", PLAN.all_of_them), *(Option(*option) for option in options)):
            box.addItem(option.label, option.id or None)
        self._editor.set_value(chosen)

    def clear(self) -> None:
        """Leave out nothing."""
        self._editor.set_value(None)
