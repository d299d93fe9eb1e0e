"""Likely pupil data in what was written, found where it is and not where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.pupil_data import PupilData, PupilDataKind, pupil_data, pupil_data_in, pupil_number_letter
from tests.builders import edit, make_audit

EVIDENCE = "statement/1.1/evidence"


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.kind.value, text[finding.start : finding.end]) for finding in pupil_data_in(text)]


def test_a_pupil_number_is_found_with_the_name_beside_it() -> None:
    assert found("Persistent absence: Jordan Hollis (H801200001001) has an attendance plan.") == [
        ("name", "Jordan Hollis"),
        ("pupil-number", "H801200001001"),
    ]


def test_a_mistyped_pupil_number_is_found_as_a_possible_one() -> None:
    assert found("UPN: A801200001001") == [("possible-pupil-number", "A801200001001")]


@given(st.text("0123456789", min_size=12, max_size=12))
def test_a_number_with_its_own_check_letter_is_a_pupil_number(figures: str) -> None:
    number = pupil_number_letter(figures) + figures
    assert found(f"see {number}.") == [("pupil-number", number)]


def test_a_temporary_pupil_number_ends_in_a_letter() -> None:
    figures = "80120000100A"
    number = pupil_number_letter(figures) + figures
    assert found(number) == [("pupil-number", number)]


@pytest.mark.parametrize(
    "text",
    [
        "Amara Osei, DOB 03/05/2014, is on a part-time timetable.",
        "Amara Osei (d.o.b. 03/05/2014)",
        "Amara Osei born 3 May 2014",
        "Date of birth: 03/05/2014",
        "date of birth 2014-05-03",
        "Born on 3rd May 2014.",
    ],
)
def test_a_date_called_one_of_birth_is_found(text: str) -> None:
    kinds = [kind for kind, _ in found(text)]
    assert "date-of-birth" in kinds
    assert ("name" in kinds) == ("Amara" in text)


def test_a_date_beside_a_pupil_number_is_one_of_birth() -> None:
    assert ("date-of-birth", "03/05/2014") in found("H801200001001, 03/05/2014, Year 7")


def test_only_the_first_date_after_the_word_is_one_of_birth() -> None:
    assert found("born 3 May 2014; reviewed 12/9/2026") == [("date-of-birth", "3 May 2014")]


def test_an_email_address_of_a_person_is_found_and_an_office_is_not() -> None:
    assert found("Write to j.hollis@example.org or office@school.example.org.") == [
        ("email-address", "j.hollis@example.org")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Policy reviewed 12/09/2019 and again in September 2024 by the Governing Board.",
        "Attendance was 94.2% in Autumn 2025 (national: 93.1 %), 12 of 210 pupils below 90 %.",
        "See SharePoint > Attendance > Minutes 2025-11-03; Link Governor: Mrs Patel.",
        "The Senior Attendance Champion meets the Education Welfare Officer every Monday.",
        "Call 01603 000000, invoice 1234567890123, reference AB123456789012, ISBN 9780000000002.",
        "School number 9260000, URN 100000, UPRN 100090000000.",
        "A child born abroad whose passport we have not seen is referred to the CME Team.",
        "https://www.norfolk.example.org/attendance?id=A80120000100",
        "Working together to improve school attendance (DfE, August 2024)",
    ],
)
def test_ordinary_evidence_raises_no_alarm(text: str) -> None:
    assert found(text) == []


def test_a_name_alone_raises_no_alarm_and_words_with_capitals_are_no_name() -> None:
    assert found("Jordan Hollis leads on attendance.") == []
    assert found("Pupil Reference H801200001001") == [("pupil-number", "H801200001001")]


def test_every_finding_of_an_audit_has_its_address_earlier_wording_last() -> None:
    audit = make_audit({EVIDENCE: "Jordan Hollis, dob 03/05/2014"})
    audit.record(audit.state.make_edit(EVIDENCE, "One pupil", at="", author=edit(EVIDENCE, "").author, sitting="s"))
    audit.record(edit("statement/1.3/number-1", {"number": 3, "period": "H801200001001"}))
    audit.record(edit("sharing/a/discussion", "Ask a.moss@example.org", minute=3))
    assert [(data.address, data.kind, data.is_earlier) for data in pupil_data(audit, with_history=True)] == [
        ("statement/1.3/number-1", PupilDataKind.PUPIL_NUMBER, False),
        ("sharing/a/discussion", PupilDataKind.EMAIL_ADDRESS, False),
        (EVIDENCE, PupilDataKind.NAME, True),
        (EVIDENCE, PupilDataKind.DATE_OF_BIRTH, True),
    ]
    current = pupil_data(audit, with_history=False)
    assert current[-1] == PupilData("sharing/a/discussion", PupilDataKind.EMAIL_ADDRESS, "a.moss@example.org", 4, 22)
    assert all(not data.is_earlier for data in current)


@given(st.text(max_size=300))
def test_any_text_can_be_looked_through(text: str) -> None:
    for finding in pupil_data_in(text):
        assert 0 <= finding.start < finding.end <= len(text)
