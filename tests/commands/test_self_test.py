"""The self-test proves a whole installation, and finds one that is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """Return a folder with the package as a wheel lays it, resources and frameworks inside."""
    package = tmp_path / "a place of its own" / "audit_desktop"
    shutil.copytree(ROOT / "src" / "audit_desktop", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", package / "resources")
    shutil.copytree(ROOT / "frameworks", package / "frameworks")
    return package


def self_test(package: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, "-m", "audit_desktop", "self-test"],
        env={**environment, "PYTHONPATH": str(package.parent), "AUDIT_DESKTOP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_a_whole_installation_passes_without_a_screen_and_ends_with_one_line(
    installation: Path, tmp_path: Path
) -> None:
    run = self_test(installation, tmp_path / "home")
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1].endswith(" passed, 0 failed")


def test_everything_that_is_missing_is_named_and_the_status_is_1(installation: Path, tmp_path: Path) -> None:
    (installation / "resources" / "word" / "template.docx").unlink()
    (installation / "resources" / "words" / "words.txt").unlink()
    run = self_test(installation, tmp_path / "home")
    assert run.returncode == 1
    assert "failed: resource word/template.docx" in run.stderr
    assert "failed: word list" in run.stderr
    assert "Traceback" not in run.stderr
