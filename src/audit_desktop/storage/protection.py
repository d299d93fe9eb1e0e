"""Copies protected by a passphrase, in the age v1 format that the free `age` and `rage` programs read too."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import scrypt
from secrets import token_bytes
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIX: Final = ".age"
WORK_FACTOR: Final = 17
"""Of the copies that we make: 2 to the power of it steps, 128 MiB of memory, half a second."""
LARGEST_WORK_FACTOR: Final = 20
"""Of the copies that we open: 1 GiB of memory. A file may ask for anything."""
SHORTEST_PASSPHRASE: Final = 12

_VERSION_LINE: Final = b"age-encryption.org/v1"
_ARMOUR: Final = b"-----BEGIN AGE ENCRYPTED FILE-----"
_LONGEST_HEADER: Final = 4_096
_CHUNK: Final = 64 * 1024
_TAG: Final = 16
_NONCE: Final = 16
_FILE_KEY: Final = 16
_SALT: Final = 16
_FACTOR: Final = re.compile(rb"[1-9][0-9]{0,2}\Z")
_BLOCK_SIZE: Final = 8
# The last record of every ZIP file, and so of every audit: its mark, and how long it is without a comment.
_ZIP_END, _ZIP_END_LENGTH = b"PK\x05\x06", 22


def is_protected(start: bytes) -> bool:
    """Return whether a file that begins with `start` is protected in the age format, by us or by another program."""
    return start.startswith((_VERSION_LINE, _ARMOUR))


def protect(data: bytes, passphrase: str, work_factor: int = WORK_FACTOR) -> bytes:
    """Return `data` as a file that only `passphrase` opens.

    Raises `PASSPHRASE_TOO_SHORT` with the detail `shortest` if the passphrase has fewer than twelve characters.
    """
    require_long_enough(passphrase)
    chunks = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    return b"".join(protected_pieces(chunks, passphrase, work_factor))


def require_long_enough(passphrase: str) -> None:
    """Raise `PASSPHRASE_TOO_SHORT` with the detail `shortest` if `passphrase` has fewer than twelve characters."""
    if len(_normalised(passphrase)) < SHORTEST_PASSPHRASE:
        raise AuditDesktopError(FaultCode.PASSPHRASE_TOO_SHORT, shortest=SHORTEST_PASSPHRASE)


def protected_pieces(data: Iterable[bytes], passphrase: str, work_factor: int = WORK_FACTOR) -> Iterator[bytes]:
    """Yield the file that `protect` makes of the pieces `data`, a piece at a time."""
    file_key, salt, nonce = token_bytes(_FILE_KEY), token_bytes(_SALT), token_bytes(_NONCE)
    body = _seal(_wrapping_key(passphrase, salt, work_factor), bytes(12), file_key)
    stanza = b"-> scrypt %s %d\n%s\n" % (_encode(salt), work_factor, _encode(body))
    header = _VERSION_LINE + b"\n" + stanza + b"---"
    yield b"".join((header, b" ", _encode(_header_mac(file_key, header)), b"\n", nonce))
    key = _derive(file_key, nonce, b"payload")
    waiting, number = b"", 0
    for piece in data:
        waiting = waiting + piece if waiting else piece
        # The last chunk is sealed as the last, and may be a full one: it waits until there is more.
        while len(waiting) > _CHUNK:
            yield _seal(key, _chunk_nonce(number, is_last=False), waiting[:_CHUNK])
            waiting, number = waiting[_CHUNK:], number + 1
    yield _seal(key, _chunk_nonce(number, is_last=True), waiting)


def open_protected(data: bytes, passphrase: str, place: str = "") -> bytes:
    """Return what `protect` was given; `place` names the file in a fault.

    Raises `AuditDesktopError`: `NOT_PROTECTED`; `PROTECTED_OTHERWISE` if the file is meant for a key or was made as
    text; `PROTECTION_TOO_COSTLY` with `work_factor` and `largest`; `PASSPHRASE_WRONG`, which damage to the first
    lines cannot be told from; `PROTECTED_TRUNCATED` if the end of the file is missing; `PROTECTED_DAMAGED`.
    """
    header = _Header.parse(data, place)
    try:
        wrapping_key = _wrapping_key(passphrase, header.salt, header.work_factor)
    except MemoryError:
        raise AuditDesktopError(
            FaultCode.PROTECTION_TOO_COSTLY, place, work_factor=header.work_factor, largest=LARGEST_WORK_FACTOR
        ) from None
    file_key = _unseal(wrapping_key, bytes(12), header.body)
    if file_key is None:
        raise AuditDesktopError(FaultCode.PASSPHRASE_WRONG, place)
    if not _is_equal(_header_mac(file_key, header.signed), header.mac):
        raise AuditDesktopError(FaultCode.PROTECTED_DAMAGED, place, part="header")
    return b"".join(_opened(data, header.length, file_key, place))


@dataclass(frozen=True, slots=True)
class _Header:
    """The lines before the payload. `signed` is what the MAC covers, `length` how many bytes they are in all."""

    salt: bytes
    work_factor: int
    body: bytes
    signed: bytes
    mac: bytes
    length: int

    @classmethod
    def parse(cls, data: bytes, place: str) -> _Header:
        start = bytes(data[:_LONGEST_HEADER])
        if start.startswith(_ARMOUR):
            raise AuditDesktopError(FaultCode.PROTECTED_OTHERWISE, place)
        if not start.startswith(_VERSION_LINE + b"\n"):
            is_cut = bool(start) and _VERSION_LINE.startswith(start)
            raise AuditDesktopError(FaultCode.PROTECTED_TRUNCATED if is_cut else FaultCode.NOT_PROTECTED, place)
        lines = start.split(b"\n", 4)
        if len(lines) > 1 and lines[1].startswith(b"-> ") and lines[1].split(b" ")[1] not in (b"scrypt", b""):
            raise AuditDesktopError(FaultCode.PROTECTED_OTHERWISE, place)
        if len(lines) < 5:
            # A header that was cut off has no fifth part; one without line ends was never one.
            code = FaultCode.PROTECTED_TRUNCATED if len(data) < _LONGEST_HEADER else FaultCode.PROTECTED_DAMAGED
            raise AuditDesktopError(code, place, part="header")
        try:
            return cls._from_lines(lines, place)
        except ValueError:
            raise AuditDesktopError(FaultCode.PROTECTED_DAMAGED, place, part="header") from None

    @classmethod
    def _from_lines(cls, lines: list[bytes], place: str) -> _Header:
        words = lines[1].split(b" ")
        if len(words) != 4 or words[:2] != [b"->", b"scrypt"] or not _FACTOR.match(words[3]):
            raise ValueError("not a stanza")
        salt, body = _decode(words[2], _SALT), _decode(lines[2], _FILE_KEY + _TAG)
        if not lines[3].startswith(b"--- "):
            raise ValueError("not a MAC")
        mac = _decode(lines[3][4:], 32)
        factor = int(words[3])
        if factor > LARGEST_WORK_FACTOR:
            raise AuditDesktopError(
                FaultCode.PROTECTION_TOO_COSTLY, place, work_factor=factor, largest=LARGEST_WORK_FACTOR
            )
        signed = b"\n".join((*lines[:3], b"---"))
        return cls(salt, factor, body, signed, mac, sum(len(line) + 1 for line in lines[:4]))


def _opened(data: bytes, start: int, file_key: bytes, place: str) -> Iterator[bytes]:
    nonce, start = data[start : start + _NONCE], start + _NONCE
    if len(data) < start + _TAG:
        raise AuditDesktopError(FaultCode.PROTECTED_TRUNCATED, place)
    key = _derive(file_key, nonce, b"payload")
    ends = range(start, len(data), _CHUNK + _TAG)
    for number, position in enumerate(ends):
        sealed = data[position : position + _CHUNK + _TAG]
        is_last = number == len(ends) - 1
        chunk = _unseal(key, _chunk_nonce(number, is_last=is_last), sealed)
        if chunk is None:
            raise AuditDesktopError(_why_not(key, number, sealed, is_last=is_last), place, part="content")
        if is_last and not chunk and number:
            raise AuditDesktopError(FaultCode.PROTECTED_DAMAGED, place, part="content")
        yield chunk


def _why_not(key: bytes, number: int, sealed: bytes, *, is_last: bool) -> FaultCode:
    """Return whether a chunk that cannot be trusted was damaged, or the file ends within it or after it."""
    if not is_last:
        return FaultCode.PROTECTED_DAMAGED
    if _unseal(key, _chunk_nonce(number, is_last=False), sealed) is not None:
        return FaultCode.PROTECTED_TRUNCATED
    # Looked at for this question alone, and thrown away: nothing vouches for these bytes. An audit is a ZIP file,
    # and one whose last record is there was not cut short.
    end = _unsealed_unproven(key, _chunk_nonce(number, is_last=True), sealed)[: -_TAG or None]
    is_whole = end[-_ZIP_END_LENGTH:].startswith(_ZIP_END)
    return FaultCode.PROTECTED_DAMAGED if is_whole else FaultCode.PROTECTED_TRUNCATED


def _normalised(passphrase: str) -> str:
    # The same letters whichever keyboard they were typed on, without what a telephone note adds at the ends.
    return unicodedata.normalize("NFC", passphrase).strip()


def _wrapping_key(passphrase: str, salt: bytes, work_factor: int) -> bytes:
    steps = 1 << work_factor
    memory = 128 * _BLOCK_SIZE * (steps + 4)
    return scrypt(
        _normalised(passphrase).encode("utf-8"),
        salt=_VERSION_LINE + b"/scrypt" + salt,
        n=steps,
        r=_BLOCK_SIZE,
        p=1,
        maxmem=memory,
        dklen=32,
    )


def _derive(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, info).derive(file_key)


def _header_mac(file_key: bytes, signed: bytes) -> bytes:
    import hmac

    return hmac.digest(_derive(file_key, b"", b"header"), signed, "sha256")


def _is_equal(one: bytes, other: bytes) -> bool:
    import hmac

    return hmac.compare_digest(one, other)


def _chunk_nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


def _seal(key: bytes, nonce: bytes, data: bytes) -> bytes:
    # Loaded here, since few audits are ever protected and loading takes as long as opening one.
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(key).encrypt(nonce, data, None)


def _unseal(key: bytes, nonce: bytes, sealed: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, None)
    except InvalidTag:
        return None


def _unsealed_unproven(key: bytes, nonce: bytes, sealed: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

    # The first block of the stream makes the proof, the data begins with the second.
    return Cipher(ChaCha20(key, (1).to_bytes(4, "little") + nonce), None).decryptor().update(sealed)


def _encode(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _decode(text: bytes, length: int) -> bytes:
    data = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if len(data) != length or _encode(data) != text:
        raise ValueError("not the one way to write it")
    return data
