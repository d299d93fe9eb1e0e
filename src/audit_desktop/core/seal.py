"""Seals: what a sign-off vouches for, as bytes to sign, and whether an audit still says it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Self, cast

from audit_desktop.core.edits import Role, canonical_json
from audit_desktop.core.sign_off import SIGN_OFFS
from audit_desktop.core.strict_json import load_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit_desktop.core.audit import Audit

FORMAT: Final = 1
CONTEXT: Final = b"audit-desktop.seal.v1\n"
"""Stands before the bytes that are signed, so that no signature made for something else fits a seal."""


@dataclass(frozen=True, slots=True)
class SealedContent:
    """What an audit says, for a seal: the ids of the newest edits, by address, and what else its file holds.

    An edit's id covers its value and the ids of those that it replaced, so the newest ones stand for everything.
    The records of sign-offs are left out, since they name the seals.
    """

    audit_id: str
    heads: Mapping[str, tuple[str, ...]]
    framework_sha256: str
    attachments: tuple[str, ...] = ()

    @classmethod
    def of(cls, audit: Audit, attachments: Iterable[str] = ()) -> Self:
        """Return what `audit` says now; `attachments` are the SHA-256 of the files attached to it."""
        heads = {
            address: tuple(sorted(edit.id for edit in edits))
            for address, edits in audit.state.all_heads().items()
            if not address.startswith(f"{SIGN_OFFS}/")
        }
        return cls(audit.id, heads, sha256(audit.framework_source).hexdigest(), tuple(sorted(attachments)))

    def digest(self) -> str:
        """Return one digest of all of it, the same on every computer."""
        content = {
            "audit_id": self.audit_id,
            "heads": {address: list(ids) for address, ids in self.heads.items()},
            "framework": self.framework_sha256,
            "attachments": list(self.attachments),
        }
        return sha256(canonical_json(content).encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Seal:
    """One sign-off: what was signed, by whom (their claim), when (their computer's claim), and the seal before it.

    `predecessor` is the name of the latest seal that the audit had; empty for the first. `number` counts the seals
    up to this one.
    """

    content: SealedContent
    name: str
    role: Role
    organisation: str
    at: str
    app: str
    number: int = 1
    predecessor: str = ""
    public_key: bytes = b""
    signature: bytes = b""
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def signed_bytes(self) -> bytes:
        """Return the bytes that the signature is made over."""
        return CONTEXT + canonical_json(self._statement()).encode("utf-8")

    @property
    def id(self) -> str:
        """The seal's name in the file: it follows from what was signed and the signature, so no other can have it."""
        return sha256(self.signed_bytes() + self.public_key + self.signature).hexdigest()

    def to_bytes(self) -> bytes:
        """Return the seal as a file holds it, readable by people."""
        document = {
            **self._statement(),
            "heads": {address: list(ids) for address, ids in sorted(self.content.heads.items())},
            "signature": self.signature.hex(),
        }
        return (json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")

    @classmethod
    def from_bytes(cls, data: bytes, place: str) -> Self:
        """Return the seal in `data`.

        Raises `KeyError`, `TypeError` or `ValueError` if it is none, and `AuditDesktopError` if it is no JSON object.
        Whether its signature fits is another question.
        """
        document = load_object(data, place)
        heads = cast("dict[str, list[str]]", document["heads"])
        content = SealedContent(
            _text(document, "audit_id"),
            {address: tuple(str(edit_id) for edit_id in ids) for address, ids in heads.items()},
            _text(document, "framework_sha256"),
            tuple(str(name) for name in document["attachments"]),
        )
        if document["format"] != FORMAT or content.digest() != document["content_sha256"]:
            raise ValueError("the heads do not fit the digest that was signed")
        return cls(
            content,
            _text(document, "name"),
            Role(document["role"]),
            _text(document, "organisation"),
            _text(document, "at"),
            _text(document, "app"),
            int(document["number"]),
            _text(document, "predecessor"),
            bytes.fromhex(document["public_key"]),
            bytes.fromhex(document["signature"]),
            {key: value for key, value in document.items() if key not in _OWN_KEYS},
        )

    def _statement(self) -> dict[str, Any]:
        return {
            **self.extra,
            "format": FORMAT,
            "audit_id": self.content.audit_id,
            "content_sha256": self.content.digest(),
            "framework_sha256": self.content.framework_sha256,
            "attachments": list(self.content.attachments),
            "name": self.name,
            "role": self.role.value,
            "organisation": self.organisation,
            "at": self.at,
            "app": self.app,
            "number": self.number,
            "predecessor": self.predecessor,
            "public_key": self.public_key.hex(),
        }


@dataclass(frozen=True, slots=True)
class SealDifference:
    """How an audit differs from what a seal vouches for; nothing differs if it is empty."""

    fields: tuple[str, ...] = ()
    framework: bool = False
    attachments: bool = False
    other_audit: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the audit is unchanged since it was sealed."""
        return not (self.fields or self.framework or self.attachments or self.other_audit)


def seal_difference(seal: Seal, now: SealedContent) -> SealDifference:
    """Return how `now` differs from what `seal` vouches for, with the addresses changed since, in order."""
    addresses = seal.content.heads.keys() | now.heads.keys()
    return SealDifference(
        tuple(sorted(address for address in addresses if seal.content.heads.get(address) != now.heads.get(address))),
        framework=seal.content.framework_sha256 != now.framework_sha256,
        attachments=seal.content.attachments != now.attachments,
        other_audit=seal.content.audit_id != now.audit_id,
    )


_OWN_KEYS = frozenset(
    {"format", "audit_id", "content_sha256", "framework_sha256", "attachments", "name", "role", "organisation", "at"}
    | {"app", "number", "predecessor", "public_key", "heads", "signature"}
)


def _text(document: Mapping[str, Any], key: str) -> str:
    value = document[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value
