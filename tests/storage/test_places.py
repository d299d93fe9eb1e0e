"""A file opened from a place that will be cleared away is noticed before the first word is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_desktop.storage.drives import Drive
from audit_desktop.storage.places import Place, PlaceKind, PlaceProblem, place_of, problem_of_place
from tests.storage.simulated_filesystem import Fault, SimulatedFilesystem

LOCAL = "/c/Users/sam/AppData/Local"


def problem(path: str, *, temporary: str = "/tmp", is_read_only: bool = False) -> PlaceProblem | None:
    filesystem = SimulatedFilesystem()
    filesystem.make_folder(Path(path).parent)
    if is_read_only:
        filesystem.fault = Fault(1, 30, is_sticky=True)
    found = problem_of_place(filesystem, Path(path), Path(temporary))
    assert filesystem.list_folder(Path(path).parent) == []
    return found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{LOCAL}/Microsoft/Windows/INetCache/Content.Outlook/AB12CD/hill.audit", PlaceProblem.MAIL),
        (f"{LOCAL}/Packages/Files/S0/4/Attachments/olk1234/hill.audit", PlaceProblem.MAIL),
        (f"{LOCAL}/Microsoft/Windows/INetCache/IE/AB12/hill.audit", PlaceProblem.DOWNLOAD_CACHE),
        (f"{LOCAL}/Temp/Temp1_audits.zip/hill.audit", PlaceProblem.INSIDE_ARCHIVE),
        (f"{LOCAL}/Temp/7zO4C2F/hill.audit", PlaceProblem.INSIDE_ARCHIVE),
        (f"{LOCAL}/Temp/Rar$DIa12.34/hill.audit", PlaceProblem.INSIDE_ARCHIVE),
        ("/tmp/hill.audit", PlaceProblem.TEMPORARY),
        ("/c/Users/sam/OneDrive - Hill School/Attendance/hill.audit", None),
        ("/c/Users/sam/Documents/My zip.zip files/hill.audit", None),
        ("/media/STICK/hill.audit", None),
    ],
)
def test_place_is_judged_by_what_clears_it_away(path: str, expected: PlaceProblem | None) -> None:
    assert problem(path) is expected


def test_folder_that_takes_no_file_is_read_only() -> None:
    assert problem("/media/cd/hill.audit", is_read_only=True) is PlaceProblem.READ_ONLY


ONEDRIVE = {"OneDriveCommercial": "/c/Users/sam/OneDrive - Hill School", "PATH": "/c/Users/sam/Work"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/c/Users/sam/OneDrive - Hill School/Governors/hill.audit", ("OneDrive", "Governors")),
        ("/c/Users/sam/OneDrive - Hill School/hill.audit", ("OneDrive", "")),
        ("/c/Users/sam/Hill School/Staff - Documents/hill.audit", ("SharePoint", "Staff - Documents")),
        ("/Users/sam/Library/CloudStorage/OneDrive-HillSchool/A/B/hill.audit", ("OneDrive", "B")),
        ("/c/Users/sam/Dropbox (Hill School)/hill.audit", ("Dropbox", "")),
        ("/c/Users/sam/Google Drive/Attendance/hill.audit", ("Google Drive", "Attendance")),
        ("/My Drive/Attendance/hill.audit", ("Google Drive", "Attendance")),
        ("/Users/sam/Library/Mobile Documents/com~apple~CloudDocs/hill.audit", ("iCloud", "")),
        ("/c/Users/sam/iCloudDrive/Attendance/hill.audit", ("iCloud", "Attendance")),
        ("/home/sam/Nextcloud/Attendance/hill.audit", ("Nextcloud", "Attendance")),
    ],
)
def test_cloud_folders_are_known_by_what_they_are_called(path: str, expected: tuple[str, str]) -> None:
    found = place_of(SimulatedFilesystem(), Path(path), ONEDRIVE, lambda _: Drive.LOCAL)
    assert found == Place(PlaceKind.SYNCED, *expected)


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox", "Dropbox"),
        (".sync_0a1b2c3d4e5f.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".sync", "Resilio Sync"),
    ],
)
def test_cloud_folders_of_any_name_are_known_by_the_marks_in_them(mark: str, service: str) -> None:
    filesystem = SimulatedFilesystem()
    filesystem.make_folder(Path("/home/sam/School/Attendance"))
    filesystem.create_exclusive(Path("/home/sam/School") / mark).close()
    found = place_of(filesystem, Path("/home/sam/School/Attendance/hill.audit"), {}, lambda _: Drive.LOCAL)
    assert found == Place(PlaceKind.SYNCED, service, "Attendance")


@pytest.mark.parametrize(
    "path",
    [
        "/home/sam/Documents/hill.audit",
        "/home/sam/Onedrivers club/hill.audit",
        "/home/sam/My Drive/hill.audit",
        "/c/Users/sam/Work/hill.audit",
    ],
)
def test_ordinary_folders_are_no_cloud_folders(path: str) -> None:
    found = place_of(SimulatedFilesystem(), Path(path), ONEDRIVE, lambda _: Drive.LOCAL)
    assert found == Place(PlaceKind.LOCAL, "", Path(path).parent.name)
    assert found.is_local


@pytest.mark.parametrize(
    ("drive", "kind"), [(Drive.NETWORK, PlaceKind.NETWORK), (Drive.REMOVABLE, PlaceKind.REMOVABLE)]
)
def test_other_drives_are_no_place_of_this_computer(drive: Drive, kind: PlaceKind) -> None:
    found = place_of(SimulatedFilesystem(), Path("/mnt/x/Governors/hill.audit"), {}, lambda _: drive)
    assert found == Place(kind, "", "Governors")
    assert not found.is_local
