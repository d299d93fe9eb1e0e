"""Tests of where files are in each way of running the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.locations import Locations

ROOT = Path(__file__).parents[1]
PERSONS = ("data", "user_frameworks", "journals", "backups", "logs", "preferences")


def persons_folders(locations: Locations) -> list[Path]:
    return [getattr(locations, name) for name in PERSONS]


def test_a_checkout_has_its_own_folders_at_its_root() -> None:
    locations = Locations.find()
    assert (locations.resources, locations.frameworks) == (ROOT / "resources", ROOT / "frameworks")


def test_a_wheel_or_frozen_program_carries_them_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site" / "audit_desktop"
    (package / "frameworks").mkdir(parents=True)
    locations = Locations.find({}, package)
    assert (locations.resources, locations.frameworks) == (package / "resources", package / "frameworks")


def test_an_installation_without_frameworks_says_so(tmp_path: Path) -> None:
    with pytest.raises(AuditDesktopError) as caught:
        Locations.find({}, tmp_path / "audit_desktop")
    assert caught.value.code == FaultCode.FOLDER_MISSING


def test_the_variable_moves_all_of_a_persons_folders(tmp_path: Path) -> None:
    locations = Locations.find({"AUDIT_DESKTOP_HOME": str(tmp_path)})
    assert all(folder.is_relative_to(tmp_path) for folder in persons_folders(locations))
    assert len(set(persons_folders(locations))) == len(PERSONS)


@pytest.mark.parametrize("marker", ["portable", "portable.txt"])
def test_a_marker_beside_the_program_keeps_everything_beside_it(tmp_path: Path, marker: str) -> None:
    (tmp_path / marker).touch()
    locations = Locations.find({}, executable=tmp_path / "audit-desktop.exe")
    assert all(folder.is_relative_to(tmp_path / "audit-desktop-data") for folder in persons_folders(locations))


def test_the_variable_goes_before_the_marker(tmp_path: Path) -> None:
    (tmp_path / "portable").touch()
    home = tmp_path / "home"
    locations = Locations.find({"AUDIT_DESKTOP_HOME": str(home)}, executable=tmp_path / "audit-desktop")
    assert all(folder.is_relative_to(home) for folder in persons_folders(locations))


def test_without_either_the_system_says_where_a_persons_files_go(tmp_path: Path) -> None:
    locations = Locations.find({}, executable=tmp_path / "audit-desktop")
    assert all("audit-desktop" in str(folder) for folder in persons_folders(locations))
    assert not any(folder.is_relative_to(tmp_path) for folder in persons_folders(locations))


def test_finding_the_folders_makes_none(tmp_path: Path) -> None:
    locations = Locations.find({"AUDIT_DESKTOP_HOME": str(tmp_path / "home")})
    assert all(isinstance(folder, Path) for folder in vars(locations).values())
    assert not (tmp_path / "home").exists()


def test_a_home_of_ones_own_needs_no_further_library(tmp_path: Path) -> None:
    script = """
import sys
from audit_desktop.locations import Locations
Locations.find()
assert "platformdirs" not in sys.modules
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "AUDIT_DESKTOP_HOME": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
