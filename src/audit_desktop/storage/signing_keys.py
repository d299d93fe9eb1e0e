"""The key with which this installation seals audits: made once, owner-only, and never in a file that travels."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.faults import reading_fault, writing_fault
from audit_desktop.storage.filesystem import make_lasting_folder

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.core.seal import Seal
    from audit_desktop.storage.filesystem import Filesystem

KEY_NAME: Final = "signing-key"
_MARK: Final = b"audit-desktop signing key 1\n"
_KEY_LENGTH: Final = 32


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """An Ed25519 key. Its private part is never shown."""

    public: bytes
    _private: bytes

    @classmethod
    def from_private(cls, private: bytes) -> SigningKey:
        """Return the key whose private part is the 32 bytes `private`."""
        # Loaded here, since most people open many audits for each that they sign.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw(), private)

    def sealed(self, seal: Seal) -> Seal:
        """Return `seal` with this key and its signature."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        unsigned = replace(seal, public_key=self.public, signature=b"")
        signature = Ed25519PrivateKey.from_private_bytes(self._private).sign(unsigned.signed_bytes())
        return replace(unsigned, signature=signature)


def is_genuine(seal: Seal) -> bool:
    """Return whether the signature of `seal` was made over what it says with the key that it names."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(seal.public_key).verify(seal.signature, seal.signed_bytes())
    except (InvalidSignature, ValueError):
        return False
    return True


def load_or_make_key(filesystem: Filesystem, folder: Path) -> SigningKey:
    """Return the key of this installation, kept in `folder`; made there if there is none yet.

    The file is one that only its owner may read. Raises `SIGNING_KEY_DAMAGED` if it holds no key, which is then left
    as it is, and what reading and writing raise.
    """
    path = folder / KEY_NAME
    try:
        if filesystem.exists(path):
            return _load(filesystem, path)
    except OSError as error:
        raise reading_fault(error, path) from error
    try:
        make_lasting_folder(filesystem, folder)
        return _make(filesystem, folder, path)
    except FileExistsError:
        # Another window of this program was quicker.
        return _load(filesystem, path)
    except OSError as error:
        raise writing_fault(error, path) from error


def _make(filesystem: Filesystem, folder: Path, path: Path) -> SigningKey:
    from secrets import token_bytes, token_hex

    private = token_bytes(_KEY_LENGTH)
    # Under another name first, so that a power cut never leaves half a key where a whole one is looked for.
    temporary = path.with_name(f"{path.name}.{token_hex(8)}.tmp")
    file = filesystem.create_exclusive(temporary, is_private=True)
    try:
        try:
            file.write(_MARK + private.hex().encode("ascii") + b"\n")
            file.fsync()
        finally:
            file.close()
        filesystem.move_without_overwrite(temporary, path)
    except BaseException:
        with suppress(OSError):
            filesystem.remove(temporary)
        raise
    filesystem.fsync_folder(folder)
    return SigningKey.from_private(private)


def _load(filesystem: Filesystem, path: Path) -> SigningKey:
    data = filesystem.read_bytes(path)
    try:
        if not data.startswith(_MARK):
            raise ValueError("not a key")
        private = bytes.fromhex(data[len(_MARK) :].decode("ascii").strip())
        if len(private) != _KEY_LENGTH:
            raise ValueError("not a key")
    except ValueError:
        raise AuditDesktopError(FaultCode.SIGNING_KEY_DAMAGED, str(path)) from None
    return SigningKey.from_private(private)
