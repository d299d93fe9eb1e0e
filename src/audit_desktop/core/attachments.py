"""Files attached to an audit: which there are, where they belong, and which may be attached at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audit_desktop.core.addresses import item_address
from audit_desktop.core.common_fields import ABOUT, DELETED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from audit_desktop.core.audit_state import AuditState
    from audit_desktop.core.edits import Author, Edit

ATTACHMENTS: Final = "attachments"
"""The list that attached files stand in."""
NAME, DIGEST, SIZE, DESCRIPTION = "name", "sha256", "size", "description"
BYTES_PREFIX: Final = "entry:att/"
"""How `Audit.extra` names the bytes of an attached file; their SHA-256 follows."""
MISSING_PREFIX: Final = "missing:att/"
"""How it names one whose bytes its file should hold and lacks."""
LARGEST_FILE: Final = 50_000_000
LARGEST_TOTAL: Final = 250_000_000
MOST_FILES: Final = 1_000
MAIL_LIMIT: Final = 15_000_000
"""From here on many mail programs refuse a file, which grows by a third when it is sent."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to an audit.

    `name` is safe to show and to save under. `about` holds what it belongs to, as `statement/<id>` or `section/<id>`;
    empty for the audit as a whole.
    """

    id: str
    name: str
    digest: str
    size: int
    about: tuple[str, ...]
    description: str
    author: Author
    at: str


def attachments(state: AuditState) -> tuple[Attachment, ...]:
    """Return the files attached to the audit, in the order of their names within the order of the form."""
    found = [one for own_id in state.items(ATTACHMENTS) for one in _attachments(state, own_id)]
    places = {option.id: number for number, option in enumerate(state.addresses.subjects)} if found else {}
    return tuple(
        sorted(
            found,
            key=lambda one: (places.get(one.about[0], len(places)) if one.about else -1, one.name.casefold(), one.id),
        )
    )


def attachments_by_subject(state: AuditState) -> dict[str, tuple[Attachment, ...]]:
    """Return the attached files by the statement or section that they belong to, under "" those of the whole audit."""
    found: dict[str, tuple[Attachment, ...]] = {}
    for one in attachments(state):
        for subject in one.about or ("",):
            found[subject] = (*found.get(subject, ()), one)
    return found


def listed_digests(heads: Mapping[str, tuple[Edit, ...]]) -> dict[str, int]:
    """Return the SHA-256 of every file that the list names and nobody removed, and how large it is said to be."""
    found: dict[str, int] = {}
    for address, edits in heads.items():
        if not address.startswith(f"{ATTACHMENTS}/") or not address.endswith(f"/{DIGEST}"):
            continue
        own_id = address.split("/", 2)[1]
        removals = heads.get(item_address(ATTACHMENTS, own_id, DELETED.id), ())
        if removals and all(edit.value is True for edit in removals):
            continue
        sizes = heads.get(item_address(ATTACHMENTS, own_id, SIZE), ())
        for edit in edits:
            if isinstance(edit.value, str) and _DIGEST.match(edit.value):
                found[edit.value] = next((_size(one.value) for one in sizes), 0)
    return found


def held_digests(extra: Mapping[str, object]) -> Iterator[str]:
    """Yield the SHA-256 of the attached files whose bytes `Audit.extra` names."""
    return (key.removeprefix(BYTES_PREFIX) for key in extra if key.startswith(BYTES_PREFIX))


def total_size(files: Iterable[Attachment]) -> int:
    """Return how many bytes `files` have together; one that is attached several times counts once."""
    return sum({one.digest: one.size for one in files}.values())


def _attachments(state: AuditState, own_id: str) -> Iterator[Attachment]:
    from audit_desktop.core.file_names import safe_name

    def value(field_id: str) -> object:
        return state.value(item_address(ATTACHMENTS, own_id, field_id))

    digest = value(DIGEST)
    heads = state.heads(item_address(ATTACHMENTS, own_id, DIGEST))
    if not isinstance(digest, str) or not _DIGEST.match(digest):
        return
    about, description = value(ABOUT.id), value(DESCRIPTION)
    yield Attachment(
        own_id,
        safe_name(str(value(NAME) or "")),
        digest,
        _size(value(SIZE)),
        tuple(map(str, about)) if isinstance(about, list) else (),  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        str(description or ""),
        heads[0].author,
        heads[0].at,
    )


def _size(value: object) -> int:
    number = value.get("number") if isinstance(value, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return int(number) if isinstance(number, int | float) and number >= 0 else 0
