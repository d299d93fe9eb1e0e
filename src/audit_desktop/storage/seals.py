"""Seals in an audit's file: reading them, adding one, and what they prove."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final, cast

from audit_desktop.core.attachments import BYTES_PREFIX, held_digests
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.seal import Seal, SealDifference, SealedContent, seal_difference
from audit_desktop.core.sign_off import sign_offs
from audit_desktop.storage.manifest import EntryMark
from audit_desktop.storage.signing_keys import is_genuine
from audit_desktop.storage.zip_format import OutsideEntry, ZipEntry, ZipFormatError, pack

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.core.sign_off import SignOff
    from audit_desktop.storage.attached_bytes import AttachedBytes

FOLDER: Final = "seals/"
# How `audit_container` names, in `Audit.extra`, the entries that it carries from file to file.
_ENTRY_KEY: Final = "entry:"


@dataclass(frozen=True, slots=True)
class VerifiedSeal:
    """A seal of the audit, whether its signature is genuine, and how the audit differs from what it vouches for.

    `sign_off` is the audit's record of it, if it has one; a reopened one no longer has to hold.
    """

    seal: Seal
    is_genuine: bool
    difference: SealDifference
    sign_off: SignOff | None

    @property
    def must_hold(self) -> bool:
        """Whether nobody has reopened what was sealed."""
        return self.sign_off is None or self.sign_off.stands

    @property
    def holds(self) -> bool:
        """Whether the contents have not changed since they were sealed with the seal's key."""
        return self.is_genuine and self.difference.is_empty


@dataclass(frozen=True, slots=True)
class Verification:
    """What the seals of an audit prove. `missing` are seals that a record or a later seal names and the file lacks.

    `attached` are the faults of attached files, where they were looked for.
    """

    seals: tuple[VerifiedSeal, ...]
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    attached: tuple[AuditDesktopError, ...] = ()

    @property
    def is_sealed(self) -> bool:
        """Whether there is or was any seal."""
        return bool(self.seals or self.missing or self.damaged)

    def faults(self, place: str) -> tuple[AuditDesktopError, ...]:
        """Return what is wrong, as faults of the file at `place`; nothing if every seal that must hold does.

        `SEAL_BROKEN` and `SEAL_MISSING` carry `seal`; `SEALED_FIELDS_CHANGED` carries `name`, `at`, `count` and
        `addresses`; the others carry `name` and `at`. Those of attached files come last.
        """
        faults = [AuditDesktopError(FaultCode.SEAL_BROKEN, place, seal=name) for name in self.damaged]
        faults += [AuditDesktopError(FaultCode.SEAL_MISSING, place, seal=name) for name in self.missing]
        for verified in self.seals:
            faults += _faults_of(verified, place)
        return (*faults, *self.attached)


def seals_of(audit: Audit) -> tuple[dict[str, Seal], tuple[str, ...]]:
    """Return the seals in the file of `audit` by their ids, in the order made, and the entries that are none."""
    seals: list[Seal] = []
    damaged: list[str] = []
    for key, value in audit.extra.items():
        if not key.startswith(_ENTRY_KEY + FOLDER):
            continue
        name = key.removeprefix(_ENTRY_KEY)
        entry, _ = cast("tuple[ZipEntry, EntryMark]", value)
        try:
            seal = Seal.from_bytes(entry.unpack(), name)
        except (KeyError, TypeError, ValueError, AttributeError, ZipFormatError, AuditDesktopError):
            damaged.append(name)
            continue
        if name != _entry_name(seal):
            damaged.append(name)
        else:
            seals.append(seal)
    seals.sort(key=lambda seal: (seal.number, seal.id))
    return {seal.id: seal for seal in seals}, tuple(sorted(damaged))


def content_of(audit: Audit) -> SealedContent:
    """Return what `audit` says now, its attachments included, for a seal."""
    return SealedContent.of(audit, held_digests(audit.extra))


def add_seal(audit: Audit, seal: Seal) -> None:
    """Put `seal` into the file of `audit`."""
    data = seal.to_bytes()
    name = _entry_name(seal)
    audit.extra[_ENTRY_KEY + name] = (pack(name, data, level=6), EntryMark(sha256(data).hexdigest(), len(data)))


def verify_seals(audit: Audit, attached: AttachedBytes | None = None) -> Verification:
    """Return what the seals of `audit` prove. It is nothing about who signed or when: those are claims.

    The bytes of attachments that are not in memory are read from `attached`; without it they are taken for what their
    names say, which whoever uses them proves.
    """
    seals, damaged = seals_of(audit)
    records = {sign_off.seal: sign_off for sign_off in sign_offs(audit.state)}
    content = content_of(audit)
    forged = _forged_attachments(audit, attached)
    # One that is not what its name says is another file than the one that was sealed.
    names = tuple(f"not {name}" if name in forged else name for name in content.attachments)
    now = replace(content, attachments=names)
    named = {seal.predecessor for seal in seals.values()} | records.keys()
    return Verification(
        tuple(
            VerifiedSeal(seal, is_genuine(seal), seal_difference(seal, now), records.get(seal_id))
            for seal_id, seal in seals.items()
        ),
        tuple(sorted(named - seals.keys() - {""})),
        damaged,
    )


def _forged_attachments(audit: Audit, attached: AttachedBytes | None) -> set[str]:
    """Return the names of attachments that are not what their name, the digest of what was sealed, says."""
    forged: set[str] = set()
    for name in held_digests(audit.extra):
        entry, _ = cast("tuple[ZipEntry | OutsideEntry, EntryMark]", audit.extra[BYTES_PREFIX + name])
        if isinstance(entry, OutsideEntry):
            is_whole = attached is None or attached.is_whole(entry)
        else:
            is_whole = _digest(entry) == name
        if not is_whole:
            forged.add(name)
    return forged


def _digest(entry: ZipEntry) -> str:
    try:
        return sha256(entry.unpack()).hexdigest()
    except ZipFormatError:
        return ""


def _entry_name(seal: Seal) -> str:
    return f"{FOLDER}{seal.id}.json"


def _faults_of(verified: VerifiedSeal, place: str) -> list[AuditDesktopError]:
    seal, difference = verified.seal, verified.difference
    if not verified.is_genuine:
        return [AuditDesktopError(FaultCode.SEAL_BROKEN, place, seal=seal.id)]
    if difference.other_audit:
        return [AuditDesktopError(FaultCode.SEAL_OF_OTHER_AUDIT, place, name=seal.name, at=seal.at)]
    if not verified.must_hold:
        return []
    faults: list[AuditDesktopError] = []
    if difference.fields:
        faults.append(
            AuditDesktopError(
                FaultCode.SEALED_FIELDS_CHANGED,
                place,
                name=seal.name,
                at=seal.at,
                count=len(difference.fields),
                addresses=difference.fields,
            )
        )
    for code, is_changed in (
        (FaultCode.SEALED_FRAMEWORK_CHANGED, difference.framework),
        (FaultCode.SEALED_ATTACHMENTS_CHANGED, difference.attachments),
    ):
        if is_changed:
            faults.append(AuditDesktopError(code, place, name=seal.name, at=seal.at))
    return faults
