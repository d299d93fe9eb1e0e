"""The folders that the window needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.record import Record

if TYPE_CHECKING:
    from pathlib import Path


class WindowFolders(Record):
    """The person's documents, the program's resources, and where the program's own things go."""

    documents: Path
    resources: Path
    samples: Path
    data: Path
    logs: Path
