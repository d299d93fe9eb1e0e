"""What each module costs a start and where the rest of it goes: `python -m benchmarks start-up --modules`.

The budget is a share of what importing Qt for Python takes in the same starts, so that it holds on every machine.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.measuring import ROOT, Ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

ALL_MODULES = 0.9
"""How long all of our modules may take to import, of what those of PySide6 take."""
ONE_MODULE = 0.03
"""How long one of them may take, of the same."""
_WITH_NAMES_OF_QT = {"audit_desktop.ui.main_window": 0.35, "audit_desktop.ui.parts.labels": 0.05}
"""The first that ask for names in Qt's namespaces, which are made then."""
_LINE = re.compile(r"import time:\s+(\d+) \|.*\| +(\S+)")
_LISTED = 25


def measure(runs: int, audit: Path, environment: Mapping[str, str]) -> list[Ratio]:
    """Print what each module and each phase takes, and return how our modules keep their budgets."""
    imports = _shortest(_imports(audit, environment) for _ in range(runs))
    phases = _shortest(_phases(audit, environment) for _ in range(runs))
    qt = sum(seconds for name, seconds in imports.items() if name.startswith(("PySide6", "shiboken")))
    own = {name: seconds for name, seconds in imports.items() if name.startswith("audit_desktop")}
    print("| phase | ms of processor |\n|---|---|")
    print("\n".join(f"| {name} | {seconds * 1000:.1f} |" for name, seconds in phases.items()))
    print("\n| module | ms |\n|---|---|")
    dearest = sorted(imports, key=lambda name: -imports[name])[:_LISTED]
    print("\n".join(f"| {name} | {imports[name] * 1000:.2f} |" for name in dearest), end="\n\n")
    ratios = [Ratio(f"importing our {len(own)} modules, of importing Qt", sum(own.values()), qt, "s", ALL_MODULES)]
    for name, seconds in own.items():
        budget = _WITH_NAMES_OF_QT.get(name, ONE_MODULE)
        if seconds > budget * qt:
            ratios.append(Ratio(f"importing {name}, of importing Qt", seconds, qt, "s", budget))
    return ratios


def _shortest(runs: Iterable[dict[str, float]]) -> dict[str, float]:
    shortest: dict[str, float] = {}
    for run in runs:
        for name, seconds in run.items():
            shortest[name] = min(seconds, shortest.get(name, seconds))
    return shortest


def _imports(audit: Path, environment: Mapping[str, str]) -> dict[str, float]:
    """Return the seconds that each module takes by itself."""
    said = _run(["-X", "importtime", "-m", "audit_desktop", audit, "--exit-when-ready"], environment).stderr
    return {name: int(own) / 1e6 for own, name in _LINE.findall(said)}


def _phases(audit: Path, environment: Mapping[str, str]) -> dict[str, float]:
    said = _run(["-m", "benchmarks.start_up_phases", audit], environment).stdout
    return json.loads(said.splitlines()[-1])


def _run(arguments: list[str | Path], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
