"""What kind of place a file lies in: of this computer, in a cloud, on another drive, or none that it should stay in."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from audit_desktop.storage.drives import Drive, drive_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


class PlaceKind(StrEnum):
    """How far the file is from this computer's own disk."""

    LOCAL = "local"
    SYNCED = "synced"
    """A program watches the folder and uploads each version."""
    NETWORK = "network"
    REMOVABLE = "removable"


class Place(NamedTuple):
    """Where a file lies: `service` is the cloud's own name, `folder` what the folder is called, if it has a name."""

    kind: PlaceKind = PlaceKind.LOCAL
    service: str = ""
    folder: str = ""

    @property
    def is_local(self) -> bool:
        """Whether it is a folder of this computer that no program uploads."""
        return self.kind is PlaceKind.LOCAL


_SERVICES: Final = (
    ("OneDrive", re.compile(r"onedrive(\Z| ?[-–(].*)")),
    ("Dropbox", re.compile(r"dropbox(\Z| ?[-(].*)")),
    ("Google Drive", re.compile(r"google ?drive(\Z|[- (].*)")),
    ("iCloud", re.compile(r"icloud ?drive\Z|com~apple~clouddocs\Z")),
    ("Nextcloud", re.compile(r"nextcloud[0-9]*\Z")),
    ("ownCloud", re.compile(r"owncloud[0-9]*\Z")),
)
_MARKS: Final = (
    ("Dropbox", re.compile(r"\.dropbox(\.cache)?\Z")),
    ("Google Drive", re.compile(r"\.tmp\.drive(up|down)load\Z")),
    ("Nextcloud", re.compile(r"\.nextcloudsync\.log\Z|\.?_?sync_[0-9a-f]+\.db\Z")),
    ("ownCloud", re.compile(r"\.owncloudsync\.log\Z")),
    ("Syncthing", re.compile(r"\.stfolder\Z")),
    ("Resilio Sync", re.compile(r"\.sync\Z")),
)
_GOOGLE_ROOTS: Final = frozenset({"my drive", "shared drives"})
_MOST_LEVELS: Final = 12


def place_of(
    filesystem: Filesystem,
    path: Path,
    environment: Mapping[str, str] = os.environ,
    drive: Callable[[Path], Drive] = drive_of,
) -> Place:
    """Return what kind of place the file at `path` lies in.

    A cloud folder is known by what its program says in the `environment`, by its name, or by the marks that the
    program leaves in it.
    """
    folder = path.parent
    for above in (folder, *folder.parents)[:_MOST_LEVELS]:
        service = _service_by_name(above, environment) or _service_by_marks(filesystem, above)
        if service:
            return Place(PlaceKind.SYNCED, service, "" if above == folder else folder.name)
    kind = {Drive.NETWORK: PlaceKind.NETWORK, Drive.REMOVABLE: PlaceKind.REMOVABLE}.get(drive(folder), PlaceKind.LOCAL)
    return Place(kind, "", folder.name)


def _service_by_name(folder: Path, environment: Mapping[str, str]) -> str:
    for key, value in environment.items():
        if key.casefold().startswith("onedrive") and value:
            root = Path(value)
            if folder == root:
                return "OneDrive"
            # Libraries of SharePoint lie beside "OneDrive - Hill School", in a folder called "Hill School".
            _, _, tenant = root.name.partition(" - ")
            if tenant and folder == root.with_name(tenant):
                return "SharePoint"
    name = folder.name.casefold()
    if name in _GOOGLE_ROOTS and folder.parent.parent == folder.parent:
        return "Google Drive"
    return next((service for service, names in _SERVICES if names.match(name)), "")


def _service_by_marks(filesystem: Filesystem, folder: Path) -> str:
    names: list[str] = []
    with suppress(OSError):
        names = [name for name in filesystem.list_folder(folder) if "sync" in name or name.startswith(".")]
    return next((service for service, marks in _MARKS if any(marks.match(name) for name in names)), "")
