"""What our own documents bring along besides their text: their framework, the exported answers, lines of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from audit_desktop.core.framework import FieldKind
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.word_import.document import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Field, Framework
    from audit_desktop.exchange.word_import.document import WordDocument
    from audit_desktop.exchange.word_import.framework_text import FrameworkText

FRAMEWORK_PROPERTY: Final = "AuditDesktopFramework"


def framework_named(document: WordDocument) -> str:
    """Return the framework that `document` says it was made from, as `id@version`, or an empty text."""
    named = document.property(FRAMEWORK_PROPERTY)
    if not named and document.snapshot is not None:
        named = f"{document.snapshot['framework']}@{document.snapshot['version']}"
    return named


def is_own(document: WordDocument, words: FrameworkText) -> bool:
    """Return whether `document` was exported by this program, even if another one has written it since."""
    return bool(framework_named(document)) or any(
        name in words.anchors.statement_of
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for name in cell.bookmarks
    )


def exported_answers(document: WordDocument, words: FrameworkText) -> dict[str, JsonValue] | None:
    """Return the hidden copy of the answers with values as the framework's fields hold them.

    `None` if the document has none, or has one of another framework.
    """
    snapshot = document.snapshot
    if snapshot is None or snapshot["framework"] != words.framework.id:
        return None
    base: dict[str, JsonValue] = {}
    for address, value in cast("dict[str, JsonValue]", snapshot["answers"]).items():
        field = words.addresses.field(address)
        if field is not None:
            typed = _typed(field, value)
            if typed is not None:
                base[address] = typed
    return base


def own_lines() -> re.Pattern[str]:
    """Return what our own documents say outside tables, made from the very functions that say it."""
    hole = "\x00"
    lines = (
        wording.made_with(*(hole,) * 5),
        wording.conflict_count(1),
        wording.conflict_count(2).replace("2", hole, 1),
        wording.profile([]) + hole,
        wording.ungraded(wording.NOT_YET_GRADED, hole),
        wording.ungraded(wording.NO_GRADE_ASKED, hole),
    )
    return re.compile("|".join(re.escape(line).replace(re.escape(hole), ".*") for line in lines))


def _typed(field: Field, value: JsonValue) -> JsonValue | None:
    """Return `value`, read out of XML as text, as `field` holds it; `None` if it cannot."""
    if field.kind is FieldKind.FLAG:
        return True if value == "true" else None
    if field.kind is FieldKind.NUMBER:
        if not isinstance(value, dict):
            return None
        typed = dict(cast("Mapping[str, JsonValue]", value))
        if "number" in typed:
            try:
                number = float(typed["number"])
            except (TypeError, ValueError, OverflowError):
                return None
            typed["number"] = int(number) if number.is_integer() else number
        return typed
    if field.kind is FieldKind.CHOICES:
        return cast("JsonValue", value) if isinstance(value, list) else None
    if field.kind is FieldKind.STATUS:
        return cast("JsonValue", value) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None


def overriding(line: str) -> tuple[str, str]:
    """Return the label of the status and the reason that `line` says somebody set; empty if it says nothing of that."""
    start, _, rest = wording.override_reason("\x00", "\x00", "").partition("\x00")
    joint = rest.partition("\x00")[0]
    if not line.startswith(start):
        return "", ""
    label, _, said = line.removeprefix(start).partition(joint)
    # The author's role stands in brackets before the colon.
    return label, said.partition("): ")[2]


def names_of_statuses(framework: Framework) -> list[str]:
    """Return what the statuses of a section are called; nothing where the framework names none."""
    if framework.scoring is None:
        return []
    return [level.label for level in framework.scale(framework.scoring.status_scale).levels]
