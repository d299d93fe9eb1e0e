"""What the window says of edits that somebody else made and that came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.common_fields import is_kept_by_program
from audit_desktop.ui.history.change_rows import rows_of_edits
from audit_desktop.ui.history.place_names import place_name
from audit_desktop.ui.parts.message_banner import BannerAction
from audit_desktop.ui.recovery.found_work_dialog import ChangesDialog
from audit_desktop.ui.safety_wording import OTHERS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Edit
    from audit_desktop.ui.parts.message_banner import Tone


def came_in(
    edits: tuple[Edit, ...], state: AuditState, window: QWidget
) -> tuple[str, Tone, tuple[BannerAction, ...]] | None:
    """Return what a banner says of `edits` that are in `state` now; `None` if no field shows any of them."""
    known = tuple(
        edit
        for edit in edits
        if state.addresses.field(edit.address) is not None and not is_kept_by_program(edit.address)
    )
    if not known:
        return None
    places = list(dict.fromkeys(place_name(state.addresses, edit.address) for edit in known))
    authors = list(dict.fromkeys(edit.author.name for edit in known))
    conflicts = sum(state.has_conflict(address) for address in {edit.address for edit in known})

    def look() -> None:
        rows = rows_of_edits(state.addresses, known)
        ChangesDialog(OTHERS.came_in_title, OTHERS.came_in_lead, rows, window).open()

    text = OTHERS.came_in(len(known), authors, places, conflicts)
    return text, "warning" if conflicts else "info", (BannerAction(OTHERS.look, look),)
