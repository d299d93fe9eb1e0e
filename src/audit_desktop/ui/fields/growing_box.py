"""A box for paragraphs of plain text that grows with what is written in it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from audit_desktop.core.text import clean_text
from audit_desktop.ui.fields.base import FieldEditor, is_for_the_window

if TYPE_CHECKING:
    from PySide6.QtCore import QSizeF

_MOST_LINES = 30
"""A longer text is scrolled inside its box, so that the next field stays within reach."""
_FRAME = 14
"""Padding and border above and below the text, as the style sheet has them, and a pixel to spare."""


class GrowingBox(QPlainTextEdit):
    """Plain text only. Tab leaves it, undo is left to the session, and a wheel scrolls it only while it is used.

    Signals:
        text_edited: a person changed the text.
    """

    text_edited = Signal()

    def __init__(self, editor: FieldEditor, *, least_lines: int = 2) -> None:
        super().__init__(editor)
        self._editor = editor
        self._least_lines = least_lines
        self._lines = 0
        self._guesses: dict[int, int] = {}
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.document().setDocumentMargin(3)
        self._set_lines(least_lines)
        self.document().documentLayout().documentSizeChanged.connect(self._on_document_size_changed)
        self.textChanged.connect(self.text_edited)

    def show_text(self, text: str) -> None:
        """Show `text`, without a word about it. The caret stays where the texts begin to differ."""
        before = self.toPlainText()
        if text == before:
            return
        with QSignalBlocker(self):
            if self.hasFocus():
                same = next((at for at, pair in enumerate(zip(before, text, strict=False)) if pair[0] != pair[1]), None)
                if same is None:
                    same = min(len(before), len(text))
                self.setPlainText(text)
                cursor = self.textCursor()
                cursor.setPosition(min(same, self.document().characterCount() - 1))
                self.setTextCursor(cursor)
            else:
                self.setPlainText(text)
        self._guesses.clear()
        self.updateGeometry()

    def set_least_lines(self, lines: int) -> None:
        """Make the box at least `lines` high."""
        if lines != self._least_lines:
            self._least_lines = lines
            self._guesses.clear()
            self._set_lines(ceil(self.document().size().height()))
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Return that the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text in `width`: exactly once it is laid out so, and before that as a good guess."""
        if self.isVisible() and width == self.width():
            return self._height_of(self._lines)
        if width not in self._guesses:
            inner = max(width - 2 * 4 - 2 * 3 - 2, 40)
            metrics = self.fontMetrics()
            lines = 0
            for line in self.toPlainText().split("\n"):
                lines += max(1, ceil(metrics.horizontalAdvance(line) * 1.04 / inner))
                if lines >= _MOST_LINES:
                    break
            self._guesses[width] = self._height_of(max(self._least_lines, min(lines, _MOST_LINES)))
        return self._guesses[width]

    def sizeHint(self) -> QSize:
        """Return the height of the text as it is laid out now."""
        return QSize(super().sizeHint().width(), self._height_of(self._lines))

    def minimumSizeHint(self) -> QSize:
        """Return the height of the text as it is laid out now, and the width of a few words."""
        return QSize(self.fontMetrics().averageCharWidth() * 12, self._height_of(self._lines))

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and is_for_the_window(event):  # pyright: ignore[reportArgumentType]
            event.ignore()
            return False
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._lines:
            self._guesses.clear()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the window's keys to the window."""
        if is_for_the_window(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll only a text that is being used and is longer than its box; otherwise leave the wheel to the page."""
        if self.hasFocus() and self._is_too_long():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the box was left."""
        super().focusOutEvent(event)
        self._editor.note_left(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow how the text wraps in another width."""
        super().resizeEvent(event)
        self._set_lines(ceil(self.document().size().height()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Return whether `source` has text."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert the text of `source`, cleaned; its look and its pictures are left behind."""
        self.textCursor().insertText(clean_text(source.text()).replace("\t", " "))
        self.ensureCursorVisible()

    def move_to_end(self) -> None:
        """Put the caret behind the text."""
        from PySide6.QtGui import QTextCursor

        self.moveCursor(QTextCursor.MoveOperation.End)

    def _on_document_size_changed(self, size: QSizeF) -> None:
        self._guesses.clear()
        self._set_lines(ceil(size.height()))

    def _is_too_long(self) -> bool:
        return self.document().size().height() > _MOST_LINES

    def _height_of(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + 2 * 3 + _FRAME

    def _set_lines(self, lines: int) -> None:
        lines = max(self._least_lines, min(lines, _MOST_LINES))
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
        wanted = Qt.ScrollBarPolicy.ScrollBarAsNeeded if self._is_too_long() else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != wanted:
            self.setVerticalScrollBarPolicy(wanted)
