"""Places where a file must not be worked on, because it would be cleared away or cannot be written."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.storage.filesystem import Filesystem


class PlaceProblem(StrEnum):
    """Why a person should save a copy elsewhere before the first word is typed."""

    MAIL = "mail"
    """It was opened straight from an e-mail; the mail program clears that folder."""
    DOWNLOAD_CACHE = "download-cache"
    """It was opened straight from a browser, which clears that folder."""
    INSIDE_ARCHIVE = "inside-archive"
    """It was opened inside a ZIP folder; changes would not get back into it."""
    TEMPORARY = "temporary"
    """It lies in the folder for temporary files."""
    READ_ONLY = "read-only"
    """The folder takes no files."""


_MAIL: Final = re.compile(r"content\.outlook|/olk[0-9a-f]*/|/outlook temp|\.thunderbird|/mail downloads/|/mozilla_mail")
_CACHE: Final = re.compile(r"inetcache|temporary internet files|/content\.ie5/|/microsoft\.microsoftedge[^/]*/tempst")
_ARCHIVE: Final = re.compile(
    r"/temp\d*_[^/]*\.zip/|\.zip\.[0-9a-z]{2,4}/|/7z[os][0-9a-z]+/|/rar\$[^/]*/|/wz[0-9a-f]{4}/"
)


def problem_of_place(filesystem: Filesystem, path: Path, temporary_folder: Path | None) -> PlaceProblem | None:
    """Return why the file at `path` should first be saved elsewhere, or `None` if its place is a real home.

    `temporary_folder` is the system's folder for temporary files. Whether a file can be written beside `path` is
    found out by writing one.
    """
    place = f"{path.parent.as_posix()}/".casefold()
    for pattern, problem in (
        (_MAIL, PlaceProblem.MAIL),
        (_CACHE, PlaceProblem.DOWNLOAD_CACHE),
        (_ARCHIVE, PlaceProblem.INSIDE_ARCHIVE),
    ):
        if pattern.search(place.replace("\\", "/")):
            return problem
    if temporary_folder is not None and path.is_relative_to(temporary_folder):
        return PlaceProblem.TEMPORARY
    return None if can_write_in(filesystem, path.parent) else PlaceProblem.READ_ONLY


def can_write_in(filesystem: Filesystem, folder: Path) -> bool:
    """Return whether a file can be made in `folder`; permissions alone do not tell, on network drives least of all."""
    probe = folder / f"~$probe.{os.urandom(8).hex()}.tmp"
    try:
        filesystem.create_exclusive(probe).close()
        filesystem.remove(probe)
    except OSError:
        return False
    return True
