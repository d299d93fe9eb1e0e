"""JSON reading that refuses what the standard reader lets through, and places every refusal."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, cast

from audit_desktop.core.errors import AuditDesktopError, FaultCode

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_DEPTH: Final = 32
"""How deep lists and objects may nest."""
MAX_DIGITS: Final = 18
"""How long a whole number may be; 64 bits hold all of them."""

_BOM: Final = b"\xef\xbb\xbf"
_CONTAINERS: Final = frozenset((dict, list))
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE: Final = re.compile(rb"\\u[dD]")
_TOKEN: Final = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*")(?P<is_key>\s*:)?|(?P<open>[\[{])|(?P<close>[\]}])|(?P<word>[-+.\w]+)', re.DOTALL
)


class _Refused(Exception):
    """Something that the reader's hooks refuse; where it stands is found afterwards."""


def load_object(data: bytes, place: str) -> dict[str, Any]:
    """Return the JSON object in `data`; `place` names it in a fault.

    Raises `JSON_NOT_AN_OBJECT` if `data` holds another value, and `JSON_INVALID` as `load_value` does.
    """
    value = load_value(data, place)
    if not isinstance(value, dict):
        raise AuditDesktopError(FaultCode.JSON_NOT_AN_OBJECT, place)
    return cast("dict[str, Any]", value)


def load_value(data: bytes, place: str) -> Any:
    """Return the JSON value in `data`, which is UTF-8 with or without a byte order mark.

    Lone surrogates, which no file can hold, become U+FFFD. Raises `JSON_INVALID` with the details `line`, `column`,
    `problem` and `found`. `problem` is `not-utf-8`, `syntax`, `duplicate-key`, `not-a-number` (`NaN`, `Infinity`),
    `number-too-large` (`1e999`, more than `MAX_DIGITS` digits) or `too-deep` (more than `MAX_DEPTH` levels).
    """
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise _fault(place, before, len(before), "not-utf-8", f"0x{data[error.start]:02x}") from None
    try:
        value = _DECODER.decode(text)
        _refuse_deep_nesting(value)
    except json.JSONDecodeError as error:
        raise _fault(place, text, error.pos, "syntax", error.msg) from None
    except (_Refused, RecursionError):
        raise _locate(place, text) from None
    if _SURROGATE_ESCAPE.search(data):
        value = _without_surrogates(value, place)
    return value


def _refuse_deep_nesting(value: Any) -> None:
    # Level by level, looking at types alone, which is cheaper than a recursive walk.
    level: list[Any] = [value] if type(value) in _CONTAINERS else []
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for container in level:
            items = cast("Collection[Any]", container.values() if type(container) is dict else container)
            # Most hold plain values alone, as the columns of an audit's document do, each thousands long.
            if not _CONTAINERS.isdisjoint(map(type, items)):
                inner += [item for item in items if type(item) in _CONTAINERS]
        if not inner:
            return
        level = inner
    raise _Refused


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _Refused
    return result


def _refuse_constant(_name: str) -> Any:
    raise _Refused


def _whole_number(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _Refused
    return int(digits)


def _decimal_number(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise _Refused
    return number


# Made once: making a decoder costs more than reading a small file. It holds no state.
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_refuse_constant, parse_int=_whole_number, parse_float=_decimal_number
)


def _locate(place: str, text: str) -> AuditDesktopError:
    """Return the fault that made the reader refuse `text`, found by a slow second reading."""
    keys: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        if token["open"]:
            keys.append(set())
            if len(keys) > MAX_DEPTH:
                return _fault(place, text, token.start(), "too-deep", str(MAX_DEPTH))
        elif token["close"]:
            if keys:
                keys.pop()
        elif token["string"]:
            if token["is_key"] is None or not keys:
                continue
            key = _text_of(token["string"])
            if key in keys[-1]:
                return _fault(place, text, token.start(), "duplicate-key", key)
            keys[-1].add(key)
        else:
            problem = _problem_of_word(token["word"])
            if problem:
                return _fault(place, text, token.start(), problem, token["word"][:40])
    return _fault(place, text, 0, "syntax", "")


def _text_of(string: str) -> str:
    try:
        return str(json.loads(string))
    except json.JSONDecodeError:
        return string


def _problem_of_word(word: str) -> str:
    if word in ("NaN", "Infinity", "-Infinity"):
        return "not-a-number"
    try:
        _decimal_number(word) if re.search(r"[.eE]", word) else _whole_number(word)
    except _Refused:
        return "number-too-large"
    except ValueError:
        return ""
    return ""


def _without_surrogates(value: Any, place: str) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item, place) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        repaired = {_SURROGATE.sub("\ufffd", key): _without_surrogates(item, place) for key, item in items}
        if len(repaired) != len(items):
            raise _fault(place, "", 0, "duplicate-key", "\ufffd")
        return repaired
    return value


def _fault(place: str, text: str, position: int, problem: str, found: str) -> AuditDesktopError:
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    return AuditDesktopError(
        FaultCode.JSON_INVALID, place, line=line, column=column, problem=problem, found=_SURROGATE.sub("\ufffd", found)
    )
