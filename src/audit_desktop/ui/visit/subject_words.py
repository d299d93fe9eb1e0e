"""What actions and recommendations are about, in a few words. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit_desktop.core.addresses import Addresses


def subject_words(addresses: Addresses, about: Iterable[str]) -> str:
    """Return the statements and sections called `about`, by their numbers; those that are not known as they stand."""
    words: list[str] = []
    for subject in about:
        kind, _, own_id = subject.partition("/")
        if kind == "statement" and own_id in addresses.statements:
            words.append(addresses.statements[own_id].reference)
        elif kind == "section" and own_id in addresses.sections:
            words.append(f"{addresses.framework.section_noun} {own_id}")
        else:
            words.append(subject)
    return ", ".join(words)
