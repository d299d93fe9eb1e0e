"""Real documents of many programs: each is read or refused for its known reason, in little time and memory.

The files are other people's and no part of this project. `collect.py` puts them into a folder; the variable
`AUDIT_DESKTOP_WORD_CORPUS` names it.
"""

from __future__ import annotations

import json
import os
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.exchange.word_import import limits
from audit_desktop.exchange.word_import.answers_from_word import answers_from_word
from audit_desktop.exchange.word_import.document import WordDocument
from audit_desktop.exchange.word_import.reader import read_word
from audit_desktop.exchange.word_import.sandbox import read_word_apart
from tests.exchange.word_import.documents import shipped

FOLDER = os.environ.get("AUDIT_DESKTOP_WORD_CORPUS", "")
MANIFEST: dict[str, Any] = json.loads(Path(__file__).with_name("manifest.json").read_bytes())
FILES: list[dict[str, Any]] = MANIFEST["files"]
PROCESSOR_SECONDS = 5
"""What the slowest file may cost; it takes a fifth of a second. A hang takes for ever."""

with_corpus = pytest.mark.skipif(not FOLDER, reason="AUDIT_DESKTOP_WORD_CORPUS names no folder of files")
PERMISSIVE = {"MIT", "Apache-2.0", "BSD-2-Clause"}


def test_every_file_comes_from_a_permissively_licensed_source():
    assert {MANIFEST["sources"][file["source"]]["licence"] for file in FILES} <= PERMISSIVE


def test_no_file_is_listed_twice():
    assert len({file["sha256"] for file in FILES}) == len(FILES) >= 300


def content(file: dict[str, Any]) -> bytes:
    data = Path(FOLDER, file["sha256"]).read_bytes()
    assert sha256(data).hexdigest() == file["sha256"]
    return data


@pytest.mark.parametrize(
    "file", FILES if FOLDER else (), ids=lambda file: f"{file['source']}:{Path(file['path']).name}"
)
def test_a_file_is_read_or_refused_as_expected(file: dict[str, Any]):
    began = time.process_time()
    try:
        document = read_word(content(file), "form.docx")
        result = "read"
    except AuditDesktopError as fault:
        document, result = None, fault.code.value
    assert result == file["expected"]
    if document is not None:
        assert WordDocument.from_json(json.loads(json.dumps(document.to_json()))) == document
        assert sum(len(table.rows) for table in document.tables()) <= limits.MOST_ROWS
        answers_from_word(document, shipped("attendance-standards-rag"))
    assert time.process_time() - began < PROCESSOR_SECONDS


@with_corpus
def test_files_of_every_result_come_out_of_the_reading_process_alike():
    for expected in sorted({file["expected"] for file in FILES}):
        file = next(file for file in FILES if file["expected"] == expected)
        try:
            read_word_apart(content(file), "form.docx")
            result = "read"
        except AuditDesktopError as fault:
            result = fault.code.value
        assert result == expected
