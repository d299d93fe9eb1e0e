"""Sets everything up and starts Audit Desktop on a sample audit: `python3 start.py`. Needs Python 3.11 alone.

The first time it makes a folder `.venv` and installs what the program needs there; after that it starts at once.
Where no window can be shown it says why, and makes the sample audit and its Word document without one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
SAMPLE_FOLDER = ROOT / "sample"


class SetUpError(Exception):
    """What a person has to do before the program can be set up."""


def set_up(requirements: str) -> Path:
    """Return the Python of the project's environment, in which `requirements/<requirements>.txt` is installed.

    Does nothing if it was done before. Raises `SetUpError` with a sentence that says what is missing.
    """
    if sys.version_info < (3, 11):  # noqa: UP036  Somebody will try an older one.
        raise SetUpError(f"Audit Desktop needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    is_made = ENVIRONMENT / "made"  # Left out when the making was interrupted.
    if not (python.exists() and is_made.exists()):
        print("Making the environment .venv …", flush=True)
        _make_environment()
        is_made.touch()
    pinned = ROOT / "requirements" / f"{requirements}.txt"
    mark = ENVIRONMENT / f"installed-{requirements}"
    wanted = sha256(pinned.read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text() != wanted:
        print("Installing what the program needs (once; a few minutes on a slow line) …", flush=True)
        _install(python, pinned)
        mark.write_text(wanted)
    return python


def _make_environment() -> None:
    try:
        import ensurepip  # noqa: F401  Debian leaves it out, and `venv` then fails half-way.
        import venv
    except ImportError:
        raise SetUpError(
            "Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv"
        ) from None
    venv.create(ENVIRONMENT, with_pip=True, clear=True)


def _install(python: Path, pinned: Path) -> None:
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, "--require-hashes", "-r", pinned], check=False).returncode:
        raise SetUpError("The packages could not be installed; pip says why above. Is there a network?")
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([python, "-c", where], check=True, capture_output=True, text=True).stdout.strip()
    Path(packages, "audit_desktop.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")


def why_no_window(python: Path) -> str | None:
    """Return why no window can be shown here, as a sentence, or `None` if one can."""
    on_linux = sys.platform.startswith("linux")
    if on_linux and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    program = "from PySide6.QtWidgets import QApplication; QApplication([])"
    trial = subprocess.run([python, "-c", program], check=False, capture_output=True, text=True, errors="replace")
    if trial.returncode:
        last_line = next(iter(trial.stderr.strip().splitlines()[-1:]), "it gives no reason")
        return f"Qt cannot show a window here: {last_line} (README.md lists the packages that Linux needs.)"
    return None


def main() -> int:
    """Start the program on the sample audit, or make the sample's documents where there is no screen."""
    try:
        python = set_up("run")
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    SAMPLE_FOLDER.mkdir(exist_ok=True)
    program = [python, "-m", "audit_desktop"]
    no_window = why_no_window(python)
    if no_window:
        print(f"{no_window} So the sample audit and its Word document are made without a window:", flush=True)
        return subprocess.run([*program, "sample", SAMPLE_FOLDER, "--word"], check=False).returncode
    made = subprocess.run([*program, "sample", SAMPLE_FOLDER], check=False, capture_output=True, text=True)
    audits = sorted(SAMPLE_FOLDER.glob("*.audit"))
    if made.returncode or not audits:
        print(made.stderr.strip() or "The sample audit could not be made.", file=sys.stderr)
        return made.returncode or 1
    return subprocess.run([*program, audits[0]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
