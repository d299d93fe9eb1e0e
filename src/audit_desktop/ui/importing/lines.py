"""The lines of an import's preview: what each answer of the document can become, and what was chosen. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit_desktop.core.audit_state import may_change
from audit_desktop.core.edits import Role
from audit_desktop.core.framework import FieldKind
from audit_desktop.exchange.word_import.import_plan import Standing
from audit_desktop.ui.exchange_wording import IMPORT, STANDINGS, place_name, value_text

if TYPE_CHECKING:
    from audit_desktop.core.addresses import Addresses
    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.import_plan import ImportPlan, PlannedAnswer


@dataclass(frozen=True, slots=True)
class Way:
    """One way to deal with an answer; `changes` says whether the audit changes by it."""

    text: str
    value: JsonValue | None = None
    changes: bool = True


@dataclass(slots=True)
class PreviewLine:
    """An answer of the document beside the audit's. `chosen` is the place among the `ways`, the first being to keep."""

    planned: PlannedAnswer
    where: str
    ours: str
    theirs: str
    base: str
    ways: tuple[Way, ...]
    chosen: int
    refusal: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the audit changes by this line."""
        return bool(self.ways) and self.ways[self.chosen].changes

    @property
    def outcome(self) -> str:
        """What happens, in words."""
        return self.ways[self.chosen].text if self.ways else self.refusal


@dataclass(slots=True)
class PreviewGroup:
    """Lines of one standing under their heading."""

    standing: Standing
    heading: str
    lines: list[PreviewLine] = field(default_factory=list["PreviewLine"])


def preview_groups(plan: ImportPlan, addresses: Addresses, *, is_new: bool = False) -> list[PreviewGroup]:
    """Return the lines of `plan`, those that need a person first; groups without lines are left out.

    An audit that `is_new` says nothing that could be kept.
    """
    order = (Standing.BOTH_CHANGED, Standing.DOUBTFUL, Standing.RECOGNISED, Standing.CHANGED_SINCE)
    groups = {standing: PreviewGroup(standing, "") for standing in order}
    for planned in plan.answers:
        groups[planned.standing].lines.append(_line(planned, addresses, is_new=is_new))
    found = [group for group in groups.values() if group.lines]
    for group in found:
        group.heading = IMPORT.group(STANDINGS[group.standing], len(group.lines))
    return found


def chosen_values(plan: ImportPlan, groups: list[PreviewGroup], *, with_comments: bool) -> dict[str, JsonValue | None]:
    """Return what the audit takes over, by address."""
    lines = [line for group in groups for line in group.lines]
    return plan.to_apply(
        untaken={line.planned.address for line in lines if not line.is_taken},
        taken={line.planned.address: line.ways[line.chosen].value for line in lines if line.is_taken},
        with_comments=with_comments,
    )


def _line(planned: PlannedAnswer, addresses: Addresses, *, is_new: bool) -> PreviewLine:
    def shown(value: JsonValue | None) -> str:
        return value_text(addresses, planned.address, value)

    theirs = planned.text or shown(planned.theirs)
    return PreviewLine(
        planned,
        place_name(addresses, planned.address),
        "" if is_new else shown(planned.ours) or IMPORT.no_answer,
        theirs or IMPORT.answered_back,
        shown(planned.base),
        _ways(planned, addresses, is_new=is_new) if planned.may_change else (),
        1 if planned.is_taken else 0,
        "" if planned.may_change else IMPORT.not_yours.format(owner=_owner(planned, addresses)),
    )


def _ways(planned: PlannedAnswer, addresses: Addresses, *, is_new: bool) -> tuple[Way, ...]:
    keep = Way(IMPORT.leave_out if is_new else IMPORT.keep, changes=False)
    if planned.standing is Standing.DOUBTFUL:
        return (keep, *(Way(value_text(addresses, planned.address, value), value) for value in planned.choices))
    if is_new:
        return (keep, Way(IMPORT.take_in, planned.theirs))
    take = Way(IMPORT.take if planned.theirs is not None else IMPORT.take_back, planned.theirs)
    found = addresses.field(planned.address)
    is_text = isinstance(planned.ours, str) and isinstance(planned.theirs, str)
    if found is not None and found.kind is FieldKind.LONG_TEXT and is_text:
        return (keep, take, Way(IMPORT.take_both, f"{planned.ours}\n\n{planned.theirs}"))
    return (keep, take)


def _owner(planned: PlannedAnswer, addresses: Addresses) -> str:
    found = addresses.field(planned.address)
    by_visitor = found is not None and may_change(Role.VISITOR, found)
    return IMPORT.visitor if by_visitor else IMPORT.school
