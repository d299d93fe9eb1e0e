"""The whole text of one line of an import's preview, and the ways to deal with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from audit_desktop.ui.exchange_wording import IMPORT
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from audit_desktop.ui.importing.lines import PreviewLine

_LINES = 4


class LineDetail(QWidget):
    """Shows a line, or a text that belongs to none.

    Signals:
        chosen: another way was chosen; carries its place among the line's ways.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = plain_label(IMPORT.choose_hint, "strong", name="import:where")
        self.ours = _text_box("import:ours", IMPORT.headings[1])
        self.theirs = _text_box("import:theirs", IMPORT.headings[2])
        self.base = plain_label("", "caption", name="import:base")
        self._ours_label = plain_label(IMPORT.headings[1], "caption")
        self._theirs_label = plain_label(IMPORT.headings[2], "caption")
        self._group = QButtonGroup(self)
        self._ways = QWidget()
        self._ways_row = FlowLayout(self._ways, spacing=Space.MEDIUM)
        across = QHBoxLayout()
        across.setSpacing(Space.SMALL)
        self._ours_column = QWidget()
        for host, label, box in (
            (self._ours_column, self._ours_label, self.ours),
            (QWidget(), self._theirs_label, self.theirs),
        ):
            column = QVBoxLayout(host)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.HAIR)
            column.addWidget(label)
            column.addWidget(box)
            across.addWidget(host, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        layout.addWidget(self.heading)
        layout.addLayout(across)
        layout.addWidget(self.base)
        layout.addWidget(self._ways)
        self.base.hide()

        self._group.idToggled.connect(self._on_toggled)

    def show_line(self, line: PreviewLine) -> None:
        """Show an answer and its ways."""
        self._show(line.where, line.ours, line.theirs)
        self.base.setText(f"{IMPORT.was}: {line.base}" if line.base else "")
        self.base.setVisible(bool(line.base))
        for place, way in enumerate(line.ways):
            radio = QRadioButton(way.text.replace("&", "&&"))
            radio.setObjectName(f"import:way:{place}")
            radio.setAccessibleName(f"{line.where}: {way.text}")
            self._group.addButton(radio, place)
            self._ways_row.addWidget(radio)
            radio.setChecked(place == line.chosen)
        if line.refusal:
            self._ways_row.addWidget(plain_label(line.refusal, "muted", wrap=False))
        self._ways.updateGeometry()

    def show_text(self, where: str, text: str) -> None:
        """Show a text that belongs to no answer."""
        self._show(where, "", text)

    def refresh(self, line: PreviewLine) -> None:
        """Show that another way was chosen elsewhere."""
        radio = self._group.button(line.chosen)
        if radio is not None:
            radio.setChecked(True)

    def _show(self, where: str, ours: str, theirs: str) -> None:
        for radio in self._group.buttons():
            self._group.removeButton(radio)
        while self._ways_row.count():
            item = self._ways_row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.heading.setText(where)
        self.ours.setPlainText(ours)
        self.theirs.setPlainText(theirs)
        self._ours_column.setVisible(bool(ours))
        self.base.hide()

    def _on_toggled(self, place: int, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(place)


def _text_box(name: str, accessible_name: str) -> QPlainTextEdit:
    box = QPlainTextEdit()
    box.setObjectName(name)
    box.setAccessibleName(accessible_name)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setFixedHeight(box.fontMetrics().lineSpacing() * _LINES + Space.LARGE)
    return box
