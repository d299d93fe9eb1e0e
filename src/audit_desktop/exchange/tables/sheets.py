"""Tables without a format: columns, and cells that hold text, a number or a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from audit_desktop.core.framework import Level


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` is in characters."""

    heading: str
    width: int = 18


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; one with a `level` has that level's colour."""

    content: str | float | date = ""
    level: Level | None = None

    @property
    def text(self) -> str:
        """The content as text; a day as ISO 8601 has it."""
        if isinstance(self.content, str):
            return self.content
        if isinstance(self.content, int | float):
            return f"{self.content:g}" if isinstance(self.content, float) else str(self.content)
        return self.content.isoformat()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name. The first `frozen` columns stay in sight, and name a row that runs on in another."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())
    frozen: int = 1


@dataclass(frozen=True, slots=True)
class WorkbookProperties:
    """What a workbook says about itself."""

    title: str
    subject: str
    author: str
    created: datetime
