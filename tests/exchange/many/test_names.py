"""Names that every system takes, for any school there is."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.file_names import LONGEST_BYTES, safe_stem
from audit_desktop.exchange.many.names import BY_SCHOOL, FreeNames, NameParts, check_template

RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\Z)", re.IGNORECASE)


def parts(school: str = "Hill Primary School", date: str = "2026-09-03") -> NameParts:
    return NameParts(school, "attendance-standards-rag", "1.0.0", date, "Attendance standards audit", "hill")


def test_a_name_is_made_of_school_framework_version_and_date() -> None:
    name = FreeNames(BY_SCHOOL, ".docx").name_for(parts())
    assert name == "Hill Primary School - attendance-standards-rag 1.0.0 - 2026-09-03.docx"


def test_what_an_audit_does_not_say_leaves_no_gap() -> None:
    assert FreeNames(BY_SCHOOL, ".docx").name_for(parts("", "")) == "attendance-standards-rag 1.0.0.docx"


@pytest.mark.parametrize(
    "text",
    [
        "CON",
        "nul.txt",
        "com1",
        "LPT9.docx",
        "a/b\\c:d",
        "x\u202egpj",
        "ends. ",
        "...",
        "",
        "~$a",
        ".hidden",
        "a\0b",
        "x" * 999,
    ],
)
def test_no_name_is_one_that_a_system_refuses_or_hides(text: str) -> None:
    stem = safe_stem(text)
    assert stem
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\u202e]', stem)
    assert not RESERVED.match(stem)
    assert not stem.endswith((".", " "))
    assert not stem.startswith((".", "~"))
    assert len(stem.encode()) <= LONGEST_BYTES


@given(st.lists(st.text(max_size=60), max_size=12))
def test_no_two_names_are_alike_even_where_case_is_ignored(schools: list[str]) -> None:
    names = FreeNames("{school}", ".docx")
    made = [names.name_for(parts(school)) for school in schools]
    alike = {unicodedata.normalize("NFC", name.casefold()) for name in made}
    assert len(alike) == len(made)
    assert all(len(name.encode()) <= 255 for name in made)


@pytest.mark.parametrize(
    "template", ["{schol}", "{school.__class__}", "{school!r}", "{school:>99999999}", "{", "{}", "{0}", " "]
)
def test_a_template_that_asks_for_something_else_is_refused(template: str) -> None:
    with pytest.raises(AuditDesktopError) as caught:
        check_template(template)
    assert caught.value.code is FaultCode.NAME_TEMPLATE_INVALID


def test_a_school_with_braces_in_its_name_is_no_template() -> None:
    assert FreeNames("{school}", ".csv").name_for(parts("{date} School")) == "{date} School.csv"
