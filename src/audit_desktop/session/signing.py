"""Signing off an open audit, and reopening it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.completeness import MissingKind, missing_for_sign_off
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.seal import Seal
from audit_desktop.core.sign_off import reopening_answers, sign_off_answers
from audit_desktop.core.text import clean_text
from audit_desktop.storage.held_attachments import note_listed
from audit_desktop.storage.seals import add_seal, content_of, seals_of

if TYPE_CHECKING:
    from audit_desktop.session.audit_session import AuditSession
    from audit_desktop.storage.signing_keys import SigningKey


def sign_off(session: AuditSession, key: SigningKey, app: str, *, although_incomplete: bool = False) -> Seal:
    """Sign the audit off in the name and role of who is working, seal it with `key` and close it to changes.

    `app` is the version of the program. Raises `SIGN_OFF_INCOMPLETE` with the details `count`, `conflicts` and
    `addresses` if something is still missing, unless the person signs `although_incomplete`; a conflict has to be
    settled in any case. Raises `NAME_MISSING` if nobody is working, `SIGNED_OFF` if the same person has signed and
    nobody reopened it. Nothing is changed then.
    """
    session.commit_typing()
    who, audit = session.who, session.audit
    if who is None or not who.name:
        raise AuditDesktopError(FaultCode.NAME_MISSING)
    if session.is_read_only:
        raise AuditDesktopError(FaultCode.AUDIT_TOO_NEW)
    for standing in session.sign_offs:
        if (standing.name, standing.role) == (who.name, who.role.value):
            raise AuditDesktopError(FaultCode.SIGNED_OFF, name=standing.name, date=standing.date)
    missing = missing_for_sign_off(audit.state, who.role)
    conflicts = sum(one.kind is MissingKind.CONFLICT for one in missing)
    if conflicts or (missing and not although_incomplete):
        addresses = tuple(one.address for one in missing)
        raise AuditDesktopError(
            FaultCode.SIGN_OFF_INCOMPLETE, count=len(missing), conflicts=conflicts, addresses=addresses
        )
    earlier, _ = seals_of(audit)
    last = list(earlier.values())[-1] if earlier else None
    note_listed(audit)
    seal = key.sealed(
        Seal(
            content_of(audit),
            who.name,
            who.role,
            who.organisation,
            session.clock.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
            app,
            number=last.number + 1 if last is not None else 1,
            predecessor=last.id if last is not None else "",
        )
    )
    # The seal first: one without its record says nothing, a record without its seal looks like tampering.
    add_seal(audit, seal)
    session.settle(sign_off_answers(seal))
    session.publish_sealing()
    return seal


def reopen(session: AuditSession, reason: str) -> None:
    """Open a signed audit to changes again; who, when and why is recorded, and what was signed is kept.

    Raises `NOT_SIGNED_OFF` if no sign-off stands, `NAME_MISSING` if nobody is working and `REASON_MISSING` without a
    reason.
    """
    session.commit_typing()
    if not session.sign_offs:
        raise AuditDesktopError(FaultCode.NOT_SIGNED_OFF)
    if session.who is None or not session.who.name:
        raise AuditDesktopError(FaultCode.NAME_MISSING)
    if not clean_text(reason).strip():
        raise AuditDesktopError(FaultCode.REASON_MISSING)
    today = session.clock.now().date().isoformat()
    session.settle(reopening_answers(session.audit.state, session.who.name, today, reason))
    session.publish_sealing()
