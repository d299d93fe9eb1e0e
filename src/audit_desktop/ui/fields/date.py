"""The editor for a date, typed or picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget, QWidgetAction

from audit_desktop.core.text import one_line
from audit_desktop.ui.fields.base import FieldEditor, LineBox
from audit_desktop.ui.fields.date_text import long_date, understood_date
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import FIELDS, FORM

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class DateEditor(FieldEditor):
    """A date in a line of text, so that it can be empty and nothing spins, with a calendar beside it."""

    is_typed = True

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(field, scale, parent)
        self._is_done = True
        self.box = LineBox(self)
        self.box.setPlaceholderText(FIELDS.date)
        self.box.setMaximumWidth(self.fontMetrics().averageCharWidth() * 32)
        self.pick_button = button(FIELDS.pick_date, name="pick", parent=self)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.pick_button)
        layout.addStretch(0)

        self.box.textEdited.connect(self._on_text_edited)
        self.pick_button.clicked.connect(self._on_pick)

    def value(self) -> JsonValue | None:
        """Return the date as `YYYY-MM-DD`; a text that is no date stands as it is."""
        text = one_line(self.box.text())
        return (understood_date(text, short_years=self._is_done) or text) if text else None

    def set_value(self, value: JsonValue | None) -> None:
        """Show the date `value`, `YYYY-MM-DD`."""
        if value != self.value():
            self._is_done = True
            self.box.show_text(long_date(value) if value else "")

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the line and the button of the calendar."""
        return (self.box, self.pick_button)

    def set_name(self, name: str, description: str) -> None:
        """Tell screen readers what the line and the button are for."""
        super().set_name(name, description or FIELDS.date)
        self.pick_button.setAccessibleName(FIELDS.pick_date_of.format(name=name))

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the date be changed or only read."""
        super().set_read_only(is_read_only)
        self.box.setReadOnly(is_read_only)
        self.box.setPlaceholderText(FORM.nothing_yet if is_read_only else FIELDS.date)
        self.pick_button.setVisible(not is_read_only)

    def tidy(self) -> None:
        """Show a date that was understood in its long form."""
        short = self.value()
        self._is_done = True
        understood = self.value()
        if understood is not None and understood_date(understood):
            self.box.show_text(long_date(understood))
            if understood != short:
                self.value_edited.emit(understood)

    def pick(self, date: QDate) -> None:
        """Take `date`, which the person picked."""
        self._is_done = True
        self.box.show_text(long_date(date.toString(Qt.DateFormat.ISODate)))
        self.value_edited.emit(self.value())

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._is_done = False
        self.value_edited.emit(self.value())

    @Slot()
    def _on_pick(self) -> None:
        from PySide6.QtWidgets import QCalendarWidget

        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setAccessibleName(self.pick_button.accessibleName())
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = QDate.fromString(self.value() or "", Qt.DateFormat.ISODate)
        if shown.isValid():
            calendar.setSelectedDate(shown)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(self.pick)
        calendar.clicked.connect(self.pick)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.pick_button.mapToGlobal(QPoint(0, self.pick_button.height())))
        calendar.setFocus()
