"""Sets everything up and runs the tests: `python3 check.py`. What follows is handed to pytest."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from start import ROOT, SetUpError, set_up

if TYPE_CHECKING:
    from pathlib import Path

WORD_VALIDATOR = ROOT / "tests" / "exchange" / "word_validator" / "node_modules"


def why_no_qt(python: Path, environment: dict[str, str]) -> str | None:
    """Return why Qt cannot be loaded, as a sentence, or `None` if it can; the tests need no screen."""
    program = "from PySide6.QtWidgets import QApplication; QApplication([])"
    trial = subprocess.run(
        [python, "-c", program], env=environment, check=False, capture_output=True, text=True, errors="replace"
    )
    if trial.returncode == 0:
        return None
    return next(iter(trial.stderr.strip().splitlines()[-1:]), "it gives no reason")


def main() -> int:
    """Run the tests and return pytest's exit status."""
    try:
        python = set_up("test")
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    is_strict = bool(os.environ.get("CI"))
    tests = sys.argv[1:]
    if not WORD_VALIDATOR.exists() and not is_strict:
        print("Word's own checker is not installed, so the tests that use it are skipped (see CONTRIBUTING.md).")
        environment.setdefault("AUDIT_DESKTOP_NO_WORD_VALIDATOR", "1")
    no_qt = why_no_qt(python, environment)
    if no_qt and is_strict:
        print(f"Qt cannot be loaded: {no_qt}", file=sys.stderr)
        return 1
    if no_qt:
        print(f"Qt cannot be loaded: {no_qt}")
        print("So the window's tests are NOT run; README.md lists the packages that Linux needs.", flush=True)
        tests = ["-p", "no:pytest-qt", *tests]
    command = [python, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal", *tests]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
