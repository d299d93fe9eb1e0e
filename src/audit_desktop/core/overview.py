"""Many audits beside one another: how each stands, which are old, and which are there twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from audit_desktop.core.addresses import audit_address
from audit_desktop.core.common_fields import SCHOOL_NAME
from audit_desktop.core.progress import Progress, audit_progress
from audit_desktop.core.scoring import score_audit
from audit_desktop.core.sign_off import standing_sign_offs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from audit_desktop.core.audit import Audit
    from audit_desktop.core.errors import AuditDesktopError
    from audit_desktop.core.framework import Level
    from audit_desktop.core.scoring import Score

_DAYS_UNTIL_STALE = 365
_NO_PROGRESS = Progress(0, 0)


class Twin(StrEnum):
    """In which way an audit is there more than once."""

    SAME_AUDIT = "same-audit"
    SAME_SCHOOL = "same-school"


@dataclass(frozen=True, slots=True)
class SectionStanding:
    """How a section stands: its status where the framework names one, and how many statements stand at each level.

    `levels` and `counts` are lowest first; `unrated` and `not_applicable` stand beside them. `status_rank` is the
    place of the status in its scale, the lowest being 0, and -1 where there is none.
    """

    section_id: str
    title: str
    status: Level | None
    is_provisional: bool
    levels: tuple[Level, ...]
    counts: tuple[int, ...]
    unrated: int
    not_applicable: int
    status_rank: int = -1


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One audit of an overview. With a `fault` it could not be read, and only `place` says anything.

    `last_change` is ISO 8601, and empty if nothing was ever said; `is_signed` says that a sign-off stands.
    """

    place: str
    fault: AuditDesktopError | None = None
    audit_id: str = ""
    school: str = ""
    framework_id: str = ""
    framework_version: str = ""
    framework_title: str = ""
    progress: Progress = _NO_PROGRESS
    sections: tuple[SectionStanding, ...] = ()
    overall: SectionStanding | None = None
    conflicts: int = 0
    last_change: str = ""
    is_signed: bool = False
    is_stale: bool = False
    twin: Twin | None = None


def audit_line(audit: Audit, place: str) -> AuditLine:
    """Return how `audit`, the file at `place`, stands. Its history is not read."""
    state, framework = audit.state, audit.framework
    scores = score_audit(state)
    titles = {section.id: section.title for section in framework.sections}
    has_overall = framework.scoring is not None
    school = state.value(audit_address(SCHOOL_NAME.id))
    return AuditLine(
        place,
        audit_id=audit.id,
        school=school if isinstance(school, str) else "",
        framework_id=framework.id,
        framework_version=framework.version,
        framework_title=framework.title,
        progress=audit_progress(state),
        sections=tuple(_standing(audit, own_id, titles[own_id], score) for own_id, score in scores.sections.items()),
        overall=_standing(audit, "", "", scores.overall) if has_overall else None,
        conflicts=sum(1 for _ in state.conflicts()),
        last_change=max((head.at for heads in state.all_heads().values() for head in heads), default=""),
        is_signed=bool(standing_sign_offs(state)),
    )


def compared(lines: Iterable[AuditLine], now: datetime) -> tuple[AuditLine, ...]:
    """Return `lines` with what only a look at all of them, at the time `now`, can tell: which are stale or twins."""
    found = tuple(lines)
    audits = Counter(line.audit_id for line in found if line.fault is None)
    schools = Counter(_of_one_school(line) for line in found if line.fault is None)
    return tuple(
        line
        if line.fault is not None
        else replace(
            line,
            is_stale=_days_since(line.last_change, now) > _DAYS_UNTIL_STALE,
            twin=Twin.SAME_AUDIT
            if audits[line.audit_id] > 1
            else Twin.SAME_SCHOOL
            if line.school and schools[_of_one_school(line)] > 1
            else None,
        )
        for line in found
    )


def _of_one_school(line: AuditLine) -> tuple[str, str]:
    return " ".join(line.school.casefold().split()), line.framework_id


def _days_since(iso: str, now: datetime) -> int:
    from datetime import date

    try:
        return (now.date() - date.fromisoformat(iso[:10])).days
    except ValueError:
        return 0


def _standing(audit: Audit, section_id: str, title: str, score: Score) -> SectionStanding:
    framework = audit.framework
    rule, rating = framework.scoring, audit.state.addresses.rating_field
    statuses = framework.scale(rule.status_scale).levels if rule is not None else ()
    rank = next((rank for rank, level in enumerate(statuses) if level.id == score.status), -1)
    levels = framework.scale(rating.scale).levels if rating is not None else ()
    return SectionStanding(
        section_id,
        title,
        statuses[rank] if rank >= 0 else None,
        score.provisional and score.override is None,
        levels,
        tuple(score.counts.values()),
        score.unrated,
        score.not_applicable,
        rank,
    )
