"""The folders that the window needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class WindowFolders:
    """The person's documents, the program's resources, and where the program's own things go."""

    documents: Path
    resources: Path
    samples: Path
    data: Path
    logs: Path
