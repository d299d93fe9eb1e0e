"""One choice of a scale's levels: a row of segments, or a column where a row has no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from audit_desktop.ui.fields.segment import Segment

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from audit_desktop.core.framework import Scale
    from audit_desktop.ui.fields.base import FieldEditor

_GAP = 6
"""Room between two segments."""


class Segments(QWidget):
    """A row of segments, or a column where a row has no room. Only the tab key's stop takes the focus by tab.

    Signals:
        chosen: a person chose a level, or took the choice back; carries the level's id or `None`.
    """

    chosen = Signal(object)

    def __init__(self, scale: Scale, editor: FieldEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._is_read_only = False
        self.segments = tuple(Segment(level, self) for level in scale.levels)
        self._shapes: dict[int, tuple[int, int, int]] = {}
        """For a width: how many segments stand side by side, and how wide and how high each is."""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for at, segment in enumerate(self.segments):
            segment.clicked.connect(lambda checked, at=at: self._on_clicked(at, checked))
            segment.moved.connect(lambda by, at=at: self._choose_at((at + by) % len(self.segments)))
            segment.digit.connect(self.choose_number)
            segment.cleared.connect(self.clear)
            segment.left.connect(editor.note_left)
        self._set_tab_stop()

    def level_id(self) -> str | None:
        """Return the id of the chosen level, or `None`."""
        return next((segment.level.id for segment in self.segments if segment.isChecked()), None)

    def show_level(self, level_id: str | None) -> None:
        """Show `level_id` as chosen, without a word about it."""
        for segment in self.segments:
            segment.setChecked(segment.level.id == level_id)
        self._set_tab_stop()

    def choose_number(self, number: int) -> None:
        """Choose the level with `number`, counted from 1, for the person; there may be none."""
        if 1 <= number <= len(self.segments):
            self._choose_at(number - 1)

    def clear(self) -> None:
        """Take the choice back for the person."""
        if not self._is_read_only and self.level_id() is not None:
            self.show_level(None)
            self.chosen.emit(None)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the choice be changed or only read."""
        self._is_read_only = is_read_only
        for segment in self.segments:
            segment.is_read_only = is_read_only
            segment.setCursor(Qt.CursorShape.ArrowCursor if is_read_only else Qt.CursorShape.PointingHandCursor)
            segment.update()

    def set_name(self, name: str, description: str) -> None:
        """Tell screen readers what each segment stands for."""
        self.setAccessibleName(name)
        for segment in self.segments:
            segment.setAccessibleName(f"{name}: {segment.words}")
            segment.setAccessibleDescription(description)

    def tab_stop(self) -> Segment:
        """Return the segment that the tab key reaches: the chosen one, or the first."""
        return next((segment for segment in self.segments if segment.isChecked()), self.segments[0])

    def hasHeightForWidth(self) -> bool:
        """Return that a narrow row becomes a column."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the segments in `width`."""
        columns, _, high = self._shape(width)
        rows = -(-len(self.segments) // columns)
        return high * rows + _GAP * (rows - 1)

    def sizeHint(self) -> QSize:
        """Return the size of all segments in a row."""
        sizes = [segment.sizeHint() for segment in self.segments]
        width = sum(size.width() for size in sizes) + _GAP * (len(sizes) - 1)
        return QSize(width, max(size.height() for size in sizes))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the segments in a column."""
        return QSize(max(segment.least_width() for segment in self.segments), self.segments[0].sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the segments."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._shapes.clear()
            self.updateGeometry()
            self._arrange()

    def _arrange(self) -> None:
        columns, wide, high = self._shape(self.width())
        for at, segment in enumerate(self.segments):
            segment.setGeometry((wide + _GAP) * (at % columns), (high + _GAP) * (at // columns), wide, high)

    def _shape(self, width: int) -> tuple[int, int, int]:
        if width not in self._shapes:
            count = len(self.segments)
            least = max(segment.least_width() for segment in self.segments)
            columns = next(
                columns
                for columns in (count, 2, 1)
                if count % columns == 0 and (columns == 1 or (width - _GAP * (columns - 1)) // columns >= least)
            )
            wide = (width - _GAP * (columns - 1)) // columns
            high = max(segment.height_in(wide) for segment in self.segments)
            self._shapes[width] = (columns, wide, high)
        return self._shapes[width]

    def _choose_at(self, at: int) -> None:
        if self._is_read_only:
            return
        level_id = self.segments[at].level.id
        had_focus = any(segment.hasFocus() for segment in self.segments)
        if level_id != self.level_id():
            self.show_level(level_id)
            self.chosen.emit(level_id)
        if had_focus:
            self.segments[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_clicked(self, at: int, checked: bool) -> None:
        if self._is_read_only:
            return
        level_id = self.segments[at].level.id if checked else None
        self.show_level(level_id)
        self.chosen.emit(level_id)

    def _set_tab_stop(self) -> None:
        stop = self.tab_stop()
        for segment in self.segments:
            policy = Qt.FocusPolicy.StrongFocus if segment is stop else Qt.FocusPolicy.ClickFocus
            if segment.focusPolicy() != policy:
                segment.setFocusPolicy(policy)
