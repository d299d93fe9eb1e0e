"""The actions of the plan as a Qt table: filtered, sorted, and those that are overdue marked in words and colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from audit_desktop.core.common_fields import LISTS
from audit_desktop.ui.visit.subject_words import subject_words
from audit_desktop.ui.visit_wording import PLAN, long_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.action_plan import PlannedAction
    from audit_desktop.core.addresses import Addresses

DUE, WHAT, ABOUT, OWNER, STATUS = range(5)
HEADINGS: Final = (PLAN.due, PLAN.action, PLAN.about, PLAN.owner, PLAN.status)
STATUSES: Final = {
    option.id: option.label for field in LISTS["actions"] if field.id == "status" for option in field.options
}
OPEN: Final = "open"
OVERDUE: Final = "overdue"
WITHIN_MONTH: Final = "month"
NO_DATE: Final = "no-date"
NOBODY: Final = "\0"
_MONTH: Final = timedelta(days=30)
_SOMETHING: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which actions are shown; `None` leaves out nothing. `today` is an ISO date."""

    status: str | None = None
    owner: str | None = None
    section: str | None = None
    due: str | None = None
    today: str = ""

    def takes(self, action: PlannedAction) -> bool:
        """Return whether `action` is shown."""
        return (
            (self.status is None or self.status == action.status or (self.status == OPEN and action.is_open))
            and (self.owner is None or self.owner == (action.owner or NOBODY))
            and (self.section is None or self.section in action.sections)
            and self._takes_date(action)
        )

    def _takes_date(self, action: PlannedAction) -> bool:
        match self.due:
            case "overdue":
                return action.is_overdue
            case "month":
                last = (date.fromisoformat(self.today) + _MONTH).isoformat()
                return bool(action.due) and action.due <= last
            case "no-date":
                return not action.due
            case _:
                return True


class PlanModel(QAbstractTableModel):
    """A row for each action that is shown."""

    def __init__(self, addresses: Addresses, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._addresses = addresses
        self._actions: list[PlannedAction] = []
        self._column = DUE
        self._order = Qt.SortOrder.AscendingOrder

    def show_actions(self, actions: Iterable[PlannedAction]) -> None:
        """Show `actions`, sorted as before; nothing is told to the view if they are the same."""
        wanted = self._sorted(actions)
        if wanted != self._actions:
            self.beginResetModel()
            self._actions = wanted
            self.endResetModel()

    def row_of(self, own_id: str) -> int | None:
        """Return the row of an action, or `None` if it is not shown."""
        return next((row for row, action in enumerate(self._actions) if action.own_id == own_id), None)

    def action(self, row: int) -> PlannedAction:
        """Return the action at `row`."""
        return self._actions[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _SOMETHING) -> int:
        return 0 if parent.isValid() else len(self._actions)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _SOMETHING) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, what a screen reader says, or whether it is overdue."""
        if not index.isValid():
            return None
        action = self._actions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(action, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADINGS[index.column()]}: {self._text(action, index.column())}"
        if role == Qt.ItemDataRole.UserRole:
            return action.is_overdue
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by `column`; what has no date or nobody's name comes last in either order."""
        self._column, self._order = column, order
        wanted = self._sorted(self._actions)
        self.layoutAboutToBeChanged.emit()
        self._actions = wanted
        self.layoutChanged.emit()

    def _text(self, action: PlannedAction, column: int) -> str:
        match column:
            case 0:
                day = long_date(action.due) or PLAN.no_date
                return f"{PLAN.overdue}: {day}" if action.is_overdue else day
            case 1:
                return action.what or PLAN.unnamed
            case 2:
                return subject_words(self._addresses, action.about)
            case 3:
                return action.owner or PLAN.nobody
            case _:
                return STATUSES.get(action.status, action.status)

    def _sorted(self, actions: Iterable[PlannedAction]) -> list[PlannedAction]:
        is_reversed = self._order == Qt.SortOrder.DescendingOrder
        places = {option.id: at for at, option in enumerate(self._addresses.subjects)}
        steps = list(STATUSES)

        def key(action: PlannedAction) -> tuple[Any, ...]:
            match self._column:
                case 0:
                    return (action.due,)
                case 2:
                    return tuple(places.get(subject, len(places)) for subject in action.about)
                case 3:
                    return (action.owner.casefold(),)
                case 4:
                    return (steps.index(action.status) if action.status in steps else len(steps),)
                case _:
                    return (action.what.casefold(),)

        in_order = sorted(actions, key=key, reverse=is_reversed)
        return sorted(in_order, key=lambda action: not any(key(action)) and self._column in (DUE, OWNER, ABOUT))
