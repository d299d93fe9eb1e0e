"""Protected copies: only the passphrase opens them, other programs read them, and every fault has its own code."""

from __future__ import annotations

import os

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.protection import is_protected, open_protected, protect
from audit_desktop.storage.zip_format import pack, write_zip

PASSPHRASE = "acorn bridge candle dune"
QUICK = 4
"""A work factor for tests, which have no secrets."""
SIZES = (0, 1, 65_535, 65_536, 65_537, 131_072, 200_001)


def audit_like(size: int = 3_000) -> bytes:
    return write_zip((pack("att/filler", os.urandom(size), level=0),))


def protected(data: bytes) -> bytes:
    return protect(data, PASSPHRASE, QUICK)


def code_of(data: bytes, passphrase: str = PASSPHRASE) -> FaultCode:
    with pytest.raises(AuditDesktopError) as error:
        open_protected(data, passphrase, "copy.age")
    return error.value.code


@pytest.mark.parametrize("size", SIZES)
def test_the_passphrase_opens_it_again(size: int) -> None:
    data = os.urandom(size)
    assert open_protected(protected(data), PASSPHRASE) == data


@pytest.mark.parametrize("size", SIZES)
def test_another_program_opens_it(size: int) -> None:
    data = os.urandom(size)
    assert pyrage.passphrase.decrypt(protected(data), PASSPHRASE) == data


def test_what_another_program_protected_opens() -> None:
    data = os.urandom(70_000)
    assert open_protected(pyrage.passphrase.encrypt(data, PASSPHRASE), PASSPHRASE) == data


def test_it_is_made_with_the_work_factor_that_guidance_asks_for() -> None:
    assert protect(b"", PASSPHRASE).split(b"\n")[1].endswith(b" 17")


def test_it_says_nothing_of_what_is_in_it_and_is_never_the_same_twice() -> None:
    data = protected(b"Jordan Hollis" * 20)
    assert b"Jordan" not in data
    assert data != protected(b"Jordan Hollis" * 20)
    assert is_protected(data)
    assert not is_protected(b"PK\x03\x04")


def test_the_same_letters_typed_on_another_keyboard_open_it() -> None:
    data = protect(b"x", "cafe\u0301 bridge candle", QUICK)
    assert open_protected(data, " caf\u00e9 bridge candle\n") == b"x"


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(AuditDesktopError) as error:
        protect(b"x", "hunter2", QUICK)
    assert error.value.code is FaultCode.PASSPHRASE_TOO_SHORT
    assert error.value.details == {"shortest": 12}


def test_a_wrong_passphrase_is_told_as_such() -> None:
    assert code_of(protected(audit_like()), "another passphrase") is FaultCode.PASSPHRASE_WRONG


@pytest.mark.parametrize("size", [3_000, 65_536 * 2 - 100, 200_000])
def test_a_file_cut_short_anywhere_is_told_as_such(size: int) -> None:
    data = protected(audit_like(size))
    for end in (5, 21, 22, 60, 100, 150, 200, len(data) - 3_000, len(data) - 100, len(data) - 1):
        assert code_of(data[:end]) is FaultCode.PROTECTED_TRUNCATED, end


def test_a_file_cut_between_two_chunks_is_told_as_such() -> None:
    data = protected(audit_like(65_536 * 2))
    start = data.index(b"\n--- ") + 1 + len(b"--- ") + 43 + 1 + 16
    assert code_of(data[: start + 65_536 + 16]) is FaultCode.PROTECTED_TRUNCATED


@pytest.mark.parametrize("size", [3_000, 200_000])
def test_damage_to_the_content_is_told_as_such(size: int) -> None:
    data = bytearray(protected(audit_like(size)))
    data[len(data) - 2_000] ^= 1
    assert code_of(bytes(data)) is FaultCode.PROTECTED_DAMAGED


def test_damage_to_the_proof_of_the_header_is_told_as_such() -> None:
    data = protected(audit_like())
    place = data.index(b"\n--- ") + 10
    changed = b"A" if data[place : place + 1] != b"A" else b"B"
    assert code_of(data[:place] + changed + data[place + 1 :]) is FaultCode.PROTECTED_DAMAGED


def test_a_file_that_would_cost_too_much_to_open_is_refused_before_any_work() -> None:
    data = protected(audit_like()).replace(b" 4\n", b" 40\n", 1)
    assert code_of(data) is FaultCode.PROTECTION_TOO_COSTLY


def test_a_file_meant_for_a_key_or_made_as_text_is_told_apart() -> None:
    assert code_of(b"age-encryption.org/v1\n-> X25519 abc\nabc\n--- abc\n") is FaultCode.PROTECTED_OTHERWISE
    assert code_of(b"-----BEGIN AGE ENCRYPTED FILE-----\nabc\n") is FaultCode.PROTECTED_OTHERWISE


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", b"age-encryption.org/v2\n-> scrypt"])
def test_what_is_no_protected_file_is_told_as_such(data: bytes) -> None:
    assert code_of(data) is FaultCode.NOT_PROTECTED


SAMPLE = protected(audit_like(500))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SAMPLE) - 1), st.integers(1, 255))
def test_no_changed_byte_is_ever_accepted_and_nothing_else_is_raised(place: int, change: int) -> None:
    data = bytearray(SAMPLE)
    data[place] ^= change
    header = data.partition(b"\n---")[0].split(b"\n")
    if len(header) > 1 and header[1][-2:].strip().isdigit() and int(header[1].split(b" ")[-1]) > 12:
        return  # The change asks for work that a test need not do.
    assert code_of(bytes(data)) in set(FaultCode)


@given(st.binary(max_size=400))
def test_any_bytes_after_the_first_line_are_refused_in_words(data: bytes) -> None:
    assert code_of(b"age-encryption.org/v1\n" + data) in set(FaultCode)
