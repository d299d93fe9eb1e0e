"""A whole visit by file between two laptops: out, commented on all 50 statements, back, merged, signed, printed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from audit_desktop.core.action_plan import action_plan
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.exchange.exporters import export_audit
from audit_desktop.session.handing_over import preview_copy, read_copy, send_copy, verify_file
from audit_desktop.session.signing import sign_off
from audit_desktop.session.visiting import plan_action, recommend, start_visit
from tests.session.visit import FRAMEWORKS, KEY, PASSPHRASE, SCHOOL, VISITOR, Laptop, VisitClock

if TYPE_CHECKING:
    from pathlib import Path

    from audit_desktop.session.audit_session import AuditSession

LEVELS = ("not-in-place", "developing", "established")
WHAT = "Ring parents on the first day of absence, before ten."
BOTH_DATE, BOTH_NAME = "audit/visit-date", "audit/visitor-name"


def comment(statement_id: str) -> str:
    return f"Seen on the visit: {statement_id} was shown to us."


def visit(session: AuditSession) -> None:
    """Comment on every statement, differ on one, mark some, and recommend an action."""
    start_visit(session, "2026-03-04", "Alex Moss and Jo Lane")
    statements = list(session.audit.state.addresses.statements)
    session.set_answers({f"statement/{one}/visitor-comment": comment(one) for one in statements})
    session.set_answers(
        {
            "statement/1.1/visitor-rating": "established",
            "statement/1.1/visitor-rating-reason": "The policy is known to everybody we asked.",
            "statement/1.1/seen-evidence": True,
            "statement/1.2/discuss": True,
            BOTH_NAME: "Alex Moss",
        }
    )
    recommend(session, {"what": WHAT, "why": "Calls were late.", "about": ["statement/2.1"], "priority": "high"})


def meanwhile(session: AuditSession, statements: list[str]) -> None:
    """Change ten answers at the school, two of which the visitor gives as well."""
    session.set_answers({f"statement/{one}/rating": "established" for one in statements[10:18]})
    session.set_answers({BOTH_DATE: "2026-03-05", BOTH_NAME: "Alex Moss, local authority"})


def text_of(document: Any) -> str:
    parts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        parts += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def test_a_whole_visit_is_played_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    school, visitor = Laptop(tmp_path / "school"), Laptop(tmp_path / "visitor")
    path = school.new_audit()
    at_school = school.open(path, SCHOOL)
    statements = list(at_school.session.audit.state.addresses.statements)
    assert len(statements) == 50
    at_school.session.set_answers({f"statement/{one}/rating": LEVELS[at % 3] for at, one in enumerate(statements)})

    sent = tmp_path / "sent.audit.age"
    send_copy(school.workspace, at_school.session.audit, sent, passphrase=PASSPHRASE, with_earlier_wording=False)
    received = visitor.folder / "audit.audit"
    visitor.workspace.save_new(received, read_copy(visitor.workspace, sent, PASSPHRASE).audit)
    at_visit = visitor.open(received, VISITOR)
    with pytest.raises(AuditDesktopError) as refused:
        at_visit.session.set_answer("statement/1.1/rating", "established")
    assert refused.value.code is FaultCode.FIELD_OF_OTHER_ROLE
    visit(at_visit.session)
    at_visit.keeper.close()
    meanwhile(at_school.session, statements)

    back = read_copy(school.workspace, received)
    preview = preview_copy(at_school.session.audit, back, str(received))
    assert {card.address for card in preview.conflicts} == {BOTH_DATE, BOTH_NAME}
    assert sum(change.address.endswith("/visitor-comment") for change in preview.new) == 50
    assert (preview.changed, preview.taken_back, preview.set_aside) == ((), (), ())
    before = at_school.session.audit.state.all_heads().copy()
    at_school.session.merge_in(back.audit, {BOTH_DATE: "2026-03-04", BOTH_NAME: "Alex Moss, local authority"})
    assert list(at_school.session.audit.state.conflicts()) == []
    at_school.session.undo()
    assert dict(at_school.session.audit.state.all_heads()) == before
    at_school.session.redo()

    (own_id,) = at_school.session.audit.state.items("recommendations")
    at_school.session.set_answers(
        {
            f"recommendations/{own_id}/response": "accepted",
            f"recommendations/{own_id}/response-reason": "We agree.",
        }
    )
    action = plan_action(at_school.session, own_id)
    at_school.session.set_answers({f"actions/{action}/owner": "Kim Hale", f"actions/{action}/due": "2026-05-01"})
    sign_off(at_school.session, KEY, "1.0")
    at_school.keeper.close()

    assert verify_file(school.workspace, path).faults(str(path)) == ()
    signed = school.workspace.read(path).audit
    for at, one in enumerate(statements):
        expected = "established" if 10 <= at < 18 else LEVELS[at % 3]
        assert signed.state.value(f"statement/{one}/rating") == expected
        assert signed.state.value(f"statement/{one}/visitor-comment") == comment(one)
    (planned,) = action_plan(signed.state, "2026-03-10")
    assert (planned.what, planned.owner, planned.due) == (WHAT, "Kim Hale", "2026-05-01")

    template = FRAMEWORKS.parent / "resources" / "word" / "template.docx"
    data = export_audit(signed, "word", template=template, now=VisitClock().now())
    printed = text_of(Document(io.BytesIO(data)))
    assert [one for one in statements if comment(one) not in printed] == []
    for words in ("The policy is known to everybody we asked.", WHAT, "Kim Hale", "1 May 2026", SCHOOL.name):
        assert words in printed
