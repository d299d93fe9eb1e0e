"""A program whose system calls are made to fail: for each line it is given it plays one scenario in a child process."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import traceback
from pathlib import Path
from typing import Any

from audit_desktop.storage.clock import SystemClock
from audit_desktop.storage.filesystem import RealFilesystem
from tests.torture.scenarios import SCENARIOS, WRONG, Desk, told_or_done

BY_NAME = {scenario.name: scenario for scenario in (*SCENARIOS, WRONG)}


def main(prepared: Path) -> None:
    """Prepare each scenario below `prepared` once, and answer each request on standard input with one line."""
    shim = ctypes.CDLL(None)
    filesystem, clock = RealFilesystem(), SystemClock()
    kept: dict[str, list[str]] = {}
    for scenario in BY_NAME.values():
        desk = Desk(filesystem, clock, prepared / scenario.name)
        desk.folder.mkdir(parents=True)
        scenario.prepare(desk)
        kept[scenario.name] = desk.kept
    say({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        scenario = BY_NAME[request["scenario"]]
        folder = Path(request["folder"])
        shutil.copytree(prepared / scenario.name, folder)
        desk = Desk(filesystem, clock, folder, list(kept[scenario.name]))
        answer = in_child(shim, desk, request)
        after = Desk(filesystem, clock, folder, [*desk.kept, *answer["kept"]])
        say({**answer, "kept": len(after.kept), "problem": answer["problem"] or scenario.check(after)})
        shutil.rmtree(folder)


def in_child(shim: ctypes.CDLL, desk: Desk, request: dict[str, Any]) -> dict[str, Any]:
    """Play the scenario in a child that may die, and return what it said up to then."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        desk.keep = lambda edit_id: (os.write(writing, f"kept {edit_id}\n".encode()), None)[1]
        problem = ""
        shim.torture_arm(os.fsencode(desk.folder) + b"/", request["at"], request["kind"], int(request["is_sticky"]))
        try:
            BY_NAME[request["scenario"]].act(desk)
        except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
            problem = traceback.format_exc()
        calls = shim.torture_calls()
        shim.torture_arm(b"", 0, 0, 0)
        problem = problem or told_or_done(desk)
        said = json.dumps({"told": desk.told, "calls": calls, "problem": problem})
        os.write(writing, f"end {said}\n".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        lines = pipe.read().splitlines()
    os.waitpid(pid, 0)
    answer: dict[str, Any] = {"told": [], "calls": None, "problem": ""}
    for line in lines:
        if line.startswith("end "):
            answer |= json.loads(line[4:])
    return {**answer, "kept": [line[5:] for line in lines if line.startswith("kept ")]}


def say(answer: dict[str, Any]) -> None:
    """Answer the one who asked."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
