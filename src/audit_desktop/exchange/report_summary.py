"""What a reader wants to know first of an audit: how it stands, what changed, what comes next, what is not settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from audit_desktop.core.action_plan import RECOMMENDATIONS, action_plan
from audit_desktop.core.addresses import audit_address, item_address, section_address, statement_address
from audit_desktop.core.common_fields import LISTS, SCHOOL_NAME
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.progress import audit_progress
from audit_desktop.core.scoring import score_audit
from audit_desktop.core.visits import is_open
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.audit_dates import date_of_audit
from audit_desktop.exchange.report_answers import AnswerReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.framework import Framework, Level, Scale
    from audit_desktop.core.scoring import Score, Scores
    from audit_desktop.exchange.report_model import Answer

MOST_ACTIONS: Final = 8
"""How many actions the summary names; the whole list stands further down."""
_PRIORITIES: Final = {"high": 0, "medium": 1, "low": 2}

Direction = Literal["better", "worse", "new", "gone", "other"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of a profile's bar: how many statements stand at `level`, or at none."""

    label: str
    count: int
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a section, or the whole audit, stands. `reason` explains the status in the framework's words."""

    name: str
    anchor: str
    bars: tuple[Bar, ...]
    status: Level | None = None
    status_text: str = ""
    reason: str = ""
    earlier: Level | None = None
    """The status of the earlier audit that this one is compared with."""

    @property
    def total(self) -> int:
        """How many statements there are."""
        return sum(bar.count for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Change:
    """A rating or a status that is another one than in the earlier audit."""

    what: str
    anchor: str
    was: str
    now: str
    direction: Direction
    was_level: Level | None = None
    now_level: Level | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the audit called `since`."""

    since: str
    changes: tuple[Change, ...]
    better: int
    worse: int
    new_statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NextAction:
    """Something to be done: an action of the plan, or a recommendation that has none yet."""

    what: str
    about: str
    owner: str
    due: str
    status: str
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer that is not settled, and where it belongs."""

    place: str
    anchor: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """The first page of a report to read."""

    school: str
    dated: str
    progress: str
    standings: tuple[Standing, ...]
    overall: Standing | None
    levels: tuple[Level, ...]
    names_status: bool
    changes: Changes | None
    actions: tuple[NextAction, ...]
    more_actions: int
    conflicts: tuple[Conflict, ...]


def summarise(audit: Audit, now: datetime, *, earlier: Audit | None = None) -> ReportSummary:
    """Return the summary of `audit` as it stands at `now`, compared with an `earlier` audit of the same framework.

    Raises `AuditDesktopError` with `EARLIER_AUDIT_DIFFERS` if `earlier` is an audit of another framework.
    """
    if earlier is not None and earlier.framework.id != audit.framework.id:
        raise AuditDesktopError(
            FaultCode.EARLIER_AUDIT_DIFFERS, earlier=earlier.framework.title, this=audit.framework.title
        )
    state, framework = audit.state, audit.framework
    scores = score_audit(state)
    before = score_audit(earlier.state) if earlier is not None else None
    reader = AnswerReader(state)
    actions = tuple(_actions(state, now.date().isoformat()))
    rating = state.addresses.rating_field
    return ReportSummary(
        school=" / ".join(reader.at(audit_address(SCHOOL_NAME.id)).texts()),
        dated=wording.date_of(date_of_audit(audit)),
        progress=wording.progress(audit_progress(state)),
        standings=tuple(_standings(state, scores, before)),
        overall=_overall(state, scores, before),
        levels=framework.scale(rating.scale).levels if rating is not None else (),
        names_status=framework.scoring is not None,
        changes=_changes(audit, scores, earlier, before) if earlier is not None and before is not None else None,
        actions=actions[:MOST_ACTIONS],
        more_actions=max(len(actions) - MOST_ACTIONS, 0),
        conflicts=tuple(_conflicts(reader)),
    )


def _standings(state: AuditState, scores: Scores, before: Scores | None) -> Iterator[Standing]:
    for section in state.addresses.framework.sections:
        old = before.sections.get(section.id) if before is not None else None
        yield _standing(
            state, f"{section.id}. {section.title}", section_anchor(section.id), scores.sections[section.id], old
        )


def _overall(state: AuditState, scores: Scores, before: Scores | None) -> Standing | None:
    if len(scores.sections) < 2:
        return None
    overall = _standing(state, wording.OVERALL, "overall", scores.overall, before.overall if before else None)
    # The rule of the whole counts sections; the bar shows every statement.
    bars = zip(*(_bars(state, score) for score in scores.sections.values()), strict=True)
    total = tuple(Bar(same[0].label, sum(bar.count for bar in same), same[0].level) for same in bars)
    return Standing(
        overall.name,
        overall.anchor,
        total,
        overall.status,
        overall.status_text,
        overall.reason,
        overall.earlier,
    )


def _standing(state: AuditState, name: str, anchor: str, score: Score, before: Score | None) -> Standing:
    scale = _status_scale(state.addresses.framework)
    if scale is None:
        return Standing(name, anchor, _bars(state, score))
    level = scale.level(score.status) if score.status else None
    text = level.label if level else wording.NOT_YET_RATED
    if score.override is None and score.provisional and level is not None:
        text = f"{text} ({wording.PROVISIONAL})"
    reason = score.reason
    if score.override is not None:
        worked_out = scale.level(score.rule_status) if score.rule_status else None
        reason = f"{score.override.reason} {wording.override(worked_out.label if worked_out else '', score.reason)}"
    earlier = scale.level(before.status) if before is not None and before.status else None
    return Standing(name, anchor, _bars(state, score), level, text, reason, earlier)


def _bars(state: AuditState, score: Score) -> tuple[Bar, ...]:
    rating = state.addresses.rating_field
    levels = state.addresses.framework.scale(rating.scale).levels if rating is not None else ()
    return (
        *(Bar(level.label, score.counts.get(level.id, 0), level) for level in levels),
        Bar(wording.NOT_YET_RATED, score.unrated),
        Bar(wording.NOT_APPLICABLE, score.not_applicable),
    )


def _status_scale(framework: Framework) -> Scale | None:
    return framework.scale(framework.scoring.status_scale) if framework.scoring is not None else None


def _changes(audit: Audit, scores: Scores, earlier: Audit, before: Scores) -> Changes:
    changes = [*_changed_statuses(audit, scores, before), *_changed_ratings(audit.state, earlier.state)]
    ratings = [change for change in changes if change.anchor.startswith("statement-")]
    known = earlier.state.addresses.statements
    school = earlier.state.value(audit_address(SCHOOL_NAME.id)) or ""
    version = earlier.framework.version if earlier.framework.version != audit.framework.version else ""
    return Changes(
        wording.earlier_audit(school, wording.date_of(date_of_audit(earlier)), version),
        tuple(changes),
        better=sum(change.direction == "better" for change in ratings),
        worse=sum(change.direction == "worse" for change in ratings),
        new_statements=tuple(
            statement.reference for own_id, statement in audit.state.addresses.statements.items() if own_id not in known
        ),
    )


def _changed_statuses(audit: Audit, scores: Scores, before: Scores) -> Iterator[Change]:
    scale = _status_scale(audit.framework)
    if scale is None:
        return
    rows = [
        (f"{audit.framework.section_noun} {section.id}", section_anchor(section.id), section.id)
        for section in audit.framework.sections
        if section.id in before.sections
    ]
    compared = [(name, anchor, before.sections[own_id], scores.sections[own_id]) for name, anchor, own_id in rows]
    for name, anchor, old, new in (*compared, (wording.OVERALL, "overall", before.overall, scores.overall)):
        if old.status != new.status:
            yield _change(name, anchor, scale, old.status, new.status)


def _changed_ratings(state: AuditState, earlier: AuditState) -> Iterator[Change]:
    rating = state.addresses.rating_field
    if rating is None:
        return
    scale = state.addresses.framework.scale(rating.scale)
    for own_id, statement in state.addresses.statements.items():
        if own_id not in earlier.addresses.statements or not state.addresses.has_rating(statement):
            continue
        old = _rating_or_mark(earlier, own_id)
        new = _rating_or_mark(state, own_id)
        if old != new:
            yield _change(statement.reference, statement_anchor(own_id), scale, old, new)


def _rating_or_mark(state: AuditState, statement_id: str) -> str | None:
    """Return the level's id, or the words for what a rating is that has none, or several."""
    if state.not_applicable(statement_id) is not None:
        return wording.NOT_APPLICABLE
    rating = state.addresses.rating_field
    if rating is None:
        return None
    address = statement_address(statement_id, rating.id)
    return wording.CONFLICTS if state.has_conflict(address) else state.value(address)


def _change(what: str, anchor: str, scale: Scale, old: str | None, new: str | None) -> Change:
    places = [level.id for level in scale.levels]
    direction: Direction = "other"
    if old in places and new in places:
        direction = "better" if places.index(new) > places.index(old) else "worse"
    elif old is None:
        direction = "new"
    elif new is None:
        direction = "gone"
    was_level, now_level = (scale.level(value) if value in places else None for value in (old, new))
    return Change(what, anchor, _word(scale, old), _word(scale, new), direction, was_level, now_level)


def _word(scale: Scale, value: str | None) -> str:
    level = scale.level(value) if value else None
    return level.label if level is not None else value or wording.NOT_YET_RATED


def _actions(state: AuditState, today: str) -> Iterator[NextAction]:
    labels = {option.id: option.label for option in state.addresses.subjects}
    options = {option.id: option.label for field in LISTS["actions"] for option in field.options}
    planned = action_plan(state, today)
    for action in sorted((one for one in planned if one.is_open), key=lambda one: not one.is_overdue):
        yield NextAction(
            action.what,
            "; ".join(labels.get(subject, subject) for subject in action.about),
            action.owner,
            wording.date_of(action.due) if action.due else "",
            options.get(action.status, action.status),
            action.is_overdue,
        )
    taken_up = {action.recommendation for action in planned}

    def said(own_id: str, field_id: str) -> str:
        return state.value(item_address(RECOMMENDATIONS, own_id, field_id)) or ""

    waiting = [
        own_id
        for own_id in state.items(RECOMMENDATIONS)
        if own_id not in taken_up and is_open(state, own_id) and said(own_id, "response") != "declined"
    ]
    for own_id in sorted(waiting, key=lambda one: _PRIORITIES.get(said(one, "priority"), len(_PRIORITIES))):
        due = said(own_id, "by-when")
        yield NextAction(
            said(own_id, "what"),
            "; ".join(labels.get(subject, subject) for subject in said(own_id, "about")),
            "",
            wording.date_of(due) if due else "",
            wording.RECOMMENDED,
            bool(due) and due < today,
        )


def _conflicts(reader: AnswerReader) -> Iterator[Conflict]:
    addresses = reader.state.addresses
    for address in sorted(reader.state.conflicts()):
        field = addresses.field(address)
        if field is None:
            continue
        kind, _, rest = address.partition("/")
        own_id = rest.partition("/")[0]
        if kind == "statement":
            place, anchor = addresses.statements[own_id].reference, statement_anchor(own_id)
        elif kind == "section":
            place, anchor = f"{addresses.framework.section_noun} {own_id}", section_anchor(own_id)
        else:
            place, anchor = wording.LIST_HEADINGS.get(kind, wording.DETAILS), ""
        yield Conflict(f"{place}: {field.label}", anchor, reader.at(address, field))


def section_anchor(section_id: str) -> str:
    """Return the name of a section's place in a report to read."""
    return section_address(section_id, "").strip("/").replace("/", "-")


def statement_anchor(statement_id: str) -> str:
    """Return the name of a statement's place in a report to read."""
    return f"statement-{statement_id}"
