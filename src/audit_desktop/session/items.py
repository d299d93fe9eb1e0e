"""Things that come in lists: adding one, and removing one, each as one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from audit_desktop.core.addresses import item_address
from audit_desktop.core.common_fields import DELETED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.session.audit_session import AuditSession


def new_own_id() -> str:
    """Return an id for a new item that nothing else has, on any computer."""
    return uuid4().hex


def add_item(session: AuditSession, list_name: str, answers: Mapping[str, JsonValue | None]) -> str:
    """Add an item with `answers`, by the ids of its fields, to a list; returns its own id.

    Raises `AuditDesktopError` as `set_answers` does; nothing is added then.
    """
    own_id = new_own_id()
    session.set_answers({item_address(list_name, own_id, field_id): value for field_id, value in answers.items()})
    return own_id


def remove_item(session: AuditSession, list_name: str, own_id: str) -> None:
    """Remove an item; it is there again if somebody else changed it meanwhile, or if this is undone."""
    session.set_answer(item_address(list_name, own_id, DELETED.id), value=True)
