"""The full check of a framework file: every fault at once, each with a place that its author can find.

The only module that imports pydantic, which takes as long to load as half of Qt: import it where a file is to be
checked, never at the start.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import TypeAdapter, ValidationError

from audit_desktop.core import framework_rules as rules
from audit_desktop.core.errors import AuditDesktopError, FaultCode, ManyFaultsError
from audit_desktop.core.framework import FieldKind, Framework
from audit_desktop.core.framework_rules import Fault, Path, broken_rules, closest
from audit_desktop.core.strict_json import load_object

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FORMAT: Final = 1
MAX_BYTES: Final = 16 * 1024 * 1024

_JSON_TYPES: Final = {
    "string_type": "text",
    "int_type": "whole-number",
    "int_from_float": "whole-number",
    "bool_type": "true-or-false",
    "tuple_type": "list",
    "dataclass_type": "object",
}
_PATTERNS: Final = {
    ("Framework", "id"): rules.FRAMEWORK_ID,
    ("Framework", "version"): rules.VERSION,
    ("Framework", "language"): rules.LANGUAGE,
    ("Scale", "id"): rules.ID,
    ("Level", "id"): rules.ID,
    ("Level", "colour"): rules.COLOUR,
    ("Option", "id"): rules.ID,
    ("Field", "id"): rules.ID,
    ("Section", "id"): rules.ID,
    ("Statement", "id"): rules.ID,
    ("NumberAsked", "id"): rules.NUMBER_ID,
    ("GuidanceItem", "link"): "(?:(?:https://|mailto:).*)?",
    ("Condition", "more_than"): f"(?:{rules.SHARE})?",
}
_AT_LEAST: Final = {
    ("Framework", "scales"): 1,
    ("Framework", "sections"): 1,
    ("Fields", "statement"): 1,
    ("Scale", "levels"): 2,
    ("Section", "statements"): 1,
    ("ScoringRule", "outcomes"): 1,
    ("Condition", "levels"): 1,
    ("Layout", "columns"): 1,
}


@cache
def _adapter() -> TypeAdapter[Framework]:
    # Of everything that describes a class to pydantic, a dataclass comes closest to a record.
    for part in _parts(Framework):
        dataclass(init=False, repr=False, eq=False)(part)
    return TypeAdapter(Framework)


def check_framework(data: bytes, place: str) -> Framework:
    """Return the framework in `data`, a JSON file called `place`, once every rule holds.

    Raises `ManyFaultsError` with the code `FRAMEWORK_INVALID` and all faults in the order they stand in the file. A
    fault's `place` is a JSON place such as `sections[0].statements[3].text`; inside a statement, the detail
    `statement` is that statement's id. A file that is too large, no JSON object, or of a newer format has that one
    fault alone.
    """
    if len(data) > MAX_BYTES:
        too_large = AuditDesktopError(FaultCode.FRAMEWORK_TOO_LARGE, "", bytes=len(data), at_most_bytes=MAX_BYTES)
        raise ManyFaultsError(FaultCode.FRAMEWORK_INVALID, place, (too_large,))
    try:
        document = load_object(data, "")
    except AuditDesktopError as error:
        raise ManyFaultsError(FaultCode.FRAMEWORK_INVALID, place, (error,)) from None
    written_for = document.get("format")
    if type(written_for) is int and written_for > FORMAT:
        too_new = AuditDesktopError(FaultCode.FRAMEWORK_TOO_NEW, "format", found=written_for, known=FORMAT)
        raise ManyFaultsError(FaultCode.FRAMEWORK_INVALID, place, (too_new,))
    faults = broken_rules(document)
    framework: Framework | None = None
    if isinstance(document.get("$schema", ""), str):
        document.pop("$schema", None)
    try:
        framework = _adapter().validate_json(json.dumps(document))
    except ValidationError as error:
        faults += _type_faults(error.errors(include_url=False, include_context=True), document)
    if faults or framework is None:
        raise ManyFaultsError(FaultCode.FRAMEWORK_INVALID, place, _in_file_order(faults, document))
    return framework


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of framework files, for the editors of those who write one.

    It says what a schema can say; `check_framework` knows the rules between parts besides.
    """
    schema = _adapter().json_schema()
    schema["properties"] = {
        "$schema": {"type": "string", "description": "Where this schema is, for the author's editor."},
        **schema["properties"],
    }
    definitions: dict[str, dict[str, Any]] = {"Framework": schema, **schema["$defs"]}
    for (name, key), pattern in _PATTERNS.items():
        definitions[name]["properties"][key]["pattern"] = f"^{pattern}$"
    for (name, key), least in _AT_LEAST.items():
        definitions[name]["properties"][key]["minItems"] = least
    definitions["FieldKind"]["enum"].remove(FieldKind.STATUS.value)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _type_faults(errors: list[ErrorDetails], document: dict[str, Any]) -> list[Fault]:
    faults = [_type_fault(error, _path_in(document, error["loc"]), document) for error in errors]
    # A misspelt key is one slip, not two: what it was meant to be is not reported as missing besides.
    meant = {(*fault.path[:-1], fault.details["suggestion"]) for fault in faults if fault.code is FaultCode.KEY_UNKNOWN}
    return [fault for fault in faults if not (fault.code is FaultCode.KEY_MISSING and fault.path in meant)]


