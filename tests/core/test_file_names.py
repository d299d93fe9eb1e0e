"""Names of attached files: the ending stays and shows, whatever the rest was; and which kinds may be attached."""

from __future__ import annotations

import re

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.file_kinds import KINDS, require_attachable
from audit_desktop.core.file_names import LONGEST_BYTES, file_size, safe_name, suffix_of

ZIP = b"PK\x03\x04" + bytes(200)
CONTENTS = {
    ".pdf": b"%PDF-1.7\n",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff\xe0",
    ".jpeg": b"\xff\xd8\xff\xe0",
    ".gif": b"GIF89a",
    ".webp": b"RIFF\0\0\0\0WEBP",
    ".heic": b"\0\0\0\x18ftypheic",
    ".csv": b"a,b\n1,2\n",
    ".txt": "Zwölf".encode("utf-16"),
}


def fault_of(name: str, content: bytes) -> FaultCode | None:
    try:
        require_attachable(f"/evidence/{name}", name, lambda offset, count: content[offset : offset + count])
    except AuditDesktopError as fault:
        return fault.code
    return None


@pytest.mark.parametrize("suffix", KINDS)
def test_every_kind_of_the_list_can_be_attached(suffix: str) -> None:
    assert fault_of(f"Plan{suffix.upper()}", CONTENTS.get(suffix, ZIP)) is None


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tool.exe", b"MZ", FaultCode.ATTACHMENT_RUNS),
        ("invoice.pdf.exe", b"MZ", FaultCode.ATTACHMENT_RUNS),
        ("plan.pdf.lnk", b"L\0\0\0", FaultCode.ATTACHMENT_RUNS),
        ("page.html", b"<script>", FaultCode.ATTACHMENT_RUNS),
        ("picture.svg", b"<svg/>", FaultCode.ATTACHMENT_RUNS),
        ("plan.exe .", b"MZ", FaultCode.ATTACHMENT_RUNS),
        ("plan.docm", ZIP, FaultCode.ATTACHMENT_HAS_MACROS),
        ("plan.doc", b"\xd0\xcf\x11\xe0", FaultCode.ATTACHMENT_HAS_MACROS),
        ("plan.docx", ZIP + b"word/vbaProject.bin", FaultCode.ATTACHMENT_HAS_MACROS),
        ("plan.xlsx", ZIP + bytes(300_000) + b"xl/vbaProject.bin", FaultCode.ATTACHMENT_HAS_MACROS),
        ("plan.xlsx", ZIP.ljust(256 * 1024 - 5) + b"vbaProject.bin", FaultCode.ATTACHMENT_HAS_MACROS),
        ("plan.pdf", b"MZ\x90\0", FaultCode.ATTACHMENT_IS_OTHER_KIND),
        ("notes.txt", b"MZ\x90\0", FaultCode.ATTACHMENT_IS_OTHER_KIND),
        ("notes.txt", b"MZ at once", FaultCode.ATTACHMENT_IS_OTHER_KIND),
        ("notes.csv", b"#!/bin/sh\n", FaultCode.ATTACHMENT_IS_OTHER_KIND),
        ("photo.png", b"%PDF-1.7", FaultCode.ATTACHMENT_IS_OTHER_KIND),
        ("plan", b"%PDF-1.7", FaultCode.ATTACHMENT_KIND_UNKNOWN),
        ("plan.zip", ZIP, FaultCode.ATTACHMENT_KIND_UNKNOWN),
        ("planfdp.\u202eexe", b"MZ", FaultCode.ATTACHMENT_KIND_UNKNOWN),
    ],
)
def test_what_runs_or_pretends_is_refused(name: str, content: bytes, code: FaultCode) -> None:
    assert fault_of(name, content) is code


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Plan.PDF", "Plan.pdf"),
        ("../../etc/plan.pdf", "etc plan.pdf"),
        ("C:\\x\\plan.pdf", "C x plan.pdf"),
        ("CON.pdf", "File CON.pdf"),
        ("nul", "File nul"),
        (".pdf", "File.pdf"),
        ("", "File"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("x" * 300 + ".pdf", "x" * (LONGEST_BYTES - 4) + ".pdf"),
        ("plan.pdf. . ", "plan.pdf"),
        ("plan:ads.pdf", "plan ads.pdf"),
    ],
)
def test_a_hostile_name_becomes_one_that_shows_what_it_is(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", ["a.ß", "a.ſ", "a.e\u202exe", "a.", "a", "a.b c", "a." + "x" * 13])
def test_an_ending_is_letters_and_figures_alone(name: str) -> None:
    assert suffix_of(name) == ""
    assert not re.search("[\u202e]", safe_name(name))


def test_sizes_read_as_people_say_them() -> None:
    assert [file_size(size) for size in (0, 999, 1_000, 999_400, 999_600, 3_400_000)] == [
        "0 bytes", "999 bytes", "1 kB", "999 kB", "1.0 MB", "3.4 MB",
    ]  # fmt: skip
