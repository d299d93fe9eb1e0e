"""The real file system: each move is one step, overwrites nothing unseen, and works without the system's help."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from audit_desktop.storage import atomic_moves
from audit_desktop.storage.filesystem import RealFilesystem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILESYSTEM = RealFilesystem()
MOVES = [FILESYSTEM.move_without_overwrite, atomic_moves.move_in_two_steps]
EXCHANGES = [FILESYSTEM.exchange, atomic_moves.exchange_in_two_steps]


def write(path: Path, data: bytes) -> Path:
    file = FILESYSTEM.create_exclusive(path)
    file.write(data)
    file.fsync()
    file.close()
    return path


def refuse_links(*_: object, **__: object) -> None:
    raise OSError(1, "no links here")


def test_file_is_created_once_only(tmp_path: Path) -> None:
    write(tmp_path / "a", b"first")

    with pytest.raises(FileExistsError):
        FILESYSTEM.create_exclusive(tmp_path / "a")


def test_appending_adds_at_the_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a", b"first ")
    file = FILESYSTEM.open_append(path)
    file.write(b"second")
    file.close()
    file.close()

    assert FILESYSTEM.read_bytes(path) == b"first second"
    assert FILESYSTEM.read_start(path, 3) == b"fir"


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_exchange_puts_the_new_file_in_and_keeps_the_old_one(
    tmp_path: Path, exchange: Callable[[Path, Path], Path]
) -> None:
    new, target = write(tmp_path / "~$a.0123456789abcdef.tmp", b"new"), write(tmp_path / "a", b"old")

    displaced = exchange(new, target)

    assert (target.read_bytes(), displaced.read_bytes()) == (b"new", b"old")
    assert {path.name for path in tmp_path.iterdir()} == {"a", displaced.name}


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_exchange_with_nothing_says_so_and_keeps_the_new_file(
    tmp_path: Path, exchange: Callable[[Path, Path], Path]
) -> None:
    new = write(tmp_path / "~$a.0123456789abcdef.tmp", b"new")

    with pytest.raises(FileNotFoundError):
        exchange(new, tmp_path / "a")

    assert new.read_bytes() == b"new"


def test_exchange_without_hard_links_copies_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refuse_links)
    new, target = write(tmp_path / "~$a.0123456789abcdef.tmp", b"new"), write(tmp_path / "a", b"old")

    displaced = atomic_moves.exchange_in_two_steps(new, target)

    assert (target.read_bytes(), displaced.read_bytes()) == (b"new", b"old")


@pytest.mark.parametrize("move", MOVES)
def test_move_overwrites_nothing(tmp_path: Path, move: Callable[[Path, Path], None]) -> None:
    source, target = write(tmp_path / "a", b"new"), write(tmp_path / "b", b"old")

    with pytest.raises(FileExistsError):
        move(source, target)

    assert (source.read_bytes(), target.read_bytes()) == (b"new", b"old")


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("has_links", [True, False])
def test_move_to_a_free_name_leaves_one_file(
    tmp_path: Path, move: Callable[[Path, Path], None], has_links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", refuse_links)
    source = write(tmp_path / "a", b"new")

    move(source, tmp_path / "b")

    assert [path.name for path in tmp_path.iterdir()] == ["b"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_saved_file_keeps_the_permissions_of_the_one_it_replaces(tmp_path: Path) -> None:
    new, target = write(tmp_path / "new", b"new"), write(tmp_path / "a", b"old")
    target.chmod(0o640)

    FILESYSTEM.exchange(new, target)

    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_private_file_and_folder_are_for_nobody_else(tmp_path: Path) -> None:
    FILESYSTEM.make_folder(tmp_path / "journals")
    FILESYSTEM.create_exclusive(tmp_path / "journals" / "a", is_private=True).close()

    assert (tmp_path / "journals").stat().st_mode & 0o077 == 0
    assert (tmp_path / "journals" / "a").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="Windows lets only administrators make links")
def test_link_is_followed_and_not_replaced(tmp_path: Path) -> None:
    write(tmp_path / "a", b"")
    (tmp_path / "link").symlink_to(tmp_path / "a")

    assert FILESYSTEM.resolve(tmp_path / "link") == tmp_path / "a"


def test_folder_lists_names_and_can_be_synced(tmp_path: Path) -> None:
    write(tmp_path / "b", b"")
    write(tmp_path / "a", b"123")
    FILESYSTEM.fsync_folder(tmp_path)

    assert FILESYSTEM.list_folder(tmp_path) == ["a", "b"]
    assert FILESYSTEM.stat(tmp_path / "a").size == 3
    assert FILESYSTEM.is_folder(tmp_path)
    assert not FILESYSTEM.exists(tmp_path / "c")
    assert FILESYSTEM.free_space(tmp_path)
    assert FILESYSTEM.free_space(tmp_path / "gone" / "gone") is None


def test_the_displaced_file_has_its_own_name_when_windows_exchanges(tmp_path: Path) -> None:
    new, target = write(tmp_path / "~$a.0123456789abcdef.tmp", b"new"), write(tmp_path / "a", b"old")

    def replace_file(displaced: Path) -> int:
        target.rename(displaced)
        new.rename(target)
        return 0

    displaced = atomic_moves.exchange_with_replace_file(new, target, replace_file)

    assert (target.read_bytes(), displaced.read_bytes()) == (b"new", b"old")


@pytest.mark.parametrize("number", [5, 32, 1175, 1176])
def test_an_exchange_that_windows_refuses_leaves_both_files(tmp_path: Path, number: int) -> None:
    new, target = write(tmp_path / "~$a.0123456789abcdef.tmp", b"new"), write(tmp_path / "a", b"old")

    with pytest.raises(OSError, match=str(number)):
        atomic_moves.exchange_with_replace_file(new, target, lambda _: number)

    assert (target.read_bytes(), new.read_bytes()) == (b"old", b"new")
    assert len(list(tmp_path.iterdir())) == 2


def test_an_exchange_that_windows_leaves_half_done_gives_the_old_file_its_name_again(tmp_path: Path) -> None:
    new, target = write(tmp_path / "~$a.0123456789abcdef.tmp", b"new"), write(tmp_path / "a", b"old")

    def half(displaced: Path) -> int:
        target.rename(displaced)
        return 1177

    with pytest.raises(OSError, match="1177"):
        atomic_moves.exchange_with_replace_file(new, target, half)

    assert (target.read_bytes(), new.read_bytes()) == (b"old", b"new")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_that_appears_while_windows_exchanges_is_not_overwritten_by_the_old_one(tmp_path: Path) -> None:
    new, target = write(tmp_path / "~$a.0123456789abcdef.tmp", b"new"), write(tmp_path / "a", b"old")

    def half(displaced: Path) -> int:
        target.rename(displaced)
        write(target, b"somebody else's")
        return 1177

    with pytest.raises(OSError, match="1177"):
        atomic_moves.exchange_with_replace_file(new, target, half)

    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"somebody else's", b"old", b"new"}
    assert target.read_bytes() == b"somebody else's"


def test_a_drive_on_which_windows_cannot_exchange_keeps_the_old_file_all_the_same(tmp_path: Path) -> None:
    new, target = write(tmp_path / "~$a.0123456789abcdef.tmp", b"new"), write(tmp_path / "a", b"old")

    displaced = atomic_moves.exchange_with_replace_file(new, target, lambda _: 50)

    assert (target.read_bytes(), displaced.read_bytes()) == (b"new", b"old")


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EOPNOTSUPP])
def test_a_drive_on_which_folders_cannot_be_synced_takes_files_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, "no such call here")

    monkeypatch.setattr(os, "fsync", refuse)

    FILESYSTEM.fsync_folder(tmp_path)


def test_a_folder_whose_sync_fails_is_said_to_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(OSError, match="broken"):
        FILESYSTEM.fsync_folder(tmp_path)


def test_a_drive_that_does_not_say_how_large_it_is_is_not_called_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=0, used=0, free=0))

    assert FILESYSTEM.free_space(tmp_path) is None


def test_a_drive_without_permissions_takes_a_new_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _mode: int) -> None:
        raise OSError(errno.EOPNOTSUPP, "no permissions here")

    new, target = write(tmp_path / "~$a.0123456789abcdef.tmp", b"new"), write(tmp_path / "a", b"old")
    monkeypatch.setattr(type(tmp_path), "chmod", refuse)

    FILESYSTEM.exchange(new, target)

    assert target.read_bytes() == b"new"


def test_a_drive_of_a_mac_that_cannot_empty_its_cache_is_synced_as_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(_descriptor: int, _command: int) -> int:
        raise OSError(errno.EOPNOTSUPP, "no such call here")

    synced: list[int] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", refuse)
    monkeypatch.setattr(os, "fsync", synced.append)

    write(tmp_path / "a", b"new")

    assert len(synced) == 1
