"""The hidden copy of the exported answers, as our own documents carry it: read back as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audit_desktop.exchange.word.snapshot import NAMESPACE, SCHEMA

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.marks import XmlElement

_OWN: Final = f"{{{NAMESPACE}}}"
_MOST_ANSWERS: Final = 100_000


def read_snapshot(root: XmlElement) -> dict[str, JsonValue] | None:
    """Return what the custom XML part `root` holds, or `None` if it is somebody else's or of a later schema.

    The keys are `framework`, `version` and `answers`, an object of addresses and values. Numbers and yes-or-no are
    still text there: what an address holds is known to the framework alone. Answers in conflict are left out.
    """
    if root.tag != f"{_OWN}answers" or root.get("schema", "") != str(SCHEMA):
        return None
    answers: dict[str, JsonValue] = {}
    for element in root.iterfind(f"{_OWN}answer"):
        if len(answers) >= _MOST_ANSWERS:
            break
        answers[element.get("address", "")] = _value(element)
    return {"framework": root.get("framework", ""), "version": root.get("version", ""), "answers": answers}


def _value(element: XmlElement) -> JsonValue:
    names = [inner.tag.removeprefix(_OWN) for inner in element]
    if not names:
        return element.text or ""
    if set(names) == {"item"}:
        return [inner.text or "" for inner in element]
    return {name: inner.text or "" for name, inner in zip(names, element, strict=True)}
