"""The rows of the section list: title, progress and status of each section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_desktop.core.progress import Progress, section_progress

if TYPE_CHECKING:
    from audit_desktop.core.scoring import Score
    from audit_desktop.session.audit_session import AuditSession


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One section as the list shows it."""

    section_id: str
    number: str
    title: str
    progress: Progress
    score: Score
    conflicts: int


def outline(session: AuditSession) -> tuple[OutlineRow, ...]:
    """Return a row for each section of the open audit, in order."""
    state = session.audit.state
    scores = session.scores()
    in_section: dict[str, int] = {}
    for address in state.conflicts():
        kind, _, rest = address.partition("/")
        owner_id = rest.partition("/")[0]
        section = state.addresses.section_of_statement.get(owner_id) if kind == "statement" else None
        section_id = section.id if section else owner_id
        in_section[section_id] = in_section.get(section_id, 0) + 1
    return tuple(
        OutlineRow(
            section.id,
            f"{session.audit.framework.section_noun} {section.id}",
            section.title,
            section_progress(state, section),
            scores.sections[section.id],
            in_section.get(section.id, 0),
        )
        for section in session.audit.framework.sections
    )
