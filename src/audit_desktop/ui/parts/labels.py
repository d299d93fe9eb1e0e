"""Labels that show data: always plain text, never markup."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def plain_label(
    text: str = "",
    role: str = "",
    *,
    wrap: bool = True,
    selectable: bool = False,
    name: str = "",
    parent: QWidget | None = None,
) -> QLabel:
    """Return a label that shows `text` as it stands: no markup is read in it, and nothing is loaded or opened."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setOpenExternalLinks(False)
    if role:
        label.setProperty("role", role)
    if name:
        label.setObjectName(name)
    if wrap:
        label.setWordWrap(True)
        # A wrapped label may be as narrow as its longest word; its height follows from its width.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    label.setText(text)
    return label


def heading(text: str, role: str = "heading", *, name: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a heading: `role` is `title`, `heading` or `subheading`."""
    return plain_label(text, role, name=name, parent=parent)


class ElidedLabel(QLabel):
    """One line of plain text that ends in "…" where there is no room; the tool tip has all of it."""

    def __init__(
        self, text: str = "", role: str = "", *, middle: bool = False, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show `text`."""
        self.setText(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        """Return the room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        shown = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        tool_tip = "" if shown == self.text() else plain_tool_tip(self.text())
        if self.toolTip() != tool_tip:
            self.setToolTip(tool_tip)
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def plain_tool_tip(text: str) -> str:
    """Return what makes a tool tip show `text` as it stands, whatever is in it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p style='white-space:pre-wrap'>{escaped}</p>" if escaped != text else text


def divider(parent: QWidget | None = None) -> QFrame:
    """Return a thin horizontal line."""
    line = QFrame(parent)
    line.setProperty("role", "divider")
    line.setFixedHeight(1)
    return line
