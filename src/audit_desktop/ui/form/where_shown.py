"""Where an address is shown: its page, and its row once the page is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from audit_desktop.core.common_fields import STATUS_OVERRIDE
from audit_desktop.ui.form.field_row import FieldRow
from audit_desktop.ui.form.section_model import DETAILS, OVERALL, PLAN, SHARING, SIGN_OFF, VISIT, section_key

if TYPE_CHECKING:
    from audit_desktop.core.addresses import Addresses

_PAGES: Final = {
    "visits": VISIT,
    "recommendations": VISIT,
    "actions": PLAN,
    "sharing": SHARING,
    "sign-offs": SIGN_OFF,
}


def page_of(addresses: Addresses, address: str) -> str:
    """Return the key of the page that shows `address`; empty if none does."""
    kind, _, rest = address.partition("/")
    owner_id = rest.partition("/")[0]
    if kind == "statement":
        section = addresses.section_of_statement.get(owner_id)
        return section_key(section.id) if section is not None else ""
    if kind == "section":
        return section_key(owner_id) if owner_id in addresses.sections else ""
    if kind == "audit":
        own = {STATUS_OVERRIDE.id, *(field.id for field in addresses.framework.fields.audit)}
        return OVERALL if rest in own else DETAILS
    return _PAGES.get(kind, "")


def focus_row(page: QWidget, address: str) -> QWidget | None:
    """Put the focus into the row of `address` within `page`, or on its mark; returns that, or `None` without one."""
    for row in page.findChildren(FieldRow, f"row:{address}"):
        if row.isVisibleTo(page) and row.editor.isVisibleTo(row):
            row.editor.focus()
            return row
        if row.isVisibleTo(page):
            _focus_first(row)
            return row
    kind, _, rest = address.partition("/")
    statement_id, _, field_id = rest.partition("/")
    marks = page.findChild(QWidget, f"marks:{statement_id}") if kind == "statement" else None
    mark = marks.findChild(QWidget, f"mark:{field_id}") if marks is not None else None
    if mark is None or not mark.isVisibleTo(page):
        return None
    mark.setFocus(Qt.FocusReason.OtherFocusReason)
    return mark


def row_around(widget: QWidget | None) -> FieldRow | None:
    """Return the row that `widget` is in, or `None`."""
    while widget is not None and not isinstance(widget, FieldRow):
        widget = widget.parentWidget()
    return widget


def address_around(widget: QWidget | None) -> str:
    """Return the address of the row that `widget` is in, or an empty text."""
    row = row_around(widget)
    return row.address if row is not None else ""


def _focus_first(within: QWidget) -> None:
    # In a conflict the ways to settle it stand in the place of the editor.
    for widget in within.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(within) and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
