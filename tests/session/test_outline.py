"""The rows of the section list."""

from __future__ import annotations

from audit_desktop.core.progress import Progress
from audit_desktop.session.outline import outline
from tests.builders import make_audit
from tests.session.test_audit_session import open_session


def test_each_section_has_a_row_with_its_progress_and_status() -> None:
    first, second = outline(open_session(make_audit({"statement/1.1/rating": "established"})))
    assert (first.section_id, first.number, first.title) == ("1", "Standard 1", "Section 1")
    assert (first.progress, first.score.status, first.conflicts) == (Progress(1, 3), "green", 0)
    assert (second.progress, second.score.status) == (Progress(0, 2), None)


def test_a_row_counts_the_conflicts_of_its_section_and_its_statements() -> None:
    audit = make_audit({"statement/2.1/rating": "established", "section/2/action": "Train", "audit/phase": "special"})
    other = make_audit({"statement/2.1/rating": "developing", "section/2/action": "Hire", "audit/phase": "primary"})
    for made in other.log.later():
        audit.record(made)
    first, second = outline(open_session(audit))
    assert (first.conflicts, second.conflicts) == (0, 2)
