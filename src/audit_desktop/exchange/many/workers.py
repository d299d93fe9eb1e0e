"""Runs the same work on many things on every core; a thing that brings a worker down takes no other with it."""

from __future__ import annotations

import signal
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")

_LOOK_UP_EVERY: Final = 0.25
"""Seconds after which it is asked again whether to stop."""
_WAITING_PER_WORKER: Final = 3


class WorkerLost:
    """The answer where the process that did the work ended without one."""


class Workers:
    """Processes that each `prepare` once, and then take one thing after the other. One process means this one.

    They are started afresh, not forked, so that they behave the same on every system and in a frozen program.
    `prepare` and the work are functions that can be found by their names in another process.
    """

    def __init__(self, processes: int, prepare: Callable[[], None]) -> None:
        self._processes = processes
        self._prepare = prepare
        self._is_prepared = False
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def each(
        self, work: Callable[[Thing], Answer], things: Sequence[Thing], is_cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, Answer | WorkerLost]]:
        """Yield the place of each of `things` with what `work` says of it, as they become ready.

        Once `is_cancelled`, what is under way is finished and nothing else is begun. `work` must not raise.
        """
        if self._processes > 1 and len(things) > 1:
            yield from self._spread(work, things, is_cancelled)
            return
        if not self._is_prepared:
            self._prepare()
            self._is_prepared = True
        for place, thing in enumerate(things):
            if is_cancelled():
                return
            yield place, work(thing)

    def _spread(
        self, work: Callable[[Thing], Answer], things: Sequence[Thing], is_cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, Answer | WorkerLost]]:
        waiting = deque(range(len(things)))
        suspects: deque[int] = deque()
        running: dict[Future[Answer], int] = {}
        while waiting or suspects or running:
            if is_cancelled():
                waiting.clear()
                suspects.clear()
                for future in [future for future in running if future.cancel()]:
                    del running[future]
            lost: list[int] = []
            # After a loss each thing that was under way is tried alone, to find the one that did it.
            source, room = (suspects, 1) if suspects else (waiting, self._processes * _WAITING_PER_WORKER)
            while source and len(running) < room and not lost:
                place = source.popleft()
                try:
                    running[self._started().submit(work, things[place])] = place
                except BrokenProcessPool:
                    lost.append(place)
            was_alone = len(running) == 1 and source is suspects
            ready, _ = wait(running, timeout=_LOOK_UP_EVERY, return_when=FIRST_COMPLETED)
            for future in ready:
                place = running.pop(future)
                try:
                    answer = future.result()
                except BrokenProcessPool:
                    lost.append(place)
                else:
                    yield place, answer
            if lost:
                lost += running.values()
                running.clear()
                self._end()
                if was_alone:
                    yield lost[0], WorkerLost()
                else:
                    suspects.extend(sorted(lost))

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(self._prepare,)
            )
        return self._pool

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _begin(prepare: Callable[[], None]) -> None:
    # Ctrl+C reaches every process of a terminal; the one that was asked decides what is finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is wrong here is wrong for each thing as well, and is told there; the process must not end for it.
    with suppress(Exception):
        prepare()
