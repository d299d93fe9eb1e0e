"""Archives, icons and versions of what people download: nothing of the moment in them, and true on every system."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import tarfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import archives
import freeze
import pytest
from linux_needs import PACKAGES
from windows_version import four_numbers, version_resource

from audit_desktop import __version__
from audit_desktop.storage.manifest import MIMETYPE

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
MOMENT = 1_767_225_600


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    folder = tmp_path / "audit-desktop"
    (folder / "_internal").mkdir(parents=True)
    (folder / "audit-desktop").write_bytes(b"program")
    (folder / "audit-desktop").chmod(0o755)
    (folder / "_internal" / "data.json").write_text("{}", encoding="utf-8")
    return folder


def test_the_build_has_the_version_of_the_package() -> None:
    assert freeze.version() == __version__


@pytest.mark.parametrize(
    ("version", "numbers"), [("1.2.3", (1, 2, 3, 0)), ("1.2", (1, 2, 0, 0)), ("1.2.3rc1", (1, 2, 3, 0))]
)
def test_windows_is_given_four_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert four_numbers(version) == numbers


def test_the_version_resource_says_what_a_person_sees_in_its_properties() -> None:
    resource = version_resource("1.2.3")
    compile(resource, "version.txt", "eval")
    assert "StringStruct('ProductVersion', '1.2.3')" in resource
    assert "filevers=(1, 2, 3, 0)" in resource


def test_the_portable_copy_carries_its_marker_and_the_program_may_be_run(frozen: Path, tmp_path: Path) -> None:
    archives.zip_archive(frozen, tmp_path / "one.zip", MOMENT, portable=True)
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        names = [f"audit-desktop/{name}" for name in ("_internal/data.json", "audit-desktop", "portable")]
        assert archive.namelist() == names
        assert archive.getinfo("audit-desktop/audit-desktop").external_attr >> 16 & 0o111


def test_two_archives_of_the_same_folder_are_the_same(frozen: Path, tmp_path: Path) -> None:
    archives.zip_archive(frozen, tmp_path / "one.zip", MOMENT, portable=True)
    os.utime(frozen / "audit-desktop", (1, 1))
    archives.zip_archive(frozen, tmp_path / "two.zip", MOMENT, portable=True)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.skipif(shutil.which("xz") is None, reason="Linux's own archive")
def test_the_archive_of_linux_belongs_to_nobody_and_brings_menu_entry_type_and_icons(
    frozen: Path, tmp_path: Path
) -> None:
    for number in ("one", "two"):
        work = tmp_path / f"work-{number}"
        work.mkdir()
        archives.tar_archive(frozen, tmp_path / f"{number}.tar.xz", "1.2.3", MOMENT, work)
    assert (tmp_path / "one.tar.xz").read_bytes() == (tmp_path / "two.tar.xz").read_bytes()
    with tarfile.open(tmp_path / "one.tar.xz") as archive:
        assert {(entry.uname, entry.mtime) for entry in archive} == {("root", MOMENT)}
        names = archive.getnames()
    for wanted in ("applications/audit-desktop.desktop", "mime/packages/audit-desktop.xml"):
        assert f"audit-desktop-1.2.3/share/{wanted}" in names


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="Debian's own package")
def test_two_packages_of_debian_are_the_same_and_hold_the_program_with_a_link_to_it(
    frozen: Path, tmp_path: Path
) -> None:
    for number in ("one", "two"):
        work = tmp_path / f"work-{number}"
        work.mkdir()
        archives.debian_package(frozen, tmp_path / f"{number}.deb", "1.2.3", MOMENT, work)
    assert (tmp_path / "one.deb").read_bytes() == (tmp_path / "two.deb").read_bytes()
    said = subprocess.run(["dpkg-deb", "--contents", tmp_path / "one.deb"], capture_output=True, text=True, check=True)
    assert "./usr/bin/audit-desktop -> /opt/audit-desktop/audit-desktop" in said.stdout
    assert "./opt/audit-desktop/_internal/data.json" in said.stdout


def test_sums_are_written_as_sha256sum_reads_them(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"abc")
    archives.write_sums(tmp_path)
    archives.write_sums(tmp_path)
    sums = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8")
    assert sums == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.zip\n"


def test_a_file_that_differs_between_two_builds_is_named() -> None:
    assert freeze.different({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == ["b", "c"]


def test_every_system_knows_audit_files_by_the_type_that_they_state() -> None:
    kind = MIMETYPE.decode()
    mime = ElementTree.parse(PACKAGING / "linux" / "audit-desktop-mime.xml").getroot()
    assert [element.get("type") for element in mime if element.tag.endswith("mime-type")] == [kind]
    linux = ("linux/audit-desktop.desktop", "linux/audit-desktop.metainfo.xml")
    for place in (*linux, "windows/installer.nsi", "audit-desktop.spec"):
        assert kind in (PACKAGING / place).read_text(encoding="utf-8"), place


def test_the_icon_of_windows_has_every_size_from_16_to_256() -> None:
    data = (ROOT / "resources" / "icons" / "audit-desktop.ico").read_bytes()
    _, kind, count = struct.unpack_from("<HHH", data)
    sizes = [data[6 + 16 * place] or 256 for place in range(count)]
    assert kind == 1
    assert {16, 24, 32, 48, 64, 256} <= set(sizes)


def test_the_icon_of_macos_is_whole() -> None:
    data = (ROOT / "resources" / "icons" / "audit-desktop.icns").read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack_from(">I", data, 4)[0] == len(data)


def test_each_library_left_to_linux_has_a_package() -> None:
    assert all(re.fullmatch(r"lib[\w+.-]+\.so\.\d+", library) and package for library, package in PACKAGES.items())
