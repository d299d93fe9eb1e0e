"""The one command: `python -m benchmarks [NAME …] [--runs N]` measures everything, or what is named."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys

from benchmarks import durable_edit, opening, saving, start_up
from benchmarks.measuring import Ratio, table

OWN = {
    "start-up": start_up.measure,
    "opening": opening.measure,
    "durable-edit": durable_edit.measure,
    "saving": saving.measure,
}
ON_THEIR_OWN = ("word_export", "word_import", "typing_and_rating", "many_audits", "window_soak")
"""Benchmarks that print tables of their own: `python -m benchmarks.word_export`."""


def main() -> int:
    """Measure and print; the exit status is 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [*OWN, *(name.replace("_", "-") for name in ON_THEIR_OWN)]
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--runs", type=int, default=9, help="how often each side is run (9)")
    parser.add_argument("--modules", action="store_true", help="only what each module and phase of a start takes")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(names)
    if unknown:
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    chosen = arguments.names or names
    ratios: list[Ratio] = start_up.measure_modules(arguments.runs) if arguments.modules else []
    for name, measure in OWN.items():
        if name in chosen and not arguments.modules:
            ratios += measure(arguments.runs)
    if ratios:
        print(table(ratios), flush=True)
    failed = any(ratio.is_missed for ratio in ratios)
    if arguments.modules:
        return int(failed)
    for name in ON_THEIR_OWN:
        module = f"benchmarks.{name}"
        if name.replace("_", "-") in chosen and importlib.util.find_spec(module) is not None:
            failed |= subprocess.run([sys.executable, "-m", module], check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
