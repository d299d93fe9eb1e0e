"""The process that reads a Word document: little memory, little time, and only text comes out of it.

It takes the document's bytes on its input and answers with one JSON object: `document`, or `fault` with its details.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.exchange.word_import.document import WordDocument

READ_WORD_OPTION: Final = "--read-word"
"""The hidden option with which the program, where it is frozen, runs as this process."""
_PLACE: Final = "word"


def main() -> int:
    """Read the document on standard input, write what it says to standard output and return the exit status."""
    _limit_resources()
    # It ends soon, and reading makes no cycles.
    gc.disable()
    # Whatever is needed is loaded before the document comes: the process may have been started ahead of it.
    from audit_desktop.exchange.word_import.reader import read_word

    # By number: a program without a console has no `sys.stdin`, and pipes all the same.
    with os.fdopen(0, "rb", closefd=False) as source:
        data = source.read()
    answer = json.dumps(_read(data, read_word), ensure_ascii=True).encode("ascii")
    with os.fdopen(1, "wb", closefd=False) as target:
        target.write(answer)
    return 0


def _read(data: bytes, read_word: Callable[[bytes, str], WordDocument]) -> dict[str, object]:
    from audit_desktop.core.errors import AuditDesktopError, FaultCode
    from audit_desktop.exchange.word_import import limits

    try:
        document = read_word(data, _PLACE).to_json()
    except AuditDesktopError as fault:
        return {"fault": fault.code.value, "details": {name: str(value) for name, value in fault.details.items()}}
    except (MemoryError, RecursionError):
        return {
            "fault": FaultCode.WORD_TOO_LARGE.value,
            "details": {"what": "memory", "most": str(limits.CHILD_MEMORY)},
        }
    return {"document": document}


def _limit_resources() -> None:
    """Bound what the process may use, where the system lets it; elsewhere its parent's time limit stands alone."""
    if sys.platform == "win32":
        return
    import resource

    from audit_desktop.exchange.word_import import limits

    for which, most in ((resource.RLIMIT_AS, limits.CHILD_MEMORY), (resource.RLIMIT_CPU, limits.CHILD_SECONDS)):
        _, hard = resource.getrlimit(which)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(which, (wanted, hard))
        except (OSError, ValueError):
            # macOS has limits that cannot be set; the parent's time limit stands.
            continue


if __name__ == "__main__":
    sys.exit(main())
