"""Two answers to one field, side by side with who gave them and when, and the ways to settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.core.answers import display_text
from audit_desktop.core.framework import FieldKind
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from audit_desktop.core.edits import Edit, JsonValue
    from audit_desktop.core.framework import Field, Framework


class ConflictPanel(QFrame):
    """Every answer that stands, none preferred.

    Signals:
        settled: the person decided; carries the value that shall stand.
        new_wanted: the person wants to write a new answer.
    """

    settled = Signal(object)
    new_wanted = Signal()

    def __init__(
        self,
        framework: Framework,
        field: Field,
        edits: tuple[Edit, ...],
        *,
        name: str,
        is_read_only: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.edits = edits
        self.is_read_only = is_read_only
        self.setProperty("role", "banner-warning")
        self.setObjectName(f"conflict:{field.id}")
        self.setAccessibleName(FORM.conflict_name.format(name=name))
        ordered = sorted(edits, key=lambda edit: edit.at)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(plain_label(FORM.conflict, "strong"))
        for same in _by_value(ordered):
            authors = [FORM.author(edit.author.name, edit.author.role.value, edit.author.organisation) for edit in same]
            for author, edit in zip(authors, same, strict=True):
                layout.addWidget(plain_label(f"{author} · {FORM.when(edit.at)}", "caption"))
            layout.addWidget(plain_label(_shown(framework, field, same[0].value), selectable=True))
            if not is_read_only:
                row = FlowLayout()
                row.addWidget(self._keep_button(FORM.keep_this, same[0].value, ", ".join(authors), name))
                layout.addLayout(row)
        if not is_read_only:
            foot = FlowLayout()
            if field.kind is FieldKind.LONG_TEXT and all(isinstance(edit.value, str) for edit in ordered):
                both = "\n\n".join(same[0].value for same in _by_value(ordered))
                foot.addWidget(self._keep_button(FORM.keep_both, both, FORM.keep_both, name))
            foot.addWidget(
                button(
                    FORM.write_new,
                    "card-link",
                    accessible_name=f"{name}: {FORM.write_new}",
                    on_click=self.new_wanted.emit,
                )
            )
            layout.addLayout(foot)

    def _keep_button(self, text: str, value: JsonValue | None, what: str, name: str) -> QWidget:
        return button(text, accessible_name=f"{name}: {text}, {what}", on_click=lambda: self.settled.emit(value))


def _by_value(edits: list[Edit]) -> list[list[Edit]]:
    """Return `edits` in order, those that say the same together."""
    groups: list[list[Edit]] = []
    for edit in edits:
        group = next((group for group in groups if group[0].value == edit.value), None)
        if group is None:
            groups.append([edit])
        else:
            group.append(edit)
    return groups


def _shown(framework: Framework, field: Field, value: JsonValue | None) -> str:
    if value is None:
        return FORM.taken_back
    text = display_text(framework, field, value)
    reason = value.get("reason") if field.kind is FieldKind.STATUS else None
    return f"{text}: {reason}" if reason else text
