"""The ZIP container: a strict reader that trusts nothing a file says, and a writer that always writes the same bytes.

The standard library's reader inflates whatever a file asks for and reads the last of two entries of one name;
this one checks the whole directory before anything is inflated, and nothing is ever written by an entry's name.
"""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from struct import Struct
from typing import TYPE_CHECKING, Final, Protocol

from audit_desktop.core.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MOST_ENTRIES: Final = 2_000
LARGEST_TOTAL: Final = 300 * 1024 * 1024
LARGEST_RATIO: Final = 200
PIECE: Final = 1024 * 1024
"""How many bytes of a large entry are in memory at a time."""
_SMALL: Final = 1024
_STEP: Final = 16
_RATIO_MATTERS_FROM: Final = 8 * 1024 * 1024

_LOCAL: Final = Struct("<4s5H3I2H")
_CENTRAL: Final = Struct("<4s6H3I5H2I")
_END: Final = Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LONGEST_COMMENT: Final = 0xFFFF
STORED, DEFLATED = 0, 8
# Deflate speed hints, sizes after the data, UTF-8 names: harmless. Encryption, patches and the rest: refused.
_HARMLESS_FLAGS: Final = 0x0006 | 0x0008 | 0x0800
_FIRST_OF_1980: Final = 0x0021
_NAME_PART: Final = r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*"
_NAME: Final = re.compile(rf"{_NAME_PART}(/{_NAME_PART}){{0,3}}\Z")
_LONGEST_NAME: Final = 120


class ZipFormatError(ValueError):
    """The bytes are no ZIP container that we would read. `is_zip` says whether they look like one at all."""

    def __init__(self, problem: str, *, is_zip: bool = True, is_too_large: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.is_zip = is_zip
        self.is_too_large = is_too_large


class ByteSource(Protocol):
    """Bytes that can be read from anywhere in them, as those of a file that is open."""

    @property
    def size(self) -> int:
        """How many there are."""
        ...

    def read_at(self, offset: int, count: int) -> bytes:
        """Return the `count` bytes from `offset` on, or fewer if there are no more."""
        ...


class InMemory(Record):
    """The bytes of a whole file."""

    data: bytes

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.data)

    def read_at(self, offset: int, count: int) -> bytes:
        """Return some of them."""
        return self.data[offset : offset + count]


class OutsideEntry(Record):
    """A stored entry whose bytes are not in memory: they are looked for when they are wanted.

    `origin` is the container that it was read from. `crc` is `None` while nobody has seen the bytes. Two of them are
    equal if they stand for the same bytes, wherever these are.
    """

    name: str
    crc: int | None
    size: int
    origin: Path | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OutsideEntry) and (self.name, self.size) == (other.name, other.size)

    def __hash__(self) -> int:
        return hash((self.name, self.size))


class ZipEntry(Record):
    """One entry as it lies in the container; it can be carried to another container without being unpacked."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes

    def unpack(self) -> bytes:
        """Return the entry's bytes, never more than its size; raises `ZipFormatError` if they are not as announced."""
        if self.method == STORED:
            data = self.packed
        else:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                data = inflater.decompress(self.packed, self.size + 1)
            except zlib.error:
                raise ZipFormatError(f"{self.name} does not unpack") from None
            if not inflater.eof or inflater.unused_data:
                raise ZipFormatError(f"{self.name} does not end where it should")
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise ZipFormatError(f"{self.name} is not as its checksum says")
        return data

    def unpack_what_is_there(self) -> bytes:
        """Return as much of the entry's bytes as can be had, however damaged it is; nothing vouches for them."""
        if self.method == STORED:
            return self.packed[: self.size]
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        parts: list[bytes] = []
        try:
            # Small steps, so that what comes before the damage is not lost with it.
            for start in range(0, len(self.packed), _STEP):
                parts.append(inflater.decompress(self.packed[start : start + _STEP], self.size + 1))
        except zlib.error:
            pass
        return b"".join(parts)[: self.size]


def pack(name: str, data: bytes, *, level: int) -> ZipEntry:
    """Return `data` as an entry; `level` 0 stores it, 1 to 9 deflate it, which is left off where it does not help."""
    if level:
        deflater = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = deflater.compress(data) + deflater.flush()
        if len(packed) < len(data):
            return ZipEntry(name, DEFLATED, zlib.crc32(data), len(data), packed)
    return ZipEntry(name, STORED, zlib.crc32(data), len(data), data)


def write_zip(entries: Iterable[ZipEntry]) -> bytes:
    """Return a ZIP container with `entries` in their order; the same entries give the same bytes."""
    return b"".join(part for part in zip_parts(entries) if isinstance(part, bytes))


