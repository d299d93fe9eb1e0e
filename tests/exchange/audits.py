"""The shipped frameworks, filled in, and what comes out when they are exported."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit_desktop.core import common_fields
from audit_desktop.core.answers import normalise
from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Author, Edit, JsonValue, Role
from audit_desktop.core.framework import Field, FieldKind, Framework
from audit_desktop.exchange.exporters import export_audit
from tests.builders import SCHOOL, VISITOR, at

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "resources" / "word" / "template.docx"
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
RAG = "attendance-standards-rag"
NORFOLK = "norfolk-attendance-self-assessment"
BOTH = (RAG, NORFOLK)


def shipped(framework_id: str) -> Audit:
    """Return an empty audit of a shipped framework."""
    source = (ROOT / "frameworks" / framework_id / "1.0.0.json").read_bytes()
    return Audit.new("audit-1", Framework.build(json.loads(source)), source)


def answer(audit: Audit, address: str, value: JsonValue, by: Author | None = None) -> None:
    """Answer `address`, as its owner would."""
    field = audit.state.addresses.field(address)
    assert field is not None, address
    by = by or (VISITOR if field.owner == "visitor" else SCHOOL)
    stored = normalise(audit.framework, field, value, address)
    audit.record(audit.state.make_edit(address, stored, at=at(0), author=by, sitting="sitting-1"))


def disagree(audit: Audit, address: str, *values: JsonValue) -> None:
    """Answer `address` once by each of several people who do not know of each other."""
    field = audit.state.addresses.field(address)
    assert field is not None, address
    role = Role.VISITOR if field.owner == "visitor" else Role.SCHOOL
    for number, value in enumerate(values, start=1):
        stored = normalise(audit.framework, field, value, address)
        audit.record(
            Edit.make(
                address, stored, replaces=(), at=at(0), author=Author(f"Person {number}", role), sitting=f"s-{number}"
            )
        )


def with_everything(framework_id: str) -> tuple[Audit, dict[str, str]]:
    """Return an audit in which every address is answered, and the word that each answer in words consists of."""
    audit = shipped(framework_id)
    words: dict[str, str] = {}
    for number, (address, field) in enumerate(every_address(audit)):
        if field.id == common_fields.DELETED.id:
            continue
        word = f"w{number:04}q"
        answer(audit, address, some_value(audit.framework, field, word))
        if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.STATUS) or field.period:
            words[address] = word
    return audit, words


def every_address(audit: Audit) -> Iterator[tuple[str, Field]]:
    """Yield every address there can be, with one item in each list."""
    addresses = audit.state.addresses
    yield from addresses.all_fixed()
    for statement in addresses.statements:
        for field in common_fields.STATEMENT_FIELDS:
            yield f"statement/{statement}/{field.id}", field
    for list_name in common_fields.LISTS:
        for field in addresses.list_fields(list_name):
            yield f"{list_name}/item-1/{field.id}", field


def some_value(framework: Framework, field: Field, word: str) -> JsonValue:
    """Return an answer that `field` can hold; one in words consists of `word`."""
    match field.kind:
        case FieldKind.RATING:
            return framework.scale(field.scale).levels[-1].id
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return word
        case FieldKind.NUMBER:
            return {"number": 1234, "period": word} if field.period else {"number": 1234}
        case FieldKind.DATE:
            return "2026-09-03"
        case FieldKind.CHOICE:
            return field.options[-1].id
        case FieldKind.CHOICES:
            return [field.options[0].id, field.options[-1].id]
        case FieldKind.FLAG:
            return True
        case FieldKind.STATUS:
            return {"status": framework.scale(field.scale).levels[0].id, "reason": word}


def exported(audit: Audit) -> bytes:
    """Return `audit` as a Word document."""
    return export_audit(audit, "word", template=TEMPLATE, now=NOW)


def awkward_texts() -> dict[str, str]:
    """Return texts that have broken other people's documents."""
    return {
        "markup": "<w:t>&amp; \"quotes\" 'apostrophes' ]]> &#x0;",
        "emoji": "🎓👩‍🏫 well done",
        "right-to-left": "مدرسة النور בית ספר",
        "lines": "first\n\nthird\twith a tab\r\nfourth\vfifth\u2028sixth",
        "forbidden": "a\x00b\x08c\x1fd\ufffee\uffff\ud800f",
        "spaces": "  two before and two after  ",
        "long": "All work and no play. " * 950,
    }


def json_of(data: bytes) -> dict[str, Any]:
    """Return the object that a JSON export holds."""
    return json.loads(data)
