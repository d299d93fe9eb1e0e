"""The shipped frameworks and the printed sources they were taken from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


def load(name: str) -> dict[str, Any]:
    """Return the framework's JSON."""
    return json.loads((ROOT / "frameworks" / name / "1.0.0.json").read_bytes())


def source_text(name: str) -> str:
    """Return the text of the framework's source."""
    return (ROOT / "tests" / "data" / "sources" / f"{name}.txt").read_text(encoding="utf-8")


def texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a JSON value with its place; things in lists are placed by their id where they have one."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            name = part.get("id", index) if isinstance(part, dict) else index
            yield from texts(part, f"{place}.{name}")
    elif isinstance(value, str):
        yield place, value
