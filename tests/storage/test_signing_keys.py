"""The key of this installation: made once, kept private, and its signatures hold."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.storage.filesystem import RealFilesystem
from audit_desktop.storage.signing_keys import KEY_NAME, load_or_make_key

if TYPE_CHECKING:
    from pathlib import Path


def test_the_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    first = load_or_make_key(RealFilesystem(), tmp_path / "keys")
    assert load_or_make_key(RealFilesystem(), tmp_path / "keys") == first
    assert load_or_make_key(RealFilesystem(), tmp_path / "others") != first
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [KEY_NAME]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a person's own folders private")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    load_or_make_key(RealFilesystem(), tmp_path)
    assert stat.S_IMODE((tmp_path / KEY_NAME).stat().st_mode) == 0o600


def test_the_private_part_is_never_shown(tmp_path: Path) -> None:
    key = load_or_make_key(RealFilesystem(), tmp_path)
    private = (tmp_path / KEY_NAME).read_text().splitlines()[1]
    assert private not in repr(key)
    assert repr(bytes.fromhex(private)) not in repr(key)


@pytest.mark.parametrize("content", [b"", b"hello", b"audit-desktop signing key 1\nabcd\n"])
def test_a_damaged_key_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEY_NAME).write_bytes(content)
    with pytest.raises(AuditDesktopError) as error:
        load_or_make_key(RealFilesystem(), tmp_path)
    assert error.value.code is FaultCode.SIGNING_KEY_DAMAGED
    assert (tmp_path / KEY_NAME).read_bytes() == content
