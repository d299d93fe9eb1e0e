"""The program as it is started: as a process of its own, without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audit_desktop.locations import Locations
from audit_desktop.session.sample import create_sample
from audit_desktop.session.workspace import Workspace

pytest.importorskip("PySide6")

ROOT = Path(__file__).parent.parent


def _start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    everything = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **environment}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, env=everything, timeout=60
    )


@pytest.fixture
def audit_path(tmp_path: Path) -> Path:
    locations = Locations.find()
    path = tmp_path / "Sample.audit"
    create_sample(Workspace.on_this_computer(locations), locations.resources, path)
    return path


def test_the_window_opens_an_audit_and_leaves_when_it_is_ready(audit_path: Path) -> None:
    ended = _start("-m", "audit_desktop", str(audit_path), "--exit-when-ready")
    assert (ended.returncode, ended.stdout) == (0, "")
    assert ended.stderr.replace("This plugin does not support propagateSizeHints()\n", "") == ""


def test_opening_an_audit_without_a_change_leaves_its_file_as_it_is(audit_path: Path) -> None:
    before = audit_path.read_bytes()
    _start("-m", "audit_desktop", str(audit_path), "--exit-when-ready")
    assert audit_path.read_bytes() == before


def test_a_file_that_cannot_be_opened_opens_the_window_all_the_same(tmp_path: Path) -> None:
    ended = _start("-m", "audit_desktop", str(tmp_path / "missing.audit"), "--exit-when-ready")
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a screen may be missing")
def test_without_a_screen_the_program_says_so_in_a_sentence(audit_path: Path) -> None:
    ended = _start("-m", "audit_desktop", str(audit_path), DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert ended.returncode == 1
    assert ended.stderr.startswith("There is no screen to open a window on")
    assert ended.stderr.count("\n") == 1


def test_a_program_whose_screen_goes_away_ends_with_everything_in_the_file(audit_path: Path) -> None:
    # As when a server of screens dies: the events end while the window is open.
    code = (
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from audit_desktop.core.edits import Author, Role\n"
        "from audit_desktop.ui.main_window import MainWindow\n"
        "settle = MainWindow.settle\n"
        "def write_and_end(window):\n"
        "    settle(window)\n"
        "    window.set_who(Author('A. Sample', Role.SCHOOL))\n"
        "    window.desk.open_audit.session.set_answer('audit/school-name', 'Hill Primary')\n"
        "    QTimer.singleShot(0, QApplication.instance(), lambda: QApplication.exit(1))\n"
        "MainWindow.settle = write_and_end\n"
        "from audit_desktop.app import run\n"
        f"raise SystemExit(run(Path({str(audit_path)!r}), exit_when_ready=False))\n"
    )
    _start("-c", code)
    state = Workspace.on_this_computer(Locations.find()).read(audit_path).audit.state
    assert state.value("audit/school-name") == "Hill Primary"


def test_the_first_painted_page_needs_none_of_the_large_libraries(audit_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from audit_desktop.ui.ready_watch import ReadyWatch\n"
        "large = ('pydantic', 'docx', 'lxml', 'jinja2', 'markdown_it', 'logging.config')\n"
        "loaded = []\n"
        "ready = ReadyWatch._on_idle\n"
        "def look(watch):\n"
        "    loaded.extend(name for name in large if name in sys.modules)\n"
        "    ready(watch)\n"
        "ReadyWatch._on_idle = look\n"
        "from audit_desktop.app import run\n"
        f"run(Path({str(audit_path)!r}), exit_when_ready=True)\n"
        "print(loaded)\n"
    )
    ended = _start("-c", code)
    assert ended.stdout.strip() == "[]"


def test_a_folder_of_the_program_that_cannot_be_written_to_is_told_of_in_a_sentence(
    audit_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    code = (
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from audit_desktop.ui.notify import Notifier\n"
        "tell = Notifier.tell\n"
        "def say(notifier, text, *arguments):\n"
        "    print(text)\n"
        "    if 'cannot write' in text:\n"
        "        QTimer.singleShot(0, QApplication.quit)\n"
        "    return tell(notifier, text, *arguments)\n"
        "Notifier.tell = say\n"
        "from audit_desktop.app import run\n"
        f"run(Path({str(audit_path)!r}), exit_when_ready=False)\n"
    )
    ended = _start("-c", code, AUDIT_DESKTOP_HOME=str(tmp_path / "a file" / "home"))
    assert "cannot write to its folder" in ended.stdout
    assert "Traceback" not in ended.stderr
