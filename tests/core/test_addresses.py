"""Addresses: which field each one means."""

from __future__ import annotations

import pytest

from audit_desktop.core.addresses import Addresses
from audit_desktop.core.framework import Framework
from tests.builders import framework_document, make_framework

ADDRESSES = Addresses(make_framework())


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("statement/1.1/rating", "Rating"),
        ("statement/1.3/number-1", "How many [time period]:"),
        ("statement/1.1/not-applicable", "Not applicable"),
        ("section/2/action", "Action"),
        ("section/2/status-override", "Another status"),
        ("audit/status-override", "Another status"),
        ("audit/school-name", "School"),
        ("audit/activities", "How the audit was carried out"),
        ("audit/recommended-actions", "Recommended actions"),
        ("sharing/7f/with", "Shared with"),
        ("sharing/7f/deleted", "Removed"),
    ],
)
def test_an_address_means_its_field(address: str, label: str) -> None:
    field = ADDRESSES.field(address)
    assert field is not None
    assert field.label == label


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "statement",
        "statement/1.1",
        "statement/1.1/",
        "statement/9.9/rating",
        "statement/1.1/number-1",
        "statement/1.1/rating/more",
        "statement/1.1/constructor",
        "section/9/action",
        "section/1/rating",
        "audit/",
        "audit/nothing",
        "sharing//with",
        "sharing/7F/with",
        "sharing/7f/nothing",
        "sharing/../with",
        f"sharing/{'a' * 65}/with",
        "sharing/a\n/with",
        "Statement/1.1/rating",
        " statement/1.1/rating",
    ],
)
def test_what_is_no_address_means_nothing(address: str) -> None:
    assert ADDRESSES.field(address) is None


def test_a_statement_lacks_the_fields_that_it_is_without() -> None:
    document = framework_document()
    document["sections"][0]["statements"][0]["without"] = ["rating", "visitor-rating"]
    addresses = Addresses(Framework.build(document))
    statement = addresses.statements["1.1"]
    assert addresses.field("statement/1.1/rating") is None
    assert addresses.field("statement/1.2/rating") is not None
    assert not addresses.has_rating(statement)
    assert "rating" not in [field.id for field in addresses.statement_fields(statement)]


def test_a_framework_without_a_rule_has_no_other_status_to_set() -> None:
    addresses = Addresses(make_framework(scored=False))
    assert addresses.field("audit/status-override") is None
    assert addresses.field("section/1/status-override") is None
    assert addresses.rating_field is not None


def test_every_fixed_address_is_listed_once_with_the_field_it_means() -> None:
    listed = list(ADDRESSES.all_fixed())
    assert len({address for address, _ in listed}) == len(listed)
    for address, field in listed:
        assert ADDRESSES.field(address) == field
    assert {"statement/2.2/number-1", "section/1/evidence", "audit/phase", "audit/status-override"} <= {
        address for address, _ in listed
    }
