"""Run the torture tests in large numbers and print counts and seeds: `python -m benchmarks.torture --kills 1000`."""

from __future__ import annotations

import argparse
import os
import sys

from benchmarks.torture.disaster_rigs import DISASTER_RIGS
from benchmarks.torture.rigs import RIGS
from benchmarks.torture.together import run_together

ALL_RIGS = (*DISASTER_RIGS, *RIGS)


def main() -> int:
    """Run what the command line asks for; returns 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    for rig in ALL_RIGS:
        parser.add_argument(f"--{rig.option}", type=int, default=0, metavar="N", help=rig.counts, nargs="?", const=1)
    parser.add_argument(
        "--every-change", action="store_true", help="what CI runs of everything at every change, from a fresh seed"
    )
    parser.add_argument("--whole", action="store_true", help="the same in the numbers that every change should get")
    parser.add_argument("--seed", type=int, help="the first seed; each run takes the next one (0; fresh for a share)")
    options = parser.parse_args()
    if options.every_change or options.whole:
        seed = options.seed if options.seed is not None else int.from_bytes(os.urandom(4))
        sys.stdout.write(f"some of everything: seed {seed}; --seed {seed} does it again\n")
        sys.stdout.flush()
        wanted = [(rig, rig.whole if options.whole else rig.share) for rig in ALL_RIGS]
        return 0 if run_together([(rig, number) for rig, number in wanted if number], seed) else 1
    is_good = True
    for rig in ALL_RIGS:
        number = getattr(options, rig.option.replace("-", "_"))
        if number:
            is_good &= rig.run(number, options.seed or 0)
    return 0 if is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
