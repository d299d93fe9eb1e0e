"""One thread that does the session's writing, one job after the other. No Qt."""

from __future__ import annotations

import queue
import sys
import threading
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Worker(Protocol):
    """Something that runs jobs in the order they were given."""

    def submit(self, job: Callable[[], None]) -> None:
        """Run `job` after those given before; one that raises does not keep the next from running."""
        ...

    def finish(self) -> None:
        """Wait until every job is done; none can be given afterwards."""
        ...


class InlineWorker:
    """Runs each job at once, on the caller's thread: for the command line and for tests."""

    def submit(self, job: Callable[[], None]) -> None:
        """Run `job` now."""
        job()

    def finish(self) -> None:
        """Return at once, since nothing is ever left."""


class ThreadWorker:
    """Runs jobs on a thread of its own, so that a slow disk never holds up the window."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        # Not a daemon: the program may not end while something is still being written.
        self._thread = threading.Thread(target=self._run, name="audit-writer", daemon=False)
        self._thread.start()

    def submit(self, job: Callable[[], None]) -> None:
        """Run `job` on the thread after those given before."""
        self._jobs.put(job)

    def finish(self) -> None:
        """Wait until every job is done and the thread has ended."""
        self._jobs.put(None)
        self._thread.join()

    def wait(self, seconds: float) -> bool:
        """Wait until the jobs given so far are done, at most `seconds`; returns whether they are."""
        done = threading.Event()
        self._jobs.put(done.set)
        return done.wait(seconds)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:  # noqa: BLE001 - what comes after must still be written; the crash report hears of it
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