def zip_parts(entries: Iterable[ZipEntry | OutsideEntry]) -> Iterator[bytes | OutsideEntry]:
    """Yield what a container of `entries` consists of, in order; an entry that is outside stands for its bytes."""
    directory: list[bytes] = []
    offset = 0
    for entry in entries:
        name = entry.name.encode("ascii")
        is_here = isinstance(entry, ZipEntry)
        packed_size = len(entry.packed) if is_here else entry.size
        method = entry.method if is_here else STORED
        sizes = (entry.crc or 0, packed_size, entry.size)
        yield _LOCAL.pack(_LOCAL_MARK, 20, 0, method, 0, _FIRST_OF_1980, *sizes, len(name), 0) + name
        yield entry.packed if is_here else entry
        directory.append(
            _CENTRAL.pack(_CENTRAL_MARK, 20, 20, 0, method, 0, _FIRST_OF_1980, *sizes, len(name), 0, 0, 0, 0, 0, offset)
            + name
        )
        offset += _LOCAL.size + len(name) + packed_size
    count, length = len(directory), sum(map(len, directory))
    yield b"".join((*directory, _END.pack(_END_MARK, 0, 0, count, count, length, offset, 0)))


class EntryPlace(Record):
    """Where an entry lies in its container: its `packed_size` bytes begin at `start`."""

    name: str
    method: int
    crc: int
    size: int
    packed_size: int
    start: int

    def read(self, source: ByteSource) -> ZipEntry:
        """Return the entry with its bytes."""
        packed = source.read_at(self.start, self.packed_size)
        return ZipEntry(self.name, self.method, self.crc, self.size, packed)

    def pieces(self, source: ByteSource) -> Iterator[bytes]:
        """Yield the entry's unpacked bytes, never more than its size; raises `ZipFormatError` if they do not unpack.

        Whether they are as its checksum says is for the reader to find out.
        """
        inflater = zlib.decompressobj(-zlib.MAX_WBITS) if self.method == DEFLATED else None
        left = self.size
        for position in range(self.start, self.start + self.packed_size, PIECE):
            packed = source.read_at(position, min(PIECE, self.start + self.packed_size - position))
            while packed:
                try:
                    piece = inflater.decompress(packed, PIECE) if inflater is not None else packed
                except zlib.error:
                    raise ZipFormatError(f"{self.name} does not unpack") from None
                packed = inflater.unconsumed_tail if inflater is not None else b""
                left -= len(piece)
                if left < 0 or (not piece and packed):
                    raise ZipFormatError(f"{self.name} does not end where it should")
                yield piece


def read_zip(data: bytes) -> dict[str, ZipEntry]:
    """Return the entries of the container `data` by name, in the order of its directory; none is unpacked yet.

    Raises `ZipFormatError` as `read_directory` does.
    """
    source = InMemory(data)
    return {name: place.read(source) for name, place in read_directory(source).items()}


def read_directory(source: ByteSource) -> dict[str, EntryPlace]:
    """Return where the entries of the container `source` lie, by name, in the order of its directory.

    Raises `ZipFormatError` for anything but a plain container: too many or too large entries, other names than
    ours could be, one name twice, encryption, unknown compression, entries that overlap or reach outside the
    file, sizes that cannot be true, bytes before the first or after the last part.
    """
    count, start, end = _find_directory(source)
    directory = source.read_at(start, end - start)
    end = len(directory)
    entries: dict[str, EntryPlace] = {}
    spans: list[tuple[int, int]] = []
    seen: set[str] = set()
    total = 0
    position = 0
    for _ in range(count):
        if position + _CENTRAL.size > end:
            raise ZipFormatError("the directory is cut off")
        fields = _CENTRAL.unpack_from(directory, position)
        mark, flags, method, crc, packed_size, size = fields[0], fields[3], fields[4], *fields[7:10]
        name_length, extra_length, comment_length, offset = fields[10], fields[11], fields[12], fields[16]
        if mark != _CENTRAL_MARK:
            raise ZipFormatError("the directory is broken")
        raw_name = directory[position + _CENTRAL.size : position + _CENTRAL.size + name_length]
        position += _CENTRAL.size + name_length + extra_length + comment_length
        name = _checked_name(raw_name)
        if name.casefold() in seen:
            raise ZipFormatError(f"{name} is there twice")
        seen.add(name.casefold())
        if flags & ~_HARMLESS_FLAGS:
            raise ZipFormatError(f"{name} is encrypted or of an unknown kind")
        if method not in (STORED, DEFLATED) or (method == STORED and size != packed_size):
            raise ZipFormatError(f"{name} is compressed in an unknown way")
        total += size
        if total > LARGEST_TOTAL:
            raise ZipFormatError("it would unpack to too much", is_too_large=True)
        if size > _RATIO_MATTERS_FROM and size > LARGEST_RATIO * max(packed_size, 1):
            raise ZipFormatError(f"{name} would unpack to too much", is_too_large=True)
        content = _locate_content(source, offset, raw_name, method, start)
        if content + packed_size > start:
            raise ZipFormatError(f"{name} reaches outside the file")
        spans.append((offset, content + packed_size))
        entries[name] = EntryPlace(name, method, crc, size, packed_size, content)
    if position != end:
        raise ZipFormatError("the directory is not as long as it says")
    spans.sort()
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise ZipFormatError("entries overlap")
    return entries


