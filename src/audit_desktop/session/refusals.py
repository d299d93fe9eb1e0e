"""Why an answer cannot be given by the person who is working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.sign_off import is_sign_off_address

if TYPE_CHECKING:
    from audit_desktop.session.audit_session import AuditSession


def require_changeable(session: AuditSession, address: str = "") -> None:
    """Raise `NAME_MISSING`, `AUDIT_TOO_NEW` or `SIGNED_OFF` if nothing of the audit can be changed now."""
    if session.is_read_only or session.who is None:
        raise AuditDesktopError(FaultCode.NAME_MISSING if session.who is None else FaultCode.AUDIT_TOO_NEW, address)
    if session.sign_offs:
        raise _signed_off(session, address)


def refusal(session: AuditSession, address: str) -> AuditDesktopError:
    """Return why nobody, or not this person, may change the answer at `address`."""
    if session.sign_offs and not is_sign_off_address(address):
        return _signed_off(session, address)
    return AuditDesktopError(FaultCode.FIELD_OF_OTHER_ROLE, address, owner=session.field(address).owner)


def _signed_off(session: AuditSession, address: str) -> AuditDesktopError:
    sign_off = session.sign_offs[-1]
    return AuditDesktopError(FaultCode.SIGNED_OFF, address, name=sign_off.name, date=sign_off.date)
