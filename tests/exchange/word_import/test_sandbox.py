"""The process that reads: what comes back from it, and what becomes of it when it misbehaves."""

from __future__ import annotations

import subprocess
import sys

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.word_import import limits, sandbox
from audit_desktop.exchange.word_import.reader import read_word
from audit_desktop.exchange.word_import.sandbox import ReadingProcess, child_command, read_word_apart
from tests.exchange.word_import.documents import drop_down, paragraphs, row, table, word_file, zip_of

FORM = word_file(paragraphs("Café 🎓") + table(row("a", drop_down("Embedding", tag="ad1:1.1:rating"))))


def fault(data: bytes, *script: str, seconds: float = 20) -> AuditDesktopError:
    command = [sys.executable, "-c", *script] if script else None
    with pytest.raises(AuditDesktopError) as caught:
        read_word_apart(data, "form.docx", seconds=seconds, command=command)
    return caught.value


def test_a_document_comes_back_as_if_it_had_been_read_here():
    assert read_word_apart(FORM, "form.docx") == read_word(FORM, "form.docx")


def test_a_process_that_waits_reads_its_document_and_no_second_one():
    with ReadingProcess() as process:
        assert process.read(FORM, "form.docx") == read_word(FORM, "form.docx")
        with pytest.raises(AuditDesktopError) as caught:
            process.read(FORM, "form.docx")
    assert caught.value.code is FaultCode.WORD_READING_STOPPED


def test_a_process_that_waits_for_nothing_can_be_ended():
    process = ReadingProcess()
    process.end()
    with pytest.raises(AuditDesktopError) as caught:
        process.read(FORM, "form.docx")
    assert caught.value.code is FaultCode.WORD_READING_STOPPED


def test_a_refusal_comes_back_with_its_reason_and_the_files_name():
    error = fault(b"%PDF-1.7")
    assert (error.code, error.place) == (FaultCode.WORD_NOT_A_DOCUMENT, "form.docx")


def test_a_file_that_is_too_large_is_not_even_handed_over():
    assert fault(bytes(limits.LARGEST_FILE + 1), "").code is FaultCode.WORD_TOO_LARGE


def test_a_process_that_takes_too_long_is_stopped():
    error = fault(FORM, "import time; time.sleep(60)", seconds=0.2)
    assert (error.code, error.details) == (FaultCode.WORD_READING_STOPPED, {"reason": "time"})


@pytest.mark.parametrize(
    "script",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "print('no JSON')",
        "print('[]')",
        "print('{\"document\": 1}')",
        'print(\'{"document": {"blocks": [[1]]}}\')',
        'print(\'{"fault": "unheard-of"}\')',
        "",
    ],
)
def test_a_process_that_ends_otherwise_than_it_should_is_one_plain_fault(script: str):
    error = fault(FORM, script)
    assert (error.code, error.details) == (FaultCode.WORD_READING_STOPPED, {"reason": "crash"})


def test_a_program_that_cannot_be_started_is_the_same_fault(tmp_path):
    with pytest.raises(AuditDesktopError) as caught:
        read_word_apart(FORM, "form.docx", command=[str(tmp_path / "nothing")])
    assert caught.value.code is FaultCode.WORD_READING_STOPPED


def test_a_frozen_program_starts_itself_with_a_hidden_option(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox.sys, "frozen", True, raising=False)
    assert child_command() == [sys.executable, "--read-word"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the system does not bound a process's memory")
def test_a_process_that_takes_the_machines_memory_is_ended():
    hungry = (
        "from audit_desktop.exchange.word_import import child, reader; "
        "reader.read_word = lambda data, place: bytes(2 * 1024 ** 3); child.main()"
    )
    error = fault(FORM, hungry)
    assert (error.code, error.details["what"]) == (FaultCode.WORD_TOO_LARGE, "memory")


def test_the_process_imports_neither_qt_nor_what_validates_nor_what_makes_dataclasses():
    *python, program = child_command()
    loaded = "any(name in sys.modules for name in ('PySide6', 'pydantic', 'docx', 'dataclasses'))"
    script = program.replace("sys.exit(main())", f"main(); sys.exit({loaded})")
    assert script != program
    done = subprocess.run([*python, script], input=FORM, capture_output=True, check=False)
    assert done.returncode == 0


def test_an_archive_that_is_no_document_is_told_apart_from_a_damaged_one():
    assert fault(zip_of({"a": "b"})).code is FaultCode.WORD_NOT_A_DOCUMENT
