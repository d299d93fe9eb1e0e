"""Exports many audits into a folder: names first, then each document, with a record, progress, a stop and a resume."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from audit_desktop.exchange.many.names import FreeNames, NameParts
from audit_desktop.exchange.many.record import Outcome, Result, outcome_bytes
from audit_desktop.exchange.many.workers import WorkerLost, Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something could not be done, as a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Order:
    """An audit to export, and where to. `known_sha256` is that of the document of an earlier run, if there was one."""

    source: Path
    target: Path
    known_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was written; or that `was_there`, whole and newer than its audit."""

    sha256: str
    size: int
    was_there: bool = False


class Work(Protocol):
    """What is done with each audit, in whichever process: nothing here raises. Every method is found by its name."""

    def prepare(self) -> None:
        """Load once what every document needs."""
        ...

    def look(self, source: Path) -> NameParts | Refused:
        """Return what names the document of an audit."""
        ...

    def make(self, order: Order) -> Made | Refused:
        """Write a document whole, or not at all."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an export of many is. `seconds_left` is `None` until there is something to judge it by."""

    done: int
    total: int
    failed: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Many:
    """Which audits go where under which names. `earlier` is the record of a run that is resumed."""

    sources: Sequence[Path]
    folder: Path
    suffix: str
    template: str
    processes: int = 1
    earlier: Mapping[str, Outcome] = field(default_factory=dict[str, Outcome])


def _unseen(_standing: Standing) -> None:
    pass


def _never() -> bool:
    return False


def export_many(
    many: Many,
    work: Work,
    *,
    note: Callable[[bytes], None],
    lost_reason: str,
    stopped_reason: str,
    progress: Callable[[Standing], None] = _unseen,
    is_cancelled: Callable[[], bool] = _never,
    clock: Callable[[], float] = time.monotonic,
) -> list[Outcome]:
    """Export every audit of `many` and return what became of each, in the order of the sources.

    An audit that cannot be exported stops none of the others. `note` is given the line of each for the record as soon
    as it is known, so that the record of a run that a power cut ended still serves to resume it. `lost_reason` is the
    sentence for a worker that ended, `stopped_reason` for what was not begun. Raises `AuditDesktopError` with
    `NAME_TEMPLATE_INVALID` before anything is written.
    """
    run = _Run(many, work, note, progress, clock, lost_reason)
    with Workers(many.processes, work.prepare) as workers:
        orders = run.named(workers, is_cancelled)
        run.made(workers, orders, is_cancelled)
    return run.finished(stopped_reason)


class _Run:
    def __init__(
        self,
        many: Many,
        work: Work,
        note: Callable[[bytes], None],
        progress: Callable[[Standing], None],
        clock: Callable[[], float],
        lost_reason: str,
    ) -> None:
        self._many = many
        self._work = work
        self._note = note
        self._progress = progress
        self._clock = clock
        self._lost_reason = lost_reason
        self._outcomes: dict[int, Outcome] = {}
        self._documents: dict[int, str] = {}
        # A document keeps the name it had, so that what came since cannot move it to another.
        kept = {place: many.earlier[str(source)].document for place, source in enumerate(many.sources)
                if str(source) in many.earlier and many.earlier[str(source)].document}  # fmt: skip
        self._kept = kept
        self._names = FreeNames(many.template, many.suffix, kept.values())

    def named(self, workers: Workers, is_cancelled: Callable[[], bool]) -> list[tuple[int, Order]]:
        """Return the order for each audit that can be read; names follow the order of the sources."""
        parts: dict[int, NameParts] = {}
        unnamed = [place for place in range(len(self._many.sources)) if place not in self._kept]
        for index, answer in workers.each(
            self._work.look, [self._many.sources[place] for place in unnamed], is_cancelled
        ):
            place = unnamed[index]
            match answer:
                case NameParts():
                    parts[place] = answer
                case Refused():
                    self._refuse(place, answer.reason)
                case WorkerLost():
                    self._refuse(place, self._lost_reason)
        self._documents = dict(self._kept) | {place: self._names.name_for(parts[place]) for place in sorted(parts)}
        return [(place, self._order(place)) for place in sorted(self._documents)]

    def made(self, workers: Workers, orders: list[tuple[int, Order]], is_cancelled: Callable[[], bool]) -> None:
        """Carry out `orders`."""
        started, made_here = self._clock(), 0
        for index, answer in workers.each(self._work.make, [order for _, order in orders], is_cancelled):
            place = orders[index][0]
            match answer:
                case Made():
                    made_here += not answer.was_there
                    result = Result.UNCHANGED if answer.was_there else Result.DONE
                    self._settle(place, self._outcome(place, result, "", answer.sha256, answer.size))
                case Refused():
                    made_here += 1
                    self._refuse(place, answer.reason)
                case WorkerLost():
                    self._refuse(place, self._lost_reason)
            self._progress(self._standing(started, made_here))

    def finished(self, stopped_reason: str) -> list[Outcome]:
        """Return every outcome; what was not begun was stopped."""
        return [
            self._outcomes.get(place) or self._outcome(place, Result.STOPPED, stopped_reason)
            for place in range(len(self._many.sources))
        ]

    def _order(self, place: int) -> Order:
        source = self._many.sources[place]
        earlier = self._many.earlier.get(str(source))
        known = earlier.sha256 if earlier is not None and earlier.is_good else ""
        return Order(source, self._many.folder / self._documents[place], known)

    def _outcome(self, place: int, result: Result, reason: str, sha256: str = "", size: int = 0) -> Outcome:
        document = self._documents.get(place, "") if result is not Result.FAILED else ""
        return Outcome(str(self._many.sources[place]), document, result, reason, sha256, size)

    def _refuse(self, place: int, reason: str) -> None:
        self._settle(place, self._outcome(place, Result.FAILED, reason))

    def _settle(self, place: int, outcome: Outcome) -> None:
        self._outcomes[place] = outcome
        self._note(outcome_bytes(outcome))

    def _standing(self, started: float, made_here: int) -> Standing:
        total, done = len(self._many.sources), len(self._outcomes)
        failed = sum(outcome.result is Result.FAILED for outcome in self._outcomes.values())
        # What was there already took no time, and says nothing about the rest.
        left = (self._clock() - started) / made_here * (total - done) if made_here else None
        return Standing(done, total, failed, left)
