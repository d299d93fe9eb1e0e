"""The first page: a new audit, an audit to open, the sample, and the audits opened last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.flow_layout import FlowLayout
from audit_desktop.ui.parts.labels import ElidedLabel, divider, heading, plain_label
from audit_desktop.ui.parts.page_column import PageColumn
from audit_desktop.ui.parts.tile import Tile
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import START

if TYPE_CHECKING:
    from collections.abc import Callable

_CHARACTERS = 120


class StartPage(PageColumn):
    """The start page.

    Signals:
        new_clicked, open_clicked, sample_clicked: what the person wants to do.
        recent_clicked: the path of the audit to open.
        recent_removed: the path to forget.
    """

    new_clicked = Signal()
    open_clicked = Signal()
    sample_clicked = Signal()
    recent_clicked = Signal(object)
    recent_removed = Signal(object)

    def __init__(self, exists: Callable[[Path], bool], parent: QWidget | None = None) -> None:
        super().__init__(_CHARACTERS, parent)
        self.setObjectName("page:start")
        self._exists = exists
        self.new_tile = Tile(START.new, START.new_help, role="tile-primary", name="start:new")
        self.open_tile = Tile(START.open, START.open_help, name="start:open")
        self.sample_tile = Tile(START.sample, START.sample_help, name="start:sample")

        tiles = FlowLayout(spacing=Space.MEDIUM, stretch=True)
        for tile in (self.new_tile, self.open_tile, self.sample_tile):
            tiles.addWidget(tile)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        card = QFrame()
        card.setProperty("role", "card")
        card_layout = QVBoxLayout(card)
        card_layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.SMALL)
        card_layout.addLayout(self._recent)

        rows = self.rows
        rows.addWidget(heading(START.title, "title"))
        rows.addWidget(plain_label(START.lead, "muted"))
        rows.addSpacing(Space.WIDE)
        rows.addLayout(tiles)
        rows.addSpacing(Space.WIDE)
        rows.addWidget(heading(START.recent, "subheading"))
        rows.addWidget(card)
        rows.addWidget(plain_label(START.drop, "caption"))
        rows.addStretch(1)

        self.new_tile.clicked.connect(self.new_clicked)
        self.open_tile.clicked.connect(self.open_clicked)
        self.sample_tile.clicked.connect(self.sample_clicked)
        self.show_recent(())

    def show_recent(self, paths: tuple[str, ...]) -> None:
        """List the audits at `paths`."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for number, path in enumerate(paths):
            if number:
                self._recent.addWidget(divider())
            self._recent.addWidget(self._entry(Path(path)))
        if not paths:
            self._recent.addWidget(plain_label(START.no_recent, "muted"))

    def _entry(self, path: Path) -> QWidget:
        is_missing = not self._exists(path)
        folder = str(path.parent)
        entry = QWidget()
        entry.setObjectName(f"recent:{path}")
        opener = button(
            path.stem,
            "link",
            name="recent:open",
            accessible_name=START.open_recent(path.stem, folder, is_missing=is_missing),
            on_click=lambda: self.recent_clicked.emit(path),
        )
        remover: QPushButton = button(
            START.remove,
            "quiet",
            name="recent:remove",
            accessible_name=START.remove_recent(path.stem),
            on_click=lambda: self.recent_removed.emit(path),
        )
        where = ElidedLabel(START.missing if is_missing else folder, "caption", middle=not is_missing)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)
        where_row = QHBoxLayout()
        where_row.setContentsMargins(Space.TINY + Space.HAIR, 0, 0, 0)
        where_row.addWidget(where)
        words.addLayout(where_row)
        layout = QHBoxLayout(entry)
        layout.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        layout.addLayout(words, 1)
        layout.addWidget(remover)
        opener.setEnabled(not is_missing)
        return entry
