"""Damaged documents: whatever the damage, one kind of exception, in little time."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.exchange.word_import.answers_from_word import answers_from_word
from audit_desktop.exchange.word_import.reader import read_word
from audit_desktop.exchange.word_import.zip_parts import ZipParts
from tests.exchange import audits
from tests.exchange.word_import.documents import cell, row, run, table, word_file, zip_of


@cache
def sample(framework_id: str) -> bytes:
    return audits.exported(audits.with_everything(framework_id)[0])


@cache
def framework(framework_id: str):
    return audits.shipped(framework_id).framework


def is_read_or_refused(data: bytes, framework_id: str) -> None:
    try:
        answers_from_word(read_word(data, "form.docx"), framework(framework_id))
    except AuditDesktopError:
        return


samples = st.sampled_from(audits.BOTH)


@given(samples, st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), min_size=1, max_size=12))
@settings(max_examples=80)
def test_flipped_bits_are_read_or_refused(framework_id: str, flips: list[tuple[float, int]]):
    data = bytearray(sample(framework_id))
    for place, bit in flips:
        data[int(place * len(data))] ^= 1 << bit
    is_read_or_refused(bytes(data), framework_id)


@given(samples, st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=40)
def test_a_piece_cut_out_is_read_or_refused(framework_id: str, start: float, end: float):
    data = sample(framework_id)
    first, last = sorted((int(start * len(data)), int(end * len(data))))
    is_read_or_refused(data[:first] + data[last:], framework_id)


@given(samples, st.data())
@settings(max_examples=30)
def test_a_document_without_some_of_its_parts_is_read_or_refused(framework_id: str, data: st.DataObject):
    parts = ZipParts(sample(framework_id), "form.docx")
    gone = data.draw(st.sets(st.sampled_from(parts.names()), min_size=1))
    is_read_or_refused(zip_of({name: parts.read(name) for name in parts.names() if name not in gone}), framework_id)


@given(samples, st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=40)
def test_another_byte_within_the_text_is_read_or_refused(framework_id: str, changes: list[tuple[float, int]]):
    parts = ZipParts(sample(framework_id), "form.docx")
    main = bytearray(parts.read("word/document.xml"))
    for place, value in changes:
        main[int(place * len(main))] = value
    everything = {name: parts.read(name) for name in parts.names()}
    is_read_or_refused(zip_of({**everything, "word/document.xml": bytes(main)}), framework_id)


@given(st.binary(max_size=300), st.booleans())
def test_bytes_that_are_no_document_are_refused(data: bytes, like_a_zip: bool):
    is_read_or_refused(b"PK\x03\x04" + data if like_a_zip else data, audits.RAG)


ELEMENTS = (
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "sdt",
    "sdtContent",
    "sdtPr",
    "ins",
    "del",
    "moveTo",
    "fldChar",
    "ffData",
    "ddList",
    "tcPr",
    "gridSpan",
    "bookmarkStart",
)


@given(
    st.recursive(
        st.sampled_from(
            [run("1.1 text"), run("X"), '<w:gridSpan w:val="-1"/>', '<w:gridSpan w:val="99999999999"/>', "x"]
        ),
        lambda inner: st.builds(
            lambda name, within: f"<w:{name}>{''.join(within)}</w:{name}>",
            st.sampled_from(ELEMENTS),
            st.lists(inner, max_size=4),
        ),
        max_leaves=30,
    )
)
def test_elements_in_places_where_no_program_puts_them_are_read(body: str):
    is_read_or_refused(word_file(body + table(row(cell("1.1"), body))), audits.RAG)


def test_a_grid_of_absurd_width_costs_nothing():
    is_read_or_refused(word_file(table(row(cell("1.1 x", span=999_999_999), "X"))), audits.RAG)