def _type_fault(error: ErrorDetails, path: Path, document: dict[str, Any]) -> Fault:
    key = path[-1] if path else ""
    match error["type"]:
        case "missing":
            return Fault(path, FaultCode.KEY_MISSING, {"key": key})
        case "unexpected_keyword_argument":
            present = _value_at(document, path[:-1])
            suggestion = closest(str(key), (name for name in _keys_at(path[:-1]) if name not in present))
            return Fault(path, FaultCode.KEY_UNKNOWN, {"key": key, "suggestion": suggestion})
        case "enum" | "literal_error":
            allowed = _allowed(error)
            suggestion = closest(str(error["input"]), allowed)
            details: dict[str, object] = {"allowed": allowed, "found": _shown(error["input"]), "suggestion": suggestion}
            return Fault(path, FaultCode.NOT_ONE_OF, details)
        case other:
            expected = _JSON_TYPES.get(other, other)
            return Fault(path, FaultCode.JSON_TYPE_WRONG, {"expected": expected, "found": _shown(error["input"])})


def _allowed(error: ErrorDetails) -> tuple[str, ...]:
    expected = str(error.get("ctx", {}).get("expected", ""))
    words = (word.strip("' ") for word in expected.replace(" or ", ", ").split(","))
    return tuple(word for word in words if word and word != FieldKind.STATUS)


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _path_in(document: dict[str, Any], location: tuple[str | int, ...]) -> Path:
    """Return `location` without what is no key of the file: pydantic tags a value that may be of two types."""
    path: list[str | int] = []
    value: Any = document
    for index, step in enumerate(location):
        if isinstance(value, dict) and step in value:
            value = cast("dict[str, Any]", value)[cast("str", step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(cast("list[Any]", value)):
            value = cast("list[Any]", value)[step]
        elif index < len(location) - 1 or not isinstance(value, dict):
            continue
        path.append(step)
    return tuple(path)


def _value_at(document: dict[str, Any], path: Path) -> Any:
    value: Any = document
    for step in path:
        value = value[step]
    return value


def _parts(whole: Any) -> set[Any]:
    """Return `whole` and the parts of it, and theirs."""
    return {whole}.union(*(_parts(part) for part in whole.NESTED.values()))


def _keys_at(path: Path) -> tuple[str, ...]:
    """Return the keys that the object at `path` may have."""
    part: Any = Framework
    for step in path:
        if isinstance(step, str):
            part = part.NESTED.get(step)
            if part is None:
                return ()
    return part.__match_args__


def _in_file_order(faults: list[Fault], document: dict[str, Any]) -> tuple[AuditDesktopError, ...]:
    order = _positions(document)

    def position(fault: Fault) -> tuple[int, int]:
        # A missing key stands nowhere: it is reported right after the object that lacks it begins.
        path = fault.path
        while path not in order:
            path = path[:-1]
        return order[path], len(fault.path)

    return tuple(
        AuditDesktopError(fault.code, _as_text(fault.path), **_details(fault, document))
        for fault in sorted(faults, key=position)
    )


def _positions(document: dict[str, Any]) -> dict[Path, int]:
    order: dict[Path, int] = {}

    def visit(value: object, path: Path) -> None:
        order[path] = len(order)
        if isinstance(value, dict):
            for key, item in cast("dict[str, Any]", value).items():
                visit(item, (*path, key))
        elif isinstance(value, list):
            for index, item in enumerate(cast("list[Any]", value)):
                visit(item, (*path, index))

    visit(document, ())
    return order


def _details(fault: Fault, document: dict[str, Any]) -> dict[str, object]:
    details = dict(fault.details)
    first = details.get("first")
    if isinstance(first, tuple):
        details["first"] = _as_text(cast("Path", first))
    match fault.path:
        case ("sections", int(section), "statements", int(statement), *_):
            own_id = document["sections"][section]["statements"][statement]
            own_id = cast("dict[str, Any]", own_id).get("id") if isinstance(own_id, dict) else None
            if isinstance(own_id, str):
                details["statement"] = own_id
        case _:
            pass
    return details


def _as_text(path: Path) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
