"""Histories that could have happened: several people, each knowing some of what the others did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.builders import SCHOOL, VISITOR, edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit_desktop.core.edits import Edit, JsonValue

_VALUES: dict[str, tuple[JsonValue, ...]] = {
    "statement/1.1/rating": ("not-in-place", "developing", "established", "sublime", None),
    "statement/1.1/not-applicable": ("No nursery.", None),
    "statement/1.1/visitor-comment": ("Seen.", "Not seen.", None),
    "statement/2.1/evidence": ("A", "B", None),
    "statement/2.2/number-1": ({"number": 3, "period": "Autumn"}, {"number": 1}, None),
    "audit/school-name": ("Hill", "Dale", None),
    "audit/visit-date": ("2026-01-05", "2026-01-06"),
    "sharing/a/with": ("trust", "other", None),
    "sharing/b/discussion": ("Agreed.", None),
    "sharing/a/deleted": (True, None),
    "statement/9.9/rating": ("developing",),
}


@st.composite
def histories(draw: Callable[[st.SearchStrategy[object]], object], most: int = 12) -> list[Edit]:
    """Return edits each of which replaces some of the earlier ones of its address, and knows nothing of the rest."""
    made: list[Edit] = []
    for minute in range(draw(st.integers(0, most))):  # type: ignore[arg-type]
        address = draw(st.sampled_from(sorted(_VALUES)))
        earlier = [before for before in made if before.address == address]
        known = [before for before in earlier if draw(st.booleans())]
        value = draw(st.sampled_from(_VALUES[address]))  # type: ignore[index]
        author = draw(st.sampled_from((SCHOOL, VISITOR)))
        made.append(edit(address, value, *known, author=author, minute=minute))  # type: ignore[arg-type]
    return made
