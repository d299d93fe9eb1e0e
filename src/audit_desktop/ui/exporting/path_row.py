"""A box for a file or folder with a button that chooses one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.roles import set_invalid
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import BUTTONS

if TYPE_CHECKING:
    from collections.abc import Callable


class PathRow(QWidget):
    """A labelled box for a path. Without a `file_filter` it asks for a folder.

    Signals:
        changed: there is another path in the box.
    """

    changed = Signal()

    def __init__(
        self,
        label: str,
        choose_title: str,
        *,
        name: str,
        start: Path,
        file_filter: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choose_title = choose_title
        self._start = start
        self._file_filter = file_filter
        self.box = QLineEdit()
        self.box.setObjectName(name)
        self.box.setAccessibleName(label)
        heading = plain_label(label, "strong")
        heading.setBuddy(self.box)
        across = QHBoxLayout()
        across.setSpacing(Space.SMALL)
        across.addWidget(self.box, 1)
        across.addWidget(
            button(BUTTONS.browse, name=f"{name}:choose", accessible_name=choose_title, on_click=self._on_choose)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        layout.addWidget(heading)
        layout.addLayout(across)

        self.box.textEdited.connect(self._on_edited)

    @property
    def path(self) -> Path | None:
        """The path in the box; `None` while it is empty."""
        text = self.box.text().strip()
        return Path(text).expanduser() if text else None

    @path.setter
    def path(self, path: Path | None) -> None:
        self.box.setText(str(path) if path is not None else "")
        self._on_edited()

    def complain(self, say: Callable[[], None]) -> None:
        """Mark the box as at fault, and `say` why."""
        set_invalid(self.box, invalid=True)
        say()
        self.box.setFocus()

    def _on_edited(self) -> None:
        set_invalid(self.box, invalid=False)
        self.changed.emit()

    def _on_choose(self) -> None:
        start = str(self.path or self._start)
        if self._file_filter:
            chosen, _ = QFileDialog.getOpenFileName(self, self._choose_title, start, self._file_filter)
        else:
            chosen = QFileDialog.getExistingDirectory(self, self._choose_title, start)
        if chosen:
            self.path = Path(chosen)
