"""What a visit adds to every framework: marks at statements and lists, each owned by a role."""

from __future__ import annotations

import pytest

from audit_desktop.core.addresses import Addresses
from audit_desktop.core.answers import display_text, normalise
from audit_desktop.core.common_fields import LISTS, STATEMENT_FIELDS
from audit_desktop.core.errors import AuditDesktopError, FaultCode
from tests.builders import make_framework

ADDRESSES = Addresses(make_framework())


@pytest.mark.parametrize(
    ("field_id", "owner"),
    [("seen-evidence", "visitor"), ("discuss", "anyone"), ("good-practice", "visitor"), ("needs-support", "school")],
)
def test_every_statement_can_be_marked_by_whoever_owns_the_mark(field_id: str, owner: str) -> None:
    field = ADDRESSES.field(f"statement/1.1/{field_id}")
    assert field is not None
    assert field.owner == owner


def test_the_form_of_a_framework_is_not_disturbed_by_the_marks() -> None:
    marks = {field.id for field in STATEMENT_FIELDS}
    for statement in ADDRESSES.statements.values():
        assert not marks & {field.id for field in ADDRESSES.statement_fields(statement)}
    assert not marks & {address.rpartition("/")[2] for address, _ in ADDRESSES.all_fixed()}


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("visits/v/summary", "visitor"),
        ("recommendations/r/what", "visitor"),
        ("recommendations/r/response", "school"),
        ("recommendations/r/response-reason", "school"),
        ("recommendations/r/progress", "visitor"),
        ("recommendations/r/deleted", "visitor"),
        ("actions/a/due", "school"),
        ("actions/a/deleted", "school"),
        ("earlier-comments/e/comment", "visitor"),
        ("sign-offs/s/name", "anyone"),
        ("sharing/s/with", "school"),
    ],
)
def test_each_field_of_a_list_belongs_to_its_role(address: str, owner: str) -> None:
    field = ADDRESSES.field(address)
    assert field is not None
    assert field.owner == owner


def test_a_sign_off_cannot_be_removed() -> None:
    assert ADDRESSES.field("sign-offs/s/deleted") is None


def test_an_action_is_about_statements_and_sections_of_this_framework_alone() -> None:
    field = ADDRESSES.field("actions/a/about")
    assert field is not None
    about = normalise(ADDRESSES.framework, field, ["statement/2.1", "section/1", "statement/2.1"], "actions/a/about")
    assert about == ["section/1", "statement/2.1"]
    assert display_text(ADDRESSES.framework, field, about) == "Standard 1; 2.1 Statement 2.1 holds."
    with pytest.raises(AuditDesktopError) as error:
        normalise(ADDRESSES.framework, field, ["statement/9.9"], "actions/a/about")
    assert error.value.code is FaultCode.OPTION_UNKNOWN


def test_a_rating_of_an_earlier_visit_is_read_on_the_scale_of_the_framework() -> None:
    field = ADDRESSES.field("earlier-comments/e/rating")
    assert field is not None
    assert display_text(ADDRESSES.framework, field, "not-in-place") == "Not in place"


def test_no_two_fields_of_a_list_share_an_id() -> None:
    for fields in LISTS.values():
        assert len({field.id for field in fields}) == len(fields)
