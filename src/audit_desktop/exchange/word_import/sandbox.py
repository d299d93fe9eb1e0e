"""Reads a Word document in a process of its own, so that a hostile file costs a second of patience and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.word_import import limits
from audit_desktop.exchange.word_import.child import READ_WORD_OPTION
from audit_desktop.exchange.word_import.document import WordDocument

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

_CHILD_MODULE = "audit_desktop.exchange.word_import.child"


def read_word_apart(
    data: bytes, place: str, *, seconds: float = limits.CHILD_SECONDS, command: Sequence[str] | None = None
) -> WordDocument:
    """Return what the Word document in `data` says, as `ReadingProcess.read` does, with a process started for it."""
    with ReadingProcess(command) as process:
        return process.read(data, place, seconds=seconds)


class ReadingProcess:
    """A process that reads one Word document. It may be started ahead: getting ready takes it longer than reading.

    It waits until it is given its document, and goes when it is ended or this program does. `command` starts another
    process than our own.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        try:
            self._process = subprocess.Popen(
                child_command() if command is None else command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # No window flashes up beside ours.
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def read(self, data: bytes, place: str, *, seconds: float = limits.CHILD_SECONDS) -> WordDocument:
        """Return what the Word document in `data` says; `place` names the file in a fault.

        Raises what `read_word` raises, and `WORD_READING_STOPPED` with the detail `reason` (`time`, `crash`) if the
        process takes longer than `seconds` or ends in any other way than it should.
        """
        if len(data) > limits.LARGEST_FILE:
            raise AuditDesktopError(
                FaultCode.WORD_TOO_LARGE, place, what="file", found=len(data), most=limits.LARGEST_FILE
            )
        answer = self._ask(data, place, seconds)
        fault = answer.get("fault")
        if isinstance(fault, str):
            try:
                code = FaultCode(fault)
            except ValueError:
                raise _stopped(place, "crash") from None
            details = answer.get("details")
            raise AuditDesktopError(
                code, place, **(cast("dict[str, Any]", details) if isinstance(details, dict) else {})
            )
        try:
            return WordDocument.from_json(answer["document"])
        except (KeyError, TypeError, ValueError):
            raise _stopped(place, "crash") from None

    def end(self) -> None:
        """End the process if it still runs."""
        if self._process is not None:
            with self._process:
                self._process.kill()

    def _ask(self, data: bytes, place: str, seconds: float) -> dict[str, Any]:
        process = self._process
        if process is None:
            raise _stopped(place, "crash")
        try:
            said, _ = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise _stopped(place, "time") from None
        except ValueError:
            # It had a document before, or was ended.
            raise _stopped(place, "crash") from None
        if process.returncode != 0 or len(said) > limits.LARGEST_ANSWER:
            raise _stopped(place, "crash")
        try:
            answer = json.loads(said)
        except ValueError:
            raise _stopped(place, "crash") from None
        return cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}


def child_command() -> list[str]:
    """Return the command of the reading process: this program once more where it is frozen, its module elsewhere.

    Elsewhere nothing but the module's own folders is searched and nothing of the user's is loaded: that takes a third
    of the time of a usual start, and leaves less that could go wrong.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, READ_WORD_OPTION]
    own = str(Path(__file__).resolve().parents[3])
    found = find_spec("lxml")
    of_lxml = [str(Path(place).parent) for place in (found.submodule_search_locations or ())] if found else []
    program = f"import sys; sys.path[:0] = {[own, *of_lxml]!r}; from {_CHILD_MODULE} import main; sys.exit(main())"
    return [sys.executable, "-I", "-S", "-c", program]


def _stopped(place: str, reason: str) -> AuditDesktopError:
    return AuditDesktopError(FaultCode.WORD_READING_STOPPED, place, reason=reason)
