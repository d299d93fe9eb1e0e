"""What a merge would do, in numbers, and what comes in, answer by answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from audit_desktop.ui.history.place_names import place_name, value_text
from audit_desktop.ui.parts.labels import heading, plain_label
from audit_desktop.ui.theme import Space
from audit_desktop.ui.visit_wording import MERGING, VISIT
from audit_desktop.ui.wording import FORM

if TYPE_CHECKING:
    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.merge_preview import FieldChange, MergePreview

_MOST_SHOWN = 60
_LONGEST = 240


def preview_part(addresses: Addresses, preview: MergePreview) -> tuple[QWidget, QWidget]:
    """Return a card with the numbers, and another with what comes in."""
    numbers, layout = _card()
    for at, line in enumerate(MERGING.numbers(preview)):
        layout.addWidget(plain_label(line, "strong" if at == 0 else ""))
    for aside in preview.set_aside:
        place = place_name(addresses, aside.edit.address)
        text = MERGING.set_aside.format(place=place, name=aside.edit.author.name)
        layout.addWidget(plain_label(text, "caption"))
    details, layout = _card()
    layout.addWidget(heading(MERGING.what_comes, "subheading"))
    changes = (*preview.taken_back, *preview.changed, *preview.new)
    for change in changes[:_MOST_SHOWN]:
        layout.addWidget(plain_label(_line(addresses, change), selectable=True))
    if len(changes) > _MOST_SHOWN:
        layout.addWidget(plain_label(VISIT.more(len(changes) - _MOST_SHOWN), "muted"))
    details.setVisible(bool(changes))
    return numbers, details


def _line(addresses: Addresses, change: FieldChange) -> str:
    field = addresses.field(change.address)
    assert field is not None
    text = value_text(addresses, field, change.after) if change.after is not None else MERGING.nothing
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
    author = FORM.author(change.author.name, change.author.role.value, "")
    return f"{place_name(addresses, change.address)}: {text} ({author}, {FORM.when(change.at)})"


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
    layout.setSpacing(Space.TINY)
    return card, layout
