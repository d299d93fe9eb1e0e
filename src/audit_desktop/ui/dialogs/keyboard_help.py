"""The dialog that lists the keys, made from the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from audit_desktop.ui.actions import ACTIONS, MENUS, SECTION_KEYS
from audit_desktop.ui.dialogs.frame import DialogFrame
from audit_desktop.ui.parts.buttons import button
from audit_desktop.ui.parts.labels import plain_label
from audit_desktop.ui.parts.reading_area import ReadingArea
from audit_desktop.ui.theme import Space
from audit_desktop.ui.wording import BUTTONS, KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator


class KeyboardHelpDialog(DialogFrame):
    """Lists every key by menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(KEYS.title, KEYS.lead, parent)
        self.setObjectName("dialog:keyboard-help")
        page = QWidget()
        page.setProperty("role", "page")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, Space.LARGE, 0)
        grid.setHorizontalSpacing(Space.WIDE)
        grid.setVerticalSpacing(Space.TINY)
        grid.setColumnStretch(0, 1)
        for row, (what, keys) in enumerate(_rows()):
            if keys:
                grid.addWidget(plain_label(what), row, 0)
                key_label = plain_label(keys, "strong", wrap=False)
                key_label.setAccessibleName(f"{what}: {keys}")
                grid.addWidget(key_label, row, 1)
            else:
                head = plain_label(what, "subheading")
                head.setContentsMargins(0, Space.MEDIUM if row else 0, 0, 0)
                grid.addWidget(head, row, 0, 1, 2)
        area = ReadingArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        area.setAccessibleName(KEYS.title)
        area.setMinimumHeight(self.fontMetrics().height() * 14)
        self.body.addWidget(area, 1)
        self.add_button(button(BUTTONS.close, "primary", name="keys:close", on_click=self.accept), is_default=True)
        self.fit(70)


def _rows() -> Iterator[tuple[str, str]]:
    """Yield what and its keys; a heading has no keys."""
    specs = {spec.id: spec for spec in ACTIONS}
    for _name, title, ids in MENUS:
        with_keys = [specs[action_id] for action_id in ids if action_id in specs and specs[action_id].shortcuts]
        if with_keys:
            yield title.replace("&", ""), ""
        for spec in with_keys:
            keys = QKeySequence(spec.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
            yield spec.plain_text.rstrip("…"), keys
    yield KEYS.sections, f"{SECTION_KEYS[0]} … 9"
    yield KEYS.in_rating, ""
    yield KEYS.arrows, "← →"
    yield KEYS.clear, "Delete"
