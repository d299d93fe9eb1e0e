"""A file opened from a place that will be cleared away is noticed before the first word is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_desktop.storage.places import PlaceProblem, problem_of_place
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
