"""Scores and progress of an open audit: whatever was done, undone and merged, they are those of its log."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Author, Role
from audit_desktop.core.merge import merge_audits
from audit_desktop.core.progress import audit_progress, undone
from audit_desktop.core.scoring import score_audit
from audit_desktop.session.audit_session import AuditSession
from tests.builders import RATING, make_audit
from tests.core.people import merged
from tests.session.test_audit_session import SteppingClock, open_session

COLLEAGUE = Author("Kim Hale", Role.SCHOOL)
ANSWERS: dict[str, tuple[Any, ...]] = {
    "statement/1.1/rating": (*RATING, None),
    "statement/1.2/rating": (*RATING, None),
    "statement/2.1/rating": (*RATING, None),
    "statement/1.1/not-applicable": ("No nursery.", None),
    "section/1/status-override": ({"status": "green", "reason": "Fixed."}, None),
}
steps = st.lists(
    st.one_of(
        st.sampled_from([("answer", *each) for each in ANSWERS.items()]).flatmap(
            lambda each: st.tuples(st.just(each[0]), st.just(each[1]), st.sampled_from(each[2]))
        ),
        st.sampled_from(
            [("type", "statement/1.3/evidence", "x"), *((what, "", None) for what in ("undo", "redo", "copy", "save"))]
        ),
        st.sampled_from([("merge", "", None), ("file", "", None)]),
    ),
    min_size=4,
    max_size=25,
)


def work(session: AuditSession, copies: list[Audit], what: str, address: str, value: Any) -> None:
    match what:
        case "answer":
            session.set_answer(address, value)
        case "type":
            session.type_answer(address, value)
        case "undo":
            session.undo()
        case "redo":
            session.redo()
        case "save":
            session.snapshot()
        case "copy":
            # A colleague goes on with a copy, and rates what is rated here too.
            theirs = AuditSession(merged(session.audit, session.audit), COLLEAGUE, SteppingClock())
            theirs.set_answers({"statement/1.1/rating": "established", "statement/2.2/rating": "developing"})
            copies.append(theirs.audit)
        case "merge":
            for theirs in copies[-1:]:
                session.merge_in(theirs)
        case _:
            for theirs in copies[-1:]:
                session.take_over(merge_audits(session.audit, theirs).audit)


@settings(max_examples=150, deadline=None)
@given(steps)
def test_whatever_is_done_undone_and_merged_they_are_those_of_the_log(done: list[tuple[str, str, Any]]) -> None:
    session, copies = open_session(make_audit()), list[Audit]()
    for step in done:
        work(session, copies, *step)
        audit = session.audit
        counted = Audit.from_edits(audit.id, audit.framework, b"", audit.log.all().values()).state
        assert session.scores() == score_audit(counted)
        assert audit_progress(audit.state) == audit_progress(counted)
        assert list(undone(audit.state, None)) == list(undone(counted, None))
