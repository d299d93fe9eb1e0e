"""A Word document's ZIP container: checked whole before anything is unpacked, then read part by part within limits."""

from __future__ import annotations

import zlib
from itertools import pairwise
from struct import Struct
from typing import Final, NamedTuple, NoReturn

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.word_import import limits

_LOCAL: Final = Struct("<4s5H3I2H")
_CENTRAL: Final = Struct("<4s6H3I5H2I")
_END: Final = Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_OLE_MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LONGEST_COMMENT: Final = 0xFFFF
_STORED, _DEFLATED = 0, 8
_ENCRYPTED: Final = 0x0001 | 0x0040 | 0x2000
_UTF8_NAME: Final = 0x0800
_IN_64_BITS: Final = 0xFFFFFFFF
_64_BIT_FIELD: Final = 1


class _Entry(NamedTuple):
    """Where an entry's packed bytes lie."""

    method: int
    crc: int
    size: int
    begin: int
    end: int


class ZipParts:
    """The parts of one Word document by name. Nothing is unpacked until it is asked for."""

    def __init__(self, data: bytes, place: str) -> None:
        """Check the container `data`; `place` names the file in a fault.

        Raises `FILE_EMPTY`, `WORD_PROTECTED_OR_OLD`, `WORD_NOT_A_DOCUMENT`, `WORD_TOO_LARGE` or `WORD_DAMAGED`.
        """
        self._data = data
        self._place = place
        if not data:
            raise AuditDesktopError(FaultCode.FILE_EMPTY, place)
        if data.startswith(_OLE_MARK):
            raise AuditDesktopError(FaultCode.WORD_PROTECTED_OR_OLD, place)
        if len(data) > limits.LARGEST_FILE:
            self._refuse_size("file", len(data), limits.LARGEST_FILE)
        if not data.startswith(b"PK"):
            raise AuditDesktopError(FaultCode.WORD_NOT_A_DOCUMENT, place)
        self._entries = self._read_directory()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, in lower case."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """Return the bytes of the part called `name`, never more than one part may have.

        Raises `KeyError` if there is no such part, `WORD_DAMAGED` or `WORD_TOO_LARGE` if it does not unpack.
        """
        entry = self._entries[_key(name)]
        if entry.size > limits.LARGEST_PART:
            self._refuse_size("part", entry.size, limits.LARGEST_PART)
        packed = self._data[entry.begin : entry.end]
        if entry.method == _STORED:
            unpacked = packed
        elif entry.method == _DEFLATED:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                unpacked = inflater.decompress(packed, entry.size + 1)
            except zlib.error:
                self._refuse("a part does not unpack")
        else:
            self._refuse("a part is compressed in an unknown way")
        if len(unpacked) != entry.size or zlib.crc32(unpacked) != entry.crc:
            self._refuse("a part is not as its checksum says")
        return unpacked

    def _read_directory(self) -> dict[str, _Entry]:
        data = self._data
        count, start, end = self._find_directory()
        entries: dict[str, _Entry] = {}
        spans: list[tuple[int, int]] = []
        total = 0
        position = start
        for _ in range(count):
            if position + _CENTRAL.size > end:
                self._refuse("the directory is cut off")
            fields = _CENTRAL.unpack_from(data, position)
            mark, flags, method, crc, packed_size, size = fields[0], fields[3], fields[4], *fields[7:10]
            name_length, extra_length, comment_length, offset = fields[10], fields[11], fields[12], fields[16]
            if mark != _CENTRAL_MARK:
                self._refuse("the directory is broken")
            name_end = position + _CENTRAL.size + name_length
            raw_name, extra = data[position + _CENTRAL.size : name_end], data[name_end : name_end + extra_length]
            position = name_end + extra_length + comment_length
            if _IN_64_BITS in (size, packed_size, offset):
                size, packed_size, offset = self._sizes_in_64_bits(extra, size, packed_size, offset)
            if flags & _ENCRYPTED:
                raise AuditDesktopError(FaultCode.WORD_PROTECTED_OR_OLD, self._place)
            name = _key(raw_name.decode("utf-8" if flags & _UTF8_NAME else "cp437", "replace"))
            if ".." in name.split("/"):
                self._refuse("a part has a name that leads elsewhere")
            if name in entries:
                self._refuse("a part is there twice")
            total += size
            if total > limits.LARGEST_UNPACKED:
                self._refuse_size("unpacked", total, limits.LARGEST_UNPACKED)
            if size > limits.RATIO_MATTERS_FROM and size > limits.LARGEST_RATIO * max(packed_size, 1):
                self._refuse_size("ratio", size // max(packed_size, 1), limits.LARGEST_RATIO)
            begin = self._content_begin(offset, start)
            if begin + packed_size > start:
                self._refuse("a part reaches outside the file")
            spans.append((offset, begin + packed_size))
            entries[name] = _Entry(method, crc, size, begin, begin + packed_size)
        spans.sort()
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            self._refuse("parts overlap")
        return entries

    def _find_directory(self) -> tuple[int, int, int]:
        """Return how many entries the directory lists, where it starts and where it ends."""
        data = self._data
        position = data.rfind(_END_MARK, max(0, len(data) - _END.size - _LONGEST_COMMENT))
        if position < 0 or position + _END.size > len(data):
            self._refuse("it has no directory")
        _, disk, first_disk, _, count, length, start, _ = _END.unpack_from(data, position)
        if disk or first_disk or start + length > position:
            self._refuse("its directory is not where it says")
        if count > limits.MOST_ENTRIES:
            self._refuse_size("entries", count, limits.MOST_ENTRIES)
        return count, start, start + length

    def _content_begin(self, offset: int, limit: int) -> int:
        if offset + _LOCAL.size > limit:
            self._refuse("a part lies outside the file")
        fields = _LOCAL.unpack_from(self._data, offset)
        if fields[0] != _LOCAL_MARK:
            self._refuse("a part is not where the directory says")
        name_length, extra_length = fields[9], fields[10]
        return offset + _LOCAL.size + name_length + extra_length

    def _sizes_in_64_bits(self, extra: bytes, *values: int) -> tuple[int, ...]:
        """Return the sizes that stand in the entry's 64-bit field, which some programs write for small files too."""
        position = 0
        while position + 4 <= len(extra):
            kind, length = (
                int.from_bytes(extra[position : position + 2], "little"),
                int.from_bytes(extra[position + 2 : position + 4], "little"),
            )
            if kind == _64_BIT_FIELD:
                field = extra[position + 4 : position + 4 + length]
                wide = iter(int.from_bytes(field[start : start + 8], "little") for start in range(0, len(field) - 7, 8))
                return tuple(next(wide, value) if value == _IN_64_BITS else value for value in values)
            position += 4 + length
        return values

    def _refuse(self, problem: str) -> NoReturn:
        raise AuditDesktopError(FaultCode.WORD_DAMAGED, self._place, problem=problem)

    def _refuse_size(self, what: str, found: int, most: int) -> NoReturn:
        raise AuditDesktopError(FaultCode.WORD_TOO_LARGE, self._place, what=what, found=found, most=most)


def _key(name: str) -> str:
    """Return `name` as parts are compared: Word takes names for the same whatever their case."""
    return name.replace("\\", "/").lstrip("/").lower()
