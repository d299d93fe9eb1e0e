"""The container reader refuses everything but plain containers, and the writer writes what anybody can open."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.storage.zip_format import ZipEntry, ZipFormatError, pack, peek_first_entries, read_zip, write_zip

CONTENTS = {"mimetype": b"kind", "manifest.json": b"{}" * 200, "att/0a": bytes(range(256)) * 9}


def container(contents: dict[str, bytes] = CONTENTS) -> bytes:
    return write_zip(pack(name, data, level=0 if name == "mimetype" else 6) for name, data in contents.items())


def central(data: bytes, name: bytes) -> int:
    """Return where the directory's record of `name` begins."""
    return data.rindex(name) - 46


def changed(data: bytes, at: int, code: str, value: int) -> bytes:
    result = bytearray(data)
    struct.pack_into(code, result, at, value)
    return bytes(result)


def other_zip(*names: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **options) as file:
        for name in names:
            file.writestr(name, b"content")
    return buffer.getvalue()


def test_what_is_written_is_read_again() -> None:
    assert {name: entry.unpack() for name, entry in read_zip(container()).items()} == CONTENTS


def test_any_other_program_can_open_what_is_written() -> None:
    with zipfile.ZipFile(io.BytesIO(container())) as file:
        assert file.testzip() is None
        assert {name: file.read(name) for name in file.namelist()} == CONTENTS


def test_same_contents_give_same_bytes() -> None:
    assert container() == container()


def test_entry_carried_over_unpacks_to_the_same() -> None:
    again = write_zip(read_zip(container()).values())

    assert again == container()


def test_container_made_by_another_program_is_read() -> None:
    assert list(read_zip(other_zip("manifest.json", "att/1f", compression=zipfile.ZIP_DEFLATED))) == [
        "manifest.json",
        "att/1f",
    ]


def test_first_entries_are_found_without_the_rest_of_the_file() -> None:
    assert list(peek_first_entries(container()[:120])) == ["mimetype", "manifest.json"]


@pytest.mark.parametrize(
    "name",
    [
        "../up",
        "/root",
        "C:\\x",
        "a\\b",
        "a//b",
        "a/./b",
        ".hidden",
        "x:ads.txt",
        "nul\u202egpj",
        "spaces in it",
        "trailing.",
        "trailing/",
        "a/b/c/d/e",
        "x" * 121,
        "[Content_Types].xml",
    ],
)
def test_name_that_no_audit_has_is_refused(name: str) -> None:
    with pytest.raises(ZipFormatError):
        read_zip(other_zip(name))


@pytest.mark.parametrize("second", ["same", "SAME"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused(second: str) -> None:
    with pytest.raises(ZipFormatError):
        read_zip(other_zip("same", second))


def test_encryption_is_refused() -> None:
    data = container()

    with pytest.raises(ZipFormatError):
        read_zip(changed(data, central(data, b"manifest.json") + 8, "<H", 1))


def test_unknown_compression_is_refused() -> None:
    with pytest.raises(ZipFormatError):
        read_zip(other_zip("a", compression=zipfile.ZIP_BZIP2))


def test_entries_that_overlap_are_refused() -> None:
    data = write_zip([pack("aa", b"1234", level=0), pack("ab", b"1234", level=0)])
    overlapping = changed(data, central(data, b"ab") + 42, "<I", 0)

    with pytest.raises(ZipFormatError):
        read_zip(overlapping)


def test_same_bytes_used_by_two_entries_are_refused() -> None:
    data = bytearray(write_zip([pack("aa", b"1234", level=0), pack("aa", b"1234", level=0)]))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)

    with pytest.raises(ZipFormatError):
        read_zip(bytes(data))


@pytest.mark.parametrize(("field", "code"), [(20, "<I"), (42, "<I"), (28, "<H"), (30, "<H"), (10, "<H")])
def test_directory_that_lies_is_refused(field: int, code: str) -> None:
    data = container()

    with pytest.raises(ZipFormatError):
        read_zip(changed(data, central(data, b"att/0a") + field, code, 0x7FFF))


def test_bomb_is_refused_before_anything_is_unpacked() -> None:
    packed = pack("a", bytes(64 * 1024 * 1024), level=9)

    with pytest.raises(ZipFormatError) as caught:
        read_zip(write_zip([packed]))

    assert caught.value.is_too_large


def test_many_large_entries_are_refused_together() -> None:
    entries = [ZipEntry(f"a{number}", 8, 0, 6_000_000, bytes(100_000)) for number in range(60)]

    with pytest.raises(ZipFormatError) as caught:
        read_zip(write_zip(entries))

    assert caught.value.is_too_large


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(ZipFormatError):
        read_zip(write_zip(pack(f"a{number}", b"", level=0) for number in range(2_001)))


def test_entry_that_unpacks_to_more_than_it_says_is_refused() -> None:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflater.compress(bytes(1_000_000)) + deflater.flush()

    with pytest.raises(ZipFormatError):
        ZipEntry("a", 8, 0, 10, packed).unpack()


def test_entry_that_was_changed_is_refused() -> None:
    entry = pack("a", b"1234", level=0)

    with pytest.raises(ZipFormatError):
        ZipEntry("a", 0, entry.crc, 4, b"1235").unpack()


@pytest.mark.parametrize("data", [b"", b"P", b"PK\x05\x06", b"text", b"x" + container(), container() + b"x"])
def test_what_is_no_plain_container_is_refused(data: bytes) -> None:
    with pytest.raises(ZipFormatError):
        read_zip(data)


@given(st.data())
def test_damaged_container_gives_nothing_but_the_one_error(data: st.DataObject) -> None:
    damaged = bytearray(container())
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))
    for candidate in (bytes(damaged), bytes(damaged[:cut])):
        peek_first_entries(candidate)
        try:
            for entry in read_zip(candidate).values():
                entry.unpack()
        except ZipFormatError:
            continue
