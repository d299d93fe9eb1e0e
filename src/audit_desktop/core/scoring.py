"""Statuses worked out from ratings by the rule in the framework file, each with the sentence that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.addresses import audit_address, section_address
from audit_desktop.core.common_fields import STATUS_OVERRIDE
from audit_desktop.core.record import Record
from audit_desktop.core.tally import NOT_APPLICABLE, UNRATED, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.framework import Condition, Framework, Outcome, Phrases, Scale, ScoringRule, Section

_MOST_NAMES = 3
"""How many statements the sentence names before it counts them instead."""


class Override(Record):
    """Another status that a person set, and why."""

    status: str
    reason: str


class Score(Record):
    """How a section, or the whole audit, stands.

    `counts` says how many things stand at each level, lowest level first. `status` is what stands: the
    `override`'s where a person set one, otherwise `rule_status`, what the rule says; `None` where the framework
    names no status or nothing is rated yet. `reason` explains `rule_status` in the framework's words.
    """

    counts: dict[str, int]
    rated: int
    unrated: int
    not_applicable: int
    status: str | None = None
    rule_status: str | None = None
    provisional: bool = False
    reason: str = ""
    override: Override | None = None


class Scores(Record):
    """The scores of an audit: of each section by its id, and overall."""

    sections: dict[str, Score]
    overall: Score


def score_audit(state: AuditState) -> Scores:
    """Return the scores of the audit whose state is `state`."""
    sections = {section.id: score_section(state, section) for section in state.addresses.framework.sections}
    return Scores(sections, score_overall(state, sections))


def score_section(state: AuditState, section: Section) -> Score:
    """Return how `section` stands. A rating in conflict counts as not yet rated."""
    framework, tally = state.addresses.framework, state.tally(section)
    rule = framework.scoring
    if rule is None:
        return _profile(tally)
    rating = state.addresses.rating_field
    words = _Words(
        rule.phrases,
        rule.phrases.unit,
        rule.phrases.units,
        _labels(framework.scale(rating.scale)) if rating else {},
        lambda place: section.statements[place].reference,
    )
    return _judge(framework, rule, tally, words, _override(state, section_address(section.id, STATUS_OVERRIDE.id)))


def score_overall(state: AuditState, sections: dict[str, Score]) -> Score:
    """Return how the audit stands as a whole, by the same rule over the statuses of its `sections`."""
    framework = state.addresses.framework
    rule = framework.scoring
    if rule is None:
        counts: dict[str, int] = {}
        for score in sections.values():
            for level, count in score.counts.items():
                counts[level] = counts.get(level, 0) + count
        return Score(
            counts,
            rated=sum(score.rated for score in sections.values()),
            unrated=sum(score.unrated for score in sections.values()),
            not_applicable=sum(score.not_applicable for score in sections.values()),
        )
    counts_as = {outcome.status: outcome.counts_as for outcome in rule.outcomes}
    status_labels = _labels(framework.scale(rule.status_scale))
    labels = {outcome.counts_as: status_labels[outcome.status] for outcome in rule.outcomes}
    standings: list[str] = []
    provisional = False
    for section in framework.sections:
        score = sections[section.id]
        if score.status is not None:
            standings.append(counts_as[score.status])
            provisional = provisional or score.provisional
        else:
            standings.append(UNRATED if score.unrated else NOT_APPLICABLE)
    words = _Words(
        rule.phrases,
        rule.phrases.section_unit,
        rule.phrases.section_units,
        labels,
        lambda place: f"{framework.section_noun} {framework.sections[place].id}",
    )
    tally, override = Tally(state.addresses.levels, standings), _override(state, audit_address(STATUS_OVERRIDE.id))
    return _judge(framework, rule, tally, words, override, provisional=provisional)


def _labels(scale: Scale) -> dict[str, str]:
    return {level.id: level.label for level in scale.levels}


def _override(state: AuditState, address: str) -> Override | None:
    value = state.value(address)
    return Override(value["status"], value["reason"]) if value else None


def _profile(tally: Tally) -> Score:
    return Score(tally.by_level, tally.rated, tally.unrated, tally.count(NOT_APPLICABLE))


def _judge(
    framework: Framework,
    rule: ScoringRule,
    tally: Tally,
    words: _Words,
    override: Override | None,
    *,
    provisional: bool = False,
) -> Score:
    score = _profile(tally)
    if tally.rated:
        chosen = next(
            index
            for index, outcome in enumerate(rule.outcomes)
            if all(_holds(condition, tally) for condition in outcome.when)
        )
        provisional = provisional or tally.unrated > 0
        rule_status = rule.outcomes[chosen].status
        label = _labels(framework.scale(rule.status_scale))[rule_status]
        reason = f"{label}: {words.explain(rule.outcomes, chosen, tally)}"
        if tally.unrated:
            reason += f" ({words.provisional(tally)})"
    else:
        rule_status, provisional = None, False
        reason = words.not_yet_rated()
    return Score(
        score.counts,
        score.rated,
        score.unrated,
        score.not_applicable,
        status=override.status if override else rule_status,
        rule_status=rule_status,
        provisional=provisional and override is None,
        reason=f"{reason}.",
        override=override,
    )


def _holds(condition: Condition, tally: Tally) -> bool:
    count = tally.count(*condition.levels)
    if condition.more_than:
        numerator, denominator = condition.more_than.split("/")
        if count * int(denominator) <= tally.rated * int(numerator):
            return False
    return condition.at_most is None or count <= condition.at_most


class _Words(Record):
    """Puts the framework's phrases together."""

    phrases: Phrases
    unit: str
    units: str
    labels: dict[str, str]
    name_of: Callable[[int], str]
    """What a thing is called, by its place."""

    def explain(self, outcomes: Sequence[Outcome], chosen: int, tally: Tally) -> str:
        """Return why the outcome at index `chosen` stands, and what stood in the way of the next better one."""
        holding = [self._holding(condition, tally) for condition in outcomes[chosen].when]
        if not chosen:
            return f" {self.phrases.and_} ".join(holding)
        failing = [condition for condition in outcomes[chosen - 1].when if not _holds(condition, tally)]
        # A thing that stands too low says more than a share that is too small.
        named = [self._too_many(condition, tally) for condition in failing if condition.at_most is not None]
        return "; ".join([*holding, *(named or [self._too_few(condition, tally) for condition in failing])])

    def provisional(self, tally: Tally) -> str:
        total = tally.rated + tally.unrated
        return self.phrases.provisional.format(count=tally.unrated, total=total, unit=self.unit, units=self.units)

    def not_yet_rated(self) -> str:
        return self.phrases.not_yet_rated.format(unit=self.unit, units=self.units)

    def _levels(self, condition: Condition) -> str:
        return f" {self.phrases.or_} ".join(self.labels[level] for level in condition.levels)

    def _holding(self, condition: Condition, tally: Tally) -> str:
        count = tally.count(*condition.levels)
        levels = self._levels(condition)
        if count == 0:
            return self.phrases.none.format(levels=levels)
        return self._share(count, tally.rated, levels)

    def _too_many(self, condition: Condition, tally: Tally) -> str:
        levels = self._levels(condition)
        count = tally.count(*condition.levels)
        if count > _MOST_NAMES:
            return self._share(count, tally.rated, levels)
        names = [self.name_of(place) for place in tally.places(*condition.levels)]
        phrase = self.phrases.named if len(names) > 1 else self.phrases.named_one
        return phrase.format(names=self._listed(names), levels=levels)

    def _too_few(self, condition: Condition, tally: Tally) -> str:
        count = tally.count(*condition.levels)
        phrase = self.phrases.not_enough if count > 1 else self.phrases.not_enough_one
        phrase = phrase if count else self.phrases.not_any
        units = self.units if tally.rated != 1 else self.unit
        return phrase.format(
            count=count, total=tally.rated, unit=self.unit, units=units, levels=self._levels(condition)
        )

    def _share(self, count: int, total: int, levels: str) -> str:
        phrase = self.phrases.share_one if count == 1 else self.phrases.share
        units = self.units if total != 1 else self.unit
        return phrase.format(count=count, total=total, unit=self.unit, units=units, levels=levels)

    def _listed(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return names[0]
        return f"{', '.join(names[:-1])} {self.phrases.and_} {names[-1]}"
