"""Where the program's own files are in each way of running it, and where a person's files go."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

APP_NAME = "audit-desktop"
HOME_VARIABLE = "AUDIT_DESKTOP_HOME"
PORTABLE_MARKERS = ("portable", "portable.txt")
"""A file of such a name beside the frozen program keeps everything in a folder beside it."""
PORTABLE_FOLDER = "audit-desktop-data"

_FROZEN_PROGRAM = Path(sys.executable) if getattr(sys, "frozen", False) else None


class Locations(Record):
    """The folders of one run. The program's own exist; the person's are made by whoever writes the first file."""

    resources: Path
    """Icons, the Word template, style sheets."""
    frameworks: Path
    """The frameworks that come with the program."""
    data: Path
    """What the program remembers for this person."""
    user_frameworks: Path
    """Frameworks that this person added."""
    journals: Path
    """What was typed since the last save, one folder per audit."""
    backups: Path
    """Earlier copies of audits."""
    logs: Path
    """Logs and crash reports."""
    preferences: Path
    """The folder of the preferences file."""

    @classmethod
    def find(
        cls,
        environment: Mapping[str, str] = os.environ,
        package: Path = Path(__file__).parent,
        executable: Path | None = _FROZEN_PROGRAM,
    ) -> Self:
        """Return the folders of this run.

        The variable `AUDIT_DESKTOP_HOME` in `environment` moves all of the person's folders below the folder that it
        names; else a marker file beside a frozen `executable` keeps them in a folder beside it; else they are where
        the system wants them. `package` is where this package lies. Raises `FOLDER_MISSING` if the installation has
        lost its frameworks.
        """
        own = _folder_with_frameworks(package)
        resources, frameworks = own / "resources", own / "frameworks"
        home = _home(environment, executable)
        if home is not None:
            return cls(resources, frameworks, *_below(home), logs=home / "logs", preferences=home / "preferences")
        # Costs some milliseconds, which a start with a home of its own does not pay.
        from platformdirs import PlatformDirs

        folders = PlatformDirs(APP_NAME, appauthor=False)
        return cls(
            resources,
            frameworks,
            *_below(folders.user_data_path),
            logs=folders.user_log_path,
            preferences=folders.user_config_path,
        )

    @property
    def checked_frameworks(self) -> Path:
        """The list of the frameworks that come with the program and were checked before it was published."""
        return self.frameworks / "checked.json"

    @property
    def remembered_frameworks(self) -> Path:
        """The list of the frameworks that were checked on this computer."""
        return self.data / "checked-frameworks.json"


def _folder_with_frameworks(package: Path) -> Path:
    # The wheel and the frozen program carry both folders inside the package; a checkout has them at its root.
    candidates = (package, package.parent.parent)
    for folder in candidates:
        if (folder / "frameworks").is_dir():
            return folder
    raise AuditDesktopError(FaultCode.FOLDER_MISSING, str(package / "frameworks"))


def _home(environment: Mapping[str, str], executable: Path | None) -> Path | None:
    named = environment.get(HOME_VARIABLE, "").strip()
    if named:
        return Path(named).expanduser().absolute()
    if executable is not None and any((executable.parent / name).is_file() for name in PORTABLE_MARKERS):
        return executable.parent / PORTABLE_FOLDER
    return None


def _below(data: Path) -> tuple[Path, Path, Path, Path]:
    return data, data / "frameworks", data / "journals", data / "backups"
