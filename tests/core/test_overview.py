"""Many audits beside one another."""

from __future__ import annotations

from datetime import UTC, datetime

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.overview import AuditLine, Twin, audit_line, compared
from tests.builders import make_audit, make_framework

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_line_says_how_an_audit_stands() -> None:
    audit = make_audit({"audit/school-name": "Hill", "statement/1.1/rating": "established"})
    line = audit_line(audit, "hill.audit")
    assert (line.school, line.framework_id, line.framework_version) == ("Hill", "small", "1.0.0")
    assert (line.progress.answered, line.progress.of) == (1, 5)
    assert line.sections[0].counts == (0, 0, 1)
    assert line.sections[0].unrated == 2
    assert line.sections[0].status is not None
    assert line.sections[0].is_provisional
    assert line.last_change.startswith("2026-01-05")
    assert not line.is_signed


def test_where_a_framework_names_no_overall_status_none_is_invented() -> None:
    line = audit_line(make_audit(framework=make_framework(scored=False)), "x")
    assert line.overall is None
    assert [section.status for section in line.sections] == [None, None]


def test_an_audit_not_changed_for_more_than_a_year_is_stale() -> None:
    line = audit_line(make_audit({"audit/school-name": "Hill"}), "x")
    assert not compared([line], datetime(2027, 1, 5, tzinfo=UTC))[0].is_stale
    assert compared([line], datetime(2027, 1, 6, tzinfo=UTC))[0].is_stale


def test_copies_of_one_audit_and_audits_of_one_school_are_told_apart() -> None:
    lines = [
        audit_line(make_audit({"audit/school-name": "Hill"}, audit_id=own_id), place)
        for own_id, place in (("a", "1"), ("a", "2"), ("b", "3"))
    ]
    lines.append(audit_line(make_audit({"audit/school-name": "Dale"}, audit_id="c"), "4"))
    assert [line.twin for line in compared(lines, NOW)] == [Twin.SAME_AUDIT, Twin.SAME_AUDIT, Twin.SAME_SCHOOL, None]


def test_files_that_cannot_be_read_are_no_twins() -> None:
    fault = AuditDesktopError(FaultCode.FILE_EMPTY, "x")
    assert [line.twin for line in compared([AuditLine("x", fault), AuditLine("y", fault)], NOW)] == [None, None]
