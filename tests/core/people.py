"""Three people with a copy each, who work, remove, send copies and merge in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from audit_desktop.core.audit import Audit
from audit_desktop.core.edits import Author, Role
from audit_desktop.core.merge import merge_audits
from audit_desktop.core.send_copy import without_earlier_wording
from tests.builders import at, make_framework

if TYPE_CHECKING:
    from audit_desktop.core.edits import JsonValue

FRAMEWORK = make_framework((2, 1))
PEOPLE = (
    Author("Sam Reed", Role.SCHOOL),
    Author("Kim Hale", Role.SCHOOL),
    Author("Alex Moss", Role.VISITOR),
)
VALUES: dict[str, tuple[JsonValue, ...]] = {
    "statement/1.1/rating": ("not-in-place", "developing", "established", None),
    "statement/1.1/visitor-comment": ("Seen.", "Not seen.", None),
    "statement/1.2/discuss": (True, None),
    "statement/1.2/needs-support": (True, None),
    "audit/school-name": ("Hill", "Dale"),
    "actions/a/what": ("Ring parents", "Write to parents"),
    "actions/a/due": ("2026-03-01", "2026-04-01", None),
    "actions/a/status": ("under-way", "done"),
    "recommendations/r/what": ("Ring on the first day", "Ring by ten"),
    "recommendations/r/response": ("accepted", "declined", None),
    "sharing/s/with": ("trust", "other"),
    "sign-offs/o/name": ("Sam Reed", "Kim Hale"),
    "sign-offs/o/reopened-reason": ("A mistake", None),
    "statement/9.9/rating": ("developing",),
}
ITEMS = (("actions", "a"), ("recommendations", "r"), ("sharing", "s"))


def fresh() -> Audit:
    return Audit.new("audit-1", FRAMEWORK, b"")


def work(audit: Audit, who: Author, address: str, value: JsonValue, minute: int) -> None:
    audit.record(audit.state.make_edit(address, value, at=at(minute), author=who, sitting=f"sitting of {who.name}"))


def merged(*audits: Audit) -> Audit:
    first, *others = audits
    for other in others:
        first = merge_audits(first, other).audit
    return first


def everything(audit: Audit) -> dict[str, Any]:
    state = audit.state
    return {
        "log": {edit_id: edit.to_json() for edit_id, edit in audit.log.all().items()},
        "heads": {address: heads for address, heads in state.all_heads().items() if heads},
        "conflicts": sorted(state.conflicts()),
        "set aside": sorted(aside.edit.id for aside in state.set_aside()),
        "items": {name: state.items(name) for name in ("actions", "recommendations", "sharing", "sign-offs")},
        "extra": audit.extra,
    }


@st.composite
def three_copies(draw: Any, most: int = 18) -> tuple[Audit, Audit, Audit]:
    """Return what three people hold after working apart, now and then taking in another's copy."""
    copies = [fresh() for _ in PEOPLE]
    for minute in range(draw(st.integers(0, most))):
        person = draw(st.integers(0, len(PEOPLE) - 1))
        audit, who = copies[person], PEOPLE[person]
        match draw(st.sampled_from(("answer", "answer", "answer", "remove", "merge", "merge stripped", "attach"))):
            case "answer":
                address = draw(st.sampled_from(sorted(VALUES)))
                work(audit, who, address, draw(st.sampled_from(VALUES[address])), minute)
            case "remove":
                list_name, own_id = draw(st.sampled_from(ITEMS))
                work(audit, who, f"{list_name}/{own_id}/deleted", True, minute)
            case "attach":
                digest = f"{draw(st.integers(0, 3)):064x}"
                audit.extra[f"entry:att/{digest}"] = digest
            case how:
                other = copies[draw(st.integers(0, len(PEOPLE) - 1))]
                copies[person] = merged(audit, without_earlier_wording(other) if how == "merge stripped" else other)
    one, two, three = copies
    return one, two, three
