"""The editor for a number, with the period that it covers where that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from audit_desktop.core.text import one_line
from audit_desktop.ui.fields.base import FieldEditor, LineBox
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FIELDS, FORM

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class NumberEditor(FieldEditor):
    """A number typed as text, so that neither a wheel nor an arrow key can change it by accident."""

    is_typed = True

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(field, scale, parent)
        self.number_box = LineBox(self)
        self.number_box.setObjectName("number")
        self.number_box.setPlaceholderText(FIELDS.number)
        self.number_box.setMaximumWidth(self.fontMetrics().averageCharWidth() * 18)
        self.period_box = LineBox(self)
        self.period_box.setObjectName("period")
        self.period_box.setPlaceholderText(FIELDS.period)
        self.period_box.setVisible(field.period)
        self.period_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.number_box, 1)
        layout.addWidget(self.period_box, 2)
        if not field.period:
            layout.addStretch(2)

        self.number_box.textEdited.connect(self._on_text_edited)
        self.period_box.textEdited.connect(self._on_text_edited)

    def value(self) -> JsonValue | None:
        """Return the number and its period; a text that is no number stands in place of the number."""
        answer: dict[str, JsonValue] = {}
        text = one_line(self.number_box.text())
        if text:
            answer["number"] = understood_number(text)
        period = one_line(self.period_box.text())
        if period:
            answer["period"] = period
        return answer or None

    def set_value(self, value: JsonValue | None) -> None:
        """Show the number and the period of `value`."""
        if value != self.value():
            number = (value or {}).get("number")
            self.number_box.show_text("" if number is None else f"{number:,}")
            self.period_box.show_text((value or {}).get("period", ""))

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the box of the number and, if it is asked for, that of the period."""
        return (self.number_box, self.period_box) if self.field.period else (self.number_box,)

    def set_name(self, name: str, description: str) -> None:
        """Tell screen readers what the two boxes are for."""
        super().set_name(name, description)
        self.period_box.setAccessibleName(FIELDS.period_of.format(name=name))

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the number be changed or only read."""
        super().set_read_only(is_read_only)
        self.number_box.setReadOnly(is_read_only)
        self.number_box.setPlaceholderText(FORM.nothing_yet if is_read_only else FIELDS.number)
        self.period_box.setReadOnly(is_read_only)
        self.period_box.setPlaceholderText("" if is_read_only else FIELDS.period)

    def tidy(self) -> None:
        """Show the number with commas between its thousands."""
        value = self.value() or {}
        if not isinstance(value.get("number", ""), str):
            self.number_box.show_text(f"{value['number']:,}")
        self.period_box.show_text(value.get("period", ""))

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self.value_edited.emit(self.value())


def understood_number(text: str) -> int | float | str:
    """Return the number that `text` says, or `text` itself if it says none."""
    plain = text.replace(",", "").replace(" ", "")
    try:
        return int(plain) if plain.lstrip("+-").isdecimal() else float(plain)
    except ValueError:
        return text
