"""Names for the documents of many audits: made by a template, safe on every system, and no two alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass
from string import Formatter
from typing import TYPE_CHECKING, Final

from audit_desktop.core.errors import AuditDesktopError, FaultCode
from audit_desktop.core.file_names import safe_stem

if TYPE_CHECKING:
    from collections.abc import Iterable

BY_SCHOOL: Final = "{school} - {framework} {version} - {date}"
"""The names of a folder's documents, where nobody asks for others."""
BY_FILE: Final = "{file}"
"""The names of documents of audits that were named one by one: those of their files."""


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a template can put into a name."""

    school: str
    framework: str
    version: str
    date: str
    title: str
    file: str


PLACEHOLDERS: Final = ("school", "framework", "version", "date", "title", "file")


def check_template(template: str) -> None:
    """Raise `AuditDesktopError` with `NAME_TEMPLATE_INVALID` if `template` asks for anything but the placeholders."""
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        raise AuditDesktopError(FaultCode.NAME_TEMPLATE_INVALID, template, known=known) from None
    for _, name, form, conversion in parts:
        # A form such as {date.__class__} or {school:>10} would run code or make nothing that anybody wants.
        if name is not None and (name not in PLACEHOLDERS or form or conversion):
            raise AuditDesktopError(FaultCode.NAME_TEMPLATE_INVALID, template, unknown=name, known=known)
    if not template.strip():
        raise AuditDesktopError(FaultCode.NAME_TEMPLATE_INVALID, template, known=known)


class FreeNames:
    """Gives out names no two of which are the same on a system that ignores case."""

    def __init__(self, template: str, suffix: str, taken: Iterable[str] = ()) -> None:
        """Make names by `template` that end with `suffix`; those `taken` are given to nobody."""
        check_template(template)
        self._template = template
        self._suffix = suffix
        self._taken = {_alike(name) for name in taken}

    def name_for(self, parts: NameParts) -> str:
        """Return a free name for an audit, with a number at its end where it must have one."""
        values = asdict(parts)
        text = self._template.format_map({name: " ".join(value.split()) for name, value in values.items()})
        stem = safe_stem(_without_gaps(text))
        name, number = f"{stem}{self._suffix}", 2
        while _alike(name) in self._taken:
            name, number = f"{stem} ({number}){self._suffix}", number + 1
        self._taken.add(_alike(name))
        return name


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _without_gaps(text: str) -> str:
    """Return `text` without the separators around what an audit does not say."""
    text = re.sub(r"(\s+-)+(?=\s+-|\s*\Z)", "", text)
    return re.sub(r"\A\s*-\s+", "", text)
