"""Carrying answers from the places of an earlier framework version to those that took their place.

Every edit that stood where this version has nothing any more gets a twin where its statement went: by the same person,
of the same moment, with the same words. A twin follows from its original alone, so that two people who carry their
copies over apart make the same twins, and copies merge whichever of them was carried over first. Nothing is taken
away: the originals stay in the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from audit_desktop.core.addresses import successors
from audit_desktop.core.audit import Audit
from audit_desktop.core.common_fields import ABOUT, LISTS
from audit_desktop.core.edits import CARRIED_KEY, Edit, edits_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.core.framework import Framework

_NAMING: Final = frozenset({ABOUT.id, "statement"})
"""Fields of lists whose answers name statements or sections."""


def carry_over(audit: Audit, framework: Framework, framework_source: bytes) -> Audit:
    """Return `audit` on another version of its framework, with its whole log and every twin that it asks for.

    `audit` is not changed.
    """
    edits = with_twins(audit.log.all(), framework)
    carried = Audit.from_edits(audit.id, framework, framework_source, edits)
    carried.extra = dict(audit.extra)
    return carried


def with_twins(edits: Mapping[str, Edit], framework: Framework) -> Iterable[Edit]:
    """Return `edits` and the twins that they get in `framework`, in no particular order."""
    moves = successors(framework)
    if not moves:
        return edits.values()
    twins = _Twins(edits, moves)
    for edit in edits.values():
        twins.of(edit)
    return edits_by_id(edits.values(), twins.made()).values()


class _Twins:
    """The twins of the edits of one log, each made once, after those of the edits that it replaces."""

    def __init__(self, edits: Mapping[str, Edit], moves: Mapping[str, tuple[str, ...]]) -> None:
        self._edits = edits
        self._moves = moves
        self._twins: dict[str, tuple[Edit, ...]] = {}

    def made(self) -> Iterable[Edit]:
        return (twin for twins in self._twins.values() for twin in twins)

    def of(self, edit: Edit) -> None:
        # Histories may be long, so what waits for others waits on a list of our own. An id follows from those that it
        # replaces, so that only withheld edits could stand in a circle, and nothing waits for what those replaced.
        waiting = [edit]
        while waiting:
            last = waiting[-1]
            first = [] if last.withheld or last.id in self._twins else self._unmade(last)
            if first:
                waiting += first
            else:
                waiting.pop()
                self._twins.setdefault(last.id, self._made(last))

    def _unmade(self, edit: Edit) -> list[Edit]:
        return [
            self._edits[earlier] for earlier in edit.replaces if earlier in self._edits and earlier not in self._twins
        ]

    def _made(self, edit: Edit) -> tuple[Edit, ...]:
        if edit.withheld:
            return ()
        kind = edit.address.partition("/")[0]
        place, _, field_id = edit.address.rpartition("/")
        if kind in LISTS:
            return self._in_place(edit, field_id)
        return tuple(
            self._twin(edit, f"{target}/{field_id}", edit.value, replaces=()) for target in self._moves.get(place, ())
        )

    def _in_place(self, edit: Edit, field_id: str) -> tuple[Edit, ...]:
        """Return the twin of an edit of a list that names statements, as an action does: it stays where it is."""
        if field_id not in _NAMING:
            return ()
        value = self._now(edit.value)
        # Whoever did not know of a twin wrote beside it: what they wrote gets one that takes the place of both.
        beside = {twin.id for earlier in edit.replaces for twin in self._twins.get(earlier, ())}
        if value == edit.value and beside <= {edit.id, *edit.replaces}:
            return ()
        return (self._twin(edit, edit.address, value, replaces=(edit.id,)),)

    def _now(self, value: JsonValue) -> JsonValue:
        """Return the subjects that took the place of those in `value`; those that nothing took the place of stay."""
        if isinstance(value, str):
            return self._places(f"statement/{value}")[0].removeprefix("statement/")
        if not isinstance(value, list):
            return value
        given = cast("list[object]", value)
        named = [subject for subject in given if isinstance(subject, str)]
        if not any(self._moves.get(subject) for subject in named):
            return given
        return list(dict.fromkeys(place for subject in named for place in self._places(subject)))

    def _places(self, subject: str) -> tuple[str, ...]:
        return self._moves.get(subject) or (subject,)

    def _twin(self, edit: Edit, address: str, value: JsonValue, replaces: tuple[str, ...]) -> Edit:
        earlier = {
            twin.id for replaced in edit.replaces for twin in self._twins.get(replaced, ()) if twin.address == address
        }
        original = edit.extra.get(CARRIED_KEY, edit.id)
        return Edit.make(
            address,
            value,
            replaces=(*replaces, *earlier),
            at=edit.at,
            author=edit.author,
            sitting=edit.sitting,
            extra={CARRIED_KEY: original},
        )
