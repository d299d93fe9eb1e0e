"""Reads an exported document back, as somebody who was handed it would, and compares it with the audit."""

from __future__ import annotations

import csv
import json
import zipfile
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit_desktop.core.audit import Audit
    from audit_desktop.exchange.exporters import ExportKind


def read_back(data: bytes, kind: ExportKind, audit: Audit, school: str) -> None:
    """Raise `ValueError`, with what is missing, unless the document in `data` says what `audit` of `school` says.

    A Word document is read by the import, in a process of its own, and must bring back every answer. A PDF is only
    looked at from outside: its text is compressed glyphs, and the writer counts its own pages.
    """
    match kind:
        case "word":
            _word(data, audit)
        case "json":
            if json.loads(data)["answers"] != dict(audit.state.answers()):
                raise ValueError("other answers")
        case "html":
            _all_in(data.decode("utf-8"), audit, school)
        case "csv":
            rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
            _all_in("\n".join(cell for row in rows for cell in row), audit, school)
        case "xlsx":
            with zipfile.ZipFile(BytesIO(data)) as book:
                if book.testzip() is not None:
                    raise ValueError("a damaged part")
                _all_in("".join(book.read(name).decode("utf-8") for name in book.namelist()), audit, school)
        case "pdf":
            if not data.startswith(b"%PDF-1.") or b"%%EOF" not in data[-64:]:
                raise ValueError("no whole PDF")


def _word(data: bytes, audit: Audit) -> None:
    from audit_desktop.exchange.word_import.answers_from_word import answers_from_word, framework_of
    from audit_desktop.exchange.word_import.import_plan import same_answer
    from audit_desktop.exchange.word_import.sandbox import read_word_apart

    place = "self-test.docx"
    document = read_word_apart(data, place)
    framework = framework_of(document, [audit.framework], place)
    held = dict(audit.state.answers())
    said = answers_from_word(document, framework, held).answers
    missing = [address for address, value in held.items() if not same_answer(said.get(address), value)]
    if missing:
        raise ValueError(f"lost on the way: {', '.join(missing[:5])}")


def _all_in(text: str, audit: Audit, school: str) -> None:
    """Look for the school and for the printed reference of every statement that has an answer."""
    answered = {address.split("/")[1] for address, _ in audit.state.answers() if address.startswith("statement/")}
    statements = [statement for section in audit.framework.sections for statement in section.statements]
    references = [statement.reference for statement in statements if statement.id in answered]
    missing = [wanted for wanted in (school, *references) if wanted not in text]
    if missing:
        raise ValueError(f"not in the document: {', '.join(missing[:5])}")
