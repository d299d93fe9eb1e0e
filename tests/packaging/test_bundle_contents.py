"""What may be in the frozen folder: nothing that nobody asked for gets in, and the folder does not grow unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundle_contents import LARGEST_MEGABYTES, may_be_in_bundle, megabytes, strangers, wanted

FROZEN = Path(__file__).resolve().parents[2] / "build" / "frozen" / "audit-desktop"


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtWidgets.abi3.so",
        "PySide6/QtWidgets.pyd",
        "PySide6/Qt6Core.dll",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "python311.dll",
        "VCRUNTIME140.dll",
        "shiboken6\\MSVCP140.dll",
        "Python.framework/Versions/3.11/Python",
        "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
        "QtCore",
        "libshiboken6.abi3.6.11.dylib",
        "python3.11/lib-dynload/_json.cpython-311-x86_64-linux-gnu.so",
        "base_library.zip",
        "audit_desktop/frameworks/attendance-standards-rag/1.0.0.json",
        "docx/templates/default-styles.xml",
        "shiboken6/files.dir/shibokensupport/signature/loader.pyc",
    ],
)
def test_what_the_program_needs_may_be_there(name: str) -> None:
    assert may_be_in_bundle(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/opengl32sw.dll",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
        "_sqlite3.pyd",
        "libssl.so.3",
        "libgtk-3.so.0",
        "libstdc++.so.6",
        "docx/templates/default-docx-template/word/document.xml",
        "audit_desktop/resources/icons/audit-desktop.ico",
        "shiboken6/files.dir/shibokensupport/signature/loader.py",
        "audit_desktop/app.pyc",
        "somebody/else.so",
    ],
)
def test_what_nobody_asked_for_is_left_out(name: str) -> None:
    assert not may_be_in_bundle(name)


def test_a_stranger_in_the_folder_is_named(tmp_path: Path) -> None:
    inside = tmp_path / "_internal" / "PySide6"
    inside.mkdir(parents=True)
    (tmp_path / "audit-desktop").touch()
    (inside / "QtCore.abi3.so").touch()
    (inside / "QtWebEngineCore.abi3.so").touch()
    (tmp_path / "python311.dll").touch()
    assert strangers(tmp_path) == ["_internal/PySide6/QtWebEngineCore.abi3.so", "python311.dll"]


def test_what_pyinstaller_found_is_sifted_by_its_name_in_the_folder() -> None:
    entries = [("libgtk-3.so.0", "/usr/lib/libgtk-3.so.0", "BINARY"), ("libz.so.1", "/usr/lib/libz.so.1", "BINARY")]
    assert wanted(entries) == entries[1:]


def test_a_link_is_not_counted_twice(tmp_path: Path) -> None:
    (tmp_path / "library.so.1").write_bytes(bytes(2**20))
    (tmp_path / "library.so").symlink_to("library.so.1")
    assert megabytes(tmp_path) == 1


@pytest.mark.skipif(not FROZEN.is_dir(), reason="nothing is frozen here; packaging/ci does that")
def test_the_frozen_folder_is_as_small_as_agreed_and_holds_no_stranger() -> None:
    assert strangers(FROZEN) == []
    assert megabytes(FROZEN) <= LARGEST_MEGABYTES
