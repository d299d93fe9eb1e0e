"""What an address is called for a person: the statement or section, and the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.addresses import item_address
from audit_desktop.core.answers import display_text, fits
from audit_desktop.core.common_fields import LISTS
from audit_desktop.core.edits import canonical_json
from audit_desktop.core.framework import FieldKind
from audit_desktop.exchange.document_wording import list_heading
from audit_desktop.ui.safety_wording import HISTORY

if TYPE_CHECKING:
    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field

_LONGEST_TITLE = 40


def place_name(addresses: Addresses, address: str) -> str:
    """Return the name of the field at `address`, with what it belongs to; the address itself if nothing is known."""
    field = addresses.field(address)
    if field is None:
        return address
    kind, _, rest = address.partition("/")
    owner_id = rest.partition("/")[0]
    if kind == "statement":
        return f"{addresses.statements[owner_id].reference} {field.label}"
    if kind == "section":
        return f"{addresses.framework.section_noun} {owner_id}: {field.label}"
    if kind in LISTS:
        return f"{list_heading(kind)}: {field.label}"
    return field.label


def item_title(state: AuditState, address: str) -> str:
    """Return what the thing in a list is called that the field at `address` belongs to, shortened.

    It is empty for what is in no list, and for the field that names the thing.
    """
    list_name, _, rest = address.partition("/")
    own_id, _, field_id = rest.partition("/")
    if list_name not in LISTS or field_id == LISTS[list_name][0].id:
        return ""
    field = LISTS[list_name][0]
    value = state.value(item_address(list_name, own_id, field.id))
    if value is None:
        return ""
    title = " ".join(value_text(state.addresses, field, value).split())
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rstrip()}…"


def value_text(addresses: Addresses, field: Field, value: JsonValue | None) -> str:
    """Return an answer as a person reads it, a status with its reason; words in brackets for none.

    What a stranger's file calls an answer and the field cannot hold is shown as it stands.
    """
    if value is None:
        return HISTORY.no_answer
    if not fits(addresses.framework, field, value):
        return canonical_json(value)
    text = display_text(addresses.framework, field, value)
    reason = value.get("reason") if field.kind is FieldKind.STATUS else None
    return f"{text}: {reason}" if reason else text
