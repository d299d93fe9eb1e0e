"""The contract of an editor: it shows a value, and says when a person changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from audit_desktop.ui.parts.roles import set_invalid

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Scale


class FieldEditor(QWidget):
    """What every editor does. `value_edited` and `editing_finished` mean that a person did it; `set_value` is silent.

    Signals:
        value_edited: a person changed the value; carries it as it goes to the session.
        editing_finished: the focus left the editor.
    """

    value_edited = Signal(object)
    editing_finished = Signal()

    is_typed: ClassVar[bool] = False
    """Whether the value grows letter by letter, so that it is held until the person pauses."""
    shows_own_label: ClassVar[bool] = False
    """Whether the editor shows the field's label itself."""

    def __init__(self, field: Field, scale: Scale | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.scale = scale
        self.is_read_only = False
        self.setObjectName(f"field:{field.id}")

    def value(self) -> JsonValue | None:
        """Return the value as it goes to the session; `None` for empty."""
        raise NotImplementedError

    def set_value(self, value: JsonValue | None) -> None:
        """Show `value`; `None` empties the editor. Never emits."""
        raise NotImplementedError

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the widgets that take the focus, in the order of the tab key."""
        raise NotImplementedError

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the value be changed or only read."""
        self.is_read_only = is_read_only

    def set_name(self, name: str, description: str) -> None:
        """Tell screen readers what the editor is for."""
        self.setAccessibleName(name)
        for box in self.boxes():
            box.setAccessibleName(name)
            box.setAccessibleDescription(description)

    def set_messages(self, messages: tuple[str, ...]) -> None:
        """Mark the boxes as at fault while there are `messages`; the row shows them."""
        for box in self.boxes():
            set_invalid(box, invalid=bool(messages))

    def tidy(self) -> None:
        """Show what was typed in its usual form, once the editor was left."""

    def has_focus(self) -> bool:
        """Return whether the focus is in the editor."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def focus(self) -> None:
        """Put the focus into the first box."""
        self.boxes()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def note_left(self, event: QFocusEvent) -> None:
        """Say that editing is finished, unless the focus only went to a menu or to another box of this editor."""
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.has_focus():
            self.editing_finished.emit()


def is_for_the_window(event: QKeyEvent) -> bool:
    """Return whether the key means undo, redo or another statement, which is for the window and not for a text box."""
    if event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo):
        return True
    return event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)


class LineBox(QLineEdit):
    """A line of text that leaves undo to the session and says when it was left."""

    def __init__(self, editor: FieldEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def show_text(self, text: str) -> None:
        """Show `text` from its beginning, without a word about it."""
        if text != self.text():
            with QSignalBlocker(self):
                self.setText(text)
                self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and is_for_the_window(event):  # pyright: ignore[reportArgumentType]
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the window's keys to the window."""
        if is_for_the_window(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the box was left."""
        super().focusOutEvent(event)
        self._editor.note_left(event)


class ComboBox(QComboBox):
    """A drop-down that a wheel scrolls past."""

    def __init__(self, editor: FieldEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # As narrow as the column asks for; the list that opens is as wide as its entries.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: it never changes an answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw an arrow, which style sheets leave out unless they load a picture."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.6))
        reach = self.fontMetrics().height() / 4
        tip = QPointF(self.width() - 3 * reach, self.height() / 2 + reach / 2)
        painter.drawPolyline([tip + QPointF(-reach, -reach), tip, tip + QPointF(reach, -reach)])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the box was left."""
        super().focusOutEvent(event)
        self._editor.note_left(event)
