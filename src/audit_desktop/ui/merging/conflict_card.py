"""An answer that both copies changed: side by side, who and when, what stood before, and the ways to settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from audit_desktop.core.framework import FieldKind
from audit_desktop.core.resolution import both_values, can_keep_both
from audit_desktop.core.word_difference import SegmentKind, word_difference
from audit_desktop.ui.form.side_by_side import SideBySide
from audit_desktop.ui.history.place_names import place_name, value_text
from audit_desktop.ui.merging.difference_label import DifferenceLabel
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit_wording import MERGING
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.edits import Edit, JsonValue
    from audit_desktop.core.framework import Field
    from audit_desktop.core.merge_preview import ConflictCard
    from audit_desktop.ui.theme import Theme

_WRITABLE = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})


class ConflictChoice(QFrame):
    """One conflict. Nothing is chosen at first: to decide later is the choice that stands until a person decides.

    Signals:
        changed: a person chose something else.
    """

    changed = Signal()

    def __init__(
        self,
        addresses: Addresses,
        conflict: ConflictCard,
        theme: Theme,
        *,
        can_settle: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        field = addresses.field(conflict.address)
        assert field is not None
        self.conflict = conflict
        self._field = field
        self.name = place_name(addresses, conflict.address)
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        self.new_box: QPlainTextEdit | None = None
        self.setProperty("role", "card")
        self.setObjectName(f"conflict-card:{conflict.address}")
        self.setAccessibleName(self.name)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(heading(self.name, "subheading"))
        mine = "\n\n".join(_text(addresses, field, edit.value) for edit in conflict.mine)
        theirs = "\n\n".join(_text(addresses, field, edit.value) for edit in conflict.theirs)
        segments = word_difference(mine, theirs)
        beside = SideBySide()
        beside.addWidget(_side(MERGING.mine, conflict.mine, DifferenceLabel(segments, SegmentKind.REMOVED, theme)))
        beside.addWidget(_side(MERGING.theirs, conflict.theirs, DifferenceLabel(segments, SegmentKind.ADDED, theme)))
        layout.addLayout(beside)
        before = _text(addresses, field, conflict.before)
        layout.addWidget(plain_label(MERGING.before.format(text=before), "caption", selectable=True))
        if not can_settle:
            layout.addWidget(plain_label(MERGING.other_role, "muted"))
            return
        flow = FlowLayout(spacing=Space.MEDIUM)
        wanted = {
            "later": MERGING.later,
            **({"mine": MERGING.use_mine} if _is_one(conflict.mine) else {}),
            **({"theirs": MERGING.use_theirs} if _is_one(conflict.theirs) else {}),
            **({"both": MERGING.use_both} if can_keep_both(field) else {}),
            **({"new": MERGING.use_new} if field.kind in _WRITABLE else {}),
        }
        for key, text in wanted.items():
            choice = QRadioButton(text)
            choice.setObjectName(f"choice:{key}")
            choice.setAccessibleName(MERGING.choice.format(name=self.name, choice=text))
            self._group.addButton(choice)
            self.choices[key] = choice
            flow.addWidget(choice)
        layout.addLayout(flow)
        self.choices["later"].setChecked(True)
        if "new" in wanted:
            self.new_box = QPlainTextEdit(self)
            self.new_box.setAccessibleName(MERGING.choice.format(name=self.name, choice=MERGING.new_text))
            self.new_box.setTabChangesFocus(True)
            self.new_box.setFixedHeight(self.fontMetrics().lineSpacing() * 5)
            self.new_box.hide()
            self.new_box.textChanged.connect(self.changed)
            layout.addWidget(self.new_box)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def is_settled(self) -> bool:
        """Whether the person has decided."""
        if self.new_box is not None and self.choices["new"].isChecked():
            return bool(self.new_box.toPlainText().strip())
        return bool(self.choices) and not self.choices["later"].isChecked()

    def value(self) -> JsonValue | None:
        """Return the answer that the person decided on."""
        if self.choices["mine"].isChecked() if "mine" in self.choices else False:
            return self.conflict.mine[0].value
        if self.choices["theirs"].isChecked() if "theirs" in self.choices else False:
            return self.conflict.theirs[0].value
        if self.new_box is not None and self.choices["new"].isChecked():
            return self.new_box.toPlainText()
        heads = {edit.id: edit for edit in (*self.conflict.mine, *self.conflict.theirs)}
        return both_values(self._field, heads.values())

    def _on_toggled(self) -> None:
        if self.new_box is not None:
            wants_new = self.choices["new"].isChecked()
            if wants_new and not self.new_box.toPlainText():
                # What both said is a better start than nothing.
                heads = {edit.id: edit for edit in (*self.conflict.mine, *self.conflict.theirs)}
                self.new_box.setPlainText(both_values(self._field, heads.values()) or "")
            self.new_box.setVisible(wants_new)
            if wants_new:
                self.new_box.setFocus()
        self.changed.emit()


def _side(title: str, edits: tuple[Edit, ...], text: DifferenceLabel) -> QWidget:
    side = QWidget()
    layout = QVBoxLayout(side)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(Space.TINY)
    layout.addWidget(plain_label(title, "strong"))
    for edit in edits:
        author = FORM.author(edit.author.name, edit.author.role.value, edit.author.organisation)
        layout.addWidget(plain_label(f"{author} · {FORM.when(edit.at)}", "caption"))
    layout.addWidget(text, 0, Qt.AlignmentFlag.AlignTop)
    layout.addStretch(1)
    return side


def _text(addresses: Addresses, field: Field, value: JsonValue | None) -> str:
    return value_text(addresses, field, value) if value is not None else MERGING.nothing


def _is_one(edits: tuple[Edit, ...]) -> bool:
    return bool(edits) and all(edit.value == edits[0].value for edit in edits)
