"""Addresses of fields as text, and which field of a framework an address means."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from audit_desktop.core import common_fields
from audit_desktop.core.answers import PLAIN_TYPES
from audit_desktop.core.framework import Field, FieldKind, Framework, Option, Section, Statement
from audit_desktop.core.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}\Z")


def statement_address(statement_id: str, field_id: str) -> str:
    """Return the address of a statement's field."""
    return f"statement/{statement_id}/{field_id}"


def section_address(section_id: str, field_id: str) -> str:
    """Return the address of a section's field."""
    return f"section/{section_id}/{field_id}"


def audit_address(field_id: str) -> str:
    """Return the address of a field of the whole audit."""
    return f"audit/{field_id}"


def item_address(list_name: str, own_id: str, field_id: str) -> str:
    """Return the address of a field of something that comes in a list."""
    return f"{list_name}/{own_id}/{field_id}"


def successors(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Return what took the place of each subject of earlier versions of `framework` that it does not have itself.

    A subject is `statement/<id>` or `section/<id>`.
    """
    earlier = framework.earlier
    if earlier is None:
        return {}
    return {
        f"{kind}/{successor.id}": tuple(f"{kind}/{now}" for now in dict.fromkeys(successor.now))
        for kind, listed in (("section", earlier.sections), ("statement", earlier.statements))
        for successor in listed
    }


class Addresses:
    """The addresses that one framework knows."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self._successors = successors(framework)
        self.statements: dict[str, Statement] = {
            statement.id: statement for section in framework.sections for statement in section.statements
        }
        self._statement_fields = {field.id: field for field in common_fields.STATEMENT_FIELDS}
        self._statement_fields |= {field.id: field for field in framework.fields.statement}
        self._statement_fields[common_fields.NOT_APPLICABLE.id] = common_fields.NOT_APPLICABLE
        self._section_fields = {field.id: field for field in framework.fields.section}
        self._audit_fields = {field.id: field for field in self.audit_fields()}
        if framework.scoring is not None:
            override = replace(common_fields.STATUS_OVERRIDE, scale=framework.scoring.status_scale)
            self._section_fields[override.id] = override
            self._audit_fields[override.id] = override

    @cached_property
    def _list_fields(self) -> dict[str, dict[str, Field]]:
        # Made when a list is first asked for: its options name every statement, and most audits open without.
        return {
            name: {field.id: field for field in (*self._own_fields(fields), *_removal(name, fields))}
            for name, fields in common_fields.LISTS.items()
        }

    def _own_fields(self, fields: tuple[Field, ...]) -> Iterator[Field]:
        for field in fields:
            if field.id == common_fields.ABOUT.id:
                yield replace(field, options=self.subjects)
            elif field.kind is not FieldKind.RATING:
                yield field
            elif self.rating_field is not None:
                yield replace(field, scale=self.rating_field.scale)

    def plain_types(self) -> dict[str, type]:
        """Return, by the last part of an address, the one type that answers have wherever it ends an address.

        Ids whose answers need a closer look, and those of the numbers that statements ask for, are left out.
        """
        found: dict[str, type | None] = {}
        of_lists = (field for fields in common_fields.LISTS.values() for field in (*fields, common_fields.DELETED))
        for field in (
            *self._statement_fields.values(),
            *self._section_fields.values(),
            *self._audit_fields.values(),
            *of_lists,
        ):
            own = PLAIN_TYPES.get(field.kind)
            found[field.id] = own if found.get(field.id, own) is own else None
        return {field_id: own for field_id, own in found.items() if own is not None}

    @cached_property
    def subjects(self) -> tuple[Option, ...]:
        """What an action or a recommendation can be about: every section, each with its statements after it."""
        return tuple(
            option
            for section in self.framework.sections
            for option in (
                Option(f"section/{section.id}", f"{self.framework.section_noun} {section.id}"),
                *(
                    Option(f"statement/{statement.id}", f"{statement.reference} {_short(statement.text)}")
                    for statement in section.statements
                ),
            )
        )

    def list_fields(self, list_name: str) -> tuple[Field, ...]:
        """Return the fields that each item of a list has, in order; raises `KeyError` if there is no such list."""
        return tuple(field for field in self._list_fields[list_name].values() if field.id != common_fields.DELETED.id)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The sections by id."""
        return {section.id: section for section in self.framework.sections}

    @cached_property
    def section_of_statement(self) -> dict[str, Section]:
        """The section of each statement, by the statement's id."""
        return {statement.id: section for section in self.framework.sections for statement in section.statements}

    def audit_fields(self) -> tuple[Field, ...]:
        """Return the fields of the whole audit in order, those that every audit has first."""
        activities = common_fields.ACTIVITIES
        if self.framework.activities:
            activities = replace(activities, options=self.framework.activities)
        return (*common_fields.AUDIT_FIELDS, activities, *self.framework.fields.audit)

    def statement_fields(self, statement: Statement) -> tuple[Field, ...]:
        """Return the framework's fields that `statement` has, in order."""
        return tuple(field for field in self.framework.fields.statement if field.id not in statement.without)

    def field(self, address: str) -> Field | None:
        """Return the field that `address` means, or `None` if this framework has no such field."""
        kind, _, rest = address.partition("/")
        if kind == "audit":
            return self._audit_fields.get(rest)
        owner_id, _, field_id = rest.partition("/")
        if kind == "statement":
            statement = self.statements.get(owner_id)
            if statement is None or field_id in statement.without:
                return None
            found = self._statement_fields.get(field_id)
            return found if found is not None else _number_field(statement, field_id)
        if kind == "section":
            return self._section_fields.get(field_id) if owner_id in self.sections else None
        if kind in common_fields.LISTS and _OWN_ID.match(owner_id):
            return self._list_fields[kind].get(field_id)
        return None

    def was_left(self, address: str) -> bool:
        """Return whether what stood at `address` in an earlier version stands elsewhere now (`carrying.py`)."""
        return bool(self._successors) and bool(self._successors.get(address.rpartition("/")[0]))

    def all_fixed(self) -> Iterator[tuple[str, Field]]:
        """Yield every address that exists without a person adding anything, with its field, in order.

        The marks of `common_fields.STATEMENT_FIELDS`, which no form of a framework asks for, are left out.
        """
        for field_id, field in self._audit_fields.items():
            yield audit_address(field_id), field
        for section in self.framework.sections:
            for field_id, field in self._section_fields.items():
                yield section_address(section.id, field_id), field
            for statement in section.statements:
                for field in (*self.statement_fields(statement), common_fields.NOT_APPLICABLE):
                    yield statement_address(statement.id, field.id), field
                for number in statement.numbers:
                    found = _number_field(statement, number.id)
                    if found is not None:
                        yield statement_address(statement.id, number.id), found

    def has_rating(self, statement: Statement) -> bool:
        """Return whether the school rates `statement`."""
        rating = self.rating_field
        return rating is not None and rating.id not in statement.without

    @cached_property
    def comment_field(self) -> Field | None:
        """The field in which the visitor comments on a statement, or `None`."""
        own = [
            field
            for field in self.framework.fields.statement
            if field.owner == "visitor" and field.kind is FieldKind.LONG_TEXT and field.required_when is None
        ]
        return next((field for field in own if field.id == "visitor-comment"), own[0] if own else None)

    @cached_property
    def rating_field(self) -> Field | None:
        """The field with which the school rates a statement, or `None`."""
        if self.framework.scoring is not None:
            return self._statement_fields[self.framework.scoring.rating]
        for field in self.framework.fields.statement:
            if field.kind is FieldKind.RATING and field.owner == "school":
                return field
        return None


def _removal(list_name: str, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    if list_name in common_fields.PERMANENT_LISTS:
        return ()
    return (replace(common_fields.DELETED, owner=fields[0].owner),)


_LONGEST_LABEL = 60


def _short(text: str) -> str:
    # CommonMark as plain text, near enough for a label: its first line without marks of emphasis.
    line = re.sub(r"[*_`\\]", "", text.strip().split("\n", 1)[0]).strip()
    return line if len(line) <= _LONGEST_LABEL else f"{line[:_LONGEST_LABEL].rsplit(' ', 1)[0]}…"


def _number_field(statement: Statement, field_id: str) -> Field | None:
    for number in statement.numbers:
        if number.id == field_id:
            return Field(id=number.id, kind=FieldKind.NUMBER, label=number.label, period=number.period)
    return None
