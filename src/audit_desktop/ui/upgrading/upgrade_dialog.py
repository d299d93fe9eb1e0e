"""What a newer version of the framework would do to the audit, before anybody agrees to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from audit_desktop.core.upgrade import ChangeKind
from audit_desktop.exchange.markdown import blocks_of
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.row_table import make_row_table, wrap_rows
from audit_desktop.ui.upgrading.wording import UPGRADING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.upgrade import Subject, SubjectChange, UpgradePlan

_CHARACTERS = 130
_LINES_SHOWN = 22


class UpgradeDialog(DialogFrame):
    """A row for every statement and section that does not stay as it was.

    Signals:
        agreed: the person wants the newer version.
    """

    agreed = Signal()

    def __init__(self, plan: UpgradePlan, *, can_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(UPGRADING.title, UPGRADING.lead, parent)
        self.setObjectName("dialog:upgrade")
        self.body.addWidget(plain_label(UPGRADING.versions(plan), "strong", name="upgrade:versions"))
        changes = [change for change in plan.changes if change.kind is not ChangeKind.SAME]
        self.table = QTableWidget(len(changes), len(UPGRADING.columns))
        make_row_table(self.table, "upgrade:table", UPGRADING.table)
        self.table.setHorizontalHeaderLabels(list(UPGRADING.columns))
        wrap_rows(self.table, range(len(UPGRADING.columns) - 1))
        lines = self.fontMetrics().lineSpacing() * _LINES_SHOWN
        self.table.setMinimumHeight(min(lines, self.screen().availableGeometry().height() // 4))
        for row, change in enumerate(changes):
            for column, text in enumerate(_cells(change)):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.table.setItem(row, column, item)
        self.table.setVisible(bool(changes))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(plain_label(UPGRADING.unchanged(plan), "muted", name="upgrade:unchanged"))
        self.not_now_button = button(UPGRADING.not_now, name="upgrade:not-now", on_click=self.reject)
        self.go_on_button = button(UPGRADING.go_on, "primary", name="upgrade:go-on", on_click=self._on_agreed)
        self.go_on_button.setEnabled(can_change)
        self.add_button(self.not_now_button)
        self.add_button(self.go_on_button, is_default=can_change)
        self.fit(_CHARACTERS)

    def _on_agreed(self) -> None:
        self.accept()
        self.agreed.emit()


def _cells(change: SubjectChange) -> tuple[str, ...]:
    now = (change.after,) if change.after is not None else ()
    answers = UPGRADING.answers(change.answers) if change.answers else ""
    return _texts(change.before), _texts(now), UPGRADING.effect(change), answers


def _texts(subjects: Iterable[Subject]) -> str:
    return "\n".join(
        " ".join((subject.reference, *(block.text for block in blocks_of(subject.text)))) for subject in subjects
    )
