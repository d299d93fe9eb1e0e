"""Feed readers with bytes that nobody honest wrote: `python -m benchmarks.torture.fuzz audit-file --runs 1000000`.

With `--guided` (after `pip install atheris`) the inputs are led by the lines of the program that they reach.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.torture.readers import Reader

PULSE = 50_000
LONGEST_GUIDED = 1 << 14


def main() -> int:
    """Fuzz what the command line names; returns 1 if a reader failed in a way of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help="all, if none is named")
    parser.add_argument("--runs", type=int, default=100_000, help="inputs for each reader (100,000)")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="time for each reader at most")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)), help="where chance begins (fresh)")
    parser.add_argument("--guided", action="store_true", help="led by coverage, with atheris; one reader at a time")
    options = parser.parse_args()
    if options.guided:
        if len(options.readers) != 1:
            parser.error("--guided takes one reader")
        return guided(options.readers[0], options.runs, options.seconds, options.seed)
    from tests.torture.readers import READERS

    unknown = set(options.readers) - READERS.keys()
    if unknown:
        parser.error(f"there is no reader called {', '.join(sorted(unknown))}; there are {', '.join(READERS)}")
    is_good = True
    for name in options.readers or READERS:
        is_good &= fuzz(READERS[name], options.runs, options.seconds, options.seed)
    return 0 if is_good else 1


def fuzz(reader: Reader, runs: int, seconds: float, seed: int) -> bool:
    """Give `reader` mutations of its samples and print what came of it; returns whether it never failed."""
    from tests.torture.mutations import mutations

    accepted = done = 0
    slowest = 0.0
    started = before = time.perf_counter()
    for data in mutations(reader, Random(seed)):
        try:
            accepted += reader.read(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            sys.stdout.write(f"{reader.name}: FAILED with {error!r}; input {keep(reader.name, data)}, seed {seed}\n")
            return False
        done += 1
        now = time.perf_counter()
        slowest, before = max(slowest, now - before), now
        if done % PULSE == 0:
            pulse(f"{reader.name}: {done} so far")
        if done >= runs or now - started > seconds:
            break
    sys.stdout.write(
        f"{reader.name}: {done} inputs, {accepted} accepted, 0 unexpected exceptions, slowest {slowest:.2f} s, "
        f"{done / (time.perf_counter() - started):.0f} a second, seed {seed}\n"
    )
    sys.stdout.flush()
    return True


def guided(name: str, runs: int, seconds: float, seed: int) -> int:
    """Let atheris look for inputs that reach new lines; it ends the program itself, and keeps an input that fails."""
    import atheris

    with atheris.instrument_imports(include=["audit_desktop"]):
        from tests.torture.readers import READERS
    reader = READERS[name]
    folder = Path(tempfile.mkdtemp(prefix=f"corpus-{name}-"))
    for number, sample in enumerate(reader.samples()):
        (folder / f"sample-{number}").write_bytes(sample)
    done = accepted = 0

    def one_input(data: bytes) -> None:
        nonlocal done, accepted
        accepted += reader.read(data)
        done += 1
        if done % PULSE == 0 or done == runs:
            pulse(f"{name}: {done} inputs, {accepted} accepted, guided, seed {seed}")

    limit = [f"-max_total_time={seconds:.0f}"] if seconds != float("inf") else []
    arguments = [f"-runs={runs}", f"-seed={seed}", f"-max_len={LONGEST_GUIDED}", f"-artifact_prefix={folder}/", *limit]
    atheris.Setup([sys.argv[0], *arguments, str(folder)], one_input)
    atheris.Fuzz()
    return 0


def pulse(line: str) -> None:
    """Say how far it is, where somebody reads it while it goes on."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def keep(name: str, data: bytes) -> Path:
    """Write the input that failed to a file and return where."""
    with tempfile.NamedTemporaryFile(prefix=f"failed-{name}-", delete=False) as file:
        file.write(data)
    return Path(file.name)


if __name__ == "__main__":
    raise SystemExit(main())
