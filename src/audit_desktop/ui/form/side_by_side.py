"""A layout of equal columns, as many as have room, each line as high as its highest part."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from audit_desktop.ui.theme import Space

_LETTERS = 38
"""How many letters wide a column has to be."""


class SideBySide(QLayout):
    """Parts in reading order, in at most `columns` columns."""

    def __init__(self, parent: QWidget | None = None, *, columns: int = 2) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._most = columns
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        size = self.minimumSize()
        return QSize(size.width(), self.heightForWidth(max(size.width(), 400)))

    def minimumSize(self) -> QSize:
        width = max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0)
        return QSize(width, 0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        shown = [item for item in self._items if not item.isEmpty()]
        if not shown:
            return 0
        owner = self.parentWidget()
        least = (owner.fontMetrics().averageCharWidth() if owner else 7) * _LETTERS
        columns = max(1, min(self._most, (rect.width() + Space.WIDE) // (least + Space.WIDE)))
        each = (rect.width() - Space.WIDE * (columns - 1)) // columns
        y = rect.y()
        for start in range(0, len(shown), columns):
            line = shown[start : start + columns]
            heights = [_height(item, each) for item in line]
            if move:
                for at, item in enumerate(line):
                    item.setGeometry(QRect(rect.x() + at * (each + Space.WIDE), y, each, heights[at]))
            y += max(heights) + Space.LARGE
        return y - rect.y() - Space.LARGE


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
