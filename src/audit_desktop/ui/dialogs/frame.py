"""What every dialog shares: its margins, its heading and its row of buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.theme import Space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton


class DialogFrame(QDialog):
    """A dialog with a heading, a body and buttons. It is shown by `open()` and frees itself when it is closed."""

    def __init__(self, title: str, lead: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.SMALL)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(Space.SMALL)
        self._buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(heading(title))
        if lead:
            layout.addWidget(plain_label(lead, "muted"))
        layout.addSpacing(Space.SMALL)
        layout.addLayout(self.body, 1)
        layout.addSpacing(Space.MEDIUM)
        layout.addLayout(self._buttons)

    def fit(self, characters: int) -> None:
        """Make the dialog about `characters` wide, whatever the size of text, within the screen."""
        width = self.fontMetrics().averageCharWidth() * characters
        screen = self.screen().availableGeometry()
        width = min(width, screen.width() - Space.HUGE)
        layout = self.layout()
        needed = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        self.resize(width, min(max(needed, self.sizeHint().height()), screen.height() - Space.HUGE))

    def keep_on_screen(self) -> None:
        """Move the dialog back where all of it can be seen, after it grew."""
        if not self.isVisible():
            # It is put in the middle of its window when it is shown.
            return
        screen, frame = self.screen().availableGeometry(), self.frameGeometry()
        left = max(screen.left(), min(frame.left(), screen.right() - frame.width()))
        top = max(screen.top(), min(frame.top(), screen.bottom() - frame.height()))
        self.move(left, top)

    def add_button(self, button: QPushButton, *, is_default: bool = False) -> None:
        """Put `button` at the end of the row."""
        self._buttons.addWidget(button)
        if is_default:
            button.setDefault(True)
