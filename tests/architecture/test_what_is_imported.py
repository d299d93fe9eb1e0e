"""What gets imported when: no Qt below the window, and nothing heavy before the window stands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

AFTER_THE_FIRST_PAINTING = (
    # What looks after the open file, and what other people left.
    "audit_desktop.session.after_opening",
    "audit_desktop.session.file_watch",
    "audit_desktop.session.notices",
    "audit_desktop.session.recovering",
    "audit_desktop.storage.lock",
    "audit_desktop.storage.recovery",
    "audit_desktop.storage.salvage",
    "audit_desktop.core.merge_preview",
    # Pages, dialogs and documents that nobody has asked for yet.
    "audit_desktop.exchange",
    "audit_desktop.ui.dialogs",
    "audit_desktop.ui.exporting",
    "audit_desktop.ui.handing_over",
    "audit_desktop.ui.history",
    "audit_desktop.ui.importing",
    "audit_desktop.ui.meeting",
    "audit_desktop.ui.merging",
    "audit_desktop.ui.overview",
    "audit_desktop.ui.pdf_report",
    "audit_desktop.ui.plan",
    "audit_desktop.ui.recovery",
    "audit_desktop.ui.visit_wording",
    "audit_desktop.ui.sign_off.sign_off_page",
    "audit_desktop.ui.visit.visit_page",
    # Parts of Python that take long to load, or that make every class that uses them cost something.
    "concurrent",
    "ctypes",
    "dataclasses",
    "multiprocessing",
    "platformdirs",
    "socket",
    "ssl",
    "subprocess",
    "uuid",
)
ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "audit_desktop"
ABOVE = ("ui", "app.py", "__main__.py")
HEAVY = (
    "pydantic",
    "docx",
    "lxml",
    "jinja2",
    "xlsxwriter",
    "markdown_it",
    "cryptography",
    "argparse",
    "logging.config",
    "asyncio",
)


def modules_loaded_by(program: str, *arguments: str | Path) -> set[str]:
    """Return the modules that a fresh Python has loaded after running `program`."""
    closing = "\nimport json, sys\nsys.stdout.write('\\n' + json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", program + closing, *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def found_in(loaded: set[str], unwanted: tuple[str, ...]) -> list[str]:
    return sorted(name for name in loaded if any(f"{name}.".startswith(f"{each}.") for each in unwanted))


def below_the_window() -> list[str]:
    names: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.parts[0] not in ABOVE:
            parts = relative.with_suffix("").parts
            names.append(".".join(["audit_desktop", *(part for part in parts if part != "__init__")]))
    return names


def qt_loads() -> bool:
    trial = [sys.executable, "-c", "import PySide6.QtWidgets"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


def test_everything_below_the_window_and_the_command_line_load_without_qt() -> None:
    names = below_the_window()
    assert len(names) > 20
    loaded = modules_loaded_by("import importlib\n" + "\n".join(f"importlib.import_module({n!r})" for n in names))
    assert found_in(loaded, ("PySide6", "shiboken6")) == []


def test_the_command_line_loads_nothing_heavy_before_it_knows_what_to_do() -> None:
    loaded = modules_loaded_by("import audit_desktop.cli")
    assert found_in(loaded, (*HEAVY, "PySide6")) == []


def test_what_an_open_audit_needs_loads_no_library_of_validation_or_documents() -> None:
    names = (
        "core.audit",
        "core.scoring",
        "core.progress",
        "session.audit_session",
        "storage.audit_files",
        "storage.catalogue",
        "exchange.exporters",
    )
    loaded = modules_loaded_by("\n".join(f"import audit_desktop.{name}" for name in names))
    assert found_in(loaded, ("pydantic", "docx", "lxml", "jinja2", "xlsxwriter", "markdown_it", "cryptography")) == []


@pytest.mark.skipif(not qt_loads(), reason="there is no Qt here")
def test_the_window_stands_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    audit = tmp_path / "one.audit"
    make = ["new", str(audit), "--framework", "attendance-standards-rag", "--school", "Hill Primary School"]
    open_it = (
        "import sys\nfrom audit_desktop.cli import main\n"
        "assert main([sys.argv[1], '--exit-when-ready']) == 0, 'the window did not open'"
    )
    subprocess.run([sys.executable, "-m", "audit_desktop", *make], check=True, timeout=120, capture_output=True)
    loaded = modules_loaded_by(open_it, audit)
    assert "PySide6.QtWidgets" in loaded
    # Qt for Python loads argparse by itself.
    assert found_in(loaded - {"argparse"}, (*HEAVY, *AFTER_THE_FIRST_PAINTING)) == []


@pytest.mark.skipif(not qt_loads(), reason="there is no Qt here")
def test_the_window_stands_without_the_names_of_qt_that_are_many(tmp_path: Path) -> None:
    audit = tmp_path / "one.audit"
    make = ["new", str(audit), "--framework", "attendance-standards-rag", "--school", "Hill Primary School"]
    subprocess.run([sys.executable, "-m", "audit_desktop", *make], check=True, timeout=120, capture_output=True)
    # PySide6 makes a class, and with it all the names in it, when it is first asked for, by name or by what it returns.
    program = (
        "import enum, sys\nfrom audit_desktop.cli import main\n"
        "made, make = [], enum.EnumType._create_\n"
        "def noting(*given, **named):\n    made.append(given[1])\n    return make(*given, **named)\n"
        "enum.EnumType._create_ = noting\n"
        "assert main([sys.argv[1], '--exit-when-ready']) == 0\n"
        "for name in made: sys.modules[f'enumeration.{name}'] = None"
    )
    made = {name.removeprefix("enumeration.") for name in modules_loaded_by(program, audit)}
    assert "FocusReason" in made
    of_styles, of_icons, of_wizards, of_file_dialogs = "PixelMetric", "ThemeIcon", "WizardOption", "DialogLabel"
    assert made.isdisjoint({of_styles, of_icons, of_wizards, of_file_dialogs})
