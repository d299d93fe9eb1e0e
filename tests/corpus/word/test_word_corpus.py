"""Real documents of many programs, whole and damaged: each is read or refused for its known reason, at little cost.

The files are other people's and no part of this project. `fetch.py` puts them into a folder, which the variable
`AUDIT_DESKTOP_WORD_CORPUS` names.
"""

from __future__ import annotations

import json
import os
import time
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from audit_desktop.core.errors import AuditDesktopError
from audit_desktop.exchange.word_import import limits
from audit_desktop.exchange.word_import.answers_from_word import answers_from_word
from audit_desktop.exchange.word_import.document import WordDocument
from audit_desktop.exchange.word_import.reader import read_word
from audit_desktop.exchange.word_import.sandbox import read_word_apart
from audit_desktop.exchange.word_import.zip_parts import ZipParts
from tests.exchange.word_import.documents import shipped, zip_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = os.environ.get("AUDIT_DESKTOP_WORD_CORPUS", "")
MANIFEST: dict[str, Any] = json.loads(Path(__file__).with_name("manifest.json").read_bytes())
FILES: list[dict[str, Any]] = MANIFEST["files"]
SEED = int(os.environ.get("AUDIT_DESKTOP_WORD_CORPUS_SEED", "0")) or int.from_bytes(os.urandom(4))
"""Where the chance of the damage begins: fresh in every run, and shown by every failure."""
PROCESSOR_SECONDS = 5
"""What the slowest file may cost; it takes a fifth of a second. A hang takes for ever."""

FRAMEWORK = shipped("attendance-standards-rag")
PERMISSIVE = {"MIT", "Apache-2.0", "BSD-2-Clause"}
each_file = pytest.mark.parametrize(
    "file", FILES if FOLDER else (), ids=lambda file: f"{file['archive']}:{Path(file['path']).name}"
)


def test_every_file_comes_from_a_permissively_licensed_package():
    assert {MANIFEST["archives"][file["archive"]]["licence"] for file in FILES} <= PERMISSIVE


def test_no_file_is_listed_twice():
    assert len({file["sha256"] for file in FILES}) == len(FILES) >= 300


def content(file: dict[str, Any]) -> bytes:
    data = Path(FOLDER, file["sha256"]).read_bytes()
    assert sha256(data).hexdigest() == file["sha256"]
    return data


@each_file
def test_a_file_is_read_or_refused_as_expected(file: dict[str, Any]):
    began = time.process_time()
    document, result = outcome(content(file))
    assert result == file["expected"]
    if document is not None:
        assert WordDocument.from_json(json.loads(json.dumps(document.to_json()))) == document
    assert time.process_time() - began < PROCESSOR_SECONDS


@each_file
def test_a_damaged_file_is_read_or_refused(file: dict[str, Any]):
    for name, data in damaged(content(file), Random(f"{SEED} {file['sha256']}")):
        began = time.process_time()
        try:
            outcome(data)
        except Exception as error:
            raise AssertionError(f"{name}; AUDIT_DESKTOP_WORD_CORPUS_SEED={SEED}") from error
        assert time.process_time() - began < PROCESSOR_SECONDS, f"{name}; AUDIT_DESKTOP_WORD_CORPUS_SEED={SEED}"


def outcome(data: bytes) -> tuple[WordDocument | None, str]:
    """Return the document that `data` holds and "read", or nothing and the reason of the refusal."""
    try:
        document = read_word(data, "form.docx")
    except AuditDesktopError as fault:
        return None, fault.code.value
    assert sum(len(table.rows) for table in document.tables()) <= limits.MOST_ROWS
    answers_from_word(document, FRAMEWORK)
    return document, "read"


def damaged(data: bytes, random: Random) -> Iterator[tuple[str, bytes]]:
    """Yield what may become of a file on its way, each with the name of the damage."""
    flipped = bytearray(data)
    for _ in range(random.randint(1, 12)):
        flipped[random.randrange(len(data))] ^= 1 << random.randrange(8)
    yield "bits flipped", bytes(flipped)
    yield "the end missing", data[: random.randrange(len(data))]
    start, end = sorted((random.randrange(len(data)), random.randrange(len(data))))
    yield "a piece missing", data[:start] + data[end:]
    try:
        archive = ZipParts(data, "form.docx")
        parts = {name: archive.read(name) for name in archive.names() if not name.endswith("/")}
    except AuditDesktopError:
        return
    gone = random.choice(sorted(parts))
    yield f"without {gone}", zip_of({name: part for name, part in parts.items() if name != gone})
    changed = random.choice([name for name in sorted(parts) if name.endswith((".xml", ".rels"))] or [gone])
    text = bytearray(parts[changed])
    for _ in range(min(len(text), random.randint(1, 20))):
        text[random.randrange(len(text))] = random.randrange(256)
    yield f"other bytes within {changed}", zip_of({**parts, changed: bytes(text)})
    beginning, ending = sorted((random.randrange(len(text) + 1), random.randrange(len(text) + 1)))
    yield f"text missing from {changed}", zip_of({**parts, changed: bytes(text[:beginning] + text[ending:])})


@pytest.mark.skipif(not FOLDER, reason="AUDIT_DESKTOP_WORD_CORPUS names no folder of files")
def test_files_of_every_result_come_out_of_the_reading_process_alike():
    for expected in sorted({file["expected"] for file in FILES}):
        file = next(file for file in FILES if file["expected"] == expected)
        try:
            read_word_apart(content(file), "form.docx")
            result = "read"
        except AuditDesktopError as fault:
            result = fault.code.value
        assert result == expected
