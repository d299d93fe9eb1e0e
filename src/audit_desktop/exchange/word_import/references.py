"""What a document calls by name or number and an audit by its own id: the visit, the statement, the recommendation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from audit_desktop.core.addresses import item_address
from audit_desktop.exchange import document_wording as wording
from audit_desktop.exchange.report_answers import is_reference
from audit_desktop.exchange.word_import.plain_text import comparable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit_desktop.core.edits import JsonValue
    from audit_desktop.exchange.word_import.framework_text import FrameworkText

_OWN_ID: Final = re.compile(r"[0-9a-z][0-9a-z-]*")


def keep_references(
    answers: dict[str, JsonValue | None],
    base: Mapping[str, JsonValue],
    references: Mapping[str, str],
    words: FrameworkText,
) -> None:
    """Add to `answers` the ids of the things that a document names: from its hidden copy `base`, or from its text.

    `references` holds that text by address. Only items that are still in the document are given any.
    """
    items = {address.rpartition("/")[0] for address in answers}
    for address, value in base.items():
        if is_reference(address) and address.rpartition("/")[0] in items:
            answers.setdefault(address, value)
    things = _NamedThings(words, answers)
    for address, text in references.items():
        own_id = things.id_of(address, text)
        if own_id is not None:
            answers.setdefault(address, own_id)


class _NamedThings:
    """Finds the ids of the things that a document names, once all its `answers` have been read."""

    def __init__(self, words: FrameworkText, answers: Mapping[str, JsonValue | None]) -> None:
        self._words = words
        visits = _items(answers, "visits")
        dates = ((visit, answers.get(item_address("visits", visit, "date"))) for visit in visits)
        self._visits = [
            (comparable(wording.visit_of(wording.date_of(date))), visit)
            for visit, date in dates
            if isinstance(date, str)
        ]
        self._recommendations = [
            (comparable(wording.recommendation(number)), own_id)
            for number, own_id in enumerate(_items(answers, "recommendations"), start=1)
        ]

    def id_of(self, address: str, text: str) -> str | None:
        """Return the id of what `text` names at `address`, a reference; `None` if it names nothing, or several."""
        said = text.strip()
        field_id = address.rpartition("/")[2]
        if field_id == "statement":
            found = list(self._words.by_reference.get(said, ()))
        else:
            named = self._recommendations if field_id == "recommendation" else self._visits
            found = [own_id for name, own_id in named if name == comparable(said)]
        if len(found) == 1:
            return found[0]
        # What is no longer there is called by its id.
        return said if not found and _OWN_ID.fullmatch(said) else None


def _items(answers: Mapping[str, JsonValue | None], list_name: str) -> list[str]:
    """Return the ids of the items of a list in the order in which the document has them."""
    return list(dict.fromkeys(address.split("/")[1] for address in answers if address.startswith(f"{list_name}/")))
