"""The frozen program beside a frozen bare window, both trimmed alike: size, start and peak memory.

`python -m benchmarks.frozen`, in an environment with `requirements/build.txt`; it freezes both, in two minutes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import ROOT, Ratio, compare_processes, own_home, screen, table

sys.path.insert(0, str(ROOT / "packaging"))
import freeze
from bundle_contents import megabytes

SIZE_TARGET = 1.35
START_TARGET = 1.6


def measure(runs: int, folder: Path) -> list[Ratio]:
    """Freeze both into `folder` and return how they compare."""
    when = freeze.moment()
    ours = freeze.build_folder(folder / "ours", when)
    freeze.freeze(ROOT / "packaging" / "bare-window.spec", folder / "bare", when)
    bare = folder / "bare" / "bare-window"
    ratios = [Ratio("frozen folder", megabytes(ours), megabytes(bare), "MB", SIZE_TARGET)]
    with own_home() as (home, environment):
        environment.pop("PYTHONPATH")
        subprocess.run([ours / "audit-desktop", "sample", home], check=True, env=environment, stdout=subprocess.DEVNULL)
        start = [ours / "audit-desktop", next(home.glob("*.audit")), "--exit-when-ready"]
        label = [bare / "bare-window"]
        options = {"target": START_TARGET, "memory_target": START_TARGET}
        ratios += compare_processes("frozen start, off screen", start, label, environment, runs, **options)
        with screen(environment) as on_screen:
            if on_screen is not None:
                what = "frozen start, on a virtual screen"
                ratios += compare_processes(what, start, label, on_screen, runs, **options)
    return ratios


def main() -> int:
    """Measure and print; the exit status is 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.frozen", description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="how often each side is run (9)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="audit-desktop-frozen-", dir="/var/tmp") as folder:
        ratios = measure(arguments.runs, Path(folder))
    print(table(ratios), flush=True)
    return int(any(ratio.is_missed for ratio in ratios))


if __name__ == "__main__":
    sys.exit(main())
