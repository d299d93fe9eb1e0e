"""Signs that a history was changed by something else than this program."""

from __future__ import annotations

import pytest

from audit_desktop.core.edits import Edit
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.history_check import HistorySign, disagreements, history_faults, require_sound_history
from tests.builders import SCHOOL, edit, make_audit

EVIDENCE = "statement/1.1/evidence"
FIRST = edit(EVIDENCE, "Register")
SECOND = edit(EVIDENCE, "Minutes", FIRST, minute=1)


def log(*edits: Edit) -> dict[str, Edit]:
    return {one.id: one for one in edits}


def test_a_changed_line_is_missed_by_the_edit_that_replaced_it() -> None:
    changed = Edit.from_json({**FIRST.to_json(), "value": "Another thing"})
    (fault,) = history_faults(log(changed, SECOND))
    assert (fault.sign, fault.address, fault.edit_id) == (HistorySign.EARLIER_EDIT_MISSING, EVIDENCE, FIRST.id)


def test_a_line_taken_out_is_missed() -> None:
    assert len(history_faults(log(SECOND))) == 1


def test_a_current_answer_that_is_withheld_is_a_sign() -> None:
    (fault,) = history_faults(log(FIRST, SECOND.without_value()))
    assert fault.sign is HistorySign.CURRENT_ANSWER_WITHHELD
    assert history_faults(log(FIRST.without_value(), SECOND)) == ()


def test_an_edit_that_was_absorbed_by_a_later_one_of_the_sitting_is_no_sign() -> None:
    audit = make_audit({EVIDENCE: "R"})
    unsaved = audit.state.make_edit(EVIDENCE, "Re", at="", author=SCHOOL, sitting="s")
    audit.record(unsaved)
    audit.record(audit.state.make_edit(EVIDENCE, "Register", at="", author=SCHOOL, sitting="s", absorbs=unsaved))
    audit.log.drop(unsaved.id)
    assert unsaved.id not in audit.log.all()
    assert history_faults(audit.log.all()) == ()


def test_a_withheld_edit_that_claims_another_place_is_noticed_beside_the_full_one() -> None:
    forged = FIRST.without_value()._replace(address="statement/1.2/evidence")
    assert disagreements(log(FIRST, SECOND), log(forged, SECOND)) == ("statement/1.2/evidence",)
    assert disagreements(log(FIRST, SECOND), log(FIRST.without_value(), SECOND)) == ()


def test_the_fault_of_the_file_names_the_fields() -> None:
    require_sound_history(log(FIRST, SECOND), "a.audit")
    with pytest.raises(AuditDesktopError) as error:
        require_sound_history(log(SECOND), "a.audit")
    assert error.value.code is FaultCode.HISTORY_TAMPERED
    assert error.value.details == {"count": 1, "addresses": (EVIDENCE,)}
