"""Sign-offs as an audit records them: who signed, and whether it was reopened since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.core.addresses import item_address
from audit_desktop.core.record import Record

if TYPE_CHECKING:
    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.seal import Seal

SIGN_OFFS: Final = "sign-offs"


class SignOff(Record):
    """One sign-off; `reopened_reason` says why it no longer stands, and is empty while it does."""

    own_id: str
    name: str
    role: str
    date: str
    seal: str
    reopened_on: str = ""
    reopened_by: str = ""
    reopened_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether nobody has reopened it."""
        return not self.reopened_reason


def sign_offs(state: AuditState) -> tuple[SignOff, ...]:
    """Return every sign-off, earliest first. None can be removed, whatever a file says."""
    own_ids = {address.split("/")[1] for address in state.in_list(SIGN_OFFS)}
    found = (_sign_off(state, own_id) for own_id in own_ids)
    return tuple(sorted(found, key=lambda sign_off: (sign_off.date, sign_off.own_id)))


def standing_sign_offs(state: AuditState) -> tuple[SignOff, ...]:
    """Return the sign-offs that nobody has reopened: while there is one, the audit is read-only."""
    return tuple(sign_off for sign_off in sign_offs(state) if sign_off.stands)


def sign_off_answers(seal: Seal) -> dict[str, JsonValue | None]:
    """Return the answers that record the sign-off of `seal`."""
    own_id = seal.id[:32]
    return {
        item_address(SIGN_OFFS, own_id, "name"): seal.name,
        item_address(SIGN_OFFS, own_id, "role"): seal.role.value,
        item_address(SIGN_OFFS, own_id, "date"): seal.at[:10],
        item_address(SIGN_OFFS, own_id, "seal"): seal.id,
    }


def reopening_answers(state: AuditState, by: str, date: str, reason: str) -> dict[str, JsonValue | None]:
    """Return the answers that reopen every sign-off that stands; the seals and what they vouch for are kept."""
    answers: dict[str, JsonValue | None] = {}
    for sign_off in standing_sign_offs(state):
        answers[item_address(SIGN_OFFS, sign_off.own_id, "reopened-on")] = date
        answers[item_address(SIGN_OFFS, sign_off.own_id, "reopened-by")] = by
        answers[item_address(SIGN_OFFS, sign_off.own_id, "reopened-reason")] = reason
    return answers


def is_sign_off_address(address: str) -> bool:
    """Return whether `address` belongs to the record of sign-offs, which stays open when all else is closed."""
    return address.startswith(f"{SIGN_OFFS}/")


def _sign_off(state: AuditState, own_id: str) -> SignOff:
    def said(field_id: str) -> str:
        # Two people may have reopened it with different reasons: either will do to say that it was.
        heads = state.heads(item_address(SIGN_OFFS, own_id, field_id))
        return next((head.value for head in heads if head.value is not None), "")

    return SignOff(
        own_id,
        said("name"),
        said("role"),
        said("date"),
        said("seal"),
        said("reopened-on"),
        said("reopened-by"),
        said("reopened-reason"),
    )