def peek_first_entries(data: bytes) -> dict[str, ZipEntry]:
    """Return the entries that lie whole within `data`, the start of a container that `write_zip` wrote.

    Only good for a first look: the directory has not been seen, so nothing may be trusted yet.
    """
    return {entry.name: entry for entry, is_whole in scan_entries(data) if is_whole}


def scan_entries(data: bytes) -> list[tuple[ZipEntry, bool]]:
    """Return the entries that `data` begins with, found without a directory, and of each whether it is whole.

    The last one may be cut off. Nothing may be trusted; an entry that would unpack to too much ends the list.
    """
    entries: list[tuple[ZipEntry, bool]] = []
    position = 0
    while position + _LOCAL.size <= len(data) and len(entries) < MOST_ENTRIES:
        mark, _, flags, method, _, _, crc, packed_size, size, name_length, extra_length = _LOCAL.unpack_from(
            data, position
        )
        if mark != _LOCAL_MARK or flags or method not in (STORED, DEFLATED):
            break
        if size > LARGEST_TOTAL or size > LARGEST_RATIO * max(packed_size, _SMALL):
            break
        try:
            name = _checked_name(data[position + _LOCAL.size : position + _LOCAL.size + name_length])
        except ZipFormatError:
            break
        content = position + _LOCAL.size + name_length + extra_length
        packed = data[content : content + packed_size]
        entries.append((ZipEntry(name, method, crc, size, packed), len(packed) == packed_size))
        position = content + packed_size
    return entries


def _find_directory(source: ByteSource) -> tuple[int, int, int]:
    """Return how many entries the directory lists, where it starts and where it ends."""
    is_zip = source.read_at(0, 2) == b"PK"
    lowest = max(0, source.size - _END.size - _LONGEST_COMMENT)
    tail = source.read_at(lowest, source.size - lowest)
    position = tail.rfind(_END_MARK)
    if position < 0 or position + _END.size > len(tail):
        raise ZipFormatError("it has no directory", is_zip=is_zip)
    _, disk, first_disk, here, count, length, start, comment = _END.unpack_from(tail, position)
    if disk or first_disk or here != count or position + _END.size + comment != len(tail):
        raise ZipFormatError("its end is broken", is_zip=is_zip)
    if start + length != lowest + position:
        raise ZipFormatError("its directory is not where it says", is_zip=is_zip)
    if count > MOST_ENTRIES:
        raise ZipFormatError("it has too many entries", is_too_large=True)
    return count, start, start + length


def _checked_name(raw: bytes) -> str:
    try:
        name = raw.decode("ascii")
    except UnicodeDecodeError:
        raise ZipFormatError("an entry has a name that no audit has") from None
    if len(name) > _LONGEST_NAME or not _NAME.match(name):
        raise ZipFormatError("an entry has a name that no audit has")
    return name


def _locate_content(source: ByteSource, offset: int, name: bytes, method: int, limit: int) -> int:
    """Return where the bytes of the entry at `offset` begin, checking that it is the one that the directory means."""
    if offset + _LOCAL.size > limit:
        raise ZipFormatError("an entry lies outside the file")
    header = source.read_at(offset, _LOCAL.size + len(name))
    if len(header) < _LOCAL.size:
        raise ZipFormatError("an entry lies outside the file")
    mark, _, flags, local_method, _, _, _, _, _, name_length, extra_length = _LOCAL.unpack_from(header)
    if mark != _LOCAL_MARK or local_method != method or flags & ~_HARMLESS_FLAGS:
        raise ZipFormatError("an entry is not what the directory says")
    if name_length != len(name) or header[_LOCAL.size :] != name:
        raise ZipFormatError("an entry is not called what the directory says")
    return offset + _LOCAL.size + name_length + extra_length
