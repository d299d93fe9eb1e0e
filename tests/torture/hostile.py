"""A corpus of hostile input: archives, names, links and formulas, each made from the few ideas that attackers have."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from itertools import product
from typing import TYPE_CHECKING

from audit_desktop.storage.manifest import MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME
from audit_desktop.storage.zip_format import ZipEntry, pack, read_zip, write_zip
from tests.torture.readers import READERS, container_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MIB = 1024 * 1024
CENTRAL, END = b"PK\x01\x02", b"PK\x05\x06"
BAD_ENTRY_NAMES = (
    "../up", "../../etc/passwd", "/root", "//host/share", "C:\\x", "C:x", "..\\..\\up", "a\\b", "a//b", "./a", "a/../b",
    "a/", "", ".", "..", "nul\0", "new\nline", "x" * 300, "a/b/c/d/e/f", " lead", "trail ", "trail.", "x:ads.txt",
    "a\u202efdp.exe", "caf\u00e9", "~$hidden", "-rf", "%2e%2e/x", "a|b", "a*b", "a?b", 'a"b', "a<b", "$(id)", "a;b",
)  # fmt: skip


def archives() -> Iterator[tuple[str, bytes]]:
    """Yield archives that must be refused, each with what is wrong about it."""
    good = READERS["audit-file"].samples()[0]
    yield "nothing", b""
    yield "no archive", b"\x89PNG\r\n\x1a\n" + bytes(500)
    yield "a mark alone", b"PK"
    for share in (1, 2, 5, 8, 9):
        yield f"{share} tenths of a file", good[: len(good) * share // 10]
    yield "no end", good[:-22]
    yield "bytes before", b"MZ" + good
    yield "bytes after", good + b"\0"
    yield "a comment that is longer than the file", good[:-2] + b"\xff\xff"
    end, first = good.rindex(END), good.index(CENTRAL)
    second = good.index(CENTRAL, first + 1)
    for what, at, form, value in (
        ("another disk", end + 4, "<H", 1),
        ("fewer entries than there are", end + 8, "<HH", (1, 1)),
        ("more entries than there are", end + 8, "<HH", (99, 99)),
        ("too many entries", end + 8, "<HH", (65_000, 65_000)),
        ("a directory elsewhere", end + 16, "<I", 0),
        ("a directory beyond the end", end + 16, "<I", 2**32 - 1),
        ("an encrypted entry", first + 8, "<H", 1),
        ("a strongly encrypted entry", first + 8, "<H", 0x40),
        ("unknown compression", first + 10, "<H", 12),
        ("compression 99", first + 10, "<H", 99),
        ("another checksum", second + 16, "<I", 0),
        ("a packed size of gigabytes", first + 20, "<I", 2**31),
        ("a size of gigabytes", first + 24, "<I", 2**31),
        ("sizes in 64 bits", first + 20, "<II", (2**32 - 1, 2**32 - 1)),
        ("an offset beyond the end", first + 42, "<I", 2**31),
        ("an offset within another entry", first + 42, "<I", 7),
        ("a name longer than the file", first + 28, "<H", 65_535),
    ):
        data = bytearray(good)
        struct.pack_into(form, data, at, *(value if isinstance(value, tuple) else (value,)))
        yield what, bytes(data)
    entries = read_zip(good)
    mimetype, manifest = entries[MIMETYPE_NAME], entries[MANIFEST_NAME]
    yield "no mimetype", write_zip(entry for name, entry in entries.items() if name != MIMETYPE_NAME)
    yield "no manifest", write_zip(entry for name, entry in entries.items() if name != MANIFEST_NAME)
    yield "another mimetype", write_zip([pack(MIMETYPE_NAME, MIMETYPE + b"x", level=0), *list(entries.values())[1:]])
    yield "an entry twice", write_zip([*entries.values(), manifest])
    yield "an entry twice but for case", write_zip([*entries.values(), pack("Manifest.json", b"{}", level=0)])
    yield (
        "two thousand entries more",
        write_zip([*entries.values(), *(pack(f"att/{number:064x}", b"", level=0) for number in range(2_000))]),
    )
    yield "a bomb", write_zip([mimetype, manifest, _bomb("history.jsonl", 256 * MIB)])
    yield "many small bombs", write_zip([mimetype, manifest, *(_bomb(f"att/{n:064x}", 32 * MIB) for n in range(12))])
    yield "an entry that says it is small", write_zip([mimetype, manifest, _lying(32 * MIB, 100)])
    yield "an entry that says it is large", write_zip([mimetype, manifest, _lying(100, 32 * MIB)])
    yield "a nested archive alone", write_zip([pack("inner.zip", good, level=0)])
    for name in BAD_ENTRY_NAMES:
        yield f"an entry called {name[:20]!r}", _other_zip(name)
    for what, content in _bad_json():
        yield f"a manifest with {what}", container_around(MANIFEST_NAME, content)
        yield f"a framework with {what}", container_around("framework.json", content)


def _bad_json() -> Iterable[tuple[str, bytes]]:
    return (
        ("lists in lists", b"[" * 100_000 + b"]" * 100_000),
        ("objects in objects", b'{"a":' * 50_000 + b"1" + b"}" * 50_000),
        ("a number of 5,000 digits", b'{"format":' + b"9" * 5_000 + b"}"),
        ("no number", b'{"format":NaN}'),
        ("an endless number", b'{"format":1e999}'),
        ("a key twice", b'{"format":1,"format":1}'),
        ("bytes that are no text", b'{"format":"\xff\xfe"}'),
        ("a list", b"[]"),
        ("nothing", b""),
    )


def _bomb(name: str, size: int) -> ZipEntry:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece, checksum, packed = bytes(MIB), 0, []
    for _ in range(size // MIB):
        checksum = zlib.crc32(piece, checksum)
        packed.append(deflater.compress(piece))
    return ZipEntry(name, 8, checksum, size, b"".join((*packed, deflater.flush())))


def _lying(size: int, announced: int) -> ZipEntry:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = bytes(size)
    return ZipEntry("framework.json", 8, zlib.crc32(data), announced, deflater.compress(data) + deflater.flush())


def _other_zip(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(MIMETYPE_NAME, MIMETYPE)
        information = zipfile.ZipInfo("placeholder")
        information.filename = name
        file.writestr(information, b"content")
    return buffer.getvalue()


def names() -> list[str]:
    """Return names of schools that are no names of files on one system or another."""
    devices = [
        f"{name}{ending}" for name in ("CON", "nul", "Aux", "PRN", "COM1", "lpt9", "COM¹") for ending in ("", ".txt")
    ]
    marks = [f"Hill{mark}School" for mark in '<>:"/\\|?*\0\n\t\r\x1b\x7f\u202e\u200b\u2066\ufeff\u2028']
    paths = [
        "../../up",
        "/etc/passwd",
        "C:\\Windows\\x",
        "\\\\host\\share",
        "~/x",
        "~$lock",
        ".hidden",
        "...",
        "..",
        ".",
    ]
    lengths = ["x" * 300, "\u00e9" * 200, "\U0001f393" * 100, "x" * 149 + "\u00e9"]
    ends = ["Hill.", "Hill ", "Hill. . .", " Hill", "", "   ", "\0", "\ud800", "Hill.exe\u202efdp", "%00", "${HOME}"]
    forms = ["{school}", "{0.__class__}", "%s%n", "$(id)", "`id`", "; rm x", "-rf", "--out=x", "a\u0301", "\u0130I"]
    return [*devices, *marks, *paths, *lengths, *ends, *forms]


def links() -> list[str]:
    """Return links that no person may be led to."""
    schemes = [
        "javascript",
        "vbscript",
        "data",
        "file",
        "ftp",
        "ftps",
        "http",
        "ws",
        "wss",
        "smb",
        "ldap",
        "search-ms",
        "ms-word",
        "ms-excel",
        "ms-msdt",
        "ms-officecmd",
        "shell",
        "cmd",
        "powershell",
        "tel",
        "sms",
        "about",
        "chrome",
        "view-source",
        "jar",
        "res",
        "mk",
        "mhtml",
        "blob",
        "filesystem",
        "steam",
        "slack",
        "zoommtg",
    ]
    bodies = (
        "alert(1)",
        "//example.org/x",
        "///etc/passwd",
        "//host/share/x",
        "\\\\host\\share",
        "x",
        "%2f%2fexample.org",
    )
    made = [f"{scheme}:{body}" for scheme, body in product(schemes, bodies)]
    hosts = (
        "https://", "https:///x", "https:x", "https:/x", "https://a b.org", "https://user@example.org",
        "https://user:word@example.org", "https://example.org@other.org", "https://example.org\\@other.org",
        "https://exa\nmple.org", "https://exa\tmple.org", "https://exa\0mple.org", "https://exam\u202eple.org",
        "https://example.org/\u202egpj.exe", "https://[::1", "https://example.org:99999", "https://example.org:x",
        "https://%65xample.org", "\\\\host\\share\\x", "//host/share", "/etc/passwd", "C:\\x", "C:/x", "x", "",
        "mailto:", "mailto:a", "mailto://host", "mailto:a@b?attach=/etc/passwd", "mailto:a@b\n", "mailto:a b@c.d",
        "HTTP://example.org", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "\x01https://a.b",
    )  # fmt: skip
    return [*made, *hosts]


def formulas() -> list[str]:
    """Return texts that one spreadsheet or another would run."""
    starts = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "=-", "=+", "@=")
    calls = ("cmd|' /C calc'!A0", 'HYPERLINK("https://x","y")', 'WEBSERVICE("https://x")', "SUM(A1)", "1+1", "A1")
    functions = [
        "EXEC",
        "RUN",
        "CALL",
        "REGISTER",
        "IMPORTXML",
        "IMPORTDATA",
        "IMPORTRANGE",
        "IMPORTFEED",
        "IMAGE",
        "DDE",
        "RTD",
        "FILTERXML",
        "INDIRECT",
        "OFFSET",
        "LAMBDA",
    ]
    more = [f'{name}("x")' for name in functions] + [f" {call}" for call in calls] + [f"'{call}" for call in calls]
    arrays = ["{1,2}", "{=1}", '"x"&A1', "A1:B2", "$A$1", "[Book]Sheet!A1", "'C:\\[x.xls]S'!A1", "2^9", "x", "TRUE"]
    return [f"{start}{body}" for start, body in product(starts, (*calls, *more, *arrays))]
