"""Settling a conflict: the value that a person's choice makes of two answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_desktop.core.framework import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.edits import Edit, JsonValue
    from audit_desktop.core.framework import Field

_JOINABLE = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CHOICES})


def can_keep_both(field: Field) -> bool:
    """Return whether two answers to `field` can stand together: texts and multiple choices can, a rating cannot."""
    return field.kind in _JOINABLE


def both_values(field: Field, heads: Iterable[Edit]) -> JsonValue | None:
    """Return the answers `heads` to `field` as one: texts one after the other, each with its author's name.

    Answers taken back are left out, and an answer that two people gave stands once. What only one person still says
    stands as it is. Raises `ValueError` if the field cannot keep both.
    """
    if not can_keep_both(field):
        raise ValueError(field.id)
    # In the order of time, as people would read a conversation; nothing but the order depends on it.
    given = sorted((head for head in heads if head.value is not None), key=lambda head: (head.at, head.id))
    if field.kind is FieldKind.CHOICES:
        chosen = {option_id for head in given for option_id in head.value}
        return [option.id for option in field.options if option.id in chosen] or None
    authors: dict[str, list[str]] = {}
    for head in given:
        names = authors.setdefault(head.value, [])
        if head.author.name not in names:
            names.append(head.author.name)
    if len(authors) <= 1:
        return next(iter(authors), None)
    between = " / " if field.kind is FieldKind.TEXT else "\n\n"
    return between.join(f"{', '.join(names)}: {text}" for text, names in authors.items())
