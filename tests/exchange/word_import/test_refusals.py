"""Files that are refused, each with a reason and before it can do harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.word_import import limits
from audit_desktop.exchange.word_import.reader import read_word
from tests.exchange.word_import.documents import (
    document_xml,
    paragraphs,
    relations_xml,
    row,
    table,
    word_file,
    zip_of,
)


def refusal(data: bytes) -> FaultCode:
    with pytest.raises(AuditDesktopError) as caught:
        read_word(data, "form.docx")
    assert caught.value.place == "form.docx"
    return caught.value.code


def test_an_empty_file_is_refused_as_empty():
    assert refusal(b"") is FaultCode.FILE_EMPTY


def test_a_protected_or_old_document_is_refused_as_such():
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)) is FaultCode.WORD_PROTECTED_OR_OLD


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"{\\rtf1}", b"plain text", b"\x89PNG"])
def test_a_file_of_another_kind_is_no_document(data: bytes):
    assert refusal(data) is FaultCode.WORD_NOT_A_DOCUMENT


@pytest.mark.parametrize(
    "parts",
    [
        {"mimetype": "application/vnd.oasis.opendocument.text"},
        {"_rels/.rels": relations_xml([])},
        {
            "_rels/.rels": relations_xml(
                [
                    (
                        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
                        "xl/workbook.xml",
                    )
                ]
            ),
            "xl/workbook.xml": "<workbook/>",
        },
    ],
)
def test_a_zip_file_that_is_no_word_document_is_no_document(parts: dict[str, str]):
    assert refusal(zip_of(parts)) is FaultCode.WORD_NOT_A_DOCUMENT


def test_a_file_cut_off_is_damaged():
    data = word_file(paragraphs("text"))
    assert refusal(data[: len(data) // 2]) is FaultCode.WORD_DAMAGED


def test_a_part_that_is_no_xml_is_damaged():
    assert refusal(word_file("<w:p>")) is FaultCode.WORD_DAMAGED


def test_a_part_with_another_checksum_is_damaged():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_rels/.rels", relations_xml([]))
    assert refusal(buffer.getvalue().replace(b"Relationship ", b"relationship ", 1).replace(b"?xml", b"?xmm", 1)) is (
        FaultCode.WORD_DAMAGED
    )


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        "<!DOCTYPE x>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(prolog: str, encoding: str):
    xml = document_xml(paragraphs("text")).replace('encoding="UTF-8"?>', f'encoding="{encoding}"?>{prolog}')
    data = word_file("", parts={"word/document.xml": xml.encode(encoding)})
    assert refusal(data) is FaultCode.WORD_HAS_DOCTYPE


def test_a_document_type_in_the_comments_is_refused_too():
    data = word_file(
        paragraphs("text"),
        parts={"word/comments.xml": "<!DOCTYPE x><comments/>"},
        relations=[("comments", "comments.xml")],
    )
    assert refusal(data) is FaultCode.WORD_HAS_DOCTYPE


def test_a_file_larger_than_any_form_is_too_large():
    assert refusal(b"PK" + bytes(limits.LARGEST_FILE)) is FaultCode.WORD_TOO_LARGE


def test_more_entries_than_any_form_has_are_too_many():
    assert refusal(zip_of({f"part{number}": "" for number in range(1_001)})) is FaultCode.WORD_TOO_LARGE


def test_an_entry_that_unpacks_to_far_more_than_it_packs_is_a_bomb():
    assert refusal(word_file("", parts={"word/media/x.bin": bytes(11 * limits.MIB)})) is FaultCode.WORD_TOO_LARGE


def test_a_part_larger_than_is_ever_read_is_too_large(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "LARGEST_PART", 1_000)
    assert refusal(word_file(paragraphs("x" * 1_000))) is FaultCode.WORD_TOO_LARGE


def test_a_container_that_announces_more_than_any_form_unpacks_to_is_too_large(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 1_000)
    assert refusal(word_file(paragraphs("x" * 1_000))) is FaultCode.WORD_TOO_LARGE


@pytest.mark.parametrize(
    ("limit", "body"),
    [
        ("MOST_TABLES", table(row("a")) * 3),
        ("MOST_ROWS", table(row("a"), row("b"), row("c"))),
        ("MOST_PARAGRAPHS", paragraphs("a\nb\nc")),
    ],
)
def test_more_of_anything_than_any_form_has_is_too_large(limit: str, body: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, limit, 2)
    assert refusal(word_file(body)) is FaultCode.WORD_TOO_LARGE


def test_elements_nested_deeper_than_any_program_writes_are_damaged():
    assert refusal(word_file("<w:p>" * 5_000 + "</w:p>" * 5_000)) is FaultCode.WORD_DAMAGED


def with_second_entry(name: str, *, flags: int = 0, size: int | None = None) -> bytes:
    """Return a container of two entries, the second of which the directory describes as told."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr("second.part", b"12345678")
    data = bytearray(buffer.getvalue())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 8 : entry + 10] = flags.to_bytes(2, "little")
    if size is not None:
        data[entry + 20 : entry + 24] = size.to_bytes(4, "little")
        data[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    end = data.rindex(b"PK\x05\x06")
    length = int.from_bytes(data[end + 12 : end + 16], "little")
    encoded = name.encode()
    data[entry + 28 : entry + 30] = len(encoded).to_bytes(2, "little")
    data[entry + 46 : entry + 46 + len("second.part")] = encoded
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = (length + len(encoded) - len("second.part")).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize("name", ["../second.part", "word\\..\\x.xml", "Word/Document.XML", "word\\document.xml"])
def test_names_that_lead_elsewhere_or_stand_twice_are_refused(name: str):
    assert refusal(with_second_entry(name)) is FaultCode.WORD_DAMAGED


def test_an_encrypted_entry_is_refused_as_protected():
    assert refusal(with_second_entry("second.part", flags=1)) is FaultCode.WORD_PROTECTED_OR_OLD


@pytest.mark.parametrize("size", [500, 2**31])
def test_an_entry_that_reaches_outside_the_file_or_into_another_is_refused(size: int):
    assert refusal(with_second_entry("second.part", size=size)) in (FaultCode.WORD_DAMAGED, FaultCode.WORD_TOO_LARGE)


def test_entries_that_overlap_are_refused():
    data = bytearray(word_file(paragraphs("text")))
    first, last = data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02")
    data[last + 42 : last + 46] = data[first + 42 : first + 46]
    data[last + 20 : last + 28] = data[first + 20 : first + 28]
    assert refusal(bytes(data)) is FaultCode.WORD_DAMAGED
