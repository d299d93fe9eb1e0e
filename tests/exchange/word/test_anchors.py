"""Names in the document lead back to what they name."""

from __future__ import annotations

from audit_desktop.core.framework import Framework
from audit_desktop.exchange.word.anchors import Anchors, control_tag
from tests.builders import framework_document


def anchors(*statement_ids: str) -> Anchors:
    document = framework_document((len(statement_ids),))
    for statement, own_id in zip(document["sections"][0]["statements"], statement_ids, strict=True):
        statement["id"] = own_id
    return Anchors(Framework.build(document))


def test_a_statements_bookmark_can_be_read_by_people() -> None:
    assert anchors("1.11", "5.8b").statements == {"1.11": "_ad1_1_11", "5.8b": "_ad1_5_8b"}


def test_ids_that_word_cannot_tell_apart_get_different_names() -> None:
    names = anchors("1.1", "1-1", "x" * 80, "x" * 81).statements.values()
    assert len(set(names)) == 4
    assert all(len(name) <= 40 for name in names)


def test_a_bookmark_leads_back_to_its_statement() -> None:
    made = anchors("1.1", "1-1")
    assert [made.statement_of[name] for name in made.statements.values()] == ["1.1", "1-1"]


def test_a_tag_is_never_longer_than_word_lets_people_type() -> None:
    assert control_tag("statement/1.1/rating") == "ad1:1.1:rating"
    assert len(control_tag(f"statement/{'x' * 64}/rating")) <= 64
